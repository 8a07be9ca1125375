"""How much processor time the agreement of a panel takes: 5 raters x 105 items, and others.

    .venv/bin/python -m benchmarks.agreement [--runs 5] [--seed 1]

The rubric is the shipped one of 105 items; each rater answers every item but leaves out one in ten,
and differs from the first by a step in about one of four.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from time import process_time

import krippendorff
import numpy as np

from assessor.analysis.agreement import (
    Rated,
    interval_alpha,
    nominal_alpha,
    ordinal_alpha,
    panel_agreement,
    ratings,
)
from assessor.analysis.agreement.wording import coefficient
from assessor.analysis.panel import Sheet, levels_of
from assessor.assessment import Answer, Assessment, Enterprise, RubricRef
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.loader import LoadedRubric, load
from assessor.rubrics.rule_models import SelectionRule

RUBRIC = Path(__file__).resolve().parents[1] / "rubrics" / "future_factory.json"
RATERS = (2, 5, 20)
_MISSING, _STEP = 0.1, 0.25
_LIMITED, _LIMIT = 5, 0.5
"""Up to so many raters, in so many seconds."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the median times and the figures; return 1 when 5 raters take longer than the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    loaded = load(RUBRIC)
    print(f"{datetime.now(UTC):%Y-%m-%d}, {len(loaded.rubric.criteria)} items, processor time")
    kept = True
    for count in RATERS:
        taken = _measured(loaded, asked.seed, asked.runs, count)
        kept &= count > _LIMITED or taken <= _LIMIT
    return 0 if kept else 1


def _measured(loaded: LoadedRubric, seed: int, runs: int, count: int) -> float:
    """Print a line and return the median time of all figures in seconds."""
    record = _record(loaded)
    sheets = _sheets(loaded, Random(seed), count)  # noqa: S311 (repeatable, no secret)
    units = ratings(loaded.rubric, record, sheets)
    found = panel_agreement(loaded.rubric, record, sheets)
    whole = _timed(runs, lambda: panel_agreement(loaded.rubric, record, sheets))
    ours, theirs = _timed(runs, lambda: _alphas(units)), _timed(runs, lambda: _library(units))
    overall = found.overall
    print(
        f"{count:>3} raters: all figures {1000 * whole:7.1f} ms; alphas {1000 * ours:5.1f} ms,"
        f" the library's {1000 * theirs:5.1f} ms ({ours / theirs:.1f} times);"
        f" nominal {coefficient(overall.nominal)}, ordinal {coefficient(overall.ordinal)},"
        f" interval {coefficient(overall.interval)}"
    )
    return whole


def _timed(runs: int, work: Callable[[], object]) -> float:
    times = []
    for _ in range(runs):
        begun = process_time()
        work()
        times.append(process_time() - begun)
    return median(times)


def _alphas(units: Sequence[Rated]) -> None:
    nominal_alpha([unit.labels for unit in units])
    ordinal_alpha([unit.values for unit in units])
    interval_alpha([unit.values for unit in units])


def _library(units: Sequence[Rated]) -> None:
    raters = sorted({who for unit in units for who in unit.values})
    rows = [[float(unit.values.get(who, np.nan)) for unit in units] for who in raters]
    for level in ("nominal", "ordinal", "interval"):
        krippendorff.alpha(reliability_data=np.array(rows), level_of_measurement=level)


def _sheets(loaded: LoadedRubric, chance: Random, count: int) -> list[Sheet]:
    criteria = loaded.rubric.criteria_for(loaded.rubric.profiles[0].id)
    truth = {one.id: _some(one, chance) for one in criteria}
    return [
        Sheet(
            f"p{number}",
            {
                one.id: _beside(one, truth[one.id], chance)
                for one in criteria
                if chance.random() > _MISSING
            },
        )
        for number in range(count)
    ]


def _some(criterion: Criterion, chance: Random) -> Answer:
    levels = levels_of(criterion)
    if levels:
        return Answer(option=chance.choice(levels))
    if not isinstance(criterion.rule, SelectionRule):
        raise TypeError(f"{criterion.id} is neither graded nor a selection")
    return Answer(options=(chance.choice(criterion.rule.options).key,))


def _beside(criterion: Criterion, answer: Answer, chance: Random) -> Answer:
    levels = levels_of(criterion)
    if not levels or chance.random() > _STEP:
        return answer
    at = levels.index(str(answer.option)) + chance.choice((-1, 1))
    return Answer(option=levels[min(max(at, 0), len(levels) - 1)])


def _record(loaded: LoadedRubric) -> Assessment:
    rubric = loaded.rubric
    return Assessment(
        id="benchmark",
        rubric=RubricRef(id=rubric.id, version=rubric.version, digest=loaded.digest),
        cycle=rubric.cycles[0].id,
        profile=rubric.profiles[0].id,
        target=rubric.targets[-1].id,
        enterprise=Enterprise(name="benchmark"),
    )


if __name__ == "__main__":
    raise SystemExit(main())
