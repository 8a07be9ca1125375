"""Messages from any thread, before any window; crashes reported without content."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assessor.i18n import message
from assessor.rubrics.loader import loads
from assessor.ui.bridge import (
    Bridge,
    CrashReport,
    crash_report,
    install_crash_hook,
)
from assessor.ui.dialogs.crash import CrashDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import LazyScreen
from assessor.ui.preferences import Preferences
from assessor.ui.tasks import InlinePool, Tasks
from assessor.ui.theme import Theme
from assessor.ui.words import Words
from assessor.workspace.report_process import ReportDefectError
from tests.ui.accessibility import nameless
from tests.ui.conftest import shown, wait_until
from tests.ui.probes import PROBE_SCREENS


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    """Screens of the tests' own stand in for the program's."""
    return PROBE_SCREENS


def test_messages_wait_for_a_window(
    bridge: Bridge, preferences: Preferences, screens: tuple[LazyScreen, ...]
) -> None:
    bridge.say(message("ui.saving"), "caution")
    window = MainWindow(preferences, bridge, Tasks(bridge, InlinePool()), screens=screens)
    assert [strip.label.text for strip in window.shell.strips.strips] == ["正在保存…"]
    window.close()
    window.deleteLater()


def test_messages_from_other_threads_arrive_on_the_windows(
    bridge: Bridge, qapp: QApplication
) -> None:
    threads: list[object] = []
    bridge.noticed.connect(lambda _: threads.append(QThread.currentThread()))
    bridge.listen()
    worker = threading.Thread(target=lambda: bridge.say(message("ui.saving")))
    worker.start()
    worker.join()
    assert threads == []
    wait_until(lambda: bool(threads))
    assert threads == [qapp.thread()]


QUOTED = "宁波某厂的秘密"


def broken() -> BaseException:
    def inner(value: str) -> None:
        raise ValueError(f"cannot use {value}")

    try:
        try:
            inner(QUOTED)
        except ValueError as first:
            raise KeyError(QUOTED) from first
    except KeyError as error:
        return error


def test_a_crash_report_holds_places_but_no_content() -> None:
    text = crash_report(broken()).text
    assert QUOTED not in text
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert "  test_messages.py:" in text
    assert "inner" in text
    assert str(Path(__file__).parent) not in text
    assert Path(__file__).parent.parent.name not in text


def test_a_crash_report_of_causes_in_a_circle_ends() -> None:
    first, second = ValueError("one"), KeyError("two")
    first.__cause__, second.__cause__ = second, first
    assert crash_report(first).text.count("KeyError") == 1


def test_a_crash_report_names_places_in_the_program() -> None:
    try:
        load_rubric_text()
    except TypeError as error:
        text = crash_report(error).text
    assert "  assessor/rubrics/loader.py:" in text


def load_rubric_text() -> None:
    loads(None, "x")


def test_a_crash_report_names_places_in_another_process() -> None:
    file = str(Path("/home/somebody/assessor/workspace/report_child.py"))
    text = crash_report(ReportDefectError("KeyError", [(file, 7, "answer")])).text
    assert "\nKeyError\n  assessor/workspace/report_child.py:7 answer" in text
    assert "somebody" not in text


@pytest.fixture
def hooked(bridge: Bridge) -> Iterator[list[CrashReport]]:
    """What arrives as a crash while the hook is in place."""
    reports: list[CrashReport] = []
    bridge.crashed.connect(reports.append)
    bridge.listen()
    put_back = install_crash_hook(bridge)
    yield reports
    put_back()


def test_the_hook_hears_of_crashes_on_any_thread(hooked: list[CrashReport]) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    wait_until(lambda: len(hooked) == 1)
    error = broken()
    sys.excepthook(type(error), error, error.__traceback__)
    assert "ZeroDivisionError" in hooked[0].text
    assert "KeyError" in hooked[1].text


def test_the_hook_is_put_back(bridge: Bridge) -> None:
    before = sys.excepthook, threading.excepthook
    put_back = install_crash_hook(bridge)
    assert sys.excepthook is not before[0]
    put_back()
    assert (sys.excepthook, threading.excepthook) == before


def test_the_report_can_be_copied(words: Words, theme: Theme) -> None:
    dialog = CrashDialog(crash_report(broken()), theme, words)
    shown(dialog, 560, 420)
    assert nameless(dialog) == []
    QTest.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == crash_report(broken()).text
    dialog.close()
    dialog.deleteLater()


def test_a_crash_is_shown(window: MainWindow, bridge: Bridge, crashes: list[CrashReport]) -> None:
    bridge.crash(broken())
    assert "KeyError" in crashes.pop().text
