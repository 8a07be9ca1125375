"""The assessment beside the enterprise's own, item by item."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.reports.build.answers import short_answer
from assessor.reports.build.context import Context, items_within
from assessor.reports.document import (
    Block,
    Cell,
    Column,
    Heading,
    Mark,
    Row,
    Table,
    Tone,
)
from assessor.rules.card import ItemScore, ScoreCard


def comparison_chapter(context: Context) -> tuple[Block, ...]:
    """Return the comparison; nothing without a self-assessment."""
    words, own = context.words, context.self_card
    if own is None:
        return ()
    columns = (
        Column(words.say("item"), Decimal("3.4")),
        Column(words.say("self_answer"), Decimal("1.2")),
        Column(words.say("our_answer"), Decimal("1.2")),
        Column(words.say("self_points"), Decimal("1.25"), "right"),
        Column(words.say("our_points"), Decimal("1.25"), "right"),
        Column(words.say("difference"), Decimal("1.1"), "right"),
    )
    return (
        Heading(1, words.say("comparison"), "sec-comparison"),
        Table(columns, tuple(_rows(context, own)), "comparison", _lead(context, own)),
    )


def _lead(context: Context, own: ScoreCard) -> str:
    words, told = context.words, context.source.assessment.self_assessment
    pairs = [(item, own.item(item.criterion.id)) for item in context.required]
    same = sum(
        other is not None and _said(context, own, other) == _said(context, context.card, item)
        for item, other in pairs
    )
    made = [words.date(told.made_on), told.by.strip()] if told else []
    return words.say(
        "comparison_lead",
        own=words.score(own.total.value),
        ours=words.score(context.card.total.value),
        same=same,
        count=len(pairs),
        made=words.say("made", told=words.join(made, "dot")) if any(made) else "",
    )


def _said(context: Context, card: ScoreCard, item: ItemScore) -> tuple[str, ...]:
    return tuple(short_answer(context, card, item, index) for index in range(len(item.keys)))


def _rows(context: Context, own: ScoreCard) -> Iterator[Row]:
    for entry in context.main_dimensions:
        items = [item for item in items_within(entry) if item.role == "required"]
        if items:
            yield Row((Cell(context.words.pick(entry.dimension.name)),), "group")
            yield from (_row(context, own, item) for item in items)


def _row(context: Context, own: ScoreCard, item: ItemScore) -> Row:
    words, other = context.words, own.item(item.criterion.id)
    theirs = _said(context, own, other) if other else ()
    ours = _said(context, context.card, item)
    points = other.points if other else None
    return Row(
        (
            Cell(f"{item.criterion.number} {words.pick(item.criterion.title)}"),
            Cell(words.join(list(theirs), "list")),
            Cell(words.join(list(ours), "list"), strong=theirs != ours),
            Cell(words.score(points), points),
            Cell(words.score(item.points), item.points),
            _difference(context, points, item.points),
        )
    )


def _difference(context: Context, theirs: Decimal | None, ours: Decimal | None) -> Cell:
    words = context.words
    if theirs is None or ours is None:
        return Cell(words.say("no_figure"), tone="muted")
    gap = ours - theirs
    if not gap:
        return Cell(words.say("no_difference"), gap, tone="muted")
    tone: Tone = "bad" if gap < 0 else "good"
    sign = words.say("minus" if gap < 0 else "plus", points=words.score(abs(gap)))
    mark: Mark | None = None
    return Cell(sign, gap, tone=tone, mark=mark)
