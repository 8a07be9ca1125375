"""The recovery sheet: a printed page with the code that opens one sealed file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assessor.canonical import digest_of
from assessor.exchange.sealing import RecoveryCode
from assessor.i18n import Language, text
from assessor.reports.document import (
    Block,
    Document,
    Field,
    Heading,
    KeyValues,
    Listing,
    ListItem,
    Meta,
    Paragraph,
)
from assessor.storage.atomic import ensure_new
from assessor.workspace.paper import program_name, write_paper

_TIME = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What the sheet is about: the sealed file's name, when it was made, the code, whose keys."""

    file: str
    made: datetime
    code: RecoveryCode
    recipients: tuple[str, ...]


def write_recovery_sheet(facts: SheetFacts, path: Path, language: Language) -> Path:
    """Write the sheet as PDF; raises `AssessorError` when `path` is taken or cannot be written."""
    ensure_new(path)
    return write_paper(recovery_document(facts, language), path)


def recovery_document(facts: SheetFacts, language: Language) -> Document:
    """Return the sheet as a Document."""
    title = text("sealing.sheet_title", language)
    meta = Meta(
        title=title,
        subject=facts.file,
        language=language,
        payload_digest=digest_of([facts.file, facts.made.isoformat()]),
        rubric_id="",
        rubric_version="",
        rubric_digest="",
        generated=program_name(),
    )
    return Document(meta, _blocks(facts, title, language))


def _blocks(facts: SheetFacts, title: str, language: Language) -> tuple[Block, ...]:
    def say(name: str) -> str:
        return text(f"sealing.sheet_{name}", language)

    known = [Field(say("file"), facts.file), Field(say("made"), facts.made.strftime(_TIME))]
    if facts.recipients:
        known.append(Field(say("recipients"), ", ".join(facts.recipients)))
    steps = tuple(
        ListItem(text(f"sealing.sheet_step_{name}", language))
        for name in ("command", "type", "store")
    )
    return (
        Heading(1, title, "sec-recovery"),
        Paragraph(say("about"), "lead"),
        KeyValues(tuple(known)),
        Heading(2, say("code"), "sec-code"),
        Paragraph(facts.code.shown(), "lead"),
        Paragraph(say("letters"), "muted"),
        Heading(2, say("how"), "sec-how"),
        Listing(steps, numbered=True),
        Paragraph(say("warning"), "caution"),
    )
