"""The report without names in the window: looked at, written, and what was taken out is shown."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event, get_ident
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from assessor.ui.bridge import Bridge
from assessor.ui.navigation import Context
from assessor.ui.tasks import Tasks
from assessor.ui.views import report_files
from assessor.ui.views.report import ReportPage, build
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace.anonymised import export
from assessor.workspace.identity import Keys, own_keys
from assessor.workspace.preview import Preview
from assessor.workspace.report_process import ReportMaker
from assessor.workspace.snapshot import Snapshot
from tests.ui.conftest import MakeContext, shown, wait_until

NAME = "宁波甬示精密模具有限公司"


@pytest.fixture
def previewed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The enterprises that previews were asked for, which show nothing here."""
    names: list[str] = []

    def make(_: object, record: Snapshot, *rest: object, **__: object) -> Preview:
        names.append(record.assessment.enterprise.name)
        return Preview(b"", ())

    monkeypatch.setattr(ReportMaker, "preview", make)
    monkeypatch.setattr(ReportMaker, "warm", lambda _: None)
    return names


@pytest.fixture
def page(
    make_context: MakeContext, visit_bridge: VisitBridge, tasks: Tasks, previewed: list[str]
) -> Iterator[ReportPage]:
    context: Context = make_context(visit_bridge)
    made = build(context)
    assert isinstance(made, ReportPage)
    shown(made)
    yield made
    made.close()
    tasks.close()
    made.deleteLater()


@pytest.fixture
def tasks(bridge: Bridge) -> Iterator[Tasks]:
    """Tasks on worker threads, as in the program."""
    made = Tasks(bridge)
    yield made
    made.close()


def test_the_preview_shows_no_name(page: ReportPage, previewed: list[str]) -> None:
    wait_until(lambda: previewed == [NAME])
    page.anonymised.click()
    wait_until(lambda: previewed[1:] == ["某企业（匿名）"])


def test_files_without_names_are_written_and_what_went_is_shown(
    page: ReportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("XDG_DATA_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    key = Keys(own_keys().folder).make("甬江评估所").keys
    folder = tmp_path / "out"
    monkeypatch.setattr(report_files, "ask_folder", lambda *_: folder)
    page.anonymised.click()
    QTest.mouseClick(page.files.write_button, Qt.MouseButton.LeftButton)
    wait_until(lambda: page.desk.written is not None, 60_000)
    assert page.files.removed.isVisible()
    assert "企业名称" in page.files.removed.text
    (book,) = folder.glob("*.xlsx")
    with zipfile.ZipFile(book) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert NAME not in content
    # A signature would tell whose report it was.
    assert key.signing not in content
    assert key.key_id not in content
    # A second time all three files are in the way.
    QTest.mouseClick(page.files.write_button, Qt.MouseButton.LeftButton)
    wait_until(lambda: len(page.desk.in_the_way) == 3)


def test_names_are_never_taken_out_on_the_window_s_thread(
    page: ReportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither for the preview nor for the files: large photographs take their time."""
    threads: list[int] = []
    real = export.anonymised_record

    def watched(*given: Any) -> Any:
        threads.append(get_ident())
        return real(*given)

    monkeypatch.setattr(export, "anonymised_record", watched)
    monkeypatch.setattr(report_files, "ask_folder", lambda *_: tmp_path / "out")
    page.anonymised.click()
    wait_until(lambda: len(threads) == 1)
    QTest.mouseClick(page.files.write_button, Qt.MouseButton.LeftButton)
    wait_until(lambda: page.desk.written is not None, 60_000)
    assert len(threads) == 2
    assert get_ident() not in threads


def test_writing_without_names_can_be_ended(
    page: ReportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = Event(), Event()

    def held(*given: Any) -> str:
        reached.set()
        assert go_on.wait(60)
        given[-2](1, 2)
        raise AssertionError("the step was to end the work")

    monkeypatch.setattr(ReportMaker, "fill", held)
    folder = tmp_path / "out"
    monkeypatch.setattr(report_files, "ask_folder", lambda *_: folder)
    page.anonymised.click()
    QTest.mouseClick(page.files.write_button, Qt.MouseButton.LeftButton)
    wait_until(reached.is_set)
    page.desk.cancel()
    go_on.set()
    wait_until(lambda: not page.desk.writing, 60_000)
    assert page.desk.cancelled
    assert list(folder.iterdir()) == []
