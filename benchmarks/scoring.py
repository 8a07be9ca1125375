"""What scoring costs: the whole visit, and again after one answer was changed.

    python -m benchmarks.scoring [--edits 1000] [--items 2000]

Measured on the shipped future-factory rubric (105 criteria; 100 are asked of one profile, all
answered, highest target) and on a synthetic rubric. Wall time is what the user waits, processor
time what the program used of it. Edits come with a short pause between them, as from a person: a
program that never rests is made to wait by a busy machine for reasons that are not its own. Both
times are also given in units of a plain reference loop timed in the same run, so that figures from
different machines can be compared.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import median, quantiles

from assessor.assessment import Assessment
from assessor.rubrics.loader import load
from assessor.rubrics.models import Rubric
from assessor.scoring import Scorer
from benchmarks.synthetic import edits, full_visit, synthetic_rubric

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "rubrics" / "future_factory.json"
SHIPPED_LIMIT_MS = 5.0
SYNTHETIC_LIMIT_MS = 60.0
SEED = 20261120
REFERENCE_SIZE = 10_000
FULL_RUNS = 5
PAUSE_S = 0.01


@dataclass(frozen=True)
class Timing:
    """Times of one operation, in milliseconds."""

    wall: list[float]
    processor: list[float]


def timed(operation: Callable[[], object]) -> tuple[float, float]:
    """Run `operation` and return wall and processor time in milliseconds."""
    wall, processor = time.perf_counter(), time.process_time()
    operation()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000


def timing_of(operations: list[Callable[[], object]], pause: float = 0.0) -> Timing:
    """Time operations one after another, resting `pause` seconds before each."""
    pairs = []
    for operation in operations:
        time.sleep(pause)
        pairs.append(timed(operation))
    return Timing([wall for wall, _ in pairs], [processor for _, processor in pairs])


def p95(values: list[float]) -> float:
    """Return the value that 95 in 100 stay below."""
    return quantiles(values, n=20, method="inclusive")[-1]


def add_up() -> Decimal:
    """The reference: add 10,000 decimals in a plain loop."""
    total, step = Decimal(0), Decimal("1.67")
    for _ in range(REFERENCE_SIZE):
        total = total + step
    return total


def show(name: str, timing: Timing, reference: float, limit: float | None = None) -> None:
    """Print one line for wall and one for processor time."""
    for kind, values in (("wall", timing.wall), ("processor", timing.processor)):
        aim = f"  limit {limit:.0f} ms" if limit and kind == "wall" else ""
        print(
            f"{name:<24}{kind:<10} median {median(values):8.2f} ms  p95 {p95(values):8.2f} ms"
            f"  max {max(values):8.2f} ms  p95/reference {p95(values) / reference:6.2f}{aim}"
        )


def rescoring(rubric: Rubric, count: int) -> Timing:
    """Time scoring after each of `count` edits of one answer."""
    rng = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    visit = full_visit(rubric, rng)
    scorer = Scorer(rubric)
    scorer.score(visit)

    def score(changed: Assessment) -> Callable[[], object]:
        return lambda: scorer.score(changed)

    operations = [score(changed) for changed in edits(rubric, visit, count, rng)]
    return timing_of(operations, PAUSE_S)


def scoring_whole(rubric: Rubric) -> Timing:
    """Time scoring a visit with nothing remembered, the rubric compiled anew each time."""
    visit = full_visit(rubric, random.Random(SEED))  # noqa: S311 - repeatable, not secret
    return timing_of([lambda: Scorer(rubric).score(visit)] * FULL_RUNS)


def measure(rubric: Rubric, count: int, reference: float, limit: float) -> bool:
    """Print the figures of one rubric; True when the limit is kept."""
    print(f"{rubric.id}: {len(rubric.criteria)} criteria, {count} edits")
    show("  whole visit", scoring_whole(rubric), reference)
    found = rescoring(rubric, count)
    show("  after one answer", found, reference, limit)
    return p95(found.wall) < limit


def main() -> int:
    """Run what the arguments ask for; 1 when a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--items", type=int, default=2000)
    wish = parser.parse_args()
    reference = median(timing_of([add_up] * 51).wall)
    print(f"reference: {REFERENCE_SIZE} decimals added in a loop, {reference:.2f} ms")
    kept = measure(load(SHIPPED).rubric, wish.edits, reference, SHIPPED_LIMIT_MS)
    synthetic = synthetic_rubric(wish.items)
    return 0 if measure(synthetic, wish.edits, reference, SYNTHETIC_LIMIT_MS) and kept else 1


if __name__ == "__main__":
    sys.exit(main())
