"""The logo on the report's cover: chosen, looked at, left out, removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from assessor.ui.bridge import Bridge, Notice
from assessor.ui.tasks import Tasks
from assessor.ui.views import report_files, report_logo
from assessor.ui.views.report import ReportPage, build
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace.logo import logo_path, own_logo
from assessor.workspace.preview import Preview
from assessor.workspace.report_files import ReportFiles
from assessor.workspace.report_process import ReportMaker
from tests.ui.accessibility import clipped, nameless, unreached
from tests.ui.conftest import MakeContext, shown, wait_until


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_DATA_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))


@pytest.fixture
def covers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[object]:
    """The logos that previews and files were asked for with, None for none."""
    asked: list[object] = []

    def preview(*_: object, **named: Any) -> Preview:
        asked.append(named["logo"])
        return Preview(b"", ())

    def write(*_: object, **named: Any) -> ReportFiles:
        asked.append(named["logo"])
        return ReportFiles(tmp_path / "a.pdf", tmp_path / "a.xlsx", "0" * 64)

    monkeypatch.setattr(ReportMaker, "preview", preview)
    monkeypatch.setattr(ReportMaker, "write", write)
    monkeypatch.setattr(ReportMaker, "warm", lambda _: None)
    return asked


@pytest.fixture
def page(
    make_context: MakeContext, visit_bridge: VisitBridge, tasks: Tasks, covers: list[object]
) -> Iterator[ReportPage]:
    made = build(make_context(visit_bridge))
    assert isinstance(made, ReportPage)
    shown(made)
    yield made
    made.close()
    tasks.close()
    made.deleteLater()


def choose(page: ReportPage, path: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_logo, "ask_logo", lambda *_: path)
    click(page.logo.choose)


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_a_logo_is_chosen_seen_left_out_and_removed(
    page: ReportPage,
    covers: list[object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    bridge: Bridge,
) -> None:
    notices: list[Notice] = []
    bridge.noticed.connect(notices.append)
    bridge.listen()
    assert not page.logo.check.isEnabled()
    assert not page.logo.remove.isVisible()
    choose(page, None, monkeypatch)
    motto = tmp_path / "motto.png"
    motto.write_text("no picture", "utf-8")
    choose(page, motto, monkeypatch)
    wait_until(lambda: bool(notices))
    assert notices[0].message.key == "logo.not_a_picture"
    assert covers == [None]
    sign = tmp_path / "sign.png"
    Image.new("RGB", (300, 120), "navy").save(sign)
    choose(page, sign, monkeypatch)
    wait_until(lambda: len(covers) == 2)
    assert covers[-1] == own_logo() is not None
    assert page.logo.check.isChecked()
    page.logo.check.setFocus()
    QTest.keyClick(page.logo.check, Qt.Key.Key_Space)
    assert covers[2:] == [None]
    QTest.keyClick(page.logo.check, Qt.Key.Key_Space)
    assert covers[3:] == [own_logo()]
    monkeypatch.setattr(report_files, "ask_folder", lambda *_: tmp_path / "out")
    click(page.files.write_button)
    wait_until(lambda: page.desk.written is not None)
    assert covers[4:] == [own_logo()]
    click(page.logo.remove)
    assert covers[5:] == [None]
    assert not logo_path().exists()
    assert not page.logo.check.isChecked()


def test_without_names_there_is_no_logo(
    page: ReportPage, covers: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign = tmp_path / "sign.png"
    Image.new("RGB", (300, 120), "navy").save(sign)
    choose(page, sign, monkeypatch)
    page.anonymised.click()
    assert covers[-1] is None
    assert not page.logo.check.isEnabled()
    assert not page.logo.check.isChecked()
    page.anonymised.click()
    assert covers[-1] == own_logo() is not None
    assert page.logo.check.isChecked()
    for fault in (nameless, clipped, unreached):
        assert not fault(page.logo)
