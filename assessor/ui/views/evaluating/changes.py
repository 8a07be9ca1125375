"""What the last step changed: points, outcomes, gates. No Qt in here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assessor.i18n import Message
from assessor.rules.card import OutcomeState, ScoreCard
from assessor.scoring import shown
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.workspace.live import Published


@dataclass(frozen=True)
class Difference:
    """Between two states of a record: the step in words, the points, outcomes that changed.

    `before` and `after` of an outcome differ.
    """

    step: Message | None
    points: Decimal
    outcomes: tuple[tuple[str, OutcomeState, OutcomeState], ...]
    gates: int


def difference(before: Published, after: Published) -> Difference:
    """Return what `after` changed."""
    return Difference(
        after.description,
        _total(after.card) - _total(before.card),
        tuple(_outcomes(before.card, after.card)),
        _passed(after.card) - _passed(before.card),
    )


def lines(say: Sayings, found: Difference) -> list[str]:
    """Return the difference in sentences, the points first."""
    points = shown(found.points)
    said = [say.tr("change_points", points=say.change(points)) if points else say.tr("change_none")]
    names = {outcome.id: outcome.name for outcome in say.rubric.outcomes}
    for outcome, before, after in found.outcomes:
        said.append(
            say.tr(
                "change_outcome",
                outcome=names[outcome],
                before=say.told(f"ui_eval.outcome_{before}"),
                after=say.told(f"ui_eval.outcome_{after}"),
            )
        )
    if not found.outcomes:
        said.append(say.tr("change_no_outcome"))
    if found.gates:
        said.append(say.tr("change_gates", count=f"{found.gates:+d}"))
    return said


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
