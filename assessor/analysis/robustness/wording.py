"""How sure a result is, in words: sentences that a report and the window share."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from assessor.analysis.improvement.moves import Aim
from assessor.analysis.improvement.wording import aim_said
from assessor.analysis.robustness.flips import Flip
from assessor.analysis.robustness.simulation import CHANCES, Simulation
from assessor.assessment import Answer, Assessment
from assessor.i18n import Message, message
from assessor.rubrics.models import Rubric

_TENTH = Decimal("0.1")
_ALL = Decimal(100)


def held_said(rubric: Rubric, found: Simulation) -> Message:
    """Return the sentence of a report: how often the result holds, and on what it hangs."""
    if not found.moved:
        return message("robust.nothing_moved")
    held = message("robust.held", share=percent_text(found.share), draws=found.draws)
    if not found.hinges:
        return message("robust.held_alone", held=held)
    numbers = [rubric.criterion_by_id[hinge.criterion].number for hinge in found.hinges]
    return message("robust.held_hangs", held=held, criteria=_listed(numbers))


def assumption_said() -> Message:
    """Return on what the simulation rests, to stand wherever its figure does."""
    chances = {name: f"{(chance * 100).normalize():f}" for name, chance in CHANCES.items()}
    return message("robust.assumption", **chances)


def flip_said(rubric: Rubric, assessment: Assessment, flip: Flip) -> Message:
    """Return what one answer given one step differently would do."""
    criterion = rubric.criterion_by_id[flip.criterion]
    before, after, turns = flip_parts(rubric, assessment, flip)
    return message(
        "robust.flip",
        number=criterion.number,
        title=criterion.title,
        before=before,
        after=after,
        turns=turns,
    )


def flip_parts(
    rubric: Rubric, assessment: Assessment, flip: Flip
) -> tuple[Message, Message, Message]:
    """Return the answer that was given, the one beside it, and what it would do."""
    criterion = rubric.criterion_by_id[flip.criterion]
    outcome = next(entry for entry in rubric.outcomes if entry.id == flip.outcome)
    turns = message(
        "robust.turns",
        outcome=outcome.name,
        was=message(f"report.state_{flip.before}"),
        will=message(f"report.state_{flip.after}"),
    )
    given = aim_said(criterion, _aim(assessment.answers[flip.key]))
    return given, aim_said(criterion, _aim(flip.answer)), turns


def percent_text(share: Fraction) -> str:
    """Return a share (0 to 1) in percent with one digit; only all is 100, and only none is 0."""
    if share in (0, 1):
        return str(int(share * 100))
    percent = Decimal(share.numerator) * 100 / Decimal(share.denominator)
    shown = percent.quantize(_TENTH, rounding=ROUND_HALF_UP)
    return str(min(max(shown, _TENTH), _ALL - _TENTH))


def _aim(answer: Answer) -> Aim:
    return Aim(option=answer.option, options=() if answer.none else answer.options)


def _listed(parts: Sequence[str]) -> Message | str:
    """Return numbers of criteria as a list in words."""
    told: Message | str = parts[0]
    for part in parts[1:]:
        told = message("session.list", before=told, then=part)
    return told
