"""The report as a value: the one description from which PDF and workbook are written.

A `Document` holds finished words in one language. Whoever builds it has already chosen, ordered,
rounded and translated; a writer only places. `pages` is the printed report, `sheets` the workbook;
both are made of the same blocks and may share them. Verification builds the Document anew from the
payload and compares it with a file, so equal input must give an equal Document: no clock, no random
order, no object identity.

Every text is plain text. No writer may read markup, a formula or a link into it.

Nothing here knows scoring, rubrics or files. Pictures are named by the SHA-256 of their bytes; the
writer is given a callable that fetches them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assessor.exchange.signature import UNSIGNED, Signed
from assessor.i18n import Language
from assessor.reports.pictures import Bar, BarChart, Photo, Photos, Position, Radar, Series
from assessor.reports.table import (
    Align,
    Cell,
    Column,
    Figure,
    Formula,
    Mark,
    Provenance,
    Row,
    RowStyle,
    Run,
    Table,
    Text,
    Tone,
    Value,
    plain,
)

__all__ = [
    "Align",
    "Bar",
    "BarChart",
    "Beside",
    "Block",
    "Cell",
    "Column",
    "Cover",
    "Document",
    "Field",
    "Figure",
    "Formula",
    "Heading",
    "Headline",
    "KeyValues",
    "ListItem",
    "Listing",
    "Mark",
    "Masthead",
    "Meta",
    "PageBreak",
    "Paragraph",
    "ParagraphStyle",
    "Photo",
    "Photos",
    "Position",
    "Provenance",
    "Radar",
    "Row",
    "RowStyle",
    "Run",
    "Series",
    "Sheet",
    "Signatory",
    "SignaturePanel",
    "Table",
    "Text",
    "Together",
    "Tone",
    "Value",
    "figures",
    "plain",
]

ParagraphStyle = Literal["body", "lead", "muted", "caution", "quote"]


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page. `notice` is a warning that must not be missed (a derived rubric)."""

    kicker: str
    title: str
    subtitle: str = ""
    fields: tuple[Field, ...] = ()
    notice: str = ""
    logo: Photo | None = None

    def figures(self) -> Iterator[Figure]:
        """Yield kicker, title, subtitle, notice and fields, as drawn."""
        for name in ("kicker", "title", "subtitle", "notice"):
            if words := getattr(self, name):
                yield Figure(name, words)
        yield from _field_figures(self.fields)


@dataclass(frozen=True, slots=True)
class Masthead:
    """The top of the verdict page: a small line, the enterprise in large type, a muted line."""

    kicker: str
    title: str
    caption: str = ""

    def figures(self) -> Iterator[Figure]:
        """Yield the three lines."""
        yield from (Figure("", line) for line in (self.kicker, self.title, self.caption) if line)


@dataclass(frozen=True, slots=True)
class Headline:
    """The loudest thing of the report: a card with a coloured edge, the result and its figure."""

    kicker: str
    title: str
    lines: tuple[Run, ...] = ()
    figure: str = ""
    figure_note: str = ""
    value: Value = None
    tone: Tone = "accent"

    def figures(self) -> Iterator[Figure]:
        """Yield the texts on the left from top to bottom, then the figure and its note."""
        for words in (self.kicker, self.title, *(line.text for line in self.lines)):
            yield Figure(self.kicker, words)
        if self.figure:
            yield Figure(self.kicker, self.figure, self.value)
            yield Figure(self.kicker, self.figure_note)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; `bookmark` (unique, stable) puts it into the outline when set.

    `aside` stands right-aligned on the same line, e.g. the points of a criterion.
    """

    level: int
    text: str
    bookmark: str = ""
    aside: str = ""
    value: Value = None

    def figures(self) -> Iterator[Figure]:
        """Yield the heading and what stands beside it."""
        yield Figure("", self.text)
        if self.aside:
            yield Figure(self.text, self.aside, self.value)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; line feeds in it are kept."""

    text: Text
    style: ParagraphStyle = "body"

    def figures(self) -> Iterator[Figure]:
        """Yield the words of the paragraph."""
        yield Figure("", plain(self.text))


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a listing; `mark` replaces bullet or number."""

    text: Text
    mark: Mark | None = None
    tone: Tone = "text"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list with bullets or numbers; `title` stands above it in bold."""

    items: tuple[ListItem, ...]
    numbered: bool = False
    title: str = ""

    def figures(self) -> Iterator[Figure]:
        """Yield the title and each item."""
        if self.title:
            yield Figure("", self.title)
        for number, item in enumerate(self.items, 1):
            yield Figure(f"{self.title} / {number}", plain(item.text))


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its text."""

    label: str
    text: str
    value: Value = None
    tone: Tone = "text"


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Labels and texts in one or two columns."""

    fields: tuple[Field, ...]
    columns: Literal[1, 2] = 1

    def figures(self) -> Iterator[Figure]:
        """Yield label and text of each field."""
        yield from _field_figures(self.fields)


@dataclass(frozen=True, slots=True)
class Signatory:
    """One person who signs; without `signature` (a drawn one) a line is left for the pen."""

    role: str
    name: str = ""
    date: str = ""
    signature: Photo | None = None


@dataclass(frozen=True, slots=True)
class SignaturePanel:
    """Room for signatures, two people beside each other.

    `signature_label` and `date_label` are the words before the line and the date.
    """

    people: tuple[Signatory, ...]
    signature_label: str
    date_label: str

    def figures(self) -> Iterator[Figure]:
        """Yield role, name and date of each person."""
        for person in self.people:
            for words in (person.role, person.name, person.date):
                if words:
                    yield Figure(person.role, words)


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks beside each other: each part is a column as wide as its weight."""

    parts: tuple[tuple[Block, ...], ...]
    weights: tuple[Decimal, ...]

    def figures(self) -> Iterator[Figure]:
        """Yield the figures of each part, left to right."""
        for part in self.parts:
            yield from figures(part)


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that stay on one page when they fit on one."""

    blocks: tuple[Block, ...]

    def figures(self) -> Iterator[Figure]:
        """Yield the figures inside."""
        yield from figures(self.blocks)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Go on at the top of a new page (a workbook ignores it)."""

    def figures(self) -> Iterator[Figure]:
        """Yield nothing."""
        return iter(())


Block = (
    Cover
    | Masthead
    | Headline
    | Heading
    | Paragraph
    | Listing
    | KeyValues
    | Table
    | Radar
    | BarChart
    | Position
    | Photos
    | SignaturePanel
    | Beside
    | Together
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook: its blocks under each other.

    `key` is a stable name for programs, `title` the tab. `notice` is a warning in the first row.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Meta:
    """What the whole report is about and made from.

    Digests are SHA-256 in hex: `payload_digest` of the canonical payload, `rubric_digest` of the
    canonical rubric. `generated` names program and version (never a time of writing). `options` are
    the choices that shaped this report (language, photos, anonymised), as name and value, so that
    verification can build it again. `signed` is the signature over the payload.
    """

    title: str
    subject: str
    language: Language
    payload_digest: str
    rubric_id: str
    rubric_version: str
    rubric_digest: str
    generated: str = ""
    options: tuple[tuple[str, str], ...] = ()
    signed: Signed = UNSIGNED


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report: `pages` for print, `sheets` for the workbook."""

    meta: Meta
    pages: tuple[Block, ...] = ()
    sheets: tuple[Sheet, ...] = ()


def figures(blocks: tuple[Block, ...]) -> Iterator[Figure]:
    """Yield every text of `blocks` in the order of the Document, placed under its heading."""
    heading = ""
    for block in blocks:
        for figure in block.figures():
            place = " / ".join(part for part in (heading, figure.place) if part)
            yield Figure(place, figure.text, figure.value)
        if isinstance(block, Heading):
            heading = block.text


def _field_figures(fields: tuple[Field, ...]) -> Iterator[Figure]:
    for entry in fields:
        yield Figure("", entry.label)
        yield Figure(entry.label, entry.text, entry.value)
