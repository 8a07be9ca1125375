"""The recovery sheet: a printed page with the code that opens one sealed file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
from assessor.storage.atomic import aside, ensure_new, put_new_in_place
from assessor.storage.errors import translated
from assessor.workspace.paper import no_picture, program_name

_TIME = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What the sheet is about: the sealed file's name, when it was made, the code, whose keys."""

    file: str
    made: datetime
    code: RecoveryCode
    recipients: tuple[str, ...]


@contextmanager
def sheet_for(facts: SheetFacts, path: Path, language: Language) -> Iterator[None]:
    """Have the sheet drawn before the work inside, and give it its name at the end if that is done.

    Raises `AssessorError` when `path` is taken or cannot be written; there is no sheet then.
    """
    from assessor.reports.pdf import write_pdf  # noqa: PLC0415 (loads the typesetter)

    ensure_new(path)
    with aside(path) as draft:
        with translated(path):
            write_pdf(recovery_document(facts, language), draft, no_picture)
        yield
        with translated(path):
            put_new_in_place(draft, path)


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
