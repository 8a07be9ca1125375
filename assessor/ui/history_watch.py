"""The whole history of a visit is checked while somebody works on it; a broken one is said once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from assessor.errors import AssessorError, Problem
from assessor.i18n import message
from assessor.ui.bridge import Notice

if TYPE_CHECKING:
    from assessor.ui.visit_bridge import VisitBridge


class HistoryWatch(QObject):
    """Checks slice by slice on the visit's thread, so that no edit waits for more than one."""

    def __init__(self, show: Callable[[Notice], None], parent: QObject) -> None:
        super().__init__(parent)
        self._show = show
        self._visit: VisitBridge | None = None

    def start(self, visit: VisitBridge) -> None:
        """Check the history of a visit that was opened."""
        from assessor.workspace.history import SlicedCheck  # noqa: PLC0415 (after the first picture)

        self._visit = visit
        self._go_on(visit, SlicedCheck().step)

    def stop(self) -> None:
        """The visit is being closed: no further slice."""
        self._visit = None

    def _go_on(self, visit: VisitBridge, step: Callable[..., tuple[Problem, ...] | None]) -> None:
        def done(problems: tuple[Problem, ...] | None) -> None:
            if self._visit is not visit:
                return
            if problems is None:
                self._go_on(visit, step)
            elif problems:
                self._show(Notice(message("history.broken_here"), "bad", problems))

        visit.run(step, done, _leave_it, owner=self)


def _leave_it(_: AssessorError) -> None:
    """A file that cannot be read just now is told of elsewhere."""
