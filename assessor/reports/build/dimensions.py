"""The dimensions: as a radar, as a short table, and as the whole tree."""

from __future__ import annotations

from decimal import Decimal

from assessor.reports.build.context import Context, items_within, walk_dimensions, worthless
from assessor.reports.build.focus import counted_items, items_reading, outcome_in_focus
from assessor.reports.build.wording import share_of
from assessor.reports.document import (
    Block,
    Cell,
    Column,
    Heading,
    Radar,
    Row,
    Series,
    Table,
)
from assessor.rules import names
from assessor.rules.card import DimensionScore, ScoreCard, Span

ZERO = Decimal(0)
_INDENT = "　"


def radar(context: Context) -> tuple[Block, ...]:
    """Return the shares of the main dimensions, the self-assessment dashed where there is one;
    nothing while none of them has a figure."""
    words, shown_first = context.words, context.main_dimensions
    series = [Series(words.say("this_assessment"), _shares(shown_first, context.card))]
    if context.self_card is not None:
        own = _shares(shown_first, context.self_card)
        series.append(Series(words.say("self_assessment"), own, dashed=True))
    if all(entry.span.value is None for entry in shown_first):
        return ()
    axes = tuple(words.pick(entry.dimension.name) for entry in shown_first)
    return (Radar(axes, tuple(series)),)


def _shares(entries: tuple[DimensionScore, ...], card: ScoreCard) -> tuple[Decimal, ...]:
    spans = {entry.dimension.id: entry.span for entry, _ in walk_dimensions(card.dimensions)}
    return tuple(_share(spans.get(entry.dimension.id)) for entry in entries)


def _share(span: Span | None) -> Decimal:
    return (share_of(span.value, span.maximum) or ZERO) if span else ZERO


def parts_are_whole(card: ScoreCard) -> bool:
    """Return whether the dimensions make the total, without bonus or deductions."""
    return card.bonus is None and card.deductions is None


def short_table(context: Context, name: str) -> Table:
    """Return the main dimensions with their points and a bar each.

    The sum stands below, unless another table has it: the page should not overflow.
    """
    rows = tuple(_row(context, entry, 0) for entry in context.main_dimensions)
    sums = () if has_tree(context) else (_total(context),)
    return Table(_columns(context), (*rows, *sums), name)


def tree_table(context: Context, name: str) -> Table:
    """Return every dimension, those below indented, and the sum."""
    tree = walk_dimensions(context.card.dimensions)
    rows = tuple(_row(context, entry, len(above)) for entry, above in tree)
    note = "" if context.card.complete else context.words.say("range_note")
    return Table(_columns(context, whole=True), (*rows, _total(context)), name, note)


def has_tree(context: Context) -> bool:
    """Return whether there is more than the short table shows."""
    return sum(1 for _ in walk_dimensions(context.card.dimensions)) > len(context.main_dimensions)


def dimension_chapter(context: Context) -> tuple[Block, ...]:
    """Return the chapter with the whole tree of dimensions, if there is more to tell."""
    words = context.words
    if not has_tree(context):
        return ()
    return (
        Heading(1, words.say("all_dimensions"), "sec-dimensions"),
        tree_table(context, "dimension-tree"),
    )


def _columns(context: Context, *, whole: bool = False) -> tuple[Column, ...]:
    words = context.words
    tiers = items_reading(outcome_in_focus(context)) is not None
    bar = Column(words.say("share"), Decimal("3.2"))
    return (
        Column(words.say("dimension"), Decimal("3.6" if whole else "3.2")),
        Column(words.say("points"), Decimal("1.25"), "right"),
        *_range_column(context),
        Column(words.say("maximum"), Decimal(1), "right"),
        Column(words.say("at_tier" if tiers else "answered"), Decimal("1.2"), "right"),
        bar,
    )


def _range_column(context: Context) -> tuple[Column, ...]:
    if context.card.complete:
        return ()
    return (Column(context.words.say("possible"), Decimal("1.9"), "right"),)


def _row(context: Context, entry: DimensionScore, depth: int) -> Row:
    words, span = context.words, entry.span
    name = f"{entry.dimension.number} " if entry.dimension.number else ""
    strong = entry.depth == 0 and bool(entry.children)
    label = _INDENT * depth + name + words.pick(entry.dimension.name)
    if worthless(entry):
        span = Span(None, None, None, None)
    return Row(
        (
            Cell(f"{label}{_own(context, entry)}", strong=strong),
            Cell(words.score(span.value), span.value, strong=strong),
            *_range_cell(context, span),
            Cell(words.constant(span.maximum), span.maximum),
            Cell(_count(context, entry)),
            _bar(context, span),
        )
    )


def _own(context: Context, entry: DimensionScore) -> str:
    """What a dimension comes to by itself, where it counts as whole for being satisfied."""
    own = context.card.figures.get(names.dimension_own("points", entry.dimension.id))
    if not isinstance(own, Decimal) or own == entry.span.value:
        return ""
    return context.words.say("own_figure", own=context.words.score(own))


def _range_cell(context: Context, span: Span) -> tuple[Cell, ...]:
    return () if context.card.complete else (Cell(context.words.between(span), tone="muted"),)


def _bar(context: Context, span: Span) -> Cell:
    share = share_of(span.value, span.maximum)
    if share is None:
        return Cell(context.words.say("no_figure"), tone="muted")
    return Cell(context.words.share(share), share, share=min(max(share, ZERO), Decimal(1)))


def _count(context: Context, entry: DimensionScore) -> str:
    """Items at the tier in focus out of those counted; without tiers, answered out of asked."""
    reading = items_reading(outcome_in_focus(context))
    if reading is None:
        return context.words.say("fraction", part=entry.done, whole=entry.asked)
    inside = {item.criterion.id for item in items_within(entry)}
    counted = [i for i in counted_items(context, reading) if i.criterion.id in inside]
    rank = context.source.rubric.tier_rank[reading.tier]
    reached = sum(item.rank is not None and item.rank >= rank for item in counted)
    return context.words.say("fraction", part=reached, whole=len(counted))


def _total(context: Context) -> Row:
    words, base = context.words, context.card.base
    reading = items_reading(outcome_in_focus(context))
    if reading is None:
        part, of = context.card.done, context.card.asked
    else:
        counted = counted_items(context, reading)
        rank = context.source.rubric.tier_rank[reading.tier]
        part = sum(item.rank is not None and item.rank >= rank for item in counted)
        of = len(counted)
    return Row(
        (
            Cell(words.say("sum" if parts_are_whole(context.card) else "sum_base")),
            Cell(words.score(base.value), base.value),
            *_range_cell(context, base),
            Cell(words.constant(base.maximum), base.maximum),
            Cell(words.say("fraction", part=part, whole=of)),
            _bar(context, base),
        ),
        "total",
    )
