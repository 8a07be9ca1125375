"""What one durable edit costs beside a large equipment ledger, and how the file grows by it.

    python -m benchmarks.commit [--rows 5000] [--items 105] [--edits 40] [--steps 20000]
        [--folder DIR]

One answer and one cell of the ledger are committed in turn, the way a visit does it. The measure is
a bare SQLite file with the same settings that commits one small row. Then a history of many such
steps is checked, end alone and as a whole.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from assessor.assessment import Answer, Assessment, Enterprise, RubricRef, TableRow
from assessor.canonical import canonical_json, digest_of
from assessor.commands.answers import set_answer, set_table
from assessor.commands.edit import Edit
from assessor.storage.file import AssessmentFile, create, open_file
from assessor.storage.history import EditNote, log
from assessor.storage.parts import Row

RUBRIC = {"id": "benchmark"}
TABLE = "ledger"
COLUMNS = 12
LIMIT_MS = 25
"""Processor time of one commit."""


def ledger_row(number: int) -> TableRow:
    """Return a row as a ledger has it: a dozen short cells."""
    return {f"column_{at:02}": f"设备 {number}-{at}" for at in range(COLUMNS)}


def record(rows: int, items: int) -> Assessment:
    """Return a visit with a ledger of `rows` rows and `items` answers."""
    return Assessment(
        id="benchmark",
        rubric=RubricRef(id="benchmark", version="1", digest=digest_of(RUBRIC)),
        cycle="2025",
        profile="discrete",
        target="workshop",
        enterprise=Enterprise(name="某某机械有限公司"),
        answers={f"c{number}": Answer(option="A", note="看了现场") for number in range(items)},
        tables={TABLE: tuple(ledger_row(number) for number in range(rows))},
    )


def answer_edit(record: Assessment, number: int) -> Edit:
    """Return an edit of one answer."""
    return set_answer(f"c{number % len(record.answers)}", Answer(option="B", note=str(number)))


def cell_edit(record: Assessment, number: int) -> Edit:
    """Return an edit of one cell of the ledger."""
    rows = list(record.tables[TABLE])
    at = number * 37 % len(rows)
    rows[at] = {**rows[at], "column_05": f"改 {number}"}
    return set_table(TABLE, rows)


def measure(
    file: AssessmentFile, make: Callable[[Assessment, int], Edit], edits: int
) -> tuple[float, float, float]:
    """Make and commit edits; return median wall and processor ms of a commit, and bytes grown."""
    walls, works, before = [], [], file.path.stat().st_size
    for number in range(edits):
        edit = make(file.assessment, number)
        new = edit.apply(file.assessment)
        wall, work = time.perf_counter(), time.process_time()
        file.commit(new, EditNote(edit.description, datetime.now(UTC), "测量"))
        works.append(time.process_time() - work)
        walls.append(time.perf_counter() - wall)
    grown = (file.path.stat().st_size - before) / edits
    return 1000 * median(walls), 1000 * median(works), grown


def bare_commit(path: Path, edits: int) -> float:
    """Return the median wall ms of a durable commit of one small row."""
    times = []
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.executescript("PRAGMA synchronous = 3; PRAGMA locking_mode = exclusive")
        raw.execute("CREATE TABLE plain (a TEXT)")
        for number in range(edits):
            start = time.perf_counter()
            raw.execute("INSERT INTO plain VALUES (?)", (str(number) * 100,))
            times.append(time.perf_counter() - start)
    return 1000 * median(times)


def main() -> int:
    """Print what was measured; 1 when a commit took the processor too long."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--items", type=int, default=105)
    parser.add_argument("--edits", type=int, default=40)
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as name:
        worst = _run(Path(name), chosen.rows, chosen.items, chosen.edits)
        check_history(Path(name) / "visit.assessment", chosen.steps)
    return int(worst > LIMIT_MS)


def check_history(path: Path, steps: int) -> None:
    """Add steps of one answer each, not one by one to the disk, and print what checking costs."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("BEGIN")
        for number in range(steps):
            row = Row(0, canonical_json({"option": "A", "note": f"看了现场 {number}"}))
            note = EditNote(set_answer("c1", None).description, datetime.now(UTC), "测量")
            log(raw, note, {("answers", "c1"): row}, {("answers", "c1"): row})
        raw.execute("UPDATE entry SET value = ? WHERE key = 'c1'", (row.value,))
        raw.execute("COMMIT")
    start = time.perf_counter()
    with open_file(path, read_only=True) as file:
        opened = time.perf_counter()
        file.history_ends_well()
        ended = time.perf_counter()
        problems = file.verify_history()
        checked = time.perf_counter()
    sys.stdout.write(
        f"{steps} steps more, {path.stat().st_size / 1e6:.0f} MB: opening"
        f" {1000 * (opened - start):.0f} ms, the end {1000 * (ended - opened):.1f} ms, the whole"
        f" history {checked - ended:.2f} s, {len(problems)} problems\n"
    )


def _run(folder: Path, rows: int, items: int, edits: int) -> float:
    path = folder / "visit.assessment"
    note = EditNote(set_answer("c1", None).description, datetime.now(UTC))
    create(path, record(rows, items), canonical_json(RUBRIC), note).close()
    start = time.perf_counter()
    with open_file(path) as file:
        sys.stdout.write(f"open: {1000 * (time.perf_counter() - start):.0f} ms\n")
        bare = bare_commit(folder / "bare.db", edits)
        sys.stdout.write(f"bare commit: {bare:.1f} ms\n")
        worst = 0.0
        for what, make in (("answer", answer_edit), ("ledger cell", cell_edit)):
            wall, work, grown = measure(file, make, edits)
            worst = max(worst, work)
            sys.stdout.write(
                f"{what}: {wall:.1f} ms wall, {work:.1f} ms processor, {wall / bare:.1f} times the"
                f" bare commit, the file grows {grown / 1000:.1f} kB\n"
            )
    return worst


if __name__ == "__main__":
    sys.exit(main())
