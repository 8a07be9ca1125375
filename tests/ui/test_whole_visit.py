"""One visit from the first click to a verified workbook, through the window alone.

By mouse: planning, gates, the report. By keyboard: evaluating, evidence, ledger, finding, signature
and the way from screen to screen.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from assessor.ui.dialogs import files
from assessor.ui.main_window import MainWindow
from assessor.ui.views import report_files
from assessor.ui.views.evaluating.measuring import Quantity
from assessor.ui.views.findings import FindingsPage
from assessor.ui.views.new_visit.page import NewVisitPage
from assessor.ui.views.report import ReportPage
from assessor.ui.views.sign_off import SignOffPage
from assessor.ui.views.start import StartPage
from assessor.workspace.verification import verify_files
from tests.ui.conftest import wait_until
from tests.ui.evaluation_desk import Desk

W = TypeVar("W", bound=QWidget)
NAME, CODE = "宁波甬示压铸部件有限公司", "913302260000010A55"
LEDGER = (
    "设备编号\t设备名称\t数量（台/套）\t是否关键装备\t已数控化数量\t已联网数量\t应采数据项数\t自动上传的数据项数",
    "DC-01\t压铸机\t3\t是\t3\t3\t11\t10",
    "DC-02\t压铸机\t4\t是\t3\t2\t11\t10",
)
LONG = 120_000
"""Milliseconds that typesetting the whole report may take on a busy machine."""


class Visitor(Desk):
    """A person in front of a window that already has its visit open."""

    def __init__(self, window: MainWindow) -> None:
        assert window.visit is not None
        self.window, self.path = window, window.visit.path

    def shown(self, kind: type[W]) -> W:
        """The page that is open, which has to be of this kind."""
        page = self.window.shell.page
        assert isinstance(page, kind)
        return page


def click(widget: QAbstractButton | QWidget) -> None:
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def plan(window: MainWindow) -> Visitor:
    """Plan the visit with the mouse, typing only what has to be typed."""
    start = window.shell.page
    assert isinstance(start, StartPage)
    tile = start.home.findChild(QAbstractButton, "new")
    assert isinstance(tile, QAbstractButton)
    click(tile)
    page = start.new_visit
    assert isinstance(page, NewVisitPage)
    wait_until(page.next.isEnabled)
    click(page.next)
    declared = [card.choice for card in page.gates_step.cards if card.choice is not None]
    for choice in declared:
        QTest.mouseClick(choice.buttons["yes"], Qt.MouseButton.LeftButton)
    assert page.gates_step.counts()["pass"] >= len(declared)
    click(page.next)
    lines = page.enterprise_step.lines
    lines["name"].insert(NAME)
    page.enterprise_step.credit.line.setFocus()
    QTest.keyClicks(page.enterprise_step.credit.line, CODE)
    click(page.next)
    page.visit_step.add_member.click()
    page.visit_step.rows[0].name.insert("陆核明")
    click(page.next)
    wait_until(lambda: window.visit is not None and window.visit.latest is not None)
    window.activateWindow()
    wait_until(window.isActiveWindow)
    return Visitor(window)


def fill_ledger(person: Visitor) -> None:
    """Paste a table as it comes from Excel."""
    person.press("Alt+5")
    QGuiApplication.clipboard().setText("\n".join(LEDGER))
    person.press("Ctrl+V")
    wait_until(lambda: any(len(rows) == 2 for rows in person.record.tables.values()))


def answer(person: Visitor) -> None:
    """Go through everything that is asked and answer it, figures by typing, the rest by number."""
    person.press("Alt+2")
    first = person.latest.card.items[0].criterion.id
    person.window.go("evaluation", criterion=first)
    for _ in person.latest.card.items:
        if person.page.current not in person.record.answers:
            give(person)
        person.press("PgDown")


def give(person: Visitor) -> None:
    """Answer the criterion that is open."""
    editor = person.page.view.editor
    if not isinstance(editor, Quantity):
        person.press("2")
        return
    for field in editor.form.fields.values():
        if field.isEnabled() and not field.line.isReadOnly():
            field.line.setFocus()
            person.type("100")


def paste_photo(person: Visitor) -> None:
    """Paste a picture for the criterion that is open."""
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#3366AA"))
    QGuiApplication.clipboard().setImage(image)
    person.window.go("evaluation", criterion=person.key_of("A4"))
    person.press("Ctrl+V")
    wait_until(lambda: len(person.record.evidence) == 1)


def record_finding(person: Visitor) -> None:
    person.press("Alt+6")
    page = person.shown(FindingsPage)
    page.add.setFocus()
    person.press("Space")
    person.type("emergency stop blocked")
    person.press("Tab")
    wait_until(lambda: len(person.record.findings) == 1)


def sign(person: Visitor) -> None:
    person.press("Alt+9")
    form = person.shown(SignOffPage).form
    for box in (form.truthful, form.recusal, form.on_paper, form.sign):
        if box.isVisible():
            box.setFocus()
            person.press("Space")
    wait_until(lambda: len(person.record.sign_offs) == 1)


def report(person: Visitor, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the report into a folder; returns the workbook."""
    person.press("Alt+0")
    page = person.shown(ReportPage)
    wait_until(lambda: not page.desk.making, LONG)
    monkeypatch.setattr(report_files, "ask_folder", lambda *_: folder)
    click(page.files.write_button)
    wait_until(lambda: page.desk.written is not None, LONG)
    assert page.files.result.isVisible()
    (workbook,) = folder.glob("*.xlsx")
    return workbook


def test_a_whole_visit(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "documents", lambda: tmp_path / "documents")
    window.resize(1440, 900)
    person = plan(window)
    fill_ledger(person)
    answer(person)
    assert person.latest.card.done == person.latest.card.asked
    paste_photo(person)
    record_finding(person)
    sign(person)
    workbook = report(person, tmp_path / "out", monkeypatch)

    (pdf,) = (tmp_path / "out").glob("*.pdf")
    assert person.on_disk() == person.record
    checks = verify_files([workbook, pdf])
    assert [check.error for check in checks] == [None, None]
    verified = [check.verification for check in checks if check.verification is not None]
    assert [one.problems for one in verified] == [(), ()]
    assert str(person.record.sign_offs[0].name) == "陆核明"
    cover = load_workbook(workbook).worksheets[0]
    shown = [str(cell.value) for row in cover.iter_rows() for cell in row if cell.value is not None]
    assert any(NAME in text for text in shown)
