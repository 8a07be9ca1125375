"""Problems found on site, contradictions between answers, and where proof is short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assessor.assessment import EvidenceItem, Finding
from assessor.reports.build.context import Context
from assessor.reports.build.evidence import photo_rows
from assessor.reports.document import (
    Block,
    Cell,
    Column,
    Heading,
    Listing,
    ListItem,
    Mark,
    Paragraph,
    Photos,
    Row,
    Table,
    Tone,
)
from assessor.rules.card import Finding as Doubt

_LOOKS: dict[str, tuple[Mark, Tone]] = {
    "major": ("flag", "bad"),
    "minor": ("flag", "caution"),
    "observation": ("circle", "muted"),
}


def finding_chapter(context: Context) -> tuple[Block, ...]:
    """Return the findings with their photos, then what is doubtful in the answers."""
    words, card = context.words, context.card
    blocks = [
        *_findings(context),
        *_doubts(context, "contradictions", card.contradictions),
        *_doubts(context, "shortfalls", card.evidence_shortfalls),
    ]
    return (Heading(1, words.say("findings"), "sec-findings"), *blocks)


def _findings(context: Context) -> Iterator[Block]:
    words = context.words
    found = context.source.assessment.findings
    if not found:
        yield Paragraph(words.say("no_findings"))
        return
    columns = (
        Column(words.say("number"), Decimal("0.75"), "right"),
        Column(words.say("severity_header"), Decimal("1.3")),
        Column(words.say("finding"), Decimal("3.9")),
        Column(words.say("item"), Decimal("1.8")),
        Column(words.say("owner"), Decimal("1.6")),
        Column(words.say("finding_state"), Decimal("1")),
    )
    rows = tuple(_row(context, number, entry) for number, entry in enumerate(found, 1))
    yield Table(columns, rows, "finding-list")
    for number, entry in enumerate(found, 1):
        photos = _photos(context, entry)
        if photos:
            yield Heading(4, words.say("photos_of_finding", number=number))
            yield from photos


def _photos(context: Context, entry: Finding) -> list[Photos]:
    """The photographs of a finding; beside them those of the re-check, each saying which it is."""
    before, after = context.evidence(entry.evidence), context.evidence(entry.recheck)
    if not after:
        return photo_rows(context, before)
    told = [
        piece.model_copy(update={"caption": context.words.say(when, text=_shows(piece))})
        for when, pieces in (("photo_before", before), ("photo_after", after))
        for piece in pieces
    ]
    return photo_rows(context, told)


def _shows(piece: EvidenceItem) -> str:
    return piece.caption.strip() or piece.file_name


def _row(context: Context, number: int, entry: Finding) -> Row:
    words = context.words
    mark, tone = _LOOKS[entry.severity]
    told = words.join([entry.text.strip(), entry.clause.strip()], "dot")
    return Row(
        (
            Cell(str(number)),
            Cell(words.told(f"report.finding_{entry.severity}"), mark=mark, tone=tone),
            Cell(told),
            Cell(_criterion(context, entry.criterion)),
            Cell(words.join([entry.owner.strip(), words.date(entry.due)], "dot")),
            Cell(words.told(f"report.finding_{entry.state}")),
        )
    )


def _criterion(context: Context, name: str) -> str:
    criterion = context.source.rubric.criterion_by_id.get(name)
    if criterion is None:
        return ""
    return f"{criterion.number} {context.words.pick(criterion.title)}"


def _doubts(context: Context, kind: str, doubts: Sequence[Doubt]) -> Iterator[Block]:
    words = context.words
    if not doubts:
        return
    yield Heading(2, words.say(kind, count=len(doubts)), f"sec-{kind}")
    yield Listing(tuple(ListItem(_doubt(context, doubt), "flag", "caution") for doubt in doubts))
    collects = context.source.rubric.collects
    note = words.told(f"form.{kind}_note" if collects else f"report.{kind}_note")
    yield Paragraph(note, "muted")


def _doubt(context: Context, doubt: Doubt) -> str:
    """The sentence, with the numbers of the items where it does not name them itself."""
    words = context.words
    told = words.pick(doubt.text)
    known = context.source.rubric.criterion_by_id
    numbers = [known[name].number for name in doubt.criteria if name in known]
    if not numbers or "number" in doubt.text.values:
        return told
    return words.say("doubt", text=told, numbers=words.join(numbers, "list"))
