"""A day of use in fast motion, in one process: does memory grow, are handles left open?

    python -m benchmarks.long_use [--edits 50000] [--reports 2000] [--folder DIR]

One visit is open all the while; answers are changed one after the other, each durable and scored,
and reports are written in between, a workbook each time and every tenth time a PDF. Memory and
handles are counted after each fifth; the first one is the warm-up. Exits with 1 when memory grew by
50 MB or more, a handle or a thread is left over, or the history does not verify. Needs /proc.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import sys
import tempfile
import threading
import time
from pathlib import Path

from assessor.assessment import Answer, Enterprise, Visit
from assessor.commands.answers import set_answer
from assessor.workspace.reports import write_report
from assessor.workspace.visits import OpenVisit, new_visit, opened
from tests.strategies.visits import shipped

LIMIT_MB = 50
LOADED = shipped("digital_workshop")
LEVELS = [one.id for one in LOADED.rubric.every_criterion if one.rule.kind == "levels"]


def memory_mb() -> float:
    """Return the memory this process holds now."""
    gc.collect()
    rows = Path("/proc/self/status").read_text().splitlines()
    return int(next(row for row in rows if row.startswith("VmRSS")).split()[1]) / 1024


def handles() -> int:
    """Return the number of open files, pipes and sockets."""
    return len(list(Path("/proc/self/fd").iterdir()))


def use(visit: OpenVisit, folder: Path, edits: range, reports: int) -> None:
    """Make edits, and reports spread evenly between them."""
    written = edits.start * reports // max(1, edits.stop)
    for number in edits:
        answer = Answer(option="L2" if number % 2 else "L1", note=f"第 {number} 次")
        visit.do(set_answer(LEVELS[number % len(LEVELS)], answer))
        visit.score()
        if (number + 1) * reports // edits.stop > written:
            written += 1
            write_report(visit, folder / "out", pdf=written % 10 == 0)


def main() -> int:
    """Use the program as long as the arguments ask for; 1 when a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=50_000)
    parser.add_argument("--reports", type=int, default=2_000)
    parser.add_argument("--folder", type=Path, help="where to work")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=wish.folder) as name:
        folder = Path(name)
        path = folder / "visit.assessment"
        new_visit(path, LOADED, Enterprise(name="宁波甬示精密机械有限公司"), Visit())
        with opened(path) as visit:
            write_report(visit, folder / "out")
            memory, held, threads, taken = 0.0, 0, 0, 0.0
            ends = [wish.edits * fifth // 5 for fifth in range(6)]
            for begin, end in itertools.pairwise(ends):
                start = time.process_time()
                use(visit, folder, range(begin, end), end * wish.reports // wish.edits)
                print(f"{end:6} edits: {memory_mb():.1f} MB, {handles()} handles", flush=True)
                if begin:
                    taken += time.process_time() - start
                else:
                    memory, held, threads = memory_mb(), handles(), threading.active_count()
            grown, more = memory_mb() - memory, handles() - held
            left = threading.active_count() - threads
            problems = visit.file.verify_history()
    print(
        f"{wish.edits} edits, {wish.reports} reports; {taken:.0f} s of the processor after warm-up"
    )
    print(f"memory {memory:.0f} MB after a fifth, {grown:+.1f} MB at the end (limit {LIMIT_MB})")
    print(
        f"handles {held}, {more:+d} at the end; threads {left:+d}; history"
        f" {'whole' if not problems else 'BROKEN'}"
    )
    return int(grown >= LIMIT_MB or more > 0 or left > 0 or bool(problems))


if __name__ == "__main__":
    sys.exit(main())
