"""Visits, their workbooks, and the changes a reader makes in them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from assessor.assessment import Assessment
from assessor.exchange.envelope import to_rows
from assessor.i18n import Language
from assessor.reports.build import ReportOptions, ReportSource
from assessor.reports.build.sheets import build_sheets
from assessor.reports.document import Document, Meta
from assessor.reports.excel import write_workbook
from assessor.reports.excel_layout import Placed, lay_out
from assessor.scoring import score, shown
from assessor.sheets import Cell, read_xlsx
from assessor.sheets.cells import position_of
from tests.strategies.visits import shipped
from tests.unit.reports.excel.changed_visits import Change, Variant, rubric_of

MACHINE_TEXT = '{"note":"=1+1","visit":"甲"}'
CLOSE = Decimal("1e-9")
SIMPLE = 10
_NINE = Decimal("1e-9")


def source_of(name: str, visit: Assessment, variant: Variant = "shipped") -> ReportSource:
    rubric = rubric_of(name, variant)
    card = score(rubric, visit)
    return ReportSource(rubric, shipped(name).digest, visit, card, "ab" * 32, "assessor test")


def document_of(source: ReportSource, language: Language = "zh") -> Document:
    meta = Meta("评价报告", "企业", language, "ab" * 32, source.rubric.id, "1.0.0", "cd" * 32)
    return Document(meta, (), build_sheets(source, ReportOptions(language=language)))


def report(
    name: str, visit: Assessment, language: Language = "zh", variant: Variant = "shipped"
) -> Document:
    return document_of(source_of(name, visit, variant), language)


def reports(change: Change) -> tuple[Document, Document]:
    """The reports before and after."""
    before = report(change.rubric, change.before, change.language, change.variant)
    return before, report(change.rubric, change.after, change.language, change.variant)


def written(document: Document, path: Path) -> Path:
    write_workbook(document, path, to_rows(MACHINE_TEXT))
    return path


# --- in the file ----------------------------------------------------------------------------------


def placed_cells(document: Document) -> Iterator[tuple[str, str, Placed]]:
    return lay_out(document.sheets).placed()


def change_answers(path: Path, after: Document, target: Path) -> Path:
    """Save a copy of the workbook in which a reader has typed the answers of `after`."""
    book = load_workbook(path)
    tables = {sheet.title for sheet in after.sheets if sheet.key.startswith("table:")}
    for sheet, reference, placed in placed_cells(after):
        cell = placed.cell
        typed = cell.answer or (sheet in tables and placed.look == "body")
        if typed and cell.formula is None:
            value = float(cell.value) if isinstance(cell.value, Decimal) else cell.text or None
            book[sheet][reference].value = value
            if isinstance(value, str):
                book[sheet][reference].data_type = "s"
    book.save(target)
    return target


def differences(path: Path, expected: Document) -> list[tuple[str, str, object, object]]:
    """Return every formula cell of the file that does not show what `expected` says."""
    book = read_xlsx(path)
    wrong: list[tuple[str, str, object, object]] = []
    for sheet, reference, placed in placed_cells(expected):
        if placed.cell.formula is None:
            continue
        known = book.sheet(sheet)
        found = known.cells.get(position_of(reference)) if known else None
        if not shows(found, placed.cell.value):
            wrong.append((sheet, placed.cell.name or reference, placed.cell.value, found))
    return wrong


def shows(found: Cell | None, value: object) -> bool:
    """Return whether a cell shows a value: nothing, a text, or a number to the same two digits."""
    if value is None:
        return found is None or found.text == ""
    if found is None:
        return False
    if not isinstance(value, Decimal):
        return found.kind == "text" and found.text == value
    number = found.number
    if number is None or abs(number - value) > CLOSE * max(1, abs(value)):
        return False
    return shown(number.quantize(_NINE)) == shown(value)
