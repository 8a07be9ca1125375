"""Programs killed with SIGKILL at random moments of their work: what is lost, what is broken.

    python -m benchmarks.kills [--kills 2000] [--seed N] [--folder DIR]

The kills are shared between editing, attaching, merging, exporting and making backups. After each
one every file is opened and checked whole, and held against all that had been acknowledged. Needs
a system that can fork. Exits with 1 when anything is lost or broken.
"""

from __future__ import annotations

import argparse
import random
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.proofs.killing import JOBS, kill_often

SHARES = {"editing": 0.60, "attaching": 0.25, "merging": 0.05, "exporting": 0.03, "backups": 0.07}
"""Of the kills; work whose steps take long gets few."""


def main() -> int:
    """Kill as often as the arguments ask for; 1 when something was lost or broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    parser.add_argument("--folder", type=Path, help="where to work")
    wish = parser.parse_args()
    chance = random.Random(wish.seed)  # noqa: S311 (no secret: moments to kill at)
    print(f"seed {wish.seed}")
    lost: list[str] = []
    total, start = 0, time.process_time()
    with tempfile.TemporaryDirectory(dir=wish.folder) as name:
        for job in JOBS:
            times = max(1, round(wish.kills * SHARES[job]))
            figures = kill_often(job, times, Path(name), chance)
            total += figures.kills
            lost += figures.lost
            print(
                f"{job:10} {figures.kills:5} kills, {figures.acknowledged:6} steps acknowledged,"
                f" {len(figures.lost)} times something lost or broken",
                flush=True,
            )
    print(
        f"{total} kills, {len(lost)} with a loss; checking took {time.process_time() - start:.0f}"
        " s of the processor"
    )
    print(*lost, sep="\n")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
