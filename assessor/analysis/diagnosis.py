"""What stands between an enterprise and the next outcome: gaps, evidence missing, the way up.

For the enterprise, and no part of the verdict: every figure comes from the same score, but what to
do first is advice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessor.analysis.improvement import Aim, Path, improvement_path
from assessor.analysis.robustness import DRAWS, Flip, Simulation, flips, simulate
from assessor.analysis.robustness.flips import Step
from assessor.assessment import Assessment
from assessor.rubrics.models import Rubric
from assessor.rules.card import ItemScore, ScoreCard
from assessor.scoring import score


@dataclass(frozen=True, slots=True)
class Gap:
    """One criterion that gives less than it could.

    `wanted` is what the way up asks for, by the key of the answer; empty where it needs nothing.
    """

    item: ItemScore
    wanted: Mapping[str, Aim]
    evidence_missing: bool


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything a diagnosis report says; `path` is `None` where the rubric has no outcome."""

    rubric: Rubric
    record: Assessment
    card: ScoreCard
    path: Path | None
    gaps: tuple[Gap, ...]
    flips: tuple[Flip, ...]
    simulation: Simulation


def diagnose(
    rubric: Rubric,
    record: Assessment,
    outcome: str | None = None,
    step: Step | None = None,
    draws: int = DRAWS,
) -> Diagnosis:
    """Look what is missing for `outcome`, the id of one; else for the first not reached yet.

    `step` is told how many of four parts are done, and what it raises ends the work. Raises
    `UnprovenError` where no way can be proved.
    """
    tell = step or _nobody
    tell(0, 4)
    card = score(rubric, record)
    aim = outcome or next_outcome(card)
    path = improvement_path(rubric, record, aim) if aim else None
    tell(1, 4)
    turned = flips(rubric, record)
    tell(2, 4)
    drawn = simulate(rubric, record, draws)
    tell(3, 4)
    return Diagnosis(rubric, record, card, path, tuple(_gaps(card, path)), turned, drawn)


def next_outcome(card: ScoreCard) -> str | None:
    """Return the first outcome that is not reached, else the highest that is assessed."""
    assessed = [entry for entry in card.outcomes if entry.state != "not_assessed"]
    ahead = [entry for entry in assessed if entry.state != "reached"]
    return next((entry.outcome.id for entry in (*ahead, *assessed[::-1])), None)


def _gaps(card: ScoreCard, path: Path | None) -> Iterator[Gap]:
    """Yield the criteria below their most, in the order of the rubric."""
    changes = path.changes if path else ()
    short = {key for finding in card.evidence_shortfalls for key in finding.criteria}
    for item in card.items:
        wanted = {change.key: change.after for change in changes if change.key in item.keys}
        missing = item.criterion.id in short
        points, most = item.points, item.span.maximum
        below = points is None or (most is not None and points < most)
        if item.state != "not_applicable" and (below or missing or wanted):
            yield Gap(item, wanted, missing)


def _nobody(done: int, total: int) -> None:
    """Tell nobody."""
