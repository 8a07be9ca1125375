"""Putting text from people into a workbook so that it stays text, and looking afterwards.

A spreadsheet turns a cell that begins with `= + - @` into a formula, at once or when somebody edits
the cell later. Text therefore goes in as a string with the quote prefix, whatever it begins with.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assessor.sheets.cells import cell_name
from assessor.sheets.limits import MAX_CELL_TEXT, Limits
from assessor.sheets.reader import read_xlsx

if TYPE_CHECKING:
    from openpyxl.cell import Cell

MAX_SHEET_NAME = 31

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile("_(x[0-9A-Fa-f]{4}_)")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")


def safe_text(value: str) -> str:
    """Return `value` as a cell can hold it: no control characters, at most 32,767 characters.

    Line breaks become `\\n`. Characters are counted as Excel does, in UTF-16 units.
    """
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return _cut(_UNWRITABLE.sub("", text), MAX_CELL_TEXT)


def is_formula_like(value: str) -> bool:
    """Return whether a spreadsheet might take `value` for a formula.

    Full-width signs count: Excel in Chinese takes them for the plain ones.
    """
    first = unicodedata.normalize("NFKC", value[:1])
    return first in _FORMULA_STARTS


def put_text(cell: Cell, value: str) -> None:
    """Set an openpyxl cell to a text that is and stays text."""
    cell.value = _ESCAPE_LIKE.sub(r"_x005F_\1", safe_text(value))
    cell.data_type = "s"
    cell.quotePrefix = is_formula_like(value)


class StringSheet(Protocol):
    """The one thing needed of an XlsxWriter worksheet."""

    def write_string(
        self, row: int, col: int, string: str, cell_format: object = None, /
    ) -> object:
        """Write a string, never a formula, a number or a link."""


@dataclass(frozen=True)
class TextFormats:
    """The XlsxWriter formats of a text cell: `quoted` is `usual` with the quote prefix."""

    usual: object
    quoted: object


def write_text(sheet: StringSheet, row: int, column: int, value: str, formats: TextFormats) -> None:
    """Write a text that is and stays text into an XlsxWriter sheet; row and column from 0."""
    text = safe_text(value)
    sheet.write_string(
        row, column, text, formats.quoted if is_formula_like(text) else formats.usual
    )


def sheet_name(wanted: str, taken: Collection[str] = ()) -> str:
    """Return a sheet name as close to `wanted` as Excel allows, and unlike those in `taken`."""
    name = _NOT_IN_SHEET_NAMES.sub(" ", _UNWRITABLE.sub("", wanted))
    name = " ".join(name.split()).strip("' ")
    # Excel keeps the name History for itself.
    base = "Sheet" if not name or name.casefold() == "history" else name
    used = {other.casefold() for other in taken}
    name, number = _cut(base, MAX_SHEET_NAME).rstrip("' "), 1
    while name.casefold() in used:
        number += 1
        suffix = f" ({number})"
        name = _cut(base, MAX_SHEET_NAME - len(suffix)) + suffix
    return name


@dataclass(frozen=True)
class FoundFormula:
    """A formula in a workbook: where it is and what it says."""

    sheet: str
    cell: str
    formula: str


def foreign_formulas(
    path: Path, allowed: Mapping[tuple[str, str], str], limits: Limits | None = None
) -> tuple[FoundFormula, ...]:
    """Return the formulas of a workbook we wrote that are not the `allowed` ones.

    `allowed` holds the formula, without `=`, of each sheet and cell (such as `("汇总", "B7")`) that
    may have one. Raises `SheetError` when the workbook cannot be read.
    """
    found = (
        FoundFormula(sheet.name, cell_name(*at), cell.formula)
        for sheet in read_xlsx(path, limits).sheets
        for at, cell in sheet.cells.items()
        if cell.formula is not None
    )
    return tuple(one for one in found if allowed.get((one.sheet, one.cell)) != one.formula)


def _cut(text: str, units: int) -> str:
    encoded = text.encode("utf-16-le")[: 2 * units]
    return encoded.decode("utf-16-le", errors="ignore")
