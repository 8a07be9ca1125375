"""The first page of a form that only collects: how much there is, and how far from the targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assessor.reports.build.context import Context, items_within
from assessor.reports.build.wording import HUNDRED
from assessor.reports.document import Cell, Column, Headline, Paragraph, Row, Run, Table, Tone
from assessor.rules.card import DimensionScore, ItemScore, TargetScore
from assessor.rules.tally import tally
from assessor.rules.target_words import (
    baseline_said,
    distance_said,
    figure_said,
    plain,
    target_said,
    unit_of,
)

ONE, ZERO = Decimal(1), Decimal(0)
_TONES: dict[str, Tone] = {"met": "good", "short": "caution", "open": "muted"}


def collected(context: Context) -> str:
    """Return how much is collected, in place of a verdict."""
    card, words = context.card, context.words
    key = "form.collected_all" if card.complete else "form.collected"
    return words.told(key, done=card.done, asked=card.asked)


def form_headline(context: Context) -> Headline:
    """Return the card with what is collected in place of the result."""
    words, card = context.words, context.card
    found = tally(context.required)
    lines = [Run(words.pick(found.said())), Run(words.told("form.not_scored"), tone="muted")]
    if not card.complete:
        told = words.told("form.open_items", open=card.asked - card.done)
        lines.insert(1, Run(told, strong=True, tone="caution"))
    status = context.source.rubric.status
    if status.derived:
        lines.append(Run(words.pick(status.notice), tone="muted"))
    return Headline(
        words.told("form.not_scored_short"),
        collected(context),
        tuple(lines),
        str(card.done),
        words.told("form.of_asked", asked=card.asked),
        Decimal(card.done),
        "good" if card.complete else "caution",
    )


def overview_table(context: Context) -> Table:
    """Return the dimensions with what is collected and reached in each."""
    words = context.words
    figures = ("collected", "targets", "met", "short")
    columns = (
        Column(words.told("form.col_dimension"), Decimal(3)),
        *(Column(words.told(f"form.col_{name}"), Decimal(1), "right") for name in figures),
    )
    rows = [_dimension_row(context, entry) for entry in context.main_dimensions]
    rows.append(_tally_row(context, words.told("form.sum"), context.required, total=True))
    return Table(columns, tuple(rows), "glance")


def _dimension_row(context: Context, entry: DimensionScore) -> Row:
    items = [item for item in items_within(entry) if item.role == "required"]
    number = f"{entry.dimension.number} " if entry.dimension.number else ""
    return _tally_row(context, number + context.words.pick(entry.dimension.name), items)


def _tally_row(
    context: Context, title: str, items: Sequence[ItemScore], *, total: bool = False
) -> Row:
    found, words = tally(items), context.words
    counts = (found.targets, found.met, found.short)
    cells = (
        Cell(title, strong=total),
        Cell(words.say("fraction", part=found.done, whole=found.asked), strong=total),
        *(Cell(str(count), Decimal(count), strong=total) for count in counts),
    )
    return Row(cells, "total" if total else "body")


def progress_table(context: Context, entry: DimensionScore) -> Table:
    """Return the items of a dimension with figure, baseline, targets and what is missing."""
    words = context.words
    columns = (
        Column(words.told("form.col_item"), Decimal("2.5")),
        Column(words.told("form.col_figure"), Decimal("1.3"), "right"),
        Column(words.told("form.col_baseline"), Decimal("1.5"), "right"),
        Column(words.told("form.col_target"), Decimal("2.2")),
        Column(words.told("form.col_distance"), Decimal("1.8")),
        Column(words.told("form.col_way"), Decimal("2.1")),
    )
    items = [item for item in items_within(entry) if item.role == "required"]
    rows = tuple(row for item in items for row in _item_rows(context, item))
    return Table(columns, rows, f"progress-{entry.dimension.id}")


def _item_rows(context: Context, item: ItemScore) -> Iterator[Row]:
    """One row for each target; what belongs to the item stands in the first."""
    words, criterion = context.words, item.criterion
    progress = criterion.progress_in(context.card.profile)
    start = progress.baseline if progress else None
    value = item.result if item.state == "answered" else None
    lead = (
        Cell(f"{criterion.number} {words.pick(criterion.title)}"),
        Cell(words.pick(figure_said(item)), value, tone="text" if item.done else "muted"),
        Cell(words.pick(baseline_said(start, criterion)) if start else "", tone="muted"),
    )
    if not item.targets:
        yield Row((*lead, *(Cell() for _ in range(3))))
    for at, target in enumerate(item.targets):
        yield Row((*(lead if at == 0 else (Cell(),) * len(lead)), *_target(context, item, target)))


def _target(context: Context, item: ItemScore, score: TargetScore) -> tuple[Cell, Cell, Cell]:
    words, criterion = context.words, item.criterion
    way = Cell()
    if score.way is not None and unit_of(criterion) is not None:
        share = min(max(score.way / HUNDRED, ZERO), ONE)
        way = Cell(f"{plain(score.way)} %", score.way, share=share)
    return (
        Cell(words.pick(target_said(score.target, criterion))),
        Cell(words.pick(distance_said(score, criterion)), score.distance, tone=_TONES[score.state]),
        way,
    )


def progress_note(context: Context) -> Paragraph:
    """Return how the share of the way is worked out."""
    return Paragraph(context.words.told("form.progress_note"), "muted")
