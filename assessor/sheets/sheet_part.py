"""Reading the part of one sheet into cells, without believing what it says about itself.

Its declared dimension is not looked at. A cell without a reference stands right of the one before,
a row without a number under the row before; a cell in the far corner costs as much as any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assessor.sheets.cells import Cell, CellKind, Position, cell_name, position_of
from assessor.sheets.limits import MAX_CELL_TEXT, MAX_COLUMNS, MAX_ROWS
from assessor.sheets.strings import unescape

_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_MAX_DIGITS = 60
_KINDS: Mapping[str, CellKind] = {
    "b": "truth",
    "d": "date",
    "e": "error",
    "inlineStr": "text",
    "n": "number",
    "s": "text",
    "str": "text",
}


class BadCellError(Exception):
    """A cell that no program writes: `cell` is where, `problem` which entry of the catalogue."""

    def __init__(self, cell: str, problem: str) -> None:
        super().__init__(cell, problem)
        self.cell = cell
        self.problem = problem


class TooManyCellsError(Exception):
    """The sheet holds more filled cells than the limit."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as written: `shared` is the index of a shared string, `style` its cell format."""

    cell: Cell
    shared: int | None = None
    style: int = 0


class SheetPart:
    """Reads the part of a sheet; `cells` holds what it found, at most `limit` cells."""

    def __init__(self, limit: int) -> None:
        self.cells: dict[Position, RawCell] = {}
        self._limit = limit
        self._row = self._column = 0
        self._attributes: Mapping[str, str] = {}
        self._texts: dict[str, list[str]] = {}
        self._collecting: list[str] | None = None
        self._size = 0
        self._in_phonetic = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Follow rows and cells and collect their values and formulas."""
        if name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._start_row(attributes)
        elif name == "rPh":
            self._in_phonetic = True
        elif name in ("v", "f", "t") and not self._in_phonetic:
            self._collecting = self._texts.setdefault(name, [])

    def end(self, name: str) -> None:
        """Keep a cell that has ended."""
        if name == "c":
            self._end_cell()
        elif name == "rPh":
            self._in_phonetic = False
        elif name in ("v", "f", "t"):
            self._collecting = None

    def characters(self, text: str) -> None:
        """Collect a value or formula, up to what a cell can hold."""
        if self._collecting is None:
            return
        self._size += len(text)
        if self._size > 2 * MAX_CELL_TEXT:
            raise BadCellError(self._here(), "cell_too_long")
        self._collecting.append(text)

    def _here(self) -> str:
        return cell_name(self._row, self._column)

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if re.fullmatch("[0-9]{1,7}", number) else self._row + 1
        self._column = 0
        if not 1 <= self._row <= MAX_ROWS:
            raise BadCellError(f"{self._row}:{self._row}", "cell_misplaced")

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self._column += 1
        reference = attributes.get("r")
        if reference is not None:
            try:
                row, self._column = position_of(reference)
            except ValueError:
                raise BadCellError(reference[:20], "cell_misplaced") from None
            if row != self._row:
                raise BadCellError(reference, "cell_misplaced")
        if self._column > MAX_COLUMNS:
            raise BadCellError(f"{self._row}:{self._row}", "cell_misplaced")
        self._attributes, self._texts, self._size = attributes, {}, 0

    def _end_cell(self) -> None:
        raw = self._raw_cell()
        if raw is None:
            return
        position = (self._row, self._column)
        if position in self.cells:
            raise BadCellError(self._here(), "cell_twice")
        if len(self.cells) >= self._limit:
            raise TooManyCellsError
        self.cells[position] = raw

    def _raw_cell(self) -> RawCell | None:
        written = self._attributes.get("t", "n")
        if written not in _KINDS:
            raise BadCellError(self._here(), "cell_broken")
        texts = self._texts.get("t" if written == "inlineStr" else "v", [])
        value = "".join(texts)
        formula = "".join(self._texts["f"]) if "f" in self._texts else None
        if value == "" and formula is None:
            return None
        # A formula may give the empty text; any other kind of value is never empty.
        if value == "" and not (written == "str" and texts is self._texts.get("v")):
            return RawCell(Cell("uncomputed", "", formula))
        return self._valued(Cell(_KINDS[written], value, formula))

    def _valued(self, cell: Cell) -> RawCell:
        style = self._attributes.get("s", "0")
        if not re.fullmatch("[0-9]{1,6}", style):
            raise BadCellError(self._here(), "cell_broken")
        if self._attributes.get("t") == "s":
            return RawCell(cell, self._index(cell.text), int(style))
        return RawCell(self._checked(cell), None, int(style))

    def _index(self, text: str) -> int:
        if not re.fullmatch("[0-9]{1,9}", text):
            raise BadCellError(self._here(), "cell_broken")
        return int(text)

    def _checked(self, cell: Cell) -> Cell:
        if cell.kind == "number":
            number = cell.text.strip()
            if len(number) > _MAX_DIGITS or not _NUMBER.fullmatch(number):
                raise BadCellError(self._here(), "cell_broken")
            return replace(cell, text=number)
        if cell.kind == "truth":
            return replace(cell, text="TRUE" if cell.text.strip() in ("1", "true") else "FALSE")
        text = unescape(cell.text)
        if len(text) > MAX_CELL_TEXT:
            raise BadCellError(self._here(), "cell_too_long")
        return replace(cell, text=text)
