"""What looking ahead costs: the way to an outcome, and how sure a result is.

    python -m benchmarks.outlook [--items 2000] [--draws 500]

On the shipped future-factory rubric (105 criteria) and on a synthetic one. Wall and processor time
are given, and the processor time of scoring the visit once from nothing beside them.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from assessor.analysis.improvement import improvement_path
from assessor.analysis.robustness import flips, simulate
from assessor.assessment import Assessment
from assessor.rubrics.loader import load
from assessor.rubrics.models import Rubric
from assessor.scoring import score
from benchmarks.synthetic import full_visit, synthetic_rubric

SHIPPED = Path(__file__).resolve().parents[1] / "rubrics" / "future_factory.json"
PATH_LIMIT_S = 2.0
"""For the shipped rubric, of processor time."""
SEED = 20261120


def timed(work: Callable[[], object]) -> tuple[float, float, object]:
    """Return wall and processor seconds of some work, and what came of it."""
    wall, processor = time.perf_counter(), time.process_time()
    found = work()
    return time.perf_counter() - wall, time.process_time() - processor, found


def measure(name: str, rubric: Rubric, record: Assessment, draws: int) -> float:
    """Print what everything costs under one rubric; returns the processor seconds of the way."""
    _, once, _ = timed(lambda: score(rubric, record))
    print(f"{name}: scoring once {once * 1000:.0f} ms of processor time")
    slowest = 0.0
    for outcome in rubric.outcomes:
        wall, processor, way = timed(partial(improvement_path, rubric, record, outcome.id))
        print(f"  way to {outcome.id}: {wall:.2f} s wall, {processor:.2f} s processor; {said(way)}")
        slowest = max(slowest, processor)
    wall, processor, _ = timed(lambda: flips(rubric, record))
    print(f"  single answers: {wall:.2f} s wall, {processor:.2f} s processor")
    wall, processor, _ = timed(lambda: simulate(rubric, record, draws))
    print(f"  {draws} draws: {wall:.2f} s wall, {processor:.2f} s processor")
    return slowest


def said(way: object) -> str:
    """Return in short what a way is."""
    exists, changes = getattr(way, "exists", False), getattr(way, "changes", ())
    return f"{len(changes)} changes" if exists else "none"


def main() -> int:
    """Measure and print; returns 1 when the way takes longer than its limit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--draws", type=int, default=500)
    chosen = parser.parse_args()
    shipped, large = load(SHIPPED).rubric, synthetic_rubric(chosen.items)
    chance = random.Random(SEED)  # noqa: S311 (repeatable, no secret)
    slowest = measure("shipped", shipped, full_visit(shipped, chance), chosen.draws)
    measure(f"{chosen.items} criteria", large, full_visit(large, chance), chosen.draws)
    return int(slowest > PATH_LIMIT_S)


if __name__ == "__main__":
    sys.exit(main())
