"""The watched folder: looked into beside the window; what is new comes in by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.ui.navigation import Context
from assessor.workspace.watched_folder import FolderState, Scan, scan

PERIOD = 2_000
"""Milliseconds between two looks."""


class FolderWatcher(QObject):
    """Watches one folder at a time.

    Signals: `watching_changed(bool)`.
    """

    watching_changed = Signal(bool)

    def __init__(
        self, context: Context, take: Callable[[Sequence[Path]], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._take = context, take
        self._folder: Path | None = None
        self._state = FolderState()
        self._timer = QTimer(self)
        self._timer.setInterval(PERIOD)
        self._timer.timeout.connect(self.look)
        self._looking = False

    @property
    def folder(self) -> Path | None:
        """The folder that is watched, `None` for none."""
        return self._folder

    def watch(self, folder: Path | None) -> None:
        """Watch a folder from now on, or none."""
        self._folder, self._state = folder, FolderState()
        if folder is None:
            self._timer.stop()
        else:
            self._timer.start()
            self.look()
        self.watching_changed.emit(folder is not None)

    def look(self) -> None:
        """Look into the folder, unless one look is still under way."""
        if self._folder is None or self._looking:
            return
        self._looking = True
        folder, state = self._folder, self._state
        self._context.tasks.start(
            lambda _: scan(folder, state),
            done=lambda seen: self._on_scan(folder, seen),
            failed=lambda error: self._on_failed(folder, error),
            owner=self,
        )

    def _on_scan(self, folder: Path, seen: Scan) -> None:
        self._looking = False
        if folder != self._folder:
            return
        self._state = seen.state
        if seen.earlier:
            said = message("ui_evidence.watch_earlier", folder=folder.name, count=len(seen.earlier))
            take_them = message("ui_evidence.watch_take_earlier")
            self._context.bridge.say(said, "info", take_them, lambda: self._take(seen.earlier))
        if seen.new:
            self._take(seen.new)

    def _on_failed(self, folder: Path, error: AssessorError) -> None:
        self._looking = False
        if folder == self._folder:
            self.watch(None)
            self._context.bridge.complain(error)
