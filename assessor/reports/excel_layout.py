"""Where every text of the sheets stands: blocks under each other on a grid, names to cells.

Rows and columns count from 0, as XlsxWriter does.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Literal

from assessor.reports.document import (
    Beside,
    Block,
    Cover,
    Heading,
    KeyValues,
    Listing,
    PageBreak,
    Paragraph,
    Sheet,
    Together,
    figures,
)
from assessor.reports.table import Align, Cell, Row, Table, plain
from assessor.sheets.cells import cell_name
from assessor.sheets.writing import sheet_name

Look = Literal[
    "body", "total", "group", "header", "title", "kicker", "heading", "text", "notice", "label"
]
SHEET_WIDTH = 150
"""Characters all columns of a table have together, unless there are very many."""
LINE_HEIGHT = 17
"""Points of one line of text."""
_TITLE_HEIGHT = 30
_LEAST_COLUMNS = 4
_MOST_FROZEN = 9
_LEAST_WIDTH = 5
_USUAL_WIDTH = 12
_MOST_HEIGHT = 400
"""A row can be 409 points high."""
_PADDING = 1.5
"""Characters of a column's width that its text cannot use: indent and the ends of lines."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One cell on a sheet; `span` is the number of columns it is merged over."""

    row: int
    column: int
    cell: Cell
    look: Look = "body"
    align: Align = "left"
    span: int = 1


@dataclass(frozen=True, slots=True)
class Area:
    """The body cells of one table column."""

    sheet: str
    column: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PlacedSheet:
    """One sheet: its cells in reading order, widths in characters, heights in points by row.

    `header` is the row of the header that is repeated on paper; `frozen` is the number of rows that
    stay in view.
    """

    key: str
    title: str
    cells: tuple[Placed, ...]
    widths: tuple[float, ...]
    heights: Mapping[int, float]
    header: int | None
    frozen: int


@dataclass(frozen=True, slots=True)
class Layout:
    """All sheets, and where the names that formulas use stand: (sheet title, row, column)."""

    sheets: tuple[PlacedSheet, ...]
    names: Mapping[str, tuple[str, int, int]]
    areas: Mapping[tuple[str, str], Area]

    def placed(self) -> Iterator[tuple[str, str, Placed]]:
        """Yield sheet title, reference such as `B7` and cell, in reading order."""
        for sheet in self.sheets:
            for one in sheet.cells:
                yield sheet.title, cell_name(one.row + 1, one.column + 1), one


def lay_out(sheets: Sequence[Sheet]) -> Layout:
    """Place all blocks; raises `ValueError` when a name or a table column stands twice."""
    titles: list[str] = []
    for sheet in sheets:
        titles.append(sheet_name(sheet.title, titles))
    names: dict[str, tuple[str, int, int]] = {}
    areas: dict[tuple[str, str], Area] = {}
    placed = [
        _SheetPlacer(sheet, title, names, areas).place()
        for sheet, title in zip(sheets, titles, strict=True)
    ]
    return Layout(tuple(placed), names, areas)


@dataclass
class _SheetPlacer:
    sheet: Sheet
    title: str
    names: dict[str, tuple[str, int, int]]
    areas: dict[tuple[str, str], Area]
    row: int = 0
    cells: list[Placed] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    main: Table | None = None
    header: int | None = None

    def place(self) -> PlacedSheet:
        tables = [block for block in _flat(self.sheet.blocks) if isinstance(block, Table)]
        self.main = max(tables, key=lambda table: len(table.rows), default=None)
        self.widths = _widths(tables, self.main)
        if self.sheet.notice:
            self._across(self.sheet.notice, "notice")
        for block in _flat(self.sheet.blocks):
            self._block(block)
        frozen = 0 if self.header is None or self.header >= _MOST_FROZEN else self.header + 1
        return PlacedSheet(
            self.sheet.key,
            self.title,
            tuple(self.cells),
            self.widths,
            self.heights,
            self.header,
            frozen,
        )

    def _block(self, block: Block) -> None:
        match block:
            case Table():
                self._table(block)
            case Cover():
                self._cover(block)
            case Heading():
                words = " ".join(filter(None, (block.text, block.aside)))
                self._across(words, "title" if block.level == 1 else "heading")
            case Paragraph():
                tone = block.style if block.style in ("muted", "caution") else "text"
                self._across(plain(block.text), "text", Cell(tone=tone))
            case KeyValues():
                self._fields([(entry.label, entry.text) for entry in block.fields])
            case Listing():
                self._listing(block)
            case _:
                self._texts(block)

    # --- lines ------------------------------------------------------------------------------------

    def _put(self, row: int, column: int, cell: Cell, look: Look, align: Align, span: int) -> None:
        self.cells.append(Placed(row, column, cell, look, align, span))
        if cell.name is not None:
            if cell.name in self.names:
                raise ValueError(f"the cell {cell.name!r} stands twice")
            self.names[cell.name] = (self.title, row, column)

    def _across(self, text: str, look: Look, like: Cell | None = None) -> None:
        """Place one text over the whole width."""
        span = len(self.widths)
        cell = Cell(text, tone=like.tone if like else "text")
        self._put(self.row, 0, cell, look, "left", span)
        lines = LINE_HEIGHT * _lines(text, sum(self.widths))
        self.heights[self.row] = max(lines, _TITLE_HEIGHT) if look == "title" else lines
        self.row += 1

    def _cover(self, cover: Cover) -> None:
        self._across(cover.kicker, "kicker")
        self._across(cover.title, "title")
        if cover.subtitle:
            self._across(cover.subtitle, "text")
        if cover.notice:
            self._across(cover.notice, "notice")
        self._fields([(entry.label, entry.text) for entry in cover.fields])

    def _fields(self, fields: Sequence[tuple[str, str]]) -> None:
        span = len(self.widths) - 1
        for label, text in fields:
            self._put(self.row, 0, Cell(label), "label", "left", 1)
            self._put(self.row, 1, Cell(text), "text", "left", span)
            width = sum(self.widths[1:])
            self.heights[self.row] = LINE_HEIGHT * _lines(text, width)
            self.row += 1
        self.row += 1

    def _listing(self, listing: Listing) -> None:
        if listing.title:
            self._across(listing.title, "heading")
        for item in listing.items:
            self._across(plain(item.text), "text")

    def _texts(self, block: Block) -> None:
        """A picture stands in a workbook as what is written in it."""
        for figure in figures((block,)):
            self._across(" ".join(filter(None, (figure.place, figure.text))), "text")

    # --- tables -----------------------------------------------------------------------------------

    def _table(self, table: Table) -> None:
        if table.caption:
            self.row += 1
            self._across(table.caption, "heading")
        if table is self.main:
            self.header = self.row
        headers = tuple(Cell(column.header) for column in table.columns)
        for at, (cell, column) in enumerate(zip(headers, table.columns, strict=True)):
            self._put(self.row, at, cell, "header", column.align, 1)
        self._make_room(headers)
        self.row += 1
        first = self.row
        for row in table.rows:
            self._row(row, table)
        self._name_columns(table, first)
        self.row += 1

    def _row(self, row: Row, table: Table) -> None:
        if row.style == "group":
            self._put(self.row, 0, row.cells[0], "group", "left", len(table.columns))
        else:
            for at, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
                self._put(self.row, at, cell, row.style, column.align, 1)
            self._make_room(row.cells)
        self.row += 1

    def _make_room(self, cells: Sequence[Cell]) -> None:
        """Say the height of long texts: not every spreadsheet finds it when it opens a file."""
        long = max(
            _lines(cell.text, width - _PADDING)
            for cell, width in zip(cells, self.widths, strict=False)
        )
        if long > 1:
            self.heights[self.row] = min(LINE_HEIGHT * long, _MOST_HEIGHT)

    def _name_columns(self, table: Table, first: int) -> None:
        for at, column in enumerate(table.columns):
            if column.name is None or not table.rows:
                continue
            key = (table.name, column.name)
            if key in self.areas:
                raise ValueError(f"the column {key} stands twice")
            self.areas[key] = Area(self.title, at, first, self.row - 1)


def _flat(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks under each other: what stands beside or together on paper follows here."""
    for block in blocks:
        if isinstance(block, Beside):
            for part in block.parts:
                yield from _flat(part)
        elif isinstance(block, Together):
            yield from _flat(block.blocks)
        elif not isinstance(block, PageBreak):
            yield block


def _widths(tables: Sequence[Table], main: Table | None) -> tuple[float, ...]:
    """The longest table says how wide the columns are; wider tables add columns of their own."""
    widths = list(_table_widths(main)) if main else []
    for table in tables:
        widths += _table_widths(table)[len(widths) :]
    missing = max(0, _LEAST_COLUMNS - len(widths))
    return (*widths, *([SHEET_WIDTH / 10] * missing))


def _table_widths(table: Table) -> list[float]:
    whole = sum(column.weight for column in table.columns)
    width = max(SHEET_WIDTH, _USUAL_WIDTH * len(table.columns))
    return [
        max(_LEAST_WIDTH, round(float(width * column.weight / whole), 1))
        for column in table.columns
    ]


def _lines(text: str, width: float) -> int:
    """How many lines a text takes; an ideograph is as wide as two digits."""
    if 2 * len(text) <= width and "\n" not in text:
        return 1
    return sum(max(1, ceil(_width(line) / width)) for line in text.split("\n"))


def _width(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(character) in "WFA" for character in text)
    return len(text) + wide
