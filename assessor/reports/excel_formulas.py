"""The formulas of the workbook: trees over names, printed over the cells where the names stand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from assessor.formulas import CellOf, Column, Name, to_excel
from assessor.reports.document import Document
from assessor.reports.excel_layout import Layout, Placed, lay_out
from assessor.sheets.cells import cell_name


class Formulas:
    """Prints formulas for the cells of a layout."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._cell_of = {sheet.title: self._printer(sheet.title) for sheet in layout.sheets}

    def text(self, sheet: str, placed: Placed) -> str:
        """Return the formula of a cell on `sheet` without `=`.

        Raises `KeyError` when it refers to a name that stands nowhere, `UnprintableError` when
        spreadsheets would refuse it.
        """
        if placed.cell.formula is None:
            raise ValueError("the cell has no formula")
        return to_excel(placed.cell.formula, self._cell_of[sheet])

    def _printer(self, here: str) -> CellOf:
        names, areas = self._layout.names, self._layout.areas

        @cache
        def cell_of(part: Name | Column) -> str:
            if isinstance(part, Name):
                sheet, row, column = names[part.id]
                return _on(sheet, here) + cell_name(row + 1, column + 1)
            area = areas[part.table, part.column]
            first = cell_name(area.first + 1, area.column + 1)
            last = cell_name(area.last + 1, area.column + 1)
            return f"{_on(area.sheet, here)}{first}:{last}"

        return cell_of


def workbook_formulas(document: Document) -> Mapping[tuple[str, str], str]:
    """Return every formula of the workbook, without `=`, by sheet title and cell such as `B7`."""
    layout = lay_out(document.sheets)
    formulas = Formulas(layout)
    return {
        (sheet, reference): formulas.text(sheet, placed)
        for sheet, reference, placed in layout.placed()
        if placed.cell.formula is not None
    }


def _on(sheet: str, here: str) -> str:
    quoted = sheet.replace("'", "''")
    return "" if sheet == here else f"'{quoted}'!"
