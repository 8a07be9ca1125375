"""The short side of `benchmarks/window.py`: no file, process or picture is worked on by the window.

Not how long anything takes, but on which thread it is done.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assessor.storage.file import AssessmentFile
from assessor.ui.dialogs.ledger_import import ImportDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import SCREENS, LazyScreen, Page
from assessor.ui.views.evidence import EvidencePage
from assessor.ui.views.ledger import LedgerPage
from assessor.ui.views.report import ReportPage
from assessor.workspace import pages
from assessor.workspace.report_process import ReportMaker
from tests.ui.conftest import MakeVisit, wait_until
from tests.ui.evaluation_desk import Desk

EVENTS = frozenset({"open", "sqlite3.connect", "subprocess.Popen", "os.rename", "os.remove"})
LONG = 120_000
"""Milliseconds that typesetting may take on a busy machine."""


@dataclass
class Watch:
    """What touched the files of a test: by the window's thread, and by any other."""

    folder: Path
    by_window: list[str] = field(default_factory=list)
    elsewhere: set[str] = field(default_factory=set)
    on: bool = True

    def see(self, what: str) -> None:
        """Note something where it is done."""
        if threading.current_thread() is threading.main_thread():
            self.by_window.append(what)
        else:
            self.elsewhere.add(what)

    def audit(self, event: str, arguments: tuple[object, ...]) -> None:
        """Note what Python itself tells of files and processes."""
        if self.on and event in EVENTS:
            if event != "subprocess.Popen" and str(self.folder) not in str(arguments[0]):
                return
            self.see(event)

    def over(self, owner: object, name: str, patch: pytest.MonkeyPatch) -> None:
        """Note each call of a function."""
        real: Callable[..., object] = getattr(owner, name)

        def noted(*args: object, **kwargs: object) -> object:
            self.see(name)
            return real(*args, **kwargs)

        patch.setattr(owner, name, noted)


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    wanted = ("start", "evaluation", "evidence", "ledger", "report")
    return tuple(screen for screen in SCREENS if screen.id in wanted)


@pytest.fixture
def watch(make_visit: MakeVisit, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Begins to watch when the visit has been made."""
    made = Watch(make_visit().parent / "watched")
    made.folder.mkdir()
    sys.addaudithook(made.audit)
    for owner, name in (
        (AssessmentFile, "commit"),
        (AssessmentFile, "read_blob"),
        (Image, "open"),
        (Image.Image, "save"),
        (pages, "page_picture"),
        (ReportMaker, "preview"),
        (ReportMaker, "write"),
    ):
        made.over(owner, name, monkeypatch)
    yield made
    made.on = False  # a hook cannot be taken back


def test_no_file_and_no_picture_is_worked_on_by_the_window(
    window: MainWindow, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = watch.folder.parent / "visit.assessment"
    watch.folder.joinpath("visit.assessment").write_bytes(visit.read_bytes())
    photo, table = watch.folder / "photo.jpg", watch.folder / "ledger.csv"
    Image.new("RGB", (320, 240), "teal").save(photo)
    table.write_text("设备名称,数量\n压铸机,3\n", "utf-8")
    watch.by_window.clear()
    desk = Desk(window, watch.folder / "visit.assessment")
    answer(desk)
    look_at_photo(open_page(desk, "evidence", EvidencePage), photo)
    import_and_edit(desk, open_page(desk, "ledger", LedgerPage), table, monkeypatch)
    write_report(open_page(desk, "report", ReportPage), watch.folder / "out")
    assert watch.by_window == []
    assert {"open", "sqlite3.connect", "commit", "read_blob", "subprocess.Popen"} <= watch.elsewhere
    assert {"preview", "write", "page_picture"} <= watch.elsewhere


P = TypeVar("P", bound=Page)


def open_page(desk: Desk, name: str, kind: type[P]) -> P:
    desk.window.go(name)
    page = desk.window.shell.page
    assert isinstance(page, kind)
    return page


def answer(desk: Desk) -> None:
    """Answer one criterion by its number key."""
    before = len(desk.record.answers)
    desk.window.go("evaluation", criterion="a5-monitoring-visualisation")
    QTest.keySequence(QApplication.focusWidget() or desk.window, "2")
    wait_until(lambda: len(desk.record.answers) > before and not desk.visit.saving)


def look_at_photo(page: EvidencePage, photo: Path) -> None:
    """Drop a photograph on the screen and wait for its small picture."""
    drawn: list[object] = []
    page.store.picture_arrived.connect(drawn.append)
    page.intake.take_files([photo])
    wait_until(lambda: len(drawn) > 0)


def import_and_edit(
    desk: Desk, page: LedgerPage, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Import a table, paste another row and edit a cell."""
    monkeypatch.setattr(ImportDialog, "exec", lambda _: int(ImportDialog.DialogCode.Accepted))
    page.import_file(table)
    wait_until(lambda: len(desk.record.tables.get("ledger", ())) == 1)
    wait_until(lambda: not desk.visit.saving)
    page.view.setCurrentIndex(QModelIndex())
    QGuiApplication.clipboard().setText("设备名称\t数量\n冲床\t2")
    page.paste()
    wait_until(lambda: len(desk.record.tables["ledger"]) == 2 and not desk.visit.saving)
    page.model.setData(page.model.index(1, 1), "冲压机")
    wait_until(lambda: desk.record.tables["ledger"][1]["name"] == "冲压机")


def write_report(page: ReportPage, folder: Path) -> None:
    """Look at the report and write it."""
    drawn: list[int] = []
    page.desk.page_drawn.connect(lambda number, _: drawn.append(number))
    wait_until(lambda: len(drawn) > 0, LONG)
    page.desk.write(folder)
    wait_until(lambda: page.desk.written is not None, LONG)
    wait_until(lambda: not page.desk.making)
