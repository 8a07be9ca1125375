"""A rubric to its workbook and back, through files and the killable reader.

    python -m benchmarks.rubric_round_trip

For the rubric of 105 criteria and one of 2,000; beside it XlsxWriter given the same number of
short texts. Exits with 1 when something is lost or a limit is not kept.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from assessor.exchange.rubric_book.book import (
    ReadBook,
    read_rubric_workbook,
    rubric_workbook,
    same_rubric,
)
from assessor.exchange.rubric_book.rows import book_of
from assessor.rubrics.loader import LoadedRubric, load, loads
from assessor.rubrics.schema import SCHEMA_FILE
from benchmarks.synthetic import synthetic_rubric

_xlsxwriter: Any = import_module("xlsxwriter")  # imported by name, it carries no types

BIG = 2_000
LIMITS = {105: (4.0, 6.0), BIG: (40.0, 50.0)}
"""Criteria -> seconds for writing and for reading back."""
RUBRICS = Path(__file__).resolve().parents[1] / "rubrics"


def main() -> int:
    """Measure both rubrics; return the exit code."""
    sizes = {105: load(RUBRICS / "future_factory.json"), BIG: big_rubric()}
    slow = max(measure(count, loaded) for count, loaded in sizes.items())
    return max(slow, every_shipped())


def every_shipped() -> int:
    """Send every rubric of the repository there and back; return 1 when one is not the same."""
    lost = 0
    for path in sorted(RUBRICS.glob("*.json")):
        if path.name == SCHEMA_FILE:
            continue
        loaded = load(path)
        with tempfile.TemporaryDirectory() as folder:
            book = Path(folder) / "rubric.xlsx"
            book.write_bytes(rubric_workbook(loaded))
            same = same_rubric(loaded, read_rubric_workbook(book).loaded)
        print(f"{path.name}: {'nothing lost' if same else 'NOT THE SAME'}")
        lost |= not same
    return int(lost)


def big_rubric() -> LoadedRubric:
    """Return the synthetic rubric as a file would hold it."""
    rubric = synthetic_rubric(BIG)
    data = rubric.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return loads(json.dumps({**data, "format_version": 1}).encode(), "synthetic.json")


def measure(count: int, loaded: LoadedRubric) -> int:
    """Print what one rubric takes; return 1 when it is lost or too slow."""
    cells = sum(len(row.cells) for rows in book_of(loaded.data).rows.values() for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rubric.xlsx"
        started = time.perf_counter()
        path.write_bytes(rubric_workbook(loaded))
        wrote = time.perf_counter() - started
        started = time.perf_counter()
        back: ReadBook = read_rubric_workbook(path)
        read = time.perf_counter() - started
        size = path.stat().st_size
        plain = _plain(Path(folder) / "plain.xlsx", cells)
    same = same_rubric(loaded, back.loaded)
    print(
        f"{count:5} criteria, {cells:,} filled cells, {size / 1024:,.0f} kB: written in "
        f"{wrote:.2f} s ({wrote / plain:.1f} times XlsxWriter alone), read back in {read:.2f} s, "
        f"{'nothing lost' if same else 'NOT THE SAME'}"
    )
    most_write, most_read = LIMITS[count]
    return int(not same or wrote > most_write or read > most_read)


def _plain(path: Path, cells: int) -> float:
    started = time.perf_counter()
    workbook = _xlsxwriter.Workbook(str(path), {"in_memory": True})
    sheet = workbook.add_worksheet()
    for number in range(cells):
        sheet.write_string(number // 20, number % 20, f"text {number}")
    workbook.close()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
