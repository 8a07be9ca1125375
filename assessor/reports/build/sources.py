"""Where the criteria come from, how many are official, and what is known to be missing."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from assessor.reports.build.context import Context
from assessor.reports.document import (
    Block,
    Cell,
    Column,
    Heading,
    Listing,
    ListItem,
    Paragraph,
    Row,
    Run,
    Table,
)
from assessor.rubrics.provenance import STRENGTH, Provenance, Source


def source_chapter(context: Context) -> tuple[Block, ...]:
    """Return how the criteria are founded, the sources, and the known gaps."""
    words, rubric = context.words, context.source.rubric
    blocks: list[Block] = [Heading(1, words.say("provenance"), "sec-provenance")]
    if rubric.status.derived:
        blocks.append(Paragraph(words.pick(rubric.status.notice), "caution"))
    if rubric.status.official_parts:
        parts = tuple(ListItem(words.pick(part)) for part in rubric.status.official_parts)
        blocks.append(Listing(parts, title=words.say("official_parts")))
    blocks += [
        Heading(2, words.say("basis_counts"), "sec-basis"),
        _counts(context),
        Paragraph(words.say("basis_note"), "muted"),
        Heading(2, words.say("sources"), "sec-sources"),
        _sources(context),
        *_gaps(context),
    ]
    return tuple(blocks)


def _counts(context: Context) -> Table:
    """How many of the criteria, weights, gates and readings asked here are founded how."""
    words, card = context.words, context.card
    rows = {
        "items": [item.criterion.provenance for item in card.items],
        "weights": [item.criterion.weight_provenance for item in card.items],
        "gates": [found.gate.provenance for found in card.gates],
        "lines": [
            reading.provenance
            for outcome in context.source.rubric.outcomes
            for reading in outcome.readings
            if reading.line is not None
        ],
    }
    columns = (
        Column(words.say("part_of_rubric"), Decimal("1.6")),
        *(Column(words.basis(basis), align="right") for basis in STRENGTH),
        Column(words.say("sum"), align="right"),
    )
    return Table(
        columns,
        tuple(_count_row(context, name, found) for name, found in rows.items() if found),
        "basis",
    )


def _count_row(context: Context, name: str, found: list[Provenance]) -> Row:
    counts = Counter(context.basis(provenance) for provenance in found)
    cells = [Cell(str(counts[basis]), Decimal(counts[basis])) for basis in STRENGTH]
    whole = Cell(str(len(found)), Decimal(len(found)), strong=True)
    return Row((Cell(context.words.told(f"report.count_{name}")), *cells, whole))


def _sources(context: Context) -> Table:
    words = context.words
    columns = (
        Column(words.say("document"), Decimal("4.2")),
        Column(words.say("document_number"), Decimal(2)),
        Column(words.say("date"), Decimal("1.1")),
        Column(words.say("basis"), Decimal("0.9")),
    )
    rows = tuple(_source(context, source) for source in context.source.rubric.sources)
    return Table(columns, rows, "source-list")


def _source(context: Context, source: Source) -> Row:
    words = context.words
    told = words.say("source_line", title=source.title, issuer=source.issuer)
    number = source.document_number or words.say("no_figure")
    return Row(
        (
            Cell(told),
            Cell(number),
            Cell(source.date or words.say("no_figure")),
            Cell(words.basis(source.kind), badge=source.kind),
        )
    )


def _gaps(context: Context) -> tuple[Block, ...]:
    words, gaps = context.words, context.source.rubric.known_gaps
    if not gaps:
        return ()
    items = []
    for gap in gaps:
        title, told = words.pick(gap.title), words.pick(gap.text)
        named = title and not told.startswith(title)
        head = (Run(words.say("titled", title=title), strong=True),) if named else ()
        items.append(ListItem((*head, Run(told))))
    return (
        Heading(2, words.say("known_gaps"), "sec-gaps"),
        Listing(tuple(items), numbered=True),
        Paragraph(words.say("known_gaps_note"), "muted"),
    )
