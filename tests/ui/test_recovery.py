"""A window killed in the middle of its work: nothing acknowledged is lost, and it is offered."""

from __future__ import annotations

import json
import os
import signal
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
# what the record held each time the saved mark came back.
WORKER = """
import json, sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from assessor.ui.app import make_application
from assessor.ui.bridge import Bridge
from assessor.ui.main_window import MainWindow
from assessor.ui.preferences import Preferences
from assessor.ui.tasks import Tasks

settings, visit = map(Path, sys.argv[1:])
app = make_application()
bridge = Bridge()
window = MainWindow(Preferences(settings, bridge), bridge, Tasks(bridge))
window.show()
window.open_visit(visit)
while window.visit is None or window.visit.latest is None:
    QTest.qWait(5)
window.activateWindow()
while True:
    QTest.keySequence(QApplication.focusWidget() or window, "2")
    QTest.qWait(1)
    while window.visit.saving:
        QTest.qWait(1)
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
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    said: dict[str, object] = {}
    while len(said) < ENOUGH:
        line = process.stdout.readline()
        assert line, "the window ended by itself"
        said = json.loads(line)
    process.kill() if os.name == "nt" else process.send_signal(signal.SIGKILL)
    # What it still managed to say before the end counts as acknowledged too; half a line does not.
    rest = process.stdout.read().splitlines(keepends=True)
    process.stdout.close()
    assert process.wait(timeout=10) != 0
    return json.loads(rest[-1]) if rest and rest[-1].endswith(b"\n") else said


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


def test_nothing_acknowledged_is_lost(visit: Path, acknowledged: dict[str, object]) -> None:
    assert len(acknowledged) >= ENOUGH
    with opened(visit) as file:
        kept = file.assessment.answers
    assert {key: kept[key].model_dump(mode="json") for key in acknowledged} == acknowledged
    # Of what came after the last word at most the one edit on its way may be there.
    assert len(kept) <= len(acknowledged) + 1


def test_what_was_open_is_offered_and_goes_on(
    again: StartPage, visit: Path, acknowledged: dict[str, object]
) -> None:
    wait_until(lambda: any(strip.isVisible() for strip in again.home.findChildren(Strip)))
    (strip,) = again.home.findChildren(Strip)
    assert "宁波甬示精密模具有限公司" in strip.label.text
    counts = [len(acknowledged), len(acknowledged) + 1]
    assert any(f" {count} " in strip.label.text for count in counts)
    window = again.window()
    assert isinstance(window, MainWindow)
    QTest.mouseClick(strip.findChildren(Button)[0], Qt.MouseButton.LeftButton)
    wait_until(lambda: window.visit is not None and window.visit.latest is not None)
    assert window.visit is not None
    assert window.visit.path == visit
    assert window.visit.latest is not None
    assert acknowledged.keys() <= window.visit.latest.assessment.answers.keys()
