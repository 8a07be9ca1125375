"""Writing the sheets of a Document as a workbook whose formulas carry their values.

Equal Documents give byte-equal files: no clock, no temporary names. Nothing a person wrote becomes
a formula, a link or a number; formulas come from trees alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from assessor.exchange.envelope import SHEET_NAME
from assessor.reports.document import Document, Meta
from assessor.reports.excel_formats import Formats
from assessor.reports.excel_formulas import Formulas
from assessor.reports.excel_layout import LINE_HEIGHT, Placed, PlacedSheet, lay_out
from assessor.reports.table import Value
from assessor.sheets.writing import is_formula_like, safe_text

_xlsxwriter: Any = import_module("xlsxwriter")  # imported by name, it carries no types

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 (a constant; equal reports give equal bytes)
_MOST_CHOICES = 255
"""Characters a list of choices may have in a workbook."""
_LANDSCAPE_A4 = 9
_ONE_PAGE = 40
"""Rows that are made to fit on one page."""
_MACHINE_WIDTHS = (20, 80)


def write_workbook(
    document: Document,
    target: Path | IO[bytes],
    machine_rows: Sequence[Sequence[str]],
) -> None:
    """Write the sheets of `document` and the hidden machine sheet with `machine_rows`.

    Raises `UnprintableError` for a formula that spreadsheets would refuse and `OSError` when the
    file cannot be written.
    """
    content = _workbook_bytes(document, machine_rows)
    if isinstance(target, Path):
        target.write_bytes(content)
    else:
        target.write(content)


def _workbook_bytes(document: Document, machine_rows: Sequence[Sequence[str]]) -> bytes:
    layout = lay_out(document.sheets)
    stream = BytesIO()
    workbook = _xlsxwriter.Workbook(stream, _OPTIONS)
    _describe(workbook, document.meta)
    writer = _Writer(Formats(workbook), Formulas(layout))
    for sheet in layout.sheets:
        writer.write(workbook.add_worksheet(sheet.title), sheet)
    _write_machine_sheet(workbook.add_worksheet(SHEET_NAME), writer.formats, machine_rows)
    workbook.close()
    return stream.getvalue()


def _describe(workbook: Any, meta: Meta) -> None:
    workbook.set_properties(
        {
            "title": safe_text(meta.title),
            "subject": safe_text(meta.subject),
            "author": meta.generated,
            "created": _CREATED,
        }
    )


class _Writer:
    def __init__(self, formats: Formats, formulas: Formulas) -> None:
        self.formats = formats
        self.formulas = formulas

    def write(self, sheet: Any, placed: PlacedSheet) -> None:
        # XlsxWriter looks for the names of newer functions, in texts and sheet names too. There are
        # none in our formulas, and looking takes longer than anything else about them.
        sheet._prepare_formula = str
        sheet.set_default_row(LINE_HEIGHT)
        for column, width in enumerate(placed.widths):
            sheet.set_column(column, column, width)
        for row, height in placed.heights.items():
            sheet.set_row(row, height)
        for cell in placed.cells:
            self._cell(sheet, placed.title, cell)
        _set_up(sheet, placed)

    def _cell(self, sheet: Any, title: str, placed: Placed) -> None:
        if placed.span > 1:
            last = placed.column + placed.span - 1
            sheet.merge_range(
                placed.row, placed.column, placed.row, last, "", self.formats.of(placed)
            )
        cell, row, column = placed.cell, placed.row, placed.column
        if cell.formula is not None:
            formula = self.formulas.text(title, placed)
            form = self.formats.of(placed)
            sheet.write_formula(row, column, formula, form, _cached(cell.value))
        elif isinstance(cell.value, Decimal):
            sheet.write_number(row, column, _plain(cell.value), self.formats.of(placed))
        elif cell.text:
            text = safe_text(cell.text)
            form = self.formats.of(placed, quoted=is_formula_like(text))
            sheet.write_string(row, column, text, form)
        else:
            sheet.write_blank(row, column, None, self.formats.of(placed))
        if cell.choices:
            _offer(sheet, placed)


def _offer(sheet: Any, placed: Placed) -> None:
    """Let the reader choose from a list, where it fits into the file."""
    choices = list(placed.cell.choices)
    if len(",".join(choices)) <= _MOST_CHOICES and not any("," in choice for choice in choices):
        options = {"validate": "list", "source": choices}
        sheet.data_validation(placed.row, placed.column, placed.row, placed.column, options)


def _set_up(sheet: Any, placed: PlacedSheet) -> None:
    """Headers that stay, and paper: A4 across, as wide as one page, numbered."""
    if placed.frozen:
        sheet.freeze_panes(placed.frozen, 0)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_LANDSCAPE_A4)
    rows = placed.cells[-1].row if placed.cells else 0
    sheet.fit_to_pages(1, 1 if rows < _ONE_PAGE else 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&P / &N")
    if placed.header is not None:
        sheet.repeat_rows(placed.header)


def _write_machine_sheet(sheet: Any, formats: Formats, rows: Sequence[Sequence[str]]) -> None:
    form = formats.text()
    for column, width in enumerate(_MACHINE_WIDTHS):
        sheet.set_column(column, column, width)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, form)
    sheet.hide()


class _EmptyText(str):
    """The empty text as a formula's value; XlsxWriter would write a plain one as a number."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def _cached(value: Value) -> Decimal | str:
    if isinstance(value, Decimal):
        return _plain(value)
    return safe_text(value) if value else _EmptyText()


def _plain(value: Decimal) -> Decimal:
    """Return the number without padding: `1.670000` is stored as 1.67."""
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()
