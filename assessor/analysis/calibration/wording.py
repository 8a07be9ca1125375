"""Calibrations in words: the one line a visit and its report say, and marked questions."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.analysis.answer_words import answer_said
from assessor.analysis.calibration.marking import MarkedItem
from assessor.analysis.calibration.standing import standing_of
from assessor.assessment import Assessment, Calibration
from assessor.i18n import Message, message
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    QuantityRule,
    SelectionRule,
    YesNoRule,
)
from assessor.rules import names

_DIGEST_SHOWN = 12


def line_said(found: Calibration, record: Assessment) -> Message:
    """Return who was calibrated when on which set, how far they agreed, and whether it counts."""
    return message(
        "calibration.line",
        name=found.name,
        made_on=found.made_on.isoformat(),
        title=found.set_title,
        digest=digest_said(found),
        items=found.items,
        percent=f"{found.percent:f}",
        kappa=kappa_said(found),
        standing=message(f"calibration.standing_{standing_of(found, record)}"),
    )


def result_said(found: Calibration) -> Message:
    """Return how far somebody agreed."""
    return message(
        "calibration.result",
        name=found.name,
        alike=found.alike,
        items=found.items,
        percent=f"{found.percent:f}",
        kappa=kappa_said(found),
    )


def set_said(found: Calibration) -> Message:
    """Return which set, when, and until when it counts."""
    return message(
        "calibration.kept_set",
        title=found.set_title,
        digest=digest_said(found),
        made_on=found.made_on.isoformat(),
        cycle=found.cycle,
    )


def choices_said(criterion: Criterion) -> Iterator[Message]:
    """Yield what can be answered: keys with their words, inputs with their units."""
    match criterion.rule:
        case LevelsRule() | LookupRule() | SelectionRule() as rule:
            for option in rule.options:
                yield message("calibration.option", key=option.key, text=option.text)
        case ChecklistRule() as checklist:
            for item in checklist.items:
                yield message("calibration.option", key=item.key, text=item.text)
        case YesNoRule() as either:
            yield message("calibration.option", key=names.YES, text=either.yes)
            yield message("calibration.option", key=names.NO, text=either.no)
        case QuantityRule() as quantity:
            for entry in quantity.measure.inputs:
                yield message("calibration.input", key=entry.id, text=entry.name, unit=entry.unit)


def digest_said(found: Calibration) -> Message:
    """Return the beginning of the set's digest, and that it is invented where it is."""
    key = "calibration.digest_invented" if found.invented else "calibration.digest"
    return message(key, digest=found.set_digest[:_DIGEST_SHOWN])


def kappa_said(found: Calibration) -> Message | str:
    """Return the weighted kappa, or that it is not defined."""
    return message("calibration.kappa_none") if found.kappa is None else f"{found.kappa:f}"


def marked_said(one: MarkedItem) -> Message:
    """Return a question with what was answered, and what the experts said where it differs."""
    criterion = one.criterion
    return message(
        "calibration.item_alike" if one.alike else "calibration.item_differs",
        number=criterion.number,
        title=criterion.title,
        given=answer_said(criterion, one.given),
        wanted=answer_said(criterion, one.item.answer),
    )
