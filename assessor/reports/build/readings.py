"""Every outcome with its readings side by side, and why it stands where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.reports.build.context import Context
from assessor.reports.build.focus import line_text, possible_text, value_text
from assessor.reports.document import (
    Block,
    Cell,
    Column,
    Heading,
    Listing,
    ListItem,
    Mark,
    Paragraph,
    Row,
    Run,
    Table,
    Tone,
)
from assessor.rules.card import LineState, OutcomeScore, OutcomeState, ReadingScore

OUTCOME_LOOKS: dict[OutcomeState, tuple[Mark, Tone]] = {
    "reached": ("check", "good"),
    "not_reached": ("cross", "bad"),
    "undecided": ("circle", "caution"),
    "not_assessed": ("circle", "muted"),
}
_LINE_LOOKS: dict[LineState, tuple[Mark | None, Tone]] = {
    "met": ("check", "good"),
    "missed": ("cross", "bad"),
    "open": ("circle", "caution"),
    "no_line": (None, "muted"),
}


def outcome_chapter(context: Context) -> tuple[Block, ...]:
    """Return all outcomes: an overview, then each assessed one with its readings.

    Where every outcome has a single reading, the overview holds their figures.
    """
    outcomes = context.card.outcomes
    blocks: list[Block] = [
        Heading(1, context.words.say("outcomes"), "sec-outcomes"),
        _overview(context),
    ]
    for entry in outcomes:
        if entry.readings and not _single(context):
            blocks += _outcome(context, entry)
    blocks += _missing(context)
    return tuple(blocks)


def _single(context: Context) -> bool:
    return all(len(entry.readings) <= 1 for entry in context.card.outcomes)


def _overview(context: Context) -> Table:
    words = context.words
    figures: tuple[Column, ...] = ()
    if _single(context):
        figures = (
            Column(words.say("figure"), Decimal("0.9"), "right"),
            Column(words.say("line_header"), Decimal("0.7"), "right"),
        )
    columns = (
        Column(words.say("outcome"), Decimal("1.25")),
        Column(words.say("state"), Decimal("1.15")),
        *figures,
        Column(words.say("explanation"), Decimal("4.2")),
        Column(words.say("basis"), Decimal("0.85")),
    )
    rows = tuple(_overview_row(context, entry) for entry in context.card.outcomes)
    return Table(columns, rows, "outcome-list")


def _overview_row(context: Context, entry: OutcomeScore) -> Row:
    words = context.words
    mark, tone = OUTCOME_LOOKS[entry.state]
    reasons = [words.say("sentence", text=reason) for reason in entry.reasons]
    told = words.fold([words.pick(entry.outcome.text), *reasons], "two_sentences")
    return Row(
        (
            Cell(words.pick(entry.outcome.name), strong=True),
            Cell(words.told(f"report.state_{entry.state}"), mark=mark, tone=tone),
            *(_figure_cells(context, entry) if _single(context) else ()),
            Cell(told),
            Cell(words.basis(entry.basis), badge=entry.basis),
        )
    )


def _figure_cells(context: Context, entry: OutcomeScore) -> tuple[Cell, Cell]:
    if not entry.readings:
        return Cell(context.words.say("no_figure")), Cell(context.words.say("no_figure"))
    found = entry.readings[0]
    return (
        Cell(value_text(context, found), found.span.value, strong=True),
        Cell(line_text(context, found), found.reading.line),
    )


def _outcome(context: Context, entry: OutcomeScore) -> Iterator[Block]:
    words = context.words
    aside = words.told(f"report.state_{entry.state}")
    name = words.say("readings_of", outcome=entry.outcome.name)
    yield Heading(2, name, f"outcome-{entry.outcome.id}", aside)
    yield _readings(context, entry)
    told = (words.pick(found.reading.provenance.note) for found in entry.readings)
    notes = [note for note in dict.fromkeys(told) if note]
    if notes:
        yield Listing(tuple(ListItem(note, tone="muted") for note in notes))
    yield from _platform(context, entry)


def _readings(context: Context, entry: OutcomeScore) -> Table:
    words = context.words
    open_ones = any(found.state == "open" for found in entry.readings)
    columns = [
        Column(words.say("reading"), Decimal("3.2")),
        Column(words.say("figure"), Decimal("1.2"), "right"),
        Column(words.say("line_header"), Decimal("0.9"), "right"),
        Column(words.say("result"), Decimal("1.2")),
        Column(words.say("role"), Decimal("1.1")),
        Column(words.say("basis"), Decimal("0.9")),
    ]
    if open_ones:
        columns.insert(2, Column(words.say("possible"), Decimal("1.9"), "right"))
    rows = tuple(_reading(context, found, open_ones=open_ones) for found in entry.readings)
    return Table(tuple(columns), rows, f"readings-{entry.outcome.id}")


def _reading(context: Context, found: ReadingScore, *, open_ones: bool) -> Row:
    words = context.words
    mark, tone = _LINE_LOOKS[found.state]
    basis = context.basis(found.reading.provenance)
    possible = (Cell(possible_text(context, found), tone="muted"),)
    return Row(
        (
            Cell(words.pick(found.reading.name)),
            Cell(value_text(context, found), found.span.value, strong=True),
            *(possible if open_ones else ()),
            Cell(line_text(context, found), found.reading.line),
            Cell(words.told(f"report.line_{found.state}"), mark=mark, tone=tone),
            Cell(words.say("decides" if found.decides else "beside")),
            Cell(words.basis(basis), badge=basis),
        )
    )


def _platform(context: Context, entry: OutcomeScore) -> Iterator[Block]:
    rule = entry.outcome.platform_score
    if rule is None or entry.platform is None:
        return
    words = context.words
    issued = context.source.assessment.platform_results[entry.outcome.id].issued
    yield Paragraph(
        words.say(
            "platform_counts" if entry.platform_decides else "platform_declared",
            name=rule.name,
            score=words.score(entry.platform),
            line=words.constant(rule.line),
            issued=words.date(issued) or words.say("undated"),
        )
    )


def _missing(context: Context) -> Iterator[Block]:
    """The items that can still decide; once for all outcomes that wait for the same."""
    words = context.words
    waiting: dict[tuple[str, ...], list[str]] = {}
    for entry in context.card.outcomes:
        if entry.missing:
            waiting.setdefault(entry.missing, []).append(words.pick(entry.outcome.name))
    for missing, outcomes in waiting.items():
        numbers = [context.source.rubric.criterion_by_id[name].number for name in missing]
        title = words.say(
            "missing_items", count=len(numbers), outcomes=words.join(outcomes, "name")
        )
        yield Paragraph((Run(title, strong=True), Run(words.join(numbers, "list"))))
