"""How far long work on a file is, and ending it: a bar, and a dialog where nothing else is open."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.ui.dialogs.flowing import FlowingDialog
from assessor.ui.navigation import Context
from assessor.ui.tasks import Monitor, Task
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XL, M
from assessor.ui.widgets import Button, FlowLabel, ShareBar, row

T = TypeVar("T")
Step = Callable[[int, int], None]

PARTS = 1_000
"""Bytes are announced in so many parts: there may be more of them than a signal can count, and
nobody sees a finer bar."""
_WIDTH = 440
_BAR = 8


def in_parts(monitor: Monitor) -> Step:
    """Return what is told how many bytes of how many are done, and ends work that was cancelled."""
    last = -1

    def step(done: int, total: int) -> None:
        nonlocal last
        part = done * PARTS // max(total, 1)
        if part == last:
            monitor.check()
        else:
            last = part
            monitor.step(part, PARTS)

    return step


class WorkBar(QWidget):
    """What is being done, how many percent of it are, and a bar."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.text = FlowLabel(theme, name, size=theme.sizes.table)
        self.bar = ShareBar(theme, name, _BAR)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.text, self.bar):
            column.addWidget(widget)

    def show_part(self, done: int, total: int) -> None:
        """Show that `done` of `total` parts are finished."""
        self.bar.set_share(Decimal(done) / max(total, 1))
        self.text.set_text(f"{self._name} {100 * done // max(total, 1)} %")


class WorkDialog(FlowingDialog):
    """Stands over the window while work goes on; closing it ends the work."""

    def __init__(self, context: Context, name: str, parent: QWidget | None = None) -> None:
        super().__init__(context.theme.px(_WIDTH), parent)
        theme, words = context.theme, context.words
        self._tasks = context.tasks
        self._task: Task | None = None
        self.setWindowTitle(name)
        self.bar = WorkBar(theme, name)
        self.cancel = Button(theme, words.tr("ui_new.cancel"))
        self.cancel.clicked.connect(lambda *_: self.reject())
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(XL)] * 4)
        column.setSpacing(theme.px(M))
        column.addWidget(self.bar)
        foot = row(theme, self.cancel)
        foot.insertStretch(0, 1)
        column.addLayout(foot)

    def run(self, work: Callable[[Monitor], T], done: Callable[[T], None]) -> None:
        """Start the work and show the dialog until it has ended; failures go to the window.

        What was finished before a cancel reached it is there, and `done` is called.
        """
        found: list[T] = []
        task = self._tasks.start(
            lambda monitor: found.append(work(monitor)), progress=self.bar.show_part, owner=self
        )

        def end() -> None:
            if found:
                done(found[0])
            self.deleteLater()

        if task.over:
            end()
            return
        self._task = task
        task.ended.connect(end)
        self.open()

    def reject(self) -> None:
        """End the work; the dialog goes when it has stopped."""
        self.cancel.setEnabled(False)
        if self._task is not None:
            self._task.cancel()
