"""Many files: memory of the intake from 200 to 10,000 of them, a second run, and cancelling.

    python -m benchmarks.bureau_scale [COUNT]

Makes a synthetic region, and of its workbooks as many others as are needed: the same visits in
files of other bytes, each judged in full. Each intake runs in a process of its own, which reports
the most memory of itself and of its judging processes. Then an intake is cancelled at moments
spread over its first seconds, also while its processes are still being started; printed are the
median and the longest time until it has ended. Fails above the limits.
"""

from __future__ import annotations

import json
import resource
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from assessor.bureau.intake.intake import Wishes, take_in
from assessor.bureau.intake.setting import Setting
from assessor.bureau.register import open_register
from assessor.bureau.simulate.simulation import KEYS, WORKBOOKS, Plan, simulate
from benchmarks.bureau_intake import JOBS, TODAY, megabytes

ENTERPRISES = 140
FEW, MANY = 200, 10_000
AGAIN_LIMIT, MEMORY_LIMIT, CANCEL_LIMIT = 30.0, 600, 1.0
CANCELLED, LATEST = 24, 6.0
"""How often an intake is cancelled, and the latest moment, in seconds from its start."""


def copies(folder: Path, sources: list[Path], count: int) -> None:
    """Write so many workbooks, each with another comment at the end of its archive."""
    for number, source in enumerate(islice(cycle(sources), count)):
        comment = f"{number}".encode()
        place = folder / f"{number // 500:03}" / f"{number:06}.xlsx"
        place.parent.mkdir(parents=True, exist_ok=True)
        content = source.read_bytes()[:-2]
        place.write_bytes(content + struct.pack("<H", len(comment)) + comment)


def setting(region: Path) -> Setting:
    """How the files are judged."""
    keys = json.loads((region / KEYS).read_text(encoding="utf-8"))
    known = tuple((key["key_id"], key["name"], key["public_key"]) for key in keys)
    return Setting(TODAY, keys=known)


def taken_in(region: Path, folder: Path, register: Path) -> float:
    """Take files in; the seconds it took."""
    started = time.perf_counter()
    with open_register(register, create=True) as opened:
        take_in([folder], opened, setting(region), Wishes(jobs=JOBS))
    return time.perf_counter() - started


def one(region: Path, folder: Path, register: Path) -> dict[str, float]:
    """An intake and the same again, with the most memory they had."""
    first = taken_in(region, folder, register)
    again = taken_in(region, folder, register)
    own, judging = megabytes(resource.RUSAGE_SELF), megabytes(resource.RUSAGE_CHILDREN)
    return {"first": first, "again": again, "own": own, "judging": judging}


def in_its_own_process(region: Path, folder: Path, register: Path) -> dict[str, Any]:
    """What `one` found, by a process that has done nothing else."""
    command = [sys.executable, "-m", "benchmarks.bureau_scale", "one"]
    done = subprocess.run(
        [*command, str(region), str(folder), str(register)],
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def seconds_to_cancel(region: Path, folder: Path, register: Path, after: float) -> float:
    """How long an intake goes on after it was cancelled at a moment."""
    cancelled, asked = threading.Event(), [0.0]

    def cancel() -> None:
        asked[0] = time.perf_counter()
        cancelled.set()

    timer = threading.Timer(after, cancel)
    with open_register(register, create=True) as opened:
        timer.start()
        wishes = Wishes(jobs=JOBS, cancelled=cancelled)
        summary = take_in([folder], opened, setting(region), wishes)
    if not summary.cancelled:
        raise AssertionError("the intake was done before it could be cancelled")
    return time.perf_counter() - asked[0]


def main() -> int:
    """Print memory, ratio and times; 1 when a limit is not kept."""
    if sys.argv[1:2] == ["one"]:
        sys.stdout.write(json.dumps(one(*map(Path, sys.argv[2:]))))
        return 0
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    with tempfile.TemporaryDirectory() as name:
        region = Path(name) / "region"
        simulate(Plan(ENTERPRISES, 1, region, with_faults=True), JOBS)
        return measured(region, Path(name), many)


def measured(region: Path, place: Path, many: int) -> int:
    """Measure with the workbooks of a region that has been made."""
    sources = sorted((region / WORKBOOKS / "1").rglob("*.xlsx"))
    kept = True
    for count in (FEW, many):
        folder = place / f"{count}"
        copies(folder, sources, count)
        found = in_its_own_process(region, folder, place / f"{count}.register")
        ratio = found["first"] / found["again"]
        print(
            f"{count:6} files: {count / found['first']:6.1f} files/s, again {ratio:.0f} times as "
            f"fast; most memory {found['own']:.0f} MB, of a judging process "
            f"{found['judging']:.0f} MB"
        )
        kept &= max(found["own"], found["judging"]) < MEMORY_LIMIT
        kept &= count == FEW or ratio >= AGAIN_LIMIT
    times = cancelling(region, place / f"{many}", place)
    print(
        f"cancelled {len(times)} times: median {statistics.median(times):.2f} s, longest "
        f"{max(times):.2f} s (under {CANCEL_LIMIT} s)"
    )
    return int(not kept or max(times) >= CANCEL_LIMIT)


def cancelling(region: Path, folder: Path, place: Path) -> list[float]:
    """How long each cancelled intake went on, all of them new to their registers."""
    times = []
    for number in range(CANCELLED):
        after = 0.05 + LATEST * number / CANCELLED
        register = place / f"cancelled-{number}.register"
        times.append(seconds_to_cancel(region, folder, register, after))
        register.unlink()
    shutil.rmtree(folder)
    return times


if __name__ == "__main__":
    sys.exit(main())
