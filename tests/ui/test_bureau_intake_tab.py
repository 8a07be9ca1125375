"""The intake's tab: files taken in beside the window, verdicts as they fall, stopping."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from assessor.bureau.records import FileVerdict, Verdict
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.ui.bridge import Bridge, Notice
from assessor.ui.dialogs import files
from assessor.ui.navigation import Context
from assessor.ui.preferences import Preferences
from assessor.ui.tasks import Tasks
from assessor.ui.views.bureau import intake_file
from assessor.ui.views.bureau.desk import BureauDesk
from assessor.ui.views.bureau.intake import IntakeTab
from assessor.workspace import bureau_intake
from assessor.workspace.bureau_intake import IntakeRequest, Progress, Summary
from assessor.workspace.bureau_register import make_register, quarantine_of
from tests.ui.bureau_city import verdicts
from tests.ui.conftest import MakeContext, shown, sweep, wait_until

SIZE = 9
Tell = Callable[[Progress], None]


@pytest.fixture
def context(make_context: MakeContext, bridge: Bridge) -> Iterator[Context]:
    """The context of a screen, with worker threads."""
    tasks = Tasks(bridge)
    yield Context(**{**vars(make_context()), "tasks": tasks})
    tasks.close()
    sweep()


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "city.register"
    make_register(path)
    return path


@pytest.fixture
def tab(context: Context, register: Path) -> Iterator[IntakeTab]:
    desk = BureauDesk.of(context)
    desk.open(register)
    wait_until(lambda: desk.snapshot is not None)
    made = IntakeTab(context, desk)
    shown(made, 1100, 800)
    yield made
    desk.cancel()
    wait_until(lambda: not context.tasks.busy)
    made.close()
    made.deleteLater()
    sweep()


class HeldIntake:
    """Stands in for the intake: tells half of the files, then waits to be let go on or stopped."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go_on = threading.Event()
        self.found = list(verdicts(SIZE))
        self.places: list[tuple[Path, ...]] = []
        monkeypatch.setattr(bureau_intake, "take_in_files", self.run)

    def run(self, request: IntakeRequest, tell: Tell, cancelled: threading.Event) -> Summary:
        self.places.append(request.places)
        total, told = len(self.found), Counter[Verdict]()

        def say(at: int, one: FileVerdict) -> None:
            told[one.verdict] += 1
            tell(Progress(at + 1, total, one))

        half = total // 2
        for at, one in enumerate(self.found[:half]):
            say(at, one)
        while not self.go_on.wait(0.01) and not cancelled.is_set():
            pass
        if not cancelled.is_set():
            for at, one in enumerate(self.found[half:], half):
                say(at, one)
        return Summary(told, sum(told.values()), cancelled.is_set())


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> HeldIntake:
    return HeldIntake(monkeypatch)


def drop(tab: IntakeTab, *paths: Path) -> None:
    """Drop files on the tab."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, button, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tab.dropEvent(QDropEvent(QPointF(9, 9), copy, mime, button, keys))


def test_a_folder_that_is_chosen_is_taken_in_for_real(
    tab: IntakeTab,
    register: Path,
    tmp_path: Path,
    preferences: Preferences,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "交来"
    folder.mkdir()
    (folder / "空.xlsx").write_bytes(b"")
    (folder / "网页.xlsx").write_text("<html></html>", encoding="utf-8")
    (folder / "~$空.xlsx").write_bytes(b"lock")
    monkeypatch.setattr(files, "ask_folder", lambda *_: folder)
    QTest.mouseClick(tab.folder, Qt.MouseButton.LeftButton)
    wait_until(lambda: tab.desk.run is not None and tab.desk.run.over)
    wait_until(lambda: tab.desk.snapshot is not None and len(tab.desk.snapshot.log) == 3)
    assert tab.model.counts == {"accepted": 0, "warning": 0, "rejected": 2, "skipped": 1}
    assert preferences.value.intake_folders == (str(folder),)
    assert len(list(quarantine_of(register).iterdir())) == 2
    assert all(line.findings for line in tab.model.lines)
    shown_folders: list[Path] = []
    monkeypatch.setattr(intake_file, "show_folder", shown_folders.append)
    tab.choose("rejected")
    QTest.mouseClick(tab.file.reveal, Qt.MouseButton.LeftButton)
    wait_until(lambda: bool(shown_folders))
    assert tab.file.line is not None
    assert shown_folders == [folder / tab.file.line.name]


def test_verdicts_are_shown_as_they_fall(tab: IntakeTab, held: HeldIntake, tmp_path: Path) -> None:
    drop(tab, tmp_path)
    half = len(held.found) // 2
    wait_until(lambda: tab.model.rowCount() > 0)
    assert tab.stop.isVisible()
    assert not tab.folder.isVisible()
    assert tab.desk.busy
    held.go_on.set()
    wait_until(lambda: not tab.desk.busy)
    run = tab.desk.run
    assert run is not None
    assert run.summary is not None
    assert run.done == len(held.found) > half
    assert not tab.stop.isVisible()
    assert tab.folder.isVisible()
    assert held.places == [(tmp_path,)]


def test_it_stops_when_asked_and_says_so(tab: IntakeTab, held: HeldIntake, tmp_path: Path) -> None:
    tab.desk.take_in((tmp_path,))
    wait_until(lambda: tab.model.rowCount() > 0)
    tab.stop.setFocus()
    QTest.keyClick(tab.stop, Qt.Key.Key_Space)
    assert not tab.stop.isEnabled()
    wait_until(lambda: not tab.desk.busy)
    run = tab.desk.run
    assert run is not None
    assert run.summary is not None
    assert run.summary.cancelled
    counts = tab._context.words.tr("ui_bureau.counted", **dict.fromkeys(tab.model.counts, 0))
    assert tab.said.text.startswith(tab._context.words.tr("ui_bureau.taken_stopped", counts="")[:3])
    assert counts not in tab.said.text


def test_only_one_intake_writes_and_readers_wait(
    tab: IntakeTab, held: HeldIntake, tmp_path: Path
) -> None:
    tab.desk.take_in((tmp_path,))
    wait_until(lambda: tab.model.rowCount() > 0)
    tab.desk.take_in((tmp_path / "other",))
    answers: list[int] = []
    tab.desk.read(lambda: 7, answers.append, tab)
    assert tab.desk.turns.writing
    assert tab.desk.turns.waiting
    assert answers == []
    held.go_on.set()
    wait_until(lambda: answers == [7])
    assert len(held.places) == 1


def test_a_screen_made_anew_goes_on_showing_it(
    tab: IntakeTab, held: HeldIntake, context: Context, tmp_path: Path
) -> None:
    tab.desk.take_in((tmp_path,))
    wait_until(lambda: tab.model.rowCount() > 0)
    again = IntakeTab(context, BureauDesk.of(context))
    shown(again)
    assert again.stop.isVisible()
    held.go_on.set()
    wait_until(lambda: not tab.desk.busy)
    assert again.model.rowCount() > 0
    again.close()
    again.deleteLater()


def test_what_fails_is_said_and_leaves_everything_as_it_was(
    tab: IntakeTab, bridge: Bridge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Summary:
        raise AssessorError(message("bureau_intake.no_place", path="-"))

    monkeypatch.setattr(bureau_intake, "take_in_files", fail)
    notices: list[Notice] = []
    bridge.noticed.connect(notices.append)
    bridge.listen()
    tab.desk.take_in((tmp_path,))
    wait_until(lambda: len(notices) == 1 and not tab.desk.busy)
    assert tab.folder.isVisible()
    assert tab.model.rowCount() == 0


def test_a_file_leads_to_its_visit(tab: IntakeTab, held: HeldIntake, tmp_path: Path) -> None:
    asked: list[str] = []
    tab.visit_asked.connect(asked.append)
    held.go_on.set()
    tab.desk.take_in((tmp_path,))
    wait_until(lambda: tab.model.rowCount() == len(held.found))
    tab.choose("accepted")
    tab.table.selectRow(0)
    line = tab.chosen
    assert line is not None
    assert line.visit_id
    QTest.mouseClick(tab.file.to_visit, Qt.MouseButton.LeftButton)
    assert asked == [line.visit_id]
    wait_until(lambda: not tab.desk.busy)
