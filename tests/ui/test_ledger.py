"""The ledger screen: typed, pasted, imported; undone; faults wait; figures show their rows."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from assessor.assessment import TableRow
from assessor.commands.answers import set_table
from assessor.ui.bridge import Bridge
from assessor.ui.dialogs.ledger_import import ImportDialog
from assessor.ui.models.ledger_table import Role
from assessor.ui.tasks import Tasks
from assessor.ui.views.ledger import LedgerPage, NoLedgerPage, build
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace import ledger_import, ledger_rates
from tests.ui.accessibility import nameless
from tests.ui.conftest import PATIENCE, MakeContext, MakeVisit, shown, sweep

GOOD = ("DC-01", "压铸机", "1650T", "岛 1", "3", "是", "3", "2")


def line(number: int = 1, **more: str) -> TableRow:
    return {"name": f"机床{number}", "quantity": "2", "key": "yes", "nc_quantity": "1", **more}


@pytest.fixture
def tasks(bridge: Bridge) -> Iterator[Tasks]:
    """Tasks on worker threads, as in the program."""
    made = Tasks(bridge)
    yield made
    made.close()


class Desk:
    """The screen on a real visit, and what a person does with it."""

    def __init__(self, page: LedgerPage, visit: VisitBridge, qtbot: QtBot) -> None:
        self.page, self.visit, self.qtbot = page, visit, qtbot

    @property
    def record(self) -> tuple[TableRow, ...]:
        assert self.visit.latest is not None
        return self.visit.latest.assessment.tables.get("ledger", ())

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=PATIENCE)

    def settle(self) -> None:
        self.until(lambda: not self.visit.saving)

    def paste(self, *rows: tuple[str, ...], at: tuple[int, int] = (0, 0)) -> None:
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))
        self.page.view.show_cell(*at)
        before = self.page.keeper.sheet
        self.page.paste()
        self.until(lambda: self.page.keeper.sheet is not before)
        self.settle()

    def type_into(self, row: int, column: int, text: str) -> None:
        self.page.view.show_cell(row, column)
        self.qtbot.keyClicks(self.page.view, text[0])
        editor = self.page.view.viewport().findChild(QLineEdit)
        assert isinstance(editor, QLineEdit)
        self.qtbot.keyClicks(editor, text[1:])
        self.qtbot.keyClick(editor, Qt.Key.Key_Return)


@pytest.fixture
def desk(
    visit_bridge: VisitBridge, make_context: MakeContext, bridge: Bridge, qtbot: QtBot
) -> Iterator[Desk]:
    page = build(make_context(visit_bridge))
    assert isinstance(page, LedgerPage)
    shown(page)
    page.activateWindow()
    made = Desk(page, visit_bridge, qtbot)
    crashes: list[object] = []
    bridge.crashed.connect(crashes.append)
    bridge.listen()
    yield made
    assert crashes == []
    made.settle()
    page.close()
    page.deleteLater()
    sweep()


def test_a_row_is_typed_in_by_keyboard_and_saved_when_it_fits(desk: Desk) -> None:
    desk.type_into(0, 1, "lathe")
    desk.until(desk.page.waiting.isVisible)
    assert desk.record == ()
    assert desk.page.view.currentIndex().row() == 1
    desk.type_into(0, 4, "3")
    desk.until(lambda: desk.record == ({"name": "lathe", "quantity": "3"},))
    desk.settle()
    assert not desk.page.waiting.isVisible()


def test_a_paste_is_one_step_of_undo(desk: Desk) -> None:
    desk.paste(GOOD, ("DC-02", *GOOD[1:]))
    assert [row["asset_no"] for row in desk.record] == ["DC-01", "DC-02"]
    desk.visit.undo()
    desk.until(lambda: desk.record == ())
    desk.settle()
    assert desk.page.model.rows == ()
    desk.visit.redo()
    desk.until(lambda: len(desk.record) == 2)


def test_rows_with_faults_wait_and_the_others_are_saved(desk: Desk) -> None:
    desk.paste(GOOD, ("DC-02", "压铸机", "", "", "三"), GOOD)
    assert len(desk.record) == 2
    assert desk.page.waiting.isVisible()
    desk.page.waiting.next.click()
    index = desk.page.view.currentIndex()
    assert (index.row(), index.column()) == (1, 4)
    assert index.data(Role.FAULT)
    assert desk.page.fault.text() == index.data(Role.FAULT)
    desk.type_into(1, 4, "4")
    desk.until(lambda: len(desk.record) == 3)
    desk.settle()
    assert desk.record[1]["quantity"] == "4"
    assert not desk.page.waiting.isVisible()


def test_what_is_typed_while_a_step_is_under_way_follows_it(desk: Desk) -> None:
    model = desk.page.model
    model.setData(model.index(0, 4), "1")
    for number in range(5):
        model.setData(model.index(0, 1), f"name {number}")
    assert model.shown(0, 1) == "name 4"
    desk.until(lambda: [row.get("name") for row in desk.record] == ["name 4"])


def test_a_record_changed_elsewhere_is_shown(desk: Desk) -> None:
    desk.paste(GOOD)
    desk.visit.post(lambda _: set_table("ledger", [line(7), line(8)]))
    desk.until(lambda: len(desk.page.model.rows) == 2)
    assert desk.page.model.shown(0, 1) == "机床7"


def test_rows_that_wait_outlive_a_change_of_language(desk: Desk, make_context: MakeContext) -> None:
    desk.paste(GOOD, ("DC-02", "压铸机", "", "", "三"))
    page = build(make_context(desk.visit, "en"))
    assert isinstance(page, LedgerPage)
    assert page.model.shown(1, 4) == "三"
    assert page.model.shown(0, 5) == "Yes"
    page.deleteLater()


def test_cells_are_emptied_and_rows_deleted_and_it_comes_back(desk: Desk) -> None:
    desk.paste(GOOD, ("DC-02", *GOOD[1:]), ("DC-03", *GOOD[1:]))
    view = desk.page.view
    view.show_cell(0, 3)
    desk.qtbot.keyClick(view, Qt.Key.Key_Delete)
    desk.until(lambda: "location" not in desk.record[0])
    desk.settle()
    view.show_cell(1, 0)
    desk.page.tools.remove.click()
    desk.until(lambda: [row["asset_no"] for row in desk.record] == ["DC-01", "DC-03"])
    desk.visit.undo()
    desk.until(lambda: [row["asset_no"] for row in desk.record] == ["DC-01", "DC-02", "DC-03"])


def test_chosen_cells_are_copied_as_a_spreadsheet_takes_them(desk: Desk) -> None:
    desk.paste(GOOD)
    view = desk.page.view
    view.show_cell(0, 4)
    view.selectionModel().select(
        desk.page.model.index(0, 5), view.selectionModel().SelectionFlag.Select
    )
    desk.qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "3\t是\n"


def test_a_figure_shows_the_rows_behind_it(desk: Desk) -> None:
    desk.paste(GOOD, ("DC-02", "清洗机", "", "", "2", "否", "2", "2"), GOOD)
    card = desk.page.rates.cards[0]
    desk.until(lambda: "100.00" in card.value.text())
    desk.qtbot.mouseClick(card.rows, Qt.MouseButton.LeftButton)
    model = desk.page.model
    counted = [bool(model.index(row, 0).data(Role.COUNTED)) for row in range(3)]
    assert counted == [True, False, True]
    assert "2" in card.rows.text()
    desk.qtbot.mouseClick(card.rows, Qt.MouseButton.LeftButton)
    assert not model.index(0, 0).data(Role.COUNTED)


def test_rows_behind_a_figure_are_found_between_rows_that_wait(desk: Desk) -> None:
    desk.paste(("DC-00", "半行"), GOOD)
    desk.page.show_place(criterion="a1-key-equipment-nc-rate")
    model = desk.page.model
    desk.until(lambda: bool(model.index(1, 0).data(Role.COUNTED)))
    assert not model.index(0, 0).data(Role.COUNTED)
    assert desk.page.place()["criterion"] == "a1-key-equipment-nc-rate"


def test_a_file_is_imported_after_its_columns_were_matched(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("设备名称,台数,数量\n压铸机,9,3\n机器人,9,两\n", "utf-8")
    seen: list[tuple[str, bool]] = []

    def matched(dialog: ImportDialog) -> int:
        field = dialog.targets[2]
        field.set_key("quantity")
        dialog._weigh()
        seen.append((dialog.missing.text, dialog.take.isEnabled()))
        field.set_key("-")
        dialog._weigh()
        seen.append((dialog.missing.text, dialog.take.isEnabled()))
        return int(ImportDialog.DialogCode.Accepted)

    monkeypatch.setattr(ImportDialog, "exec", matched)
    desk.page.import_file(path)
    desk.until(lambda: len(desk.page.model.rows) == 2)
    desk.until(lambda: desk.record == ({"name": "压铸机", "quantity": "3"},))
    assert desk.page.keeper.sheet.waiting() == (1,)
    assert seen[0][0]
    assert [usable for _, usable in seen] == [False, True]


def test_a_file_that_is_no_table_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"no workbook")
    notices: list[object] = []
    desk.page._context.bridge.noticed.connect(notices.append)
    desk.page.import_file(path)
    desk.until(lambda: len(notices) == 1)
    assert desk.record == ()
    assert desk.page.tools.import_button.isEnabled()


def test_reading_and_counting_never_run_on_the_windows_thread(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[str] = []

    def watched(module: object, name: str) -> None:
        real = getattr(module, name)

        def work(*args: object) -> object:
            threads.append(threading.current_thread().name)
            return real(*args)

        monkeypatch.setattr(f"assessor.ui.views.ledger.{name}", work)

    real = ledger_rates.Rates.of

    def of(self: ledger_rates.Rates, *args: Any) -> tuple[ledger_rates.Rate, ...]:
        threads.append(threading.current_thread().name)
        return real(self, *args)

    monkeypatch.setattr(ledger_rates.Rates, "of", of)
    for module, name in (
        (ledger_import, "foreign_tables"),
        (ledger_import, "imported_rows"),
    ):
        watched(module, name)
    monkeypatch.setattr(ImportDialog, "exec", lambda _: int(ImportDialog.DialogCode.Accepted))
    path = tmp_path / "a.csv"
    path.write_text("设备名称,数量\n压铸机,3\n", "utf-8")
    desk.page.import_file(path)
    desk.until(lambda: len(desk.record) == 1 and len(threads) >= 3)
    assert threading.main_thread().name not in threads


def test_five_thousand_rows_come_in_without_a_long_stall(desk: Desk) -> None:
    rows = [(f"A-{number}", *GOOD[1:]) for number in range(5000)]
    desk.paste(*rows)
    assert len(desk.record) == 5000
    model = desk.page.model
    model.setData(model.index(2500, 1), "改名")
    desk.until(lambda: desk.record[2500]["name"] == "改名")


def test_an_edit_of_one_cell_announces_that_cell_alone_and_once(desk: Desk) -> None:
    desk.paste(*[(f"A-{number}", *GOOD[1:]) for number in range(200)])
    model, before = desk.page.model, desk.record
    announced: list[tuple[bool, int, int]] = []
    model.dataChanged.connect(
        lambda top, end, *_: announced.append((top == end, top.row(), top.column()))
    )
    waiting: list[bool] = []
    desk.page.keeper.sheet_changed.connect(lambda: waiting.append(desk.page.waiting.isVisible()))
    resets: list[object] = []
    model.modelReset.connect(lambda: resets.append(None))
    model.setData(model.index(120, 1), "改名")
    desk.until(lambda: desk.record[120]["name"] == "改名")
    desk.settle()
    assert announced == [(True, 120, 1)]
    assert not any(waiting)
    assert resets == []
    same = [one is other for one, other in zip(before, desk.record, strict=True)]
    assert same.index(False) == 120
    assert same.count(False) == 1


def test_the_model_keeps_the_rules_of_qt(desk: Desk) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(desk.page.model, mode)
    desk.paste(GOOD, ("DC-02", "压铸机", "", "", "三"), GOOD)
    desk.page.view.show_cell(1, 0)
    desk.page.remove_rows()
    desk.settle()
    desk.visit.undo()
    desk.settle()
    assert desk.page.model.rowCount(QModelIndex()) == len(desk.record) + 1
    tester.deleteLater()


def test_the_model_passes_the_tester_of_pytest_qt(desk: Desk, qtmodeltester: ModelTester) -> None:
    desk.paste(GOOD, GOOD)
    qtmodeltester.check(desk.page.model)


def test_everything_has_a_name_and_is_reached(desk: Desk) -> None:
    desk.paste(GOOD, ("DC-02", "压铸机", "", "", "三"))
    assert nameless(desk.page) == []


def test_a_rubric_without_tables_says_so(
    make_visit: MakeVisit, make_context: MakeContext, visit_bridge: VisitBridge
) -> None:
    page = NoLedgerPage(make_context(visit_bridge))
    assert page.handlers() == {}
    page.deleteLater()
