"""One intake under way beside the window: how far it is, what it found, how it ended."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from assessor.errors import AssessorError
from assessor.ui.tasks import Monitor, Task, Tasks

if TYPE_CHECKING:
    from assessor.bureau.records import FileVerdict, Verdict
    from assessor.workspace.bureau_intake import Progress, Summary

_BEAT = 0.08
"""Seconds between two news to the window."""


class IntakeRun(QObject):
    """Takes files into a register.

    `summary` is there when it came to its end, also one that was cancelled; `error` when it failed.
    Signals: `progressed(object)` the verdicts since the last time; `ended()`.
    """

    progressed = Signal(object)
    ended = Signal()

    def __init__(
        self, register: Path, places: tuple[Path, ...], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.register, self.places = register, places
        self.done = self.total = 0
        self.counts: Counter[Verdict] = Counter()
        self.summary: Summary | None = None
        self.error: AssessorError | None = None
        self.over = False
        self._news: deque[FileVerdict] = deque()
        self._stop = threading.Event()

    @property
    def stopping(self) -> bool:
        """Whether it was asked to end."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask it to end; what was judged by then is kept."""
        self._stop.set()

    def start(self, tasks: Tasks) -> Task:
        """Begin on a worker."""
        return tasks.start(self._work, self._on_done, self._on_failure, self._on_progress)

    # --- on the worker ----------------------------------------------------------------------------

    def _work(self, monitor: Monitor) -> Summary:
        from assessor.workspace.bureau_intake import (  # noqa: PLC0415 (heavy at start)
            IntakeRequest,
            take_in_files,
        )
        from assessor.workspace.bureau_register import quarantine_of  # noqa: PLC0415 (as above)

        monitor.when_cancelled(self._stop.set)
        told = 0.0

        def tell(progress: Progress) -> None:
            nonlocal told
            self._news.append(progress.last)
            due = time.monotonic() - told >= _BEAT or progress.done == progress.total
            if due and not monitor.cancelled:
                told = time.monotonic()
                monitor.step(progress.done, progress.total)

        aside = quarantine_of(self.register)
        request = IntakeRequest(self.register, self.places, quarantine=aside)
        return take_in_files(request, tell, self._stop)

    # --- on the window's thread -------------------------------------------------------------------

    def _on_progress(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        self._hand_on()

    def _hand_on(self) -> None:
        news = []
        while self._news:
            news.append(self._news.popleft())
        self.counts.update(one.verdict for one in news)
        if news:
            self.progressed.emit(tuple(news))

    def _on_done(self, summary: Summary) -> None:
        self.summary = summary
        self._hand_on()
        self.done = sum(self.counts.values())
        self._end()

    def _on_failure(self, error: AssessorError) -> None:
        self.error = error
        self._hand_on()
        self._end()

    def _end(self) -> None:
        self.over = True
        self.ended.emit()
