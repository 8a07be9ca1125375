"""Tasks: beside the window, back on its thread, cancelled, and never leaking."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QThread
from PySide6.QtWidgets import QApplication, QLabel

from assessor.errors import AssessorError
from assessor.i18n import Message, message
from assessor.ui.bridge import (
    Bridge,
    CrashReport,
    Notice,
)
from assessor.ui.tasks import InlinePool, Monitor, Tasks, ThreadPool
from tests.ui.conftest import sweep, wait_until


@pytest.fixture
def threaded(bridge: Bridge) -> Iterator[Tasks]:
    made = Tasks(bridge, ThreadPool())
    yield made
    made.close()
    sweep()


def test_work_is_done_elsewhere_and_ends_here(threaded: Tasks, qapp: QApplication) -> None:
    heard: list[object] = []
    steps: list[tuple[int, int]] = []

    def work(monitor: Monitor) -> object:
        monitor.step(1, 2)
        monitor.step(2, 2)
        return QThread.currentThread()

    threaded.start(
        work,
        done=lambda thread: heard.extend((thread, QThread.currentThread())),
        progress=lambda done, total: steps.append((done, total)),
    )
    wait_until(lambda: not threaded.busy)
    assert heard[0] is not qapp.thread()
    assert heard[1] is qapp.thread()
    assert steps == [(1, 2), (2, 2)]


def test_a_cancelled_task_stops_and_says_nothing(threaded: Tasks) -> None:
    started, heard, reached = threading.Event(), [], []

    def work(monitor: Monitor) -> None:
        started.set()
        for number in range(1000):
            QThread.msleep(5)
            monitor.step(number, 1000)
        reached.append("the end")

    task = threaded.start(work, done=heard.append, failed=heard.append)
    assert started.wait(5)
    task.cancel()
    wait_until(lambda: task.over)
    assert (heard, reached) == ([], [])


def test_nobody_is_called_whose_widget_is_gone(threaded: Tasks) -> None:
    go_on, heard, owner = threading.Event(), [], QLabel()
    task = threaded.start(lambda _: go_on.wait(5), done=heard.append, owner=owner)
    owner.deleteLater()
    sweep()
    go_on.set()
    wait_until(lambda: task.over)
    assert heard == []


def test_failures_of_tasks_are_told(tasks: Tasks, bridge: Bridge) -> None:
    notices: list[Notice] = []
    crashes: list[CrashReport] = []
    own: list[Message] = []
    bridge.noticed.connect(notices.append)
    bridge.crashed.connect(crashes.append)
    bridge.listen()

    def refuse(_: Monitor) -> None:
        raise AssessorError(message("ui.no_screens"))

    def fail(_: Monitor) -> None:
        raise ZeroDivisionError

    tasks.start(refuse)
    tasks.start(refuse, failed=lambda error: own.append(error.message))
    tasks.start(fail, failed=lambda error: own.append(error.message))
    assert [notice.message.key for notice in notices] == ["ui.no_screens"]
    assert [found.key for found in own] == ["ui.no_screens"]
    assert len(crashes) == 1
    QCoreApplication.processEvents()


def test_held_tasks_wait_for_their_release(bridge: Bridge) -> None:
    tasks, heard = Tasks(bridge, InlinePool(), held=True), []
    tasks.start(lambda _: "early", done=heard.append)
    assert (heard, tasks.busy) == ([], True)
    tasks.release()
    tasks.start(lambda _: "late", done=heard.append)
    assert (heard, tasks.busy) == (["early", "late"], False)
