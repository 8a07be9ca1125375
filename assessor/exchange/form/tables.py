"""Sheets for the tables of a visit, such as the equipment ledger: one row for each thing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from openpyxl.utils import get_column_letter

from assessor.exchange.form import style
from assessor.exchange.form.criteria_rows import FormContext
from assessor.exchange.form.drawing import (
    FIRST_ROW,
    HEADING_ROW,
    Frame,
    cell_at,
    finish,
    headings,
    open_cell,
    top,
)
from assessor.exchange.form.rows import Entry
from assessor.exchange.form.validation import Validations, number_format
from assessor.rubrics.criterion import Table, TableColumn

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

PREPARED_ROWS: Final = 300
VALIDATED_ROWS: Final = 5_000
"""Rows with borders, and rows below them that are still open and validated."""

_WIDTHS: Final = {"text": 18, "count": 12, "number": 12, "yes_no": 11, "date": 13}


def draw_table(sheet: Worksheet, table: Table, context: FormContext, frame: Frame) -> None:
    """Draw the sheet of a table: headings, prepared rows, and open columns below them."""
    widths = [_WIDTHS[column.type] for column in table.columns]
    top(sheet, frame, widths)
    headings(sheet, [_heading(context, column) for column in table.columns])
    sheet.row_dimensions[HEADING_ROW].height = 44
    validations = Validations(context.language, Entry())
    for at, column in enumerate(table.columns, start=1):
        _column(sheet, at, column, context, validations)
    validations.apply(sheet)
    last = get_column_letter(len(widths))
    finish(sheet, frame, f"A1:{last}{FIRST_ROW + PREPARED_ROWS - 1}")
    sheet.protection.insertRows = sheet.protection.deleteRows = sheet.protection.sort = False


def _heading(context: FormContext, column: TableColumn) -> str:
    name = context.pick(column.name)
    return f"{name} *" if column.required else name


def _column(
    sheet: Worksheet,
    at: int,
    column: TableColumn,
    context: FormContext,
    validations: Validations,
) -> None:
    entry = _entry(context, column)
    letter = get_column_letter(at)
    dimension = sheet.column_dimensions[letter]
    dimension.width = _WIDTHS[column.type]
    dimension.protection, dimension.number_format = style.OPEN, number_format(entry)
    alignment = style.WRAP_MIDDLE if column.type == "text" else style.CENTRE
    for row in range(FIRST_ROW, FIRST_ROW + PREPARED_ROWS):
        open_cell(cell_at(sheet, row, at), entry, style.BODY_FONT, alignment)
    validations.add(entry, f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + VALIDATED_ROWS - 1}")


def _entry(context: FormContext, column: TableColumn) -> Entry:
    if column.type == "yes_no":
        return context.yes_no
    if column.type in ("count", "number"):
        return Entry("whole" if column.type == "count" else "number", minimum=Decimal(0))
    return Entry("date" if column.type == "date" else "text")
