"""The exported workbook recomputes what the engine computes, also after its answers changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pycel import ExcelCompiler

from assessor.exchange.envelope import SHEET_NAME, from_rows, rows_of
from assessor.reports.excel_formulas import workbook_formulas
from assessor.scoring import score
from assessor.sheets import Cell, read_xlsx
from tests.office import recalculated
from tests.strategies.visits import SHIPPED
from tests.unit.reports.excel.changed_visits import Change, changes, rubric_of
from tests.unit.reports.excel.workbooks import (
    MACHINE_TEXT,
    change_answers,
    differences,
    placed_cells,
    report,
    reports,
    shows,
    written,
)

EACH = 12
"""Random visits of each rubric."""
PYCEL_CASES = 2
RESULTS = ("total", "dimension:", "reading:", "outcome:")


@pytest.fixture(scope="module")
def batch() -> list[Change]:
    return [change for name in SHIPPED for change in changes(name, EACH)]


def test_the_batch_holds_every_state_of_an_outcome_and_no_idle_change(batch: list[Change]) -> None:
    states: set[str] = set()
    for change in batch:
        rubric = rubric_of(change.rubric, change.variant)
        before, after = score(rubric, change.before), score(rubric, change.after)
        assert before.figures != after.figures
        states |= {outcome.state for outcome in after.outcomes}
    assert states == {"reached", "not_reached", "undecided", "not_assessed"}


def test_libreoffice_recomputes_every_figure_after_the_answers_changed(
    batch: list[Change], tmp_path: Path
) -> None:
    files, expected = [], []
    for number, change in enumerate(batch):
        before, after = reports(change)
        path = written(before, tmp_path / f"{number}.xlsx")
        files.append(change_answers(path, after, tmp_path / f"changed{number}.xlsx"))
        expected.append(after)
    for path, after in zip(recalculated(files, tmp_path), expected, strict=True):
        assert differences(path, after) == []


def test_a_workbook_saved_again_keeps_formulas_figures_and_the_machine_sheet(
    batch: list[Change], tmp_path: Path
) -> None:
    some = [batch[1], batch[EACH + 1]]
    documents = [reports(change)[0] for change in some]
    files = [written(document, tmp_path / f"{n}.xlsx") for n, document in enumerate(documents)]
    for path, document in zip(recalculated(files, tmp_path), documents, strict=True):
        assert differences(path, document) == []
        book = read_xlsx(path)
        kept = {
            (sheet.name, at)
            for sheet in book.sheets
            for at, cell in sheet.cells.items()
            if cell.formula is not None
        }
        assert len(kept) == len(workbook_formulas(document))
        machine = book.sheet(SHEET_NAME)
        assert machine is not None
        assert from_rows(rows_of(machine)).payload_text == MACHINE_TEXT


@pytest.mark.filterwarnings("ignore:.*:DeprecationWarning")
@pytest.mark.parametrize("name", SHIPPED)
def test_a_second_engine_agrees_on_totals_readings_and_verdict(name: str, tmp_path: Path) -> None:
    for number, change in enumerate(changes(name, PYCEL_CASES)):
        # pycel cannot multiply columns of one row, so the ledger is left to LibreOffice.
        before, after = (
            report(name, visit.model_copy(update={"tables": {}}), variant=change.variant)
            for visit in (change.before, change.after)
        )
        path = written(before, tmp_path / f"{number}.xlsx")
        # openpyxl leaves the values out, so that there are only formulas to go by.
        changed = change_answers(path, after, tmp_path / f"changed{number}.xlsx")
        engine = ExcelCompiler(filename=str(changed))
        for sheet, reference, placed in placed_cells(after):
            label = placed.cell.name or ""
            if placed.cell.formula is not None and label.startswith(RESULTS):
                found = engine.evaluate(f"'{sheet}'!{reference}")
                assert shows(as_cell(found), placed.cell.value), (label, placed.cell, found)


def as_cell(found: object) -> Cell:
    """Return what pycel found as a cell that was read."""
    return Cell("text", found) if isinstance(found, str) else Cell("number", str(found))


def test_a_workbook_that_was_not_recomputed_is_seen_to_differ(
    batch: list[Change], tmp_path: Path
) -> None:
    before, after = reports(batch[0])
    path = written(before, tmp_path / "stale.xlsx")
    assert differences(path, before) == []
    assert "total" in {name for _, name, _, _ in differences(path, after)}
