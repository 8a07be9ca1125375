"""Backups in the window: made beside the work, told when they fail, restored in three clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import isValid

from assessor.assessment import Answer
from assessor.commands.answers import set_answer
from assessor.ui import backing_up
from assessor.ui.bridge import Bridge, Notice
from assessor.ui.dialogs.backups import BackupsDialog
from assessor.ui.dialogs.doctor import DoctorDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.preferences import Preferences
from assessor.ui.tasks import Tasks
from assessor.ui.views.start import StartPage
from assessor.workspace.backups import BackupPlace, back_up, backed_up, look_into
from assessor.workspace.doctor import checkup
from assessor.workspace.visits import opened
from tests.ui.accessibility import nameless
from tests.ui.conftest import MakeVisit, sweep, wait_until

ITEM = "a5-monitoring-visualisation"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


@pytest.fixture
def place(tmp_path: Path) -> BackupPlace:
    """Where backups go that nobody chose a folder for: beside the settings."""
    return BackupPlace(tmp_path / "backups", chosen=False)


@pytest.fixture
def window(qapp: QApplication, preferences: Preferences, bridge: Bridge) -> Iterator[MainWindow]:
    made = MainWindow(preferences, bridge, Tasks(bridge))
    made.show()
    yield made
    made.close()
    made.deleteLater()
    sweep()


@pytest.fixture
def heard(bridge: Bridge) -> list[Notice]:
    found: list[Notice] = []
    bridge.noticed.connect(found.append)
    return found


Edit = Callable[[str], None]


@pytest.fixture
def edit(window: MainWindow, make_visit: MakeVisit) -> Edit:
    """Open a visit, once, and answer in it."""
    window.open_visit(make_visit())
    wait_until(lambda: window.visit is not None and window.visit.latest is not None)

    def made(option: str) -> None:
        visit = window.visit
        assert visit is not None
        visit.post(lambda _: set_answer(ITEM, Answer(option=option)))
        wait_until(lambda: not visit.saving)

    return made


def answers(place: BackupPlace) -> list[int]:
    return [
        look_into(record, place).answered for visit in backed_up(place) for record in visit.records
    ]


def test_edits_are_backed_up_while_the_visit_is_open(
    window: MainWindow, make_visit: MakeVisit, place: BackupPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "SETTLE", 0.01)
    window.open_visit(make_visit())
    wait_until(lambda: answers(place) == [0])


def test_what_was_done_last_is_backed_up_at_close(
    window: MainWindow, edit: Edit, place: BackupPlace
) -> None:
    edit("L2")
    window.close()
    assert answers(place) == [1]


def test_a_visit_nobody_edited_is_closed_without_a_backup(
    window: MainWindow, edit: Edit, place: BackupPlace
) -> None:
    window.close()
    assert answers(place) == []


def test_a_folder_that_is_gone_is_said_once_and_work_goes_on(
    window: MainWindow,
    edit: Edit,
    preferences: Preferences,
    heard: list[Notice],
    tmp_path: Path,
) -> None:
    preferences.change(backup_folder=str(tmp_path / "stick"))
    assert window.visit is not None
    (keeper,) = window.findChildren(backing_up.BackingUp)
    for _ in range(2):
        keeper.begin()
        wait_until(lambda: not window._tasks.busy)
    assert [notice.message.key for notice in heard] == ["backup.failed"]
    edit("L2")
    edit("L3")
    path = window.visit.path
    window.close()
    with opened(path, read_only=True) as visit:
        assert visit.assessment.answers[ITEM].option == "L3"
    assert not (tmp_path / "stick").exists()


@pytest.fixture
def dialogs(window: MainWindow) -> Iterator[list[QDialog]]:
    """Dialogs are shown without waiting for them, and closed before the window."""
    made: list[QDialog] = []

    def show(self: QDialog) -> int:
        made.append(self)
        self.show()
        return 0

    def keep(_: QDialog) -> None:
        """Leave it for the end of the test."""

    with pytest.MonkeyPatch.context() as patch:
        for kind in (BackupsDialog, DoctorDialog):
            patch.setattr(kind, "exec", show)
            patch.setattr(kind, "deleteLater", keep)
        yield made
        wait_until(lambda: not window._tasks.busy)
    # One that went with the page it belonged to is gone already.
    for dialog in filter(isValid, made):
        dialog.close()
        dialog.deleteLater()
    sweep()


def test_a_lost_visit_comes_back_in_three_clicks(
    window: MainWindow,
    make_visit: MakeVisit,
    place: BackupPlace,
    preferences: Preferences,
    dialogs: list[QDialog],
) -> None:
    lost = make_visit(name="lost")
    back_up(lost, place)
    back_up(make_visit(name="other"), place)
    preferences.remember(lost)
    lost.unlink()
    page = window.shell.page
    assert isinstance(page, StartPage)
    page.refresh()
    wait_until(lambda: any(card.missing for card in page.home.visit_cards))
    # First the card's menu, second its entry.
    (card,) = page.home.visit_cards
    menu = card.menu()
    (entry,) = [action for action in menu.actions() if action.text() == "从备份恢复…"]
    entry.trigger()
    (dialog,) = dialogs
    assert isinstance(dialog, BackupsDialog)
    wait_until(dialog.restore.isEnabled)
    assert nameless(dialog) == []
    # Third, restore: what is chosen already is the latest backup of the visit on the card.
    QTest.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    wait_until(lambda: window.visit is not None)
    assert window.visit is not None
    assert window.visit.path.name.startswith("lost-")
    assert not lost.exists()


def test_no_backups_yet_is_said(window: MainWindow, dialogs: list[QDialog]) -> None:
    window.run_action("restore")
    (dialog,) = dialogs
    assert isinstance(dialog, BackupsDialog)
    wait_until(lambda: "还没有备份" in dialog.said.text)
    assert not dialog.restore.isEnabled()


def test_a_backup_that_is_broken_cannot_be_chosen(
    window: MainWindow, make_visit: MakeVisit, place: BackupPlace, dialogs: list[QDialog]
) -> None:
    back_up(make_visit(), place).record.path.write_bytes(b"x")
    window.run_action("restore")
    (dialog,) = dialogs
    assert isinstance(dialog, BackupsDialog)
    wait_until(lambda: "不能恢复" in dialog.moment.currentText())
    assert not dialog.restore.isEnabled()
    assert dialog.said.text


def test_the_check_up_shows_every_line_and_writes_the_archive(
    window: MainWindow, dialogs: list[QDialog], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkup, "CHECKS", checkup.CHECKS[:-1])
    monkeypatch.setattr("assessor.ui.dialogs.files.ask_folder", lambda *_: tmp_path)
    window.run_action("doctor")
    (dialog,) = dialogs
    assert isinstance(dialog, DoctorDialog)
    wait_until(dialog.bundle.isEnabled)
    assert {line.area for line in dialog.lines} == {area for area, _ in checkup.CHECKS}
    assert nameless(dialog) == []
    QTest.mouseClick(dialog.bundle, Qt.MouseButton.LeftButton)
    wait_until((tmp_path / "assessor-check-up.zip").is_file)
