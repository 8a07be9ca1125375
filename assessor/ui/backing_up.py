"""Backups of the visit that is open, made beside the window: after edits and at close."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from assessor.errors import AssessorError
from assessor.i18n import Message, message

if TYPE_CHECKING:
    from assessor.storage.backups.making import Made
    from assessor.ui.bridge import Bridge
    from assessor.ui.preferences import Preferences
    from assessor.ui.tasks import Monitor, Tasks
    from assessor.ui.visit_bridge import VisitBridge
    from assessor.workspace.backups import BackupPlace, LiveBackups
    from assessor.workspace.live import Published

SETTLE = 5.0
"""Seconds after an edit before a backup begins, so that it does not begin in the middle of many."""
APART = 30 * 60.0
"""Seconds between two backups while the visit is open."""
RETRY = 5 * 60.0
"""Seconds until it is tried again after a failure."""


class BackingUp(QObject):
    """Keeps one visit until it is stopped. A failure is shown once and never stops the work."""

    def __init__(
        self,
        visit: VisitBridge,
        tasks: Tasks,
        bridge: Bridge,
        preferences: Preferences,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._bridge = tasks, bridge
        self._work = _Work(_live_backups(visit), preferences, bridge)
        self._under_way = False
        self._not_before = 0.0
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.begin)
        visit.published.connect(self._on_published)
        visit.before_close = self._work.finish
        # What was done to the file elsewhere is kept too.
        self._schedule()

    def stop(self) -> None:
        """Begin no more; the last backup is made where the visit is closed."""
        # Now and here: the timer must not go on another thread, or after the window.
        self._timer.stop()
        self.deleteLater()

    @Slot()
    def begin(self) -> None:
        """Make a backup now, unless one is being made."""
        if self._under_way:
            return
        self._under_way = True
        self._not_before = time.monotonic() + APART
        self._tasks.start(self._work.make, self._on_made, self._on_failure, owner=self)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if published.description is not None:
            self._schedule()

    def _schedule(self) -> None:
        if not self._timer.isActive():
            wait = max(self._not_before - time.monotonic(), SETTLE)
            self._timer.start(round(wait * 1000))

    def _on_made(self, made: Made | None) -> None:
        self._under_way = False
        if made is not None and made.missing:
            self._tell(message("backup.made_without", count=len(made.missing)))
        else:
            self._told = ""

    def _on_failure(self, error: AssessorError) -> None:
        self._under_way = False
        self._not_before = time.monotonic() + RETRY
        self._schedule()
        self._tell(_failed(error))

    def _tell(self, what: Message) -> None:
        """Say it, unless it was the last thing that was said."""
        if repr(what) != self._told:
            self._told = repr(what)
            self._bridge.say(what, "caution")


@dataclass(frozen=True)
class _Work:
    """What is done on other threads. It knows no object of the visit's or the window's, which
    would else end on the wrong thread."""

    backups: LiveBackups
    preferences: Preferences
    bridge: Bridge

    def make(self, monitor: Monitor) -> Made | None:
        """Make a backup; raises `AssessorError`."""
        return self.backups.make(self._place(), monitor.check)

    def finish(self, edited: bool) -> None:
        """Keep the visit as it is left; called where it is closed, on whatever thread that is."""
        try:
            self.backups.finish(self._place() if edited else None)
        except AssessorError as error:
            self.bridge.say(_failed(error), "caution")

    def _place(self) -> BackupPlace:
        from assessor.workspace.backups import backup_place  # noqa: PLC0415 (heavy at start)

        return backup_place(self.preferences.value, self.preferences.folder)


def _failed(error: AssessorError) -> Message:
    return message("backup.failed", reason=error.message)


def _live_backups(visit: VisitBridge) -> LiveBackups:
    from assessor.workspace.backups import LiveBackups  # noqa: PLC0415 (heavy at start)

    return LiveBackups(visit.live)
