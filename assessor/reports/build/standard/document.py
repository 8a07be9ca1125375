"""The whole draft, with a table of contents that knows its pages."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from assessor.canonical import digest_of
from assessor.i18n import Language
from assessor.reports.build.standard import body, front
from assessor.reports.build.standard.annexes import write_annexes
from assessor.reports.build.standard.scribe import Scribe
from assessor.reports.build.wording import Wording
from assessor.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Meta,
    PageBreak,
    Row,
    Table,
)
from assessor.rubrics.loader import LoadedRubric

Pages = Callable[[Document], dict[str, int]]
"""Lays a document out and says on which page each of its headings stands."""


def standard_document(
    loaded: LoadedRubric, language: Language, program: str, pages: Pages
) -> Document:
    """Return the draft of a rubric in the shape of a local standard.

    It is laid out once to learn the pages of its chapters. Equal rubrics give equal documents.
    """
    scribe = _written(loaded, language)
    first = _document(loaded, scribe, _contents(scribe, {}), program)
    return _document(loaded, scribe, _contents(scribe, pages(first)), program)


def _written(loaded: LoadedRubric, language: Language) -> Scribe:
    scribe = Scribe(loaded.rubric, Wording(language))
    front.foreword(scribe)
    scribe.blocks.append(PageBreak())
    for chapter in (
        front.scope,
        front.references,
        front.terms,
        front.principles,
        body.system,
        body.method,
        body.gates,
        body.grades,
        body.process,
    ):
        chapter(scribe)
    write_annexes(scribe)
    front.bibliography(scribe)
    return scribe


def _contents(scribe: Scribe, pages: dict[str, int]) -> tuple[Block, ...]:
    """Return the table of contents; until the pages are known it has none."""
    rows = tuple(
        Row((Cell(title), Cell(str(pages[title]) if title in pages else "")))
        for title in scribe.titles
    )
    columns = (
        Column(scribe.say("contents_title"), Decimal(8)),
        Column(scribe.say("contents_page"), Decimal(1), align="right"),
    )
    heading = Heading(1, scribe.say("contents"), "contents")
    return PageBreak(), heading, Table(columns, rows, "contents")


def _document(
    loaded: LoadedRubric, scribe: Scribe, contents: tuple[Block, ...], program: str
) -> Document:
    rubric = loaded.rubric
    first = front.cover(scribe, loaded.digest)
    blocks = (first, *contents, *scribe.blocks)
    meta = Meta(
        title=scribe.pick(rubric.title),
        subject=scribe.say("every_page"),
        language=scribe.words.language,
        payload_digest=digest_of([repr(block) for block in blocks]),
        rubric_id=rubric.id,
        rubric_version=rubric.version,
        rubric_digest=loaded.digest,
        generated=program,
    )
    return Document(meta, blocks)
