"""Who may use the register's file: several who read, or one who writes, never both."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from assessor.ui.tasks import Task

Start = Callable[[], Task | None]
"""Starts a task when it is its turn; `None` when nobody wants it any more."""


class Turns(QObject):
    """Starts tasks when it is their turn; to be used on the window's thread.

    A register that is being written cannot be read by anybody else, not even by this program.
    Signals: `changed()` when writing begins or ends.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading = 0
        self.writing = False
        self._readers: list[Start] = []
        self._writers: list[Start] = []

    @property
    def waiting(self) -> bool:
        """Whether anybody waits for a turn."""
        return bool(self._readers or self._writers)

    def read(self, start: Start) -> None:
        """Have a task started that reads, at once or when nobody writes any more."""
        self._readers.append(start)
        self._next()

    def write(self, start: Start) -> None:
        """Have a task started that writes, at once or when all others are done."""
        self._writers.append(start)
        self._next()

    def _next(self) -> None:
        if self.writing:
            return
        if self._writers:
            if not self._reading:
                self._begin_writing(self._writers.pop(0))
            return
        readers, self._readers = self._readers, []
        for start in readers:
            self._reading += 1
            _after(start(), self._has_read)

    def _begin_writing(self, start: Start) -> None:
        self.writing = True
        self.changed.emit()
        _after(start(), self._has_written)

    def _has_read(self) -> None:
        self._reading -= 1
        self._next()

    def _has_written(self) -> None:
        self.writing = False
        self.changed.emit()
        self._next()


def _after(task: Task | None, call: Callable[[], None]) -> None:
    if task is None or task.over:
        call()
    else:
        task.ended.connect(call)
