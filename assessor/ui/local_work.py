"""Visits in synchronised folders: said once a folder, worked on as a local copy, given back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.ui.bridge import Notice, Offer
from assessor.ui.preferences import Preferences
from assessor.ui.tasks import Tasks

if TYPE_CHECKING:
    from assessor.workspace.local_copies import LocalCopies, LocalCopy
    from assessor.workspace.synced_folders import SyncedFolder

TOPIC = "synced"


class LocalWork(QObject):
    """Knows which visits are worked on as a copy on this machine.

    `show` puts a notice into the window's strips, `reopen` closes the open visit and opens a file
    when that is done.
    """

    def __init__(
        self,
        tasks: Tasks,
        preferences: Preferences,
        show: Callable[[Notice], None],
        reopen: Callable[[Path], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._preferences = tasks, preferences
        self._show, self._reopen = show, reopen

    def place_of(self, path: Path) -> Path:
        """Return the file to open for a visit: itself, or its local copy, which may be made now.

        Takes its time: not for the window's thread.
        """
        chosen = self._preferences.value.local_folders
        if not any(path.is_relative_to(folder) for folder in chosen):
            known = self._copies().of(path)
            return known.path if known else path
        return self._copies().take(path).path

    def opened(self, path: Path) -> None:
        """Point out where an opened visit lies, unless that was done before."""
        asked = self._preferences.value
        answered = (*asked.stay_folders, *asked.local_folders)

        def look(_: object) -> SyncedFolder | LocalCopy | None:
            from assessor.workspace.synced_folders import synced_folder  # noqa: PLC0415 (heavy)

            found = synced_folder(path)
            if found is not None and str(found.root) not in answered:
                return found
            return self._copies().of(path)

        self._tasks.start(look, lambda found: self._say(path, found), owner=self)

    def closed(self, open_here: Callable[[Path], bool]) -> None:
        """Offer to give back what was worked on; `open_here` tells which files are still open."""

        def look(_: object) -> tuple[tuple[LocalCopy, ...], tuple[LocalCopy, ...]]:
            copies = self._copies()
            if any(open_here(copy.path) for copy in copies.all()):
                return (), ()
            return copies.drop_unchanged(), copies.all()

        self._tasks.start(look, self._offer, owner=self)

    def _say(self, path: Path, found: SyncedFolder | LocalCopy | None) -> None:
        if found is None:
            return
        root = getattr(found, "root", None)
        if root is None:
            original = getattr(found, "original", "")
            self._show(Notice(message("ui_care.local", original=original), topic=TOPIC))
            return
        # Said is asked: whoever closes the strip goes on here.
        self._answer(root, local=False)
        what = message("ui_care.synced", folder=str(root), service=getattr(found, "name", ""))
        local = Offer(message("ui_care.work_locally"), lambda: self._go_local(root, path))
        stay = Offer(message("ui_care.stay"), lambda: None)
        self._show(Notice(what, "caution", offers=(local, stay), topic=TOPIC))

    def _go_local(self, root: Path, path: Path) -> None:
        self._answer(root, local=True)
        self._reopen(path)

    def _answer(self, root: Path, local: bool) -> None:
        self._preferences.replace(self._preferences.value.with_folder(root, local))

    def _offer(self, found: tuple[tuple[LocalCopy, ...], tuple[LocalCopy, ...]]) -> None:
        dropped, changed = found
        for copy in dropped:
            self._swap(copy, Path(copy.original))
        for copy in changed:
            self._offer_return(copy)

    def _offer_return(self, copy: LocalCopy) -> None:
        what = message("ui_care.to_return", original=copy.original)
        give = Offer(message("ui_care.give_back"), lambda: self._give_back(copy))
        later = Offer(message("ui_care.later"), lambda: None)
        self._show(Notice(what, "caution", offers=(give, later), topic=copy.local))

    def _give_back(self, copy: LocalCopy) -> None:
        self._tasks.start(
            lambda _: self._copies().give_back(copy),
            done=lambda path: self._returned(copy, path),
            failed=lambda error: self._not_returned(copy, error),
            owner=self,
        )

    def _put_beside(self, copy: LocalCopy) -> None:
        self._tasks.start(
            lambda _: self._copies().put_beside(copy),
            done=lambda path: self._returned(copy, path),
            failed=lambda error: self._not_returned(copy, error),
            owner=self,
        )

    def _returned(self, copy: LocalCopy, path: Path) -> None:
        self._swap(copy, path)
        self._show(Notice(message("ui_care.returned", path=str(path)), "good", topic=copy.local))

    def _not_returned(self, copy: LocalCopy, error: AssessorError) -> None:
        from assessor.workspace.local_copies import ChangedMeanwhileError  # noqa: PLC0415 (heavy)

        again = Offer(message("ui_care.try_again"), lambda: self._give_back(copy))
        if isinstance(error, ChangedMeanwhileError):
            again = Offer(message("ui_care.put_beside"), lambda: self._put_beside(copy))
        self._show(Notice(error.message, "bad", offers=(again,), topic=copy.local))

    def _swap(self, copy: LocalCopy, path: Path) -> None:
        """Name the file that stands for the copy now among the recent ones."""
        settings = self._preferences.value
        if copy.local in settings.recent:
            self._preferences.replace(settings.without_recent(copy.path).with_recent(path))

    def _copies(self) -> LocalCopies:
        from assessor.workspace.local_copies import LocalCopies  # noqa: PLC0415 (heavy at start)

        return LocalCopies(self._preferences.folder)
