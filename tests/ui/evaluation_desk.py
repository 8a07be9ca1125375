"""Working in the evaluation as a person does: keys in, what is shown and what is on disk out."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from assessor.assessment import Assessment
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import SCREENS, LazyScreen
from assessor.ui.views.evaluation import EvaluationPage
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace.live import Published
from assessor.workspace.visits import opened
from tests.ui.conftest import wait_until

W = TypeVar("W", bound=QWidget)

OURS: tuple[LazyScreen, ...] = tuple(s for s in SCREENS if s.id in ("evaluation", "overview"))
"""The screens these tests are about."""


class Desk:
    """The window with one visit open at the evaluation."""

    def __init__(self, window: MainWindow, path: Path) -> None:
        self.window, self.path = window, path
        window.resize(1440, 900)
        window.open_visit(path)
        wait_until(lambda: window.visit is not None and window.visit.latest is not None)
        window.activateWindow()
        wait_until(window.isActiveWindow)

    @property
    def visit(self) -> VisitBridge:
        assert self.window.visit is not None
        return self.window.visit

    @property
    def page(self) -> EvaluationPage:
        page = self.window.shell.page
        assert isinstance(page, EvaluationPage)
        return page

    @property
    def latest(self) -> Published:
        assert self.visit.latest is not None
        return self.visit.latest

    @property
    def record(self) -> Assessment:
        return self.latest.assessment

    @property
    def number(self) -> str:
        """The printed number of the criterion that is open."""
        return self.visit.loaded.rubric.criterion_by_id[self.page.current].number

    def key_of(self, number: str) -> str:
        """The id of a criterion by its printed number."""
        found = self.visit.loaded.rubric.find_criterion(number)
        assert found is not None
        return found.id

    def open(self, number: str) -> str:
        """Open a criterion by its printed number; returns its id."""
        key = self.key_of(number)
        self.window.go("evaluation", criterion=key)
        assert self.page.current == key
        return key

    def press(self, *keys: str) -> None:
        """Press keys, such as `Ctrl+Z`, one after the other, each until it is on disk."""
        for key in keys:
            QTest.keySequence(focus_of(self.window), key)
            self.settle()

    def type(self, text: str) -> None:
        """Type a text where the focus is; Chinese comes as from an input method."""
        if text.isascii():
            QTest.keyClicks(focus_of(self.window), text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(focus_of(self.window), event)
        self.settle()

    def click(self, widget: QWidget) -> None:
        """Click a widget and wait until what it does is on disk."""
        assert widget.isVisible()
        assert widget.isEnabled()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def settle(self) -> None:
        """Let everything queued become durable and be shown."""
        QApplication.processEvents()
        wait_until(lambda: not self.visit.saving)
        QApplication.processEvents()

    def on_disk(self) -> Assessment:
        """The record as a copy of the file made now holds it."""
        copy = self.path.with_name("copy.assessment")
        shutil.copyfile(self.path, copy)
        with opened(copy, read_only=True) as visit:
            return visit.assessment


def focus_of(window: MainWindow) -> QWidget:
    return QApplication.focusWidget() or window


def inside(found: W | None) -> W:
    """What must be there."""
    assert found is not None
    return found
