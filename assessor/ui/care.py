"""What the window does about bad luck with the file of a visit: it says so and offers a way on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from assessor.errors import AssessorError
from assessor.i18n import Message, message
from assessor.ui.bridge import Notice, Offer, Tone
from assessor.ui.dialogs import files
from assessor.ui.history_watch import HistoryWatch
from assessor.ui.local_work import TOPIC, LocalWork
from assessor.ui.preferences import Preferences
from assessor.ui.tasks import Tasks

if TYPE_CHECKING:
    from assessor.ui.shell import Shell
    from assessor.ui.visit_bridge import VisitBridge
    from assessor.workspace.copies import SavedCopy
    from assessor.workspace.live import Refused, Standing
    from assessor.workspace.mishaps import Mishap

CHECK_EVERY = 3000
"""Milliseconds between two looks whether the file of the visit is where it was."""
AWAY, LOOKING = "away", "looking"


@dataclass(frozen=True)
class Window:
    """What is needed of the window: its strips as they are now, and opening a visit.

    `open_visit` takes the file and whether it is only to be looked at, `close_visit` leaves the
    open one; `busy` tells whether a file is still open in this window.
    """

    widget: QWidget
    shell: Callable[[], Shell]
    open_visit: Callable[[Path, bool], None]
    close_visit: Callable[[], None]
    busy: Callable[[Path], bool]


class Care(QObject):
    """Looks after the file of the visit that is open."""

    def __init__(
        self,
        window: Window,
        tasks: Tasks,
        preferences: Preferences,
        check_every: int = CHECK_EVERY,
    ) -> None:
        super().__init__(window.widget)
        self._window = window
        self._local = LocalWork(tasks, preferences, self._show, self._reopen, self)
        self._history = HistoryWatch(self._show, self)
        self._next: Path | None = None
        self._visit: VisitBridge | None = None
        self._why_look: dict[Path, Message] = {}
        self._away = self._checking = False
        self._timer = QTimer(self)
        self._timer.setInterval(check_every)
        self._timer.timeout.connect(self._check)

    # --- what the window reports ------------------------------------------------------------------

    def place_of(self, path: Path, to_look: bool) -> Path:
        """Return the file to open for a visit; takes its time."""
        return path if to_look else self._local.place_of(path)

    def not_opened(self, path: Path, error: AssessorError, looked: bool) -> None:
        """A file could not be opened, or, when it was `looked` at, not even for that."""
        mishap = _mishap_of(error)
        if mishap == "read_only" and not looked:
            self._why_look[path] = error.message
            self._window.open_visit(path, True)
        elif mishap == "in_use":
            again = Offer(
                message("ui_care.try_again"), lambda: self._window.open_visit(path, False)
            )
            look = Offer(message("ui_care.look"), lambda: self._window.open_visit(path, True))
            # A file that is just being closed here is free again in a moment.
            few = looked or self._window.busy(path)
            self._show(Notice(error.message, "bad", offers=(again,) if few else (again, look)))
        else:
            self._show(Notice(error.message, "bad", getattr(error, "problems", ())))

    def opened(self, visit: VisitBridge) -> None:
        """A visit is open now."""
        self._visit, self._away, self._checking = visit, False, False
        if visit.look is not None:
            self._say_look(visit)
        else:
            self._local.opened(visit.path)
        self._history.start(visit)
        self._timer.start()

    def left(self) -> None:
        """The visit is being closed."""
        self._timer.stop()
        self._history.stop()
        self._visit = None
        for topic in (AWAY, LOOKING, TOPIC):
            self._window.shell().strips.drop(topic)

    def closed(self) -> None:
        """No visit is open any more, or none yet."""
        following, self._next = self._next, None
        if following is not None:
            self._window.open_visit(following, False)
        else:
            self._local.closed(self._window.busy)

    def refused(self, refused: Refused) -> None:
        """An edit was refused."""
        offers: tuple[Offer, ...] = ()
        if refused.mishap in ("away", "replaced"):
            self._say_away(refused.message, refused)
            return
        if refused.mishap == "full":
            offers = (self._again(refused), self._elsewhere())
        elif refused.mishap == "read_only":
            offers = (self._elsewhere(),)
        self._show(Notice(refused.message, "bad", refused.problems, offers=offers))

    # --- a file that is away ----------------------------------------------------------------------

    def _check(self) -> None:
        if self._visit is not None and not self._checking:
            self._checking = True
            self._visit.check(self._on_standing, self._on_unchecked)

    def _on_unchecked(self, error: AssessorError) -> None:
        self._checking = False
        self._say_away(error.message)

    def _on_standing(self, standing: Standing) -> None:
        self._checking = False
        visit = self._visit
        if visit is None:
            return
        path = str(visit.path)
        if standing == "replaced":
            self._say_away(message("mishap.replaced", path=path))
        elif standing == "away" and not self._away:
            self._say_away(message("mishap.gone", path=path))
        elif standing in ("there", "back") and self._away:
            self._away = False
            self._window.shell().strips.drop(AWAY)
            self._show(Notice(message("ui_care.back", path=path), "good", topic=LOOKING))

    def _say_away(self, what: Message, refused: Refused | None = None) -> None:
        self._away = True
        # What was said of the folder is no use while it cannot be reached.
        self._window.shell().strips.drop(TOPIC)
        again = self._again(refused) if refused else self._try(self._check, stays=True)
        self._show(Notice(what, "bad", offers=(again, self._elsewhere()), topic=AWAY))

    def _again(self, refused: Refused) -> Offer:
        visit = self._visit
        return self._try(lambda: visit.again(refused) if visit is not None else None)

    def _try(self, do: Callable[[], None], stays: bool = False) -> Offer:
        return Offer(message("ui_care.try_again"), do, stays)

    # --- looking, and copies elsewhere ------------------------------------------------------------

    def _say_look(self, visit: VisitBridge) -> None:
        look = visit.look
        words = self._window.shell().context.words
        if look is not None and look.taken is not None:
            at = words.time(look.taken)
            what = message("ui_care.looking_copy", path=str(visit.path), time=at)
        else:
            why = self._why_look.pop(
                visit.path, message("storage.opened_read_only", path=visit.path)
            )
            what = message("ui_care.looking", why=why)
        self._show(Notice(what, "caution", offers=(self._elsewhere(),), topic=LOOKING))

    def _elsewhere(self) -> Offer:
        return Offer(message("ui_care.save_elsewhere"), self._ask_place, stays=True)

    def _ask_place(self) -> None:
        visit = self._visit
        if visit is None:
            return
        words = self._window.shell().context.words
        target = files.ask_copy(self._window.widget, words, visit.path.name)
        if target is not None:
            visit.save_copy(target, self._on_copied)

    def _on_copied(self, copy: SavedCopy) -> None:
        key = "ui_care.copied_without" if copy.left_out else "ui_care.copied"
        names = ", ".join(copy.left_out)
        what = message(key, path=str(copy.path), count=len(copy.left_out), names=names)
        tone: Tone = "caution" if copy.left_out else "good"
        go_on = Offer(
            message("ui_care.go_on_there"), lambda: self._window.open_visit(copy.path, False)
        )
        self._show(Notice(what, tone, offers=(go_on,)))

    def _reopen(self, path: Path) -> None:
        """Close the open visit, and open a file when that is done."""
        self._next = path
        self._window.close_visit()

    def _show(self, notice: Notice) -> None:
        self._window.shell().strips.show_notice(notice)


def _mishap_of(error: AssessorError) -> Mishap:
    from assessor.workspace.mishaps import mishap_of  # noqa: PLC0415 (heavy at start)

    return mishap_of(error)
