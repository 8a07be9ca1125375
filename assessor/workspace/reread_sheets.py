"""A small workbook is read again by another program's reader before it counts as written."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from assessor.bureau.bulletin.reread import NotAsWrittenError
from assessor.reports.document import Document
from assessor.reports.excel_layout import Placed, lay_out
from assessor.sheets import cell_name, safe_text

_calamine: Any = import_module("python_calamine")  # imported by name, it carries no types
_NEAR: Final = Decimal("0.000000001")
"""Readers give binary numbers."""


def check_sheets(path: Path, document: Document) -> None:
    """Hold every cell of a workbook against the Document; raises `NotAsWrittenError`."""
    book = _calamine.CalamineWorkbook.from_path(str(path))
    try:
        for sheet in lay_out(document.sheets).sheets:
            rows = book.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False)
            for placed in sheet.cells:
                if not _says(placed, _at(rows, placed)):
                    place = f"{sheet.title}!{cell_name(placed.row + 1, placed.column + 1)}"
                    raise NotAsWrittenError(path, place)
    finally:
        book.close()


def _at(rows: Sequence[Sequence[object]], placed: Placed) -> object:
    row = rows[placed.row] if placed.row < len(rows) else ()
    return row[placed.column] if placed.column < len(row) else ""


def _says(placed: Placed, found: object) -> bool:
    value = placed.cell.value
    if isinstance(value, Decimal):
        return isinstance(found, int | float) and abs(Decimal(repr(found)) - value) < _NEAR
    return found == safe_text(placed.cell.text)
