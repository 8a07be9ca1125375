"""The smallest pieces of a report: its vocabulary, runs of text, figures, and tables of cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assessor.formulas import Node

Tone = Literal["text", "muted", "accent", "good", "caution", "bad"]
"""What a text or shape means; writers translate it into a colour, never the builder."""

Mark = Literal["check", "circle", "cross", "flag", "box", "checked_box", "radio", "chosen_radio"]
"""A shape before a text: state is never told by colour alone, and fonts lack these glyphs."""

Provenance = Literal["official", "reposted", "secondary", "derived"]
Align = Literal["left", "right", "center"]
RowStyle = Literal["body", "total", "group"]
Value = Decimal | str | None
Formula = Node
"""A tree of the formula language whose names are names of cells and columns."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look; with `badge` it is drawn as a label of that provenance."""

    text: str
    strong: bool = False
    tone: Tone | None = None
    badge: Provenance | None = None


Text = str | tuple[Run, ...]
"""Words, either plain or in runs; the runs are joined without a space."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One visible text and, where it is a number, the exact value behind it.

    `place` tells a person where it stands, e.g. `各能力域 / 3 / 得分` (heading, row, column).
    """

    place: str
    text: str
    value: Value = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    `text` is what people read in either medium. `value` is the exact value behind it; a workbook
    stores it instead of the text when it is a Decimal and shows it with `number_format`, which must
    therefore produce `text`. `formula` recomputes `value` from other cells, referred to by their
    `name` (or a column's). `answer` marks a cell the reader may change; `choices` are the values it
    may take. `share` (0 to 1) draws a bar in the PDF, before the text if there is one. `heat` (0
    to 1) is how dark the cell's ground is on paper.
    """

    text: str = ""
    value: Value = None
    formula: Formula | None = None
    name: str | None = None
    number_format: str = ""
    tone: Tone = "text"
    strong: bool = False
    mark: Mark | None = None
    answer: bool = False
    choices: tuple[str, ...] = ()
    share: Decimal | None = None
    badge: Provenance | None = None
    heat: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `weight` is its part of the width relative to the others.

    `name` lets formulas refer to all body cells of the column as a range.
    """

    header: str
    weight: Decimal = Decimal(1)
    align: Align = "left"
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, one cell per column; a `group` row has a single cell across all."""

    cells: tuple[Cell, ...]
    style: RowStyle = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row; long ones continue on the next page under the same header.

    `name` is unique within the Document, so that a workbook can refer to the table.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    name: str = ""
    caption: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            expected = 1 if row.style == "group" else len(self.columns)
            if len(row.cells) != expected:
                raise ValueError(f"table {self.name!r}: {len(row.cells)} cells, not {expected}")

    def figures(self) -> Iterator[Figure]:
        """Yield caption, headers and cells row by row."""
        if self.caption:
            yield Figure("", self.caption)
        yield from (Figure("", column.header) for column in self.columns)
        for number, row in enumerate(self.rows, 1):
            for cell, column in zip(row.cells, self.columns, strict=False):
                yield Figure(f"{number} / {column.header}", cell.text, cell.value)


def plain(text: Text) -> str:
    """Return the words of `text` without their looks."""
    return text if isinstance(text, str) else "".join(run.text for run in text)
