"""Clauses, annexes and tables with the numbers GB/T 1.1 gives them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from assessor.i18n import Localized
from assessor.reports.build.wording import HUNDRED, PERCENT, Wording
from assessor.reports.document import (
    Block,
    Cell,
    Column,
    Heading,
    Listing,
    ListItem,
    PageBreak,
    Paragraph,
    Row,
    Table,
)
from assessor.rubrics.models import Rubric
from assessor.rubrics.provenance import Basis, Provenance, effective_basis

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class Scribe:
    """Writes one document from front to back; blocks gather in `blocks`."""

    rubric: Rubric
    words: Wording
    blocks: list[Block] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    _chapter: int = 0
    _annex: int = 0
    _clause: int = 0
    _table: int = 0
    _in_annex: bool = False

    def say(self, name: str, /, **values: object) -> str:
        """Return the words of `standard.<name>`."""
        return self.words.told(f"standard.{name}", **values)

    def pick(self, words: Localized | None) -> str:
        """Return a text of the rubric."""
        return self.words.pick(words)

    def unnumbered(self, title: str, key: str) -> None:
        """Begin a part without a number: foreword, bibliography."""
        self.blocks += [PageBreak(), Heading(1, title, key)]
        self.titles.append(title)

    def chapter(self, title: str) -> None:
        """Begin a chapter: `5 Indicator system`."""
        self._chapter += 1
        self._clause = 0
        number = str(self._chapter)
        self._begin(self.say("heading", number=number, title=title), f"chapter-{number}")

    def annex(self, title: str, *, normative: bool) -> None:
        """Begin an annex on a page of its own: `Annex A (normative) ...`."""
        if not self._in_annex:
            self._in_annex, self._table = True, 0
        self._annex += 1
        self._clause = self._table = 0
        kind = self.say("normative" if normative else "informative")
        letter = _LETTERS[self._annex - 1]
        self.blocks.append(PageBreak())
        self._begin(self.say("annex", letter=letter, kind=kind, title=title), f"annex-{letter}")

    def _begin(self, title: str, key: str) -> None:
        self.blocks.append(Heading(1, title, key))
        self.titles.append(title)

    @property
    def _prefix(self) -> str:
        return _LETTERS[self._annex - 1] if self._in_annex else str(self._chapter)

    def clause(self, title: str) -> None:
        """Begin a clause with a title: `5.2 ...`."""
        self._clause += 1
        number = f"{self._prefix}.{self._clause}"
        self.blocks.append(
            Heading(2, self.say("heading", number=number, title=title), f"clause-{number}")
        )

    def text(self, *paragraphs: str) -> None:
        """Write paragraphs; empty ones are left out."""
        self.blocks += [Paragraph(words) for words in paragraphs if words]

    def caution(self, words: str) -> None:
        """Write what must not be missed."""
        self.blocks.append(Paragraph(words, "caution"))

    def listing(self, items: Iterable[str], title: str = "") -> None:
        """Write a list with letters' order kept by bullets; an empty one is left out."""
        found = tuple(ListItem(item) for item in items if item)
        if found:
            self.blocks.append(Listing(found, title=title))

    def table(self, title: str, columns: Iterable[Column], rows: Iterable[Row]) -> str:
        """Write a numbered table; return its number, empty when it would have no row."""
        kept = tuple(rows)
        if not kept:
            return ""
        self._table += 1
        number = f"{self._prefix}.{self._table}" if self._in_annex else str(self._table)
        caption = self.say("table", number=number, title=title)
        self.blocks.append(Table(tuple(columns), kept, f"table-{number}", caption))
        return number

    def basis(self, provenance: Provenance | None) -> Basis:
        """Return what may be claimed of a rule; without any word it is ours."""
        if provenance is None:
            return "derived"
        return effective_basis(provenance, self.rubric.source_by_id)

    def basis_cell(self, provenance: Provenance | None) -> Cell:
        """Return the cell that tells how a figure is founded."""
        found = self.basis(provenance)
        return Cell(self.words.basis(found), badge=found)

    def sources(self, provenance: Provenance | None) -> str:
        """Return the sources of a rule and what is said about it."""
        if provenance is None:
            return ""
        names = [self._source(name) for name in provenance.source_ids]
        return self.words.join([*names, self.pick(provenance.note)])

    def _source(self, name: str) -> str:
        source = self.rubric.source_by_id.get(name)
        if source is None:
            return name
        return source.document_number or self.pick(source.title)

    def constant(self, value: Decimal | None) -> str:
        """Return a figure of the rubric; one that is missing is still to be entered."""
        return self.say("to_enter") if value is None else self.words.constant(value)

    def share(self, value: Decimal) -> str:
        """Return a share (0 to 1) as a percentage with the digits it has."""
        return f"{self.constant(value * HUNDRED)}{PERCENT}"


def row(*cells: str | Cell) -> Row:
    """Return a row of plain texts and cells."""
    return Row(tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in cells))


def group(words: str) -> Row:
    """Return a row across the whole table."""
    return Row((Cell(words, strong=True),), "group")


def column(header: str, weight: str = "1") -> Column:
    """Return a column; `weight` is its part of the width."""
    return Column(header, Decimal(weight))


def lines(parts: Iterable[str]) -> str:
    """Return the parts that are not empty, one on each line."""
    return "\n".join(part for part in parts if part)
