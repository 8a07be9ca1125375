"""A window killed in the middle of its work: nothing acknowledged is lost, and it is offered."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assessor.ui.bridge import Bridge
from assessor.ui.main_window import MainWindow
from assessor.ui.preferences import Preferences
from assessor.ui.tasks import Tasks
from assessor.ui.views.start import StartPage
from assessor.ui.widgets import Button, Strip
from assessor.workspace.visits import opened
from tests.ui.conftest import MakeVisit, sweep, wait_until

ROOT = Path(__file__).resolve().parents[2]
ENOUGH = 5
"""Acknowledged answers after which the process is killed."""

# A window on its own settings that answers one criterion after the other by the keyboard, and says
# what the record held each time the saved mark came back. It ends by itself, with a reason, when
# the program fails or nothing moves any more.
WORKER = """
import faulthandler, json, os, sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from assessor.ui.app import make_application
from assessor.ui.bridge import Bridge
from assessor.ui.dialogs.crash import CrashDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.preferences import Preferences
from assessor.ui.tasks import Tasks

def wait(true):
    # A loop of its own lets the other threads run, which QTest.qWait does not.
    while not true():
        loop = QEventLoop()
        QTimer.singleShot(1, loop.quit)
        loop.exec()

def fail(report, *_):
    print(report.text, file=sys.stderr, flush=True)
    os._exit(3)

faulthandler.dump_traceback_later(50, exit=True)
CrashDialog.ask = fail
settings, visit = map(Path, sys.argv[1:])
app = make_application()
bridge = Bridge()
window = MainWindow(Preferences(settings, bridge), bridge, Tasks(bridge))
window.show()
window.open_visit(visit)
wait(lambda: window.visit is not None and window.visit.latest is not None)
window.activateWindow()
while True:
    QTest.keySequence(QApplication.focusWidget() or window, "2")
    wait(lambda: not window.visit.saving)
    answers = window.visit.latest.assessment.answers
    print(json.dumps({key: answer.model_dump(mode="json") for key, answer in answers.items()}),
          flush=True)
    QTest.keySequence(QApplication.focusWidget() or window, "PgDown")
"""


@pytest.fixture
def visit(make_visit: MakeVisit) -> Path:
    return make_visit("zj.future_factory")


@pytest.fixture
def acknowledged(visit: Path, tmp_path: Path) -> dict[str, object]:
    """Work in a process of its own and kill it in the middle; what it had said was saved."""
    command = [sys.executable, "-c", WORKER, str(tmp_path / "settings.json"), str(visit)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    said: dict[str, object] = {}
    try:
        while len(said) < ENOUGH and (line := process.stdout.readline()):
            said = json.loads(line)
    finally:
        process.kill()
        # What it still managed to say before the end counts too; half a line does not.
        rest, errors = process.communicate()
    assert len(said) >= ENOUGH, errors.decode(errors="replace")
    lines = rest.splitlines(keepends=True)
    return json.loads(lines[-1]) if lines and lines[-1].endswith(b"\n") else said


@pytest.fixture
def again(
    acknowledged: dict[str, object], tmp_path: Path, qapp: QApplication
) -> Iterator[StartPage]:
    """The window as it comes up after the crash."""
    bridge = Bridge()
    window = MainWindow(Preferences(tmp_path / "settings.json", bridge), bridge, Tasks(bridge))
    window.show()
    page = window.shell.page
    assert isinstance(page, StartPage)
    yield page
    window.close()
    window.deleteLater()
    sweep()


def test_after_a_kill_nothing_acknowledged_is_lost_and_work_goes_on(
    visit: Path, acknowledged: dict[str, object], again: StartPage
) -> None:
    wait_until(lambda: any(strip.isVisible() for strip in again.home.findChildren(Strip)))
    (strip,) = again.home.findChildren(Strip)
    assert "宁波甬示精密模具有限公司" in strip.label.text
    with opened(visit, read_only=True) as file:
        kept = file.assessment.answers
    assert {key: kept[key].model_dump(mode="json") for key in acknowledged} == acknowledged
    # Of what came after the last word at most the one edit on its way may be there.
    assert len(kept) <= len(acknowledged) + 1
    assert f" {len(kept)} " in strip.label.text
    window = again.window()
    assert isinstance(window, MainWindow)
    QTest.mouseClick(strip.findChildren(Button)[0], Qt.MouseButton.LeftButton)
    wait_until(lambda: window.visit is not None and window.visit.latest is not None)
    assert window.visit is not None
    assert window.visit.path == visit
    assert window.visit.latest is not None
    assert window.visit.latest.assessment.answers == kept
