"""The first page of a form that only collects: how much there is, and how far from the targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assessor.reports.build.context import Context, items_within
from assessor.reports.build.wording import HUNDRED
from assessor.reports.document import Cell, Column, Headline, Paragraph, Row, Run, Table, Tone
from assessor.reports.table import Align
from assessor.rubrics.progress import BaselineFigure
from assessor.rules.card import DimensionScore, ItemScore, TargetScore
from assessor.rules.progress import starting_point
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
_ALIGN: dict[str, Align] = {"figure": "right", "baseline": "right"}
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
    """Return the items of a dimension with figure, baseline, targets and what is missing.

    Columns that would stay empty are left out.
    """
    words = context.words
    items = [item for item in items_within(entry) if item.role == "required"]
    aimed = any(item.targets for item in items)
    started = any(_baseline(context, item) for item in items)
    gone = any(map(_has_way, items))
    widths = {"item": "2.5", "figure": "1.3"}
    widths |= {"baseline": "1.5"} if started else {}
    widths |= {"target": "2.2", "distance": "1.9"} if aimed else {}
    widths |= {"way": "2.1"} if gone else {}
    columns = tuple(
        Column(words.told(f"form.col_{name}"), Decimal(width), _ALIGN.get(name, "left"))
        for name, width in widths.items()
    )
    rows = tuple(
        Row(tuple(cells.get(name, Cell()) for name in widths))
        for item in items
        for cells in _item_rows(context, item)
    )
    return Table(columns, rows, f"progress-{entry.dimension.id}")


def _baseline(context: Context, item: ItemScore) -> BaselineFigure | None:
    progress = item.criterion.progress_in(context.card.profile)
    return progress.baseline if progress else None


def _has_way(item: ItemScore) -> bool:
    """Whether the share of the way to any target could be told."""
    progress = item.criterion.progress
    if progress is None or unit_of(item.criterion) is None:
        return False
    return any(
        starting_point(item.criterion, progress.baseline, one) is not None
        for one in progress.targets
    )


def _item_rows(context: Context, item: ItemScore) -> Iterator[dict[str, Cell]]:
    """One row for each target, by column; what belongs to the item stands in the first."""
    words, criterion = context.words, item.criterion
    start = _baseline(context, item)
    value = item.result if item.state == "answered" else None
    lead = {
        "item": Cell(f"{criterion.number} {words.pick(criterion.title)}"),
        "figure": Cell(words.pick(figure_said(item)), value, tone="text" if item.done else "muted"),
        "baseline": Cell(
            words.pick(baseline_said(start, criterion)) if start else "", tone="muted"
        ),
    }
    if not item.targets:
        yield lead
    for at, target in enumerate(item.targets):
        yield {**(lead if at == 0 else {}), **_target(context, item, target)}


def _target(context: Context, item: ItemScore, score: TargetScore) -> dict[str, Cell]:
    words, criterion = context.words, item.criterion
    told = words.pick(distance_said(score, criterion))
    cells = {
        "target": Cell(words.pick(target_said(score.target, criterion))),
        "distance": Cell(told, score.distance, tone=_TONES[score.state]),
    }
    if score.way is not None and unit_of(criterion) is not None:
        share = min(max(score.way / HUNDRED, ZERO), ONE)
        cells["way"] = Cell(f"{plain(score.way)} %", score.way, share=share)
    return cells


def progress_note(context: Context) -> Paragraph:
    """Return how the share of the way is worked out."""
    return Paragraph(context.words.told("form.progress_note"), "muted")
