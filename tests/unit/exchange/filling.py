"""Filling a workbook in as a person would, by the keys of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from assessor.exchange.form.rows import CONFIDENCE_COLUMN, ENTRY_COLUMN, KEY_COLUMN, REMARK_COLUMN
from assessor.exchange.template import IDENTITY_SHEET, template_workbook
from assessor.i18n import Language
from assessor.rubrics.loader import LoadedRubric

Entries = Mapping[str, object]
COLUMNS = {"": ENTRY_COLUMN, "confidence": CONFIDENCE_COLUMN, "remark": REMARK_COLUMN}
_MADE: dict[tuple[str, str | None, Language], bytes] = {}


def filled(
    path: Path,
    rubric: LoadedRubric,
    entries: Entries,
    table: list[list[object]] | None = None,
    *,
    language: Language = "zh",
    profile: str | None = None,
) -> Path:
    """Make the rubric's workbook at `path` and fill it in.

    An entry is `key`, `key#remark` or `key#confidence`; `table` are the rows of the first table.
    """
    made = (rubric.digest, profile, language)
    if made not in _MADE:
        _MADE[made] = template_workbook(rubric, profile=profile, language=language)
    path.write_bytes(_MADE[made])
    book = openpyxl.load_workbook(path)
    rows = {
        str(sheet.cell(row, KEY_COLUMN).value): (sheet, row)
        for sheet in book.worksheets
        for row in range(1, sheet.max_row + 1)
        if sheet.title != IDENTITY_SHEET and sheet.cell(row, KEY_COLUMN).value
    }
    for name, value in entries.items():
        key, _, part = name.partition("#")
        sheet, row = rows[key]
        cell = sheet.cell(row, COLUMNS[part])
        cell.value = value
        if part == "remark":
            cell.data_type = "s"
    if table:
        sheet = ledger_sheet(book, rubric)
        for at, cells in enumerate(table, start=4):
            for column, value in enumerate(cells, start=1):
                sheet.cell(at, column).value = value
    book.save(path)
    return path


def ledger_sheet(book: openpyxl.Workbook, rubric: LoadedRubric) -> Worksheet:
    names = {rubric.rubric.tables[0].name.zh, rubric.rubric.tables[0].name.en}
    return next(sheet for sheet in book.worksheets if sheet.title in names)


def where(path: Path, key: str, part: str = "") -> str:
    """Return the sheet and cell of an entry, as messages name it."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in range(1, sheet.max_row + 1):
            if sheet.cell(row, KEY_COLUMN).value == key:
                return f"{sheet.title}!{sheet.cell(row, COLUMNS[part]).coordinate}"
    raise KeyError(key)
