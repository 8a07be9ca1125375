"""What has been read: workbooks, sheets and cells as plain values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from assessor.i18n import Message
from assessor.sheets.limits import MAX_COLUMNS, MAX_ROWS

CellKind = Literal["number", "text", "truth", "error", "date", "uncomputed"]
SheetState = Literal["visible", "hidden", "veryHidden"]
Position = tuple[int, int]
"""Row and column of a cell, both counted from 1."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell.

    `text` is the literal digits of a number, the text, `TRUE`/`FALSE`, the error (`#DIV/0!`) or an
    ISO date (with time when it has one); it is empty for `uncomputed`: a formula whose value the
    file does not carry. `formula` is `None` without a formula; it is empty for a formula that is
    written down at another cell. `number_format` is the code by which it is shown, empty for the
    general one; it is no part of what a cell says, so that it does not count in a comparison.
    """

    kind: CellKind
    text: str
    formula: str | None = None
    number_format: str = field(default="", compare=False)

    @property
    def number(self) -> Decimal | None:
        """The exact number as it is written in the file, `None` for any other kind."""
        return Decimal(self.text) if self.kind == "number" else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The filled cells of one sheet, by row and column counted from 1."""

    name: str
    cells: Mapping[Position, Cell]
    state: SheetState = "visible"

    def at(self, reference: str) -> Cell | None:
        """Return the cell at a reference such as `B7`, `None` when it is empty."""
        return self.cells.get(position_of(reference))

    def rows(self) -> dict[int, dict[int, Cell]]:
        """Return the filled cells as row -> column -> cell, both in order."""
        rows: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(self.cells.items()):
            rows.setdefault(row, {})[column] = cell
        return rows


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets that were asked for, in the file's order, and what gives cause for caution."""

    sheets: tuple[Sheet, ...]
    warnings: tuple[Message, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet called `name`, `None` when there is none."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def cell_name(row: int, column: int) -> str:
    """Return the reference of a cell: row 7, column 2 -> `B7`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def position_of(reference: str) -> Position:
    """Return row and column of a reference such as `B7`; `ValueError` when it is none."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(f"not a cell: {reference[:20]!r}")
    column = 0
    for letter in found[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    row = int(found[2])
    if column > MAX_COLUMNS or row > MAX_ROWS:
        raise ValueError(f"outside the sheet: {reference}")
    return row, column
