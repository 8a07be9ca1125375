"""Figures of agreement in words: rounded half-up for people, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import reduce

from assessor.analysis.agreement.figures import Figure, Missing
from assessor.analysis.agreement.panel import InItem
from assessor.analysis.answer_words import answer_said
from assessor.i18n import Message, message

COEFFICIENT_DIGITS = 3
PERCENT_DIGITS = 1
_HUNDRED = 100


def rounded(value: Fraction, digits: int) -> Decimal:
    """Return an exact fraction with `digits` digits after the point, half-up (away from zero)."""
    scale = 10**digits
    whole, rest = divmod(abs(value.numerator) * scale, value.denominator)
    whole += 2 * rest >= value.denominator
    figure = Decimal(-whole if value < 0 else whole).scaleb(-digits)
    return figure.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def coefficient(figure: Figure) -> Decimal | None:
    """Return kappa or alpha as printed, `None` where it is not defined."""
    return None if figure.value is None else rounded(figure.value, COEFFICIENT_DIGITS)


def percentage(figure: Figure) -> Decimal | None:
    """Return a share as a percentage as printed, `None` where it is not defined."""
    return None if figure.value is None else rounded(figure.value * _HUNDRED, PERCENT_DIGITS)


def coefficient_said(figure: Figure) -> Message:
    """Return kappa or alpha for people, or that it is not defined and why."""
    found = coefficient(figure)
    return (
        undefined_said(figure) if found is None else message("agreement.figure", value=f"{found:f}")
    )


def percentage_said(figure: Figure) -> Message:
    """Return a share for people, or that it is not defined and why."""
    found = percentage(figure)
    return (
        undefined_said(figure)
        if found is None
        else message("agreement.percent", value=f"{found:f}")
    )


def reason_said(missing: Missing) -> Message:
    """Return why a figure is not defined, as a sentence."""
    return message(f"agreement.why_{missing}")


def leaning_said(difference: Fraction | None) -> Message:
    """Return how far an expert scores above or below the others, in percent of the scale."""
    if difference is None:
        return reason_said("nothing_shared")
    shown = rounded(difference * _HUNDRED, PERCENT_DIGITS)
    way = "level" if not shown else "above" if shown > 0 else "below"
    return message(f"agreement.leaning_{way}", value=f"{abs(shown):f}")


def item_said(item: InItem, names: Mapping[str, str]) -> Message:
    """Return an item with how far the experts agree on it and what each of them said."""
    rated = item.rated
    parts = [
        message(
            "agreement.said_by", name=names.get(who, who), answer=answer_said(rated.criterion, one)
        )
        for who, answers in rated.answers.items()
        for one in answers
    ]
    said = reduce(lambda one, other: message("said.two", one=one, other=other), parts)
    return message(
        "agreement.item",
        number=rated.criterion.number,
        title=rated.criterion.title,
        percent=percentage_said(item.percent),
        said=said,
    )


def undefined_said(figure: Figure) -> Message:
    """Return that a figure is not defined and why, in a few words."""
    if figure.missing is None:
        raise ValueError("a figure without a value needs a reason")
    return message("agreement.undefined", why=message(f"agreement.short_{figure.missing}"))
