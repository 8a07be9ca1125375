"""A bureau's register under bad luck: killed programs, troubled disks, power cuts.

    python -m benchmarks.register_kills [--kills 200] [--every 1] [--cuts 1000] [--seed N]

Programs that add verdicts, decide, merge, convert a register of the earlier layout, and take in
real workbooks are killed with SIGKILL at random moments. Adding, deciding, merging, making and
converting meet a full disk, a forbidden one, an error of input/output and a folder that vanishes at
every write call. The power is cut at random moments of a session: writes that were not synced are
dropped, torn and reordered. After each the register is opened, checked whole and held against all
that was acknowledged. Killing needs a system that can fork. Exits with 1 when anything is lost,
broken or unclear; a count of 0 leaves a part out.
"""

from __future__ import annotations

import argparse
import random
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.proofs.killing import kill_often
from tests.proofs.mishaps import sweep
from tests.proofs.power import cut_often
from tests.proofs.registers import JOBS, TASKS, record_register

SHARES = {
    "adding": 0.3,
    "deciding": 0.25,
    "merging": 0.2,
    "converting": 0.1,
    "taking in": 0.15,
}
"""Of the kills; taking in is slow and gets few."""
SESSIONS = {"single steps": (24, 1), "large steps": (8, 400)}
"""Steps of a session, and how many files a step of adding brings; many outgrow the cache."""


def main() -> int:
    """Do as much as the arguments ask for; 1 when something was lost, broken or unclear."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--cuts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    parser.add_argument("--folder", type=Path, help="where to work")
    wish = parser.parse_args()
    print(f"seed {wish.seed}")
    start = time.process_time()
    with tempfile.TemporaryDirectory(dir=wish.folder) as name:
        wrong = [
            *_kill(wish.kills, wish.seed, Path(name)),
            *_trouble(wish.every, Path(name)),
            *_cut(wish.cuts, wish.seed, Path(name)),
        ]
    spent = time.process_time() - start
    print(f"{len(wrong)} times lost, broken or unclear; {spent:.0f} s of the processor")
    print(*wrong, sep="\n")
    return 1 if wrong else 0


def _kill(kills: int, seed: int, folder: Path) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 (no secret: moments to kill at)
    lost: list[str] = []
    total = 0
    for job, share in SHARES.items() if kills else ():
        place = folder / f"kill {job}"
        place.mkdir()
        figures = kill_often(job, max(1, round(kills * share)), place, chance, JOBS)
        total += figures.kills
        lost += figures.lost
        print(
            f"{job:10} {figures.kills:5} kills, {figures.acknowledged:6} steps acknowledged,"
            f" {len(figures.lost)} times something lost or broken",
            flush=True,
        )
    print(f"{total} kills, {len(lost)} with a loss")
    return lost


def _trouble(every: int, folder: Path) -> list[str]:
    wrong: list[str] = []
    for task, make in TASKS.items() if every else ():
        figures = sweep(make, folder / task, lambda calls: range(1, calls + 1, every))
        wrong += [f"{task}: {fault}" for fault in figures.wrong]
        print(
            f"{task:10} {figures.calls:3} calls, {figures.troubles:4} troubles,"
            f" {figures.refused.total():4} refused in words, {figures.endured} endured,"
            f" {len(figures.wrong)} wrong",
            flush=True,
        )
    return wrong


def _cut(cuts: int, seed: int, folder: Path) -> list[str]:
    wrong: list[str] = []
    for title, (steps, many) in SESSIONS.items() if cuts else ():
        place = folder / title
        place.mkdir()
        session = record_register(place, steps, many)
        found = cut_often(session, cuts // len(SESSIONS), place, seed)
        wrong += found
        print(
            f"{title:14} {steps:3} steps, {len(session.changes):5} requests to the disk,"
            f" {cuts // len(SESSIONS):5} cuts, {len(found)} with a loss",
            flush=True,
        )
    return wrong


if __name__ == "__main__":
    sys.exit(main())
