"""The curve or the bins of a measured quantity as a small chart."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.reports.build.answers import result_text
from assessor.reports.build.context import Context
from assessor.reports.document import Position
from assessor.rubrics.rule_models import BinsCurve, Curve, LinearCurve, QuantityRule
from assessor.rules.card import ItemScore

_CROWDED = Decimal("0.08")
"""The part of the axis a tick needs for itself."""

Corners = tuple[tuple[Decimal, Decimal], ...]


def position(
    context: Context, item: ItemScore, rule: QuantityRule, curve: Curve, result: Decimal | None
) -> Position:
    """Return the chart; without a usable result it shows the curve alone."""
    words = context.words
    corners = _corners(curve, item.span.maximum or Decimal(0))
    low, high = corners[0][0], corners[-1][0]
    known = result is not None and item.points is not None and not item.unproven
    told = ""
    if known:
        told = words.join(
            [
                result_text(words, rule.measure, result),
                words.say("points_of", points=words.score(item.points)),
            ],
            "list",
        )
    return Position(
        points=corners,
        stepped=isinstance(curve, BinsCurve),
        x=min(max(result, low), high) if known and result is not None else None,
        y=item.points if known else None,
        x_label=words.say("in_unit", name=item.criterion.title, unit=rule.measure.result_unit),
        text=told,
        ticks=tuple(_ticks(context, corners)),
    )


def _corners(curve: Curve, maximum: Decimal) -> Corners:
    if isinstance(curve, LinearCurve):
        return tuple((point.x, point.share * maximum) for point in curve.points)
    return _steps(curve, maximum)


def _steps(curve: BinsCurve, maximum: Decimal) -> Corners:
    """One corner where each bin begins; what is open below begins at nought or before the next."""
    bins = sorted(curve.bins, key=lambda step: (step.low is not None, step.low or Decimal(0)))
    edges = [step.low for step in bins if step.low is not None]
    starts = [step.low if step.low is not None else _before(edges) for step in bins]
    return tuple((start, step.share * maximum) for start, step in zip(starts, bins, strict=True))


def _before(edges: list[Decimal]) -> Decimal:
    if edges[0] > 0:
        return Decimal(0)
    return edges[0] - (edges[-1] - edges[0] or Decimal(1)) / 2


def _ticks(context: Context, corners: Corners) -> Iterator[str]:
    """The corners' values; one that would run into the last or the one before it stays blank."""
    low, high = corners[0][0], corners[-1][0]
    room = (high - low) * _CROWDED
    drawn: Decimal | None = None
    for x, _ in corners:
        crowded = drawn is not None and x - drawn < room
        if x != high and (crowded or high - x < room):
            yield ""
            continue
        drawn = x
        yield context.words.constant(x)
