"""Full, forbidden and broken disks and vanished folders at every write call: what is harmed.

    python -m benchmarks.write_faults [--every 1] [--folder DIR]

Saving, attaching, exporting, backing up, making a visit, restoring a backup, sealing and unsealing
meet each trouble at each of their write calls, those of Python's files as well as those of SQLite.
After each, what was there before has to be as it was and nothing begun may be left, the error has
to be in words of both languages, and the same has to work again. Exits with 1 otherwise.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.proofs.mishaps import TASKS, sweep
from tests.proofs.new_files import NEW_FILES


def main() -> int:
    """Try every n-th call the arguments ask for; 1 when something was harmed or unclear."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to work")
    wish = parser.parse_args()
    wrong: list[str] = []
    calls = troubles = 0
    with tempfile.TemporaryDirectory(dir=wish.folder) as name:
        for task, make in {**TASKS, **NEW_FILES}.items():
            place = Path(name) / task
            figures = sweep(make, place, lambda calls: range(1, calls + 1, wish.every))
            calls, troubles = calls + figures.calls, troubles + figures.troubles
            wrong += [f"{task}: {fault}" for fault in figures.wrong]
            print(
                f"{task:10} {figures.calls:3} calls, {figures.troubles:4} troubles,"
                f" {figures.refused.total():4} refused in words, {figures.endured} endured,"
                f" {len(figures.wrong)} wrong",
                flush=True,
            )
    print(f"together {troubles} troubles at {calls} calls, {len(wrong)} wrong")
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
