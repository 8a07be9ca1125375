"""A comparison in words: answers, differences, and why something cannot be compared."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce

from assessor.analysis.answer_words import answer_said
from assessor.analysis.comparison.comparing import Comparison
from assessor.analysis.comparison.pairs import Incomparable, ItemPair, Standing
from assessor.i18n import Localized, Message, message
from assessor.rubrics.base import decimal_to_text
from assessor.rubrics.rule_models import QuantityRule
from assessor.rules.card import ItemScore, Span
from assessor.scoring import shown

_HUNDRED = Decimal(100)


def answers_said(item: ItemScore) -> Message:
    """Return what one side answered, one unit after the other; of a measured figure the result."""
    rule = item.criterion.rule
    if isinstance(rule, QuantityRule) and item.result is not None:
        figure = item.result.quantize(Decimal(1).scaleb(-rule.measure.digits))
        value = decimal_to_text(figure)
        return message("comparison.result_of", value=value, unit=rule.measure.result_unit)
    said = [answer_said(item.criterion, answer) for answer in item.answers]
    if not said:
        return message("said.open")
    return reduce(lambda one, other: message("said.two", one=one, other=other), said)


def standing_said(standing: Standing) -> Message:
    """Return how the second side stands to the first."""
    return message(f"comparison.standing_{standing}")


def points_said(value: Decimal | None) -> str:
    """Return points as printed, a dash where there are none."""
    return "—" if value is None else f"{shown(value):f}"


def item_points(item: ItemScore) -> Decimal | None:
    """Return the points of an item, `None` where it is collected and not scored."""
    return item.points if item.span.maximum else None


def difference_said(value: Decimal | None) -> str:
    """Return a difference with its sign, a dash where there is none."""
    if value is None:
        return "—"
    figure = shown(value)
    return f"+{figure:f}" if figure > 0 else f"{figure:f}".replace("-", "−")


def share_of(span: Span) -> Decimal | None:
    """Return the share of the maximum (0 to 1), `None` where there is none."""
    if span.value is None or not span.maximum:
        return None
    return span.value / span.maximum


def share_said(span: Span) -> str:
    """Return the share of the maximum as a percentage, a dash where there is none."""
    share = share_of(span)
    return "—" if share is None else f"{shown(share * _HUNDRED):f} %"


def reason_said(entry: Incomparable) -> Message:
    """Return why an item cannot be compared."""
    return message(f"comparison.reason_{entry.reason}")


def left_out_said(entry: Incomparable) -> Message:
    """Return an item that cannot be compared, and why."""
    return message(
        "comparison.left_out_item",
        number=entry.criterion.number,
        title=entry.criterion.title,
        reason=reason_said(entry),
    )


def title_said(found: Comparison) -> Message:
    """Return what is compared with what."""
    first, second = found.names
    return message(
        f"comparison.title_{found.kind}",
        name=found.second.record.enterprise.name,
        first=first,
        second=second,
    )


def result_said(found: Comparison, first: bool) -> Localized:
    """Return the result of a side: the highest outcome reached, or that there is none."""
    side = found.first if first else found.second
    if side.rubric.collects:
        return message("form.collected", done=side.card.done, asked=side.card.asked)
    name = next((one.name for one in side.rubric.outcomes if one.id == side.card.result), None)
    return name or message("comparison.no_result")


def summary_said(found: Comparison) -> Message:
    """Return in a sentence in how many items the sides differ."""
    counts = {name: str(count) for name, count in found.counts.items()}
    if found.second.rubric.collects:
        return message("form.compared", count=len(found.items), **counts)
    return message("comparison.summary", count=len(found.items), **counts)


def pair_title(pair: ItemPair) -> Message:
    """Return number and title of an item."""
    criterion = pair.criterion
    return message("comparison.item", number=criterion.number, title=criterion.title)
