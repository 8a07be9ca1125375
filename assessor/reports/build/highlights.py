"""The three best and the three weakest items."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from assessor.reports.build.answers import short_answer
from assessor.reports.build.context import Context
from assessor.reports.build.wording import share_of
from assessor.reports.document import Block, Listing, ListItem, Paragraph
from assessor.rules.card import ItemScore

MOST = 3
_STRONG = Decimal("0.75")
"""From this share of its points on an item may be called a strength."""


def highlights(context: Context) -> tuple[Block, ...]:
    """Return the lists of strengths and gaps; what there is none of is said so."""
    words = context.words
    good, bad = strengths(context), gaps(context)
    return (
        *_listing(context, words.say("strengths"), good, words.say("no_strengths")),
        *_listing(context, words.say("gaps"), bad, words.say("no_gaps")),
    )


def _listing(
    context: Context, title: str, items: list[ItemScore], nothing: str
) -> tuple[Block, ...]:
    if not items:
        return (Listing((), title=title), Paragraph(nothing, "muted"))
    lines = tuple(ListItem(_line(context, item)) for item in items)
    return (Listing(lines, numbered=True, title=title),)


def strengths(context: Context) -> list[ItemScore]:
    """Return the items with the highest share of their points, heavier ones first, at most one of
    each dimension."""
    good = [item for item in _answered(context) if _share(item) >= _STRONG]
    return _spread(good, lambda item: (-_share(item), -(item.span.maximum or Decimal(0))))


def gaps(context: Context) -> list[ItemScore]:
    """Return the items that lose the most points, at most one of each dimension."""
    bad = [item for item in _answered(context) if _lost(item) > 0]
    return _spread(bad, lambda item: (-_lost(item), _share(item)))


def _answered(context: Context) -> list[ItemScore]:
    return [item for item in context.required if item.state == "answered" and item.span.maximum]


def _share(item: ItemScore) -> Decimal:
    return share_of(item.points, item.span.maximum) or Decimal(0)


def _lost(item: ItemScore) -> Decimal:
    return (item.span.maximum or Decimal(0)) - (item.points or Decimal(0))


def _spread(
    items: Iterable[ItemScore], order: Callable[[ItemScore], tuple[Decimal, ...]]
) -> list[ItemScore]:
    chosen: dict[str, ItemScore] = {}
    for item in sorted(items, key=order):
        chosen.setdefault(item.criterion.dimension, item)
    return list(chosen.values())[:MOST]


def _line(context: Context, item: ItemScore) -> str:
    words = context.words
    parts = [short_answer(context, context.card, item)] if len(item.keys) == 1 else []
    figure = words.join([*parts, words.of(item.points, item.span.maximum)], "list")
    return words.say(
        "highlight", number=item.criterion.number, title=item.criterion.title, figure=figure
    )
