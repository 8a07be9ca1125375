"""The long proof that changed workbooks recompute what the engine computes.

    python -m benchmarks.workbook_recalculation [--visits 200]

Writes a workbook for each random visit, types other answers into it, lets LibreOffice work it out
anew and holds every formula cell of every sheet against the report of the other answers. Prints
how many figures agree and fails when one does not.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from assessor.reports.excel_formulas import workbook_formulas
from tests.office import recalculated
from tests.strategies.visits import SHIPPED
from tests.unit.reports.excel.changed_visits import Change, changes
from tests.unit.reports.excel.workbooks import change_answers, differences, reports, written

AT_ONCE = 25
"""Workbooks in one call of LibreOffice."""


def compare(batch: list[Change], folder: Path) -> tuple[int, int]:
    """Return how many formula cells were compared and how many differ; prints those."""
    files, expected = [], []
    for number, change in enumerate(batch):
        before, after = reports(change)
        path = written(before, folder / f"{number}.xlsx")
        files.append(change_answers(path, after, folder / f"changed{number}.xlsx"))
        expected.append(after)
    compared = wrong = 0
    for path, after in zip(recalculated(files, folder), expected, strict=True):
        found = differences(path, after)
        compared += len(workbook_formulas(after))
        wrong += len(found)
        for sheet, name, value, cell in found[:5]:
            print(f"differs: {sheet} {name}: {value} expected, found {cell}")
    return compared, wrong


def main() -> int:
    """Compare and print; 1 when a figure differs."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--visits", type=int, default=200, help="of each rubric")
    count = options.parse_args().visits
    failed = 0
    for name in SHIPPED:
        batch = changes(name, count)
        compared = wrong = 0
        for start in range(0, len(batch), AT_ONCE):
            some = batch[start : start + AT_ONCE]
            with TemporaryDirectory() as folder:
                part = compare(some, Path(folder))
            compared, wrong = compared + part[0], wrong + part[1]
            done = start + len(some)
            print(f"{name}: {done} visits, {compared} figures, {wrong} differ", flush=True)
        failed += wrong
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
