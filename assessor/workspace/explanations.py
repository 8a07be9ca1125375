"""Where a number of a visit comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.models import Rubric
from assessor.rules.card import DimensionScore, ScoreCard
from assessor.rules.explain import (
    TOTAL,
    Explained,
    explain_dimension,
    explain_item,
    explain_outcome,
    explain_total,
)
from assessor.workspace.visits import OpenVisit

Missing = Mapping[str, tuple[Criterion, ...]]
"""Outcome id -> the criteria whose answers could still decide it."""


def explain_everything(rubric: Rubric, card: ScoreCard) -> tuple[Explained, ...]:
    """Explain the total and every outcome that is assessed, each down to its leaves."""
    assessed = (entry for entry in card.outcomes if entry.state != "not_assessed")
    return (
        explain_total(rubric, card),
        *(explain_outcome(rubric, card, entry) for entry in assessed),
    )


def missing_criteria(rubric: Rubric, card: ScoreCard) -> Missing:
    """Return what each outcome still waits for."""
    known = rubric.criterion_by_id
    return {
        entry.outcome.id: tuple(known[name] for name in entry.missing if name in known)
        for entry in card.outcomes
    }


def explain(visit: OpenVisit, what: str | None) -> Explained:
    """Explain the total, or the item or dimension (id or number) or outcome called `what`.

    Raises `AssessorError` when nothing of that name is asked in this visit.
    """
    card, rubric = visit.score(), visit.loaded.rubric
    if what is None or what == TOTAL:
        return explain_total(rubric, card)
    for item in card.items:
        if what in (item.criterion.id, item.criterion.number):
            return explain_item(rubric, card, item)
    for dimension in _all(card.dimensions):
        if what in (dimension.dimension.id, dimension.dimension.number):
            return explain_dimension(rubric, card, dimension)
    outcome = card.outcome(what)
    if outcome is not None:
        return explain_outcome(rubric, card, outcome)
    raise AssessorError(message("visit.nothing_called", what=what))


def _all(dimensions: tuple[DimensionScore, ...]) -> Iterator[DimensionScore]:
    for dimension in dimensions:
        yield dimension
        yield from _all(dimension.children)
