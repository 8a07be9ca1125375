"""The page that is signed: the panel, the declarations, room for the signatures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.analysis.calibration.wording import line_said
from assessor.assessment import SignOff
from assessor.reports.build.context import Context
from assessor.reports.build.form_overview import collected
from assessor.reports.build.verdict import verdict
from assessor.reports.document import (
    Block,
    Cell,
    Column,
    Field,
    Heading,
    KeyValues,
    Listing,
    ListItem,
    PageBreak,
    Paragraph,
    Photo,
    Row,
    Signatory,
    SignaturePanel,
    Table,
)


def signing_page(context: Context) -> tuple[Block, ...]:
    """Return the sign-off page; lines are left for whoever has not signed yet."""
    words, visit = context.words, context.source.assessment.visit
    blocks: list[Block] = [PageBreak(), Heading(1, words.say("signing"), "sec-signing")]
    blocks.append(KeyValues(tuple(_summary(context))))
    if visit.panel:
        blocks += [Heading(2, words.say("panel"), "sec-panel"), _panel(context)]
    blocks += _calibrations(context)
    blocks += [Heading(2, words.say("declarations"), "sec-declarations"), *_declarations(context)]
    blocks.append(Heading(2, words.say("signatures"), "sec-signatures"))
    people = tuple(_signatories(context))
    blocks.append(SignaturePanel(people, words.say("signature"), words.say("date")))
    return tuple(blocks)


def _summary(context: Context) -> Iterator[Field]:
    words, card = context.words, context.card
    body = context.source.rubric.body
    label = words.pick(body.name) if body else words.say("enterprise")
    yield Field(label, context.source.assessment.enterprise.name)
    if context.source.rubric.collects:
        yield Field(words.told("form.col_collected"), collected(context))
        return
    yield Field(words.say("verdict"), verdict(context)[0])
    figure = words.say(
        "total_of", total=words.score(card.total.value), maximum=words.constant(card.total.maximum)
    )
    yield Field(words.say("total"), figure, card.total.value)


def _calibrations(context: Context) -> list[Block]:
    """One line for each calibration on record; nothing without any."""
    words, record = context.words, context.source.assessment
    if not record.calibrations:
        return []
    lines = (ListItem(words.pick(line_said(found, record))) for found in record.calibrations)
    title = words.told("calibration.report_title")
    return [Heading(2, title, "sec-calibration"), Listing(tuple(lines))]


def _panel(context: Context) -> Table:
    words = context.words
    columns = (
        Column(words.say("name"), Decimal(1)),
        Column(words.say("panel_role"), Decimal(1)),
        Column(words.say("organisation"), Decimal(3)),
    )
    rows = tuple(
        Row(
            (
                Cell(member.name, strong=member.role == "leader"),
                Cell(words.told(f"report.panel_{member.role}")),
                Cell(member.organisation),
            )
        )
        for member in context.source.assessment.visit.panel
    )
    return Table(columns, rows, "panel")


def _declarations(context: Context) -> Iterator[Block]:
    words, record = context.words, context.source.assessment
    yield Paragraph(_declared(context, "declaration_panel"))
    if record.visit.recusal.strip():
        yield Paragraph(words.say("recusal", text=record.visit.recusal.strip()))
    yield Paragraph(_declared(context, "declaration_enterprise"))
    for signed in record.sign_offs:
        if signed.statement.strip():
            told = words.say("stated", name=signed.name, text=signed.statement.strip())
            yield Paragraph(told, "quote")


def _declared(context: Context, name: str) -> str:
    """Return words of the sign-off, which speak of an enterprise only where one is assessed."""
    if context.source.rubric.body is None:
        return context.words.told(f"report.{name}")
    return context.words.told(f"form.{name}")


def _signatories(context: Context) -> Iterator[Signatory]:
    """Those who signed, then the panel members who did not, then the enterprise if nobody of it."""
    words, record = context.words, context.source.assessment
    signed = {entry.name for entry in record.sign_offs}
    for entry in record.sign_offs:
        day = entry.signed_at.date()
        yield Signatory(entry.role, entry.name, words.date(day), _drawn(context, entry))
    for member in record.visit.panel:
        if member.name not in signed and member.role != "observer":
            yield Signatory(words.told(f"report.panel_{member.role}"), member.name)
    if not record.visit.panel and not record.sign_offs:
        yield Signatory(words.say("panel_leader"))
    outsiders = signed - {member.name for member in record.visit.panel}
    if not outsiders:
        yield Signatory(_declared(context, "for_enterprise"))


def _drawn(context: Context, entry: SignOff) -> Photo | None:
    """The drawn signature, shown only when photos are wanted."""
    pieces = context.evidence([entry.signature]) if entry.signature else []
    if not pieces or not context.options.photos or not pieces[0].width:
        return None
    piece = pieces[0]
    return Photo(piece.sha256, entry.name, piece.width, piece.height)
