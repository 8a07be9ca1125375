"""What the last step changed: points, outcomes, gates. No Qt in here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assessor.rules.card import OutcomeState, ScoreCard
from assessor.scoring import shown
from assessor.ui.views.evaluating.sayings import Sayings


@dataclass(frozen=True)
class Difference:
    """Between two scores: the points as they are printed, outcomes that changed, gates passed.

    `before` and `after` of an outcome differ.
    """

    points: Decimal
    outcomes: tuple[tuple[str, OutcomeState, OutcomeState], ...]
    gates: int


def difference(before: ScoreCard, after: ScoreCard) -> Difference:
    """Return what `after` changed."""
    return Difference(
        shown(_total(after)) - shown(_total(before)),
        tuple(_outcomes(before, after)),
        _passed(after) - _passed(before),
    )


def in_short(say: Sayings, found: Difference) -> str:
    """Return the difference in a phrase: the points, and that nothing turned unless it did."""
    points = say.tr("change_points", points=say.change(found.points))
    told = [points if found.points else say.tr("change_none")]
    if not found.outcomes:
        told.append(say.tr("change_no_outcome"))
    return say.join(told)


def lines(say: Sayings, found: Difference) -> list[str]:
    """Return the difference in sentences, the points first."""
    if say.rubric.collects:
        return []
    gates = [say.tr("change_gates", count=f"{found.gates:+d}")] if found.gates else []
    return [in_short(say, found), *outcome_lines(say, found), *gates]


def outcome_lines(say: Sayings, found: Difference) -> Iterator[str]:
    """Yield the outcomes that changed with what they were and are."""
    names = {outcome.id: outcome.name for outcome in say.rubric.outcomes}
    for outcome, before, after in found.outcomes:
        yield say.tr(
            "change_outcome",
            outcome=names[outcome],
            before=say.told(f"ui_eval.outcome_{before}"),
            after=say.told(f"ui_eval.outcome_{after}"),
        )


def _total(card: ScoreCard) -> Decimal:
    return card.total.value or Decimal(0)


def _outcomes(
    before: ScoreCard, after: ScoreCard
) -> Iterator[tuple[str, OutcomeState, OutcomeState]]:
    states = {entry.outcome.id: entry.state for entry in before.outcomes}
    for entry in after.outcomes:
        old = states.get(entry.outcome.id, entry.state)
        if old != entry.state:
            yield entry.outcome.id, old, entry.state


def _passed(card: ScoreCard) -> int:
    return sum(found.state == "pass" for found in card.gates)
