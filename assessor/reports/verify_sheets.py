"""Whether the people's sheets of a workbook say what the Document says, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessor.errors import Problem
from assessor.exchange.envelope import SHEET_NAME
from assessor.i18n import message
from assessor.reports.document import Document
from assessor.reports.excel_formulas import Formulas
from assessor.reports.excel_layout import Placed, lay_out
from assessor.reports.verify_cells import CellCheck, Found
from assessor.reports.verify_layout import Layout, layout_of
from assessor.reports.verify_words import legible
from assessor.sheets import Cell, Position, Sheet, Workbook, cell_name, safe_text

MOST_PROBLEMS = 1_000
"""Differences that are listed; a file with more is another file."""


@dataclass(frozen=True)
class Written:
    """The sheets as they must be, by title, and which cells people may change."""

    sheets: Mapping[str, Sheet]
    answers: frozenset[tuple[str, str]]


def compare_sheets(
    document: Document, found: Workbook
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return the differences of the people's sheets of `found` from `document`, and remarks.

    Answers that were changed come first: they are the cause of other differences.
    """
    written = written_sheets(document)
    others = {sheet.name: sheet for sheet in found.sheets if sheet.name != SHEET_NAME}
    differences = _differences(written.sheets, others)
    changed = [one.problem(one.place in written.answers) for one in differences.changed]
    changed.sort(key=lambda problem: problem.code != "verify.answer_differs")
    problems = (*_missing_sheets(written.sheets, others), *changed)
    notes = (*_sheet_notes(written.sheets, others), *differences.notes())
    return problems[:MOST_PROBLEMS], notes


def written_sheets(document: Document) -> Written:
    """Return the sheets of `document` as they would be read back from a workbook."""
    layout = lay_out(document.sheets)
    formulas = Formulas(layout)
    sheets: dict[str, Sheet] = {}
    for sheet in layout.sheets:
        cells = {
            (placed.row + 1, placed.column + 1): _cell(placed, formulas, sheet.title)
            for placed in sheet.cells
        }
        filled = {at: cell for at, cell in cells.items() if cell.text or cell.formula is not None}
        sheets[sheet.title] = Sheet(sheet.title, filled)
    answers = (place[:2] for place in layout.placed() if place[2].cell.answer)
    return Written(sheets, frozenset(answers))


def _cell(placed: Placed, formulas: Formulas, sheet: str) -> Cell:
    cell = placed.cell
    formula = formulas.text(sheet, placed) if cell.formula is not None else None
    if isinstance(cell.value, Decimal):
        return Cell("number", str(cell.value), formula, cell.number_format)
    # A formula's text is its value; of other cells it is what people read.
    text = cell.text if formula is None else str(cell.value or "")
    return Cell("text", safe_text(text), formula, cell.number_format)


def _missing_sheets(written: Mapping[str, Sheet], found: Mapping[str, Sheet]) -> Iterator[Problem]:
    for name in written:
        if name not in found:
            yield Problem(
                message("verify.sheet_missing", sheet=name),
                place=name,
                fix=message("verify.sheet_missing_fix"),
            )


def _sheet_notes(written: Mapping[str, Sheet], found: Mapping[str, Sheet]) -> Iterator[Problem]:
    for name, sheet in found.items():
        if name not in written:
            yield _note("sheet_added", name)
        elif sheet.state != "visible":
            yield _note("sheet_hidden", name)


def _note(key: str, sheet: str) -> Problem:
    name = legible(sheet)
    return Problem(message(f"verify.{key}", sheet=name), place=name, severity="warning")


def _differences(written: Mapping[str, Sheet], found: Mapping[str, Sheet]) -> Found:
    pairs = {name: (sheet, found[name]) for name, sheet in written.items() if name in found}
    layouts = {name: layout_of(*pair) for name, pair in pairs.items()}
    result = Found()
    for name, pair in pairs.items():
        if layouts[name].moved:
            result.remark("lines_moved", name, "")
        _compare(pair, layouts[name], CellCheck(name, layouts, result))
    return result


def _compare(pair: tuple[Sheet, Sheet], layout: Layout, check: CellCheck) -> None:
    """Hold each written cell against the one that stands for it now; name what was added."""
    written, found = pair
    now: dict[Position, Position] = {}
    for at, cell in found.cells.items():
        before = layout.written(at)
        if before is not None:
            now[before] = at
        elif cell.text:
            check.result.remark("cells_added", written.name, cell_name(*at))
    for before in sorted(written.cells.keys() | now.keys()):
        at = now.get(before, before)
        here = found.cells.get(at) if before in now else None
        check(before, at, written.cells.get(before), here)
