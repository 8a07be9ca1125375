"""The open visit as the window sees it: events of its thread as signals on the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from assessor.errors import AssessorError
from assessor.ui.bridge import Bridge
from assessor.workspace.clock import Clock, Who, now, user_name

if TYPE_CHECKING:
    from concurrent.futures import Future

    from assessor.assessment import Assessment
    from assessor.commands.edit import Edit
    from assessor.rubrics.loader import LoadedRubric
    from assessor.storage.blobs import BlobSource
    from assessor.workspace.copies import SavedCopy
    from assessor.workspace.live import Event, LiveVisit, Published, Refused, Standing
    from assessor.workspace.looking import Look
    from assessor.workspace.visits import OpenVisit

T = TypeVar("T")
Failure = Callable[[AssessorError], None]


class VisitBridge(QObject):
    """The visit that is open; views keep the `Published` they were given last and show that.

    Signals: `published(object)` a `Published` after each durable step; `foreseen(object)` a
    `Foreseen` while one is on its way to disk, for a page that cannot wait for a slow one;
    `refused(object)` a `Refused`; `saving_changed(bool)` whether edits are on their way to disk.
    `edited` tells whether anything was asked to be changed since the visit was opened; `to_look`
    asks to open it only for that.
    """

    published = Signal(object)
    foreseen = Signal(object)
    refused = Signal(object)
    saving_changed = Signal(bool)
    _heard = Signal(object)
    _settled = Signal()
    _arrived = Signal(object)

    def __init__(self, bridge: Bridge, clock: Clock = now, who: Who = user_name) -> None:
        super().__init__()
        self.who = who
        self._bridge = bridge
        self._clock = clock
        self._live: LiveVisit | None = None
        self._closed = False
        self._waiting = 0
        self.edited = False
        self.to_look = False
        self.before_close: Callable[[bool], None] | None = None
        self.latest: Published | None = None
        self.saved_at: datetime | None = None
        self._heard.connect(self._on_event)
        # Queued always, or a quick step would count as saved before what it led to is shown.
        self._settled.connect(self._on_settled, Qt.ConnectionType.QueuedConnection)
        self._arrived.connect(self._on_arrival)

    def hear(self, event: Event) -> None:
        """Take an event of the visit's thread; this is its listener."""
        self._heard.emit(event)

    def attach(self, live: LiveVisit) -> None:
        """Say which visit the events come from."""
        self._live = live

    @property
    def attached(self) -> bool:
        """Whether there is a file behind it by now."""
        return self._live is not None

    @property
    def live(self) -> LiveVisit:
        """The visit itself; raises `RuntimeError` before one was attached."""
        if self._live is None:
            raise RuntimeError("no visit is attached")
        return self._live

    def close(self) -> None:
        """Finish what is queued and close the file; waits, so it is not for the window's thread.

        Harmless when no visit is attached or it is closed already. `before_close` is called first,
        with `edited`; the file is closed even when that fails.
        """
        if self._live is None or self._closed:
            return
        self._closed = True
        try:
            if self.before_close is not None:
                self.before_close(self.edited)
        finally:
            self._live.close()

    @property
    def path(self) -> Path:
        """The file of the visit."""
        return self.live.path

    @property
    def look(self) -> Look | None:
        """What is looked at, where the visit was opened only for that."""
        return self.live.look

    @property
    def loaded(self) -> LoadedRubric:
        """The rubric the visit was made for."""
        return self.live.loaded

    @property
    def saving(self) -> bool:
        """Whether edits are on their way to disk."""
        return self._waiting > 0

    def post(
        self, make_edit: Callable[[Assessment], Edit | None], sources: Sequence[BlobSource] = ()
    ) -> None:
        """Queue an edit; what comes of it is announced."""
        self._watch(self.live.post(make_edit, sources))

    def undo(self) -> None:
        """Queue taking the last step back."""
        self._watch(self.live.undo())

    def redo(self) -> None:
        """Queue doing again what was taken back last."""
        self._watch(self.live.redo())

    def again(self, refused: Refused) -> None:
        """Queue a refused edit once more; nothing happens with one that cannot pass."""
        if refused.again is not None:
            self._watch(refused.again())

    def check(self, done: Callable[[Standing], None], failed: Failure) -> None:
        """Look on the visit's thread whether its file is where it was."""
        self._bring(self.live.check(), _Arrival(done, failed))

    def save_copy(self, target: Path, done: Callable[[SavedCopy], None]) -> None:
        """Queue saving all there is as a file of its own; a failure is shown in the strip."""
        self._bring(self.live.save_copy(target), _Arrival(done, None))

    def run(
        self,
        work: Callable[[OpenVisit], T],
        done: Callable[[T], None],
        failed: Callable[[AssessorError], None] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Queue reading work on the visit's thread; `done` gets the result on the window's.

        Without `failed`, an `AssessorError` is shown in the message strip; any other exception goes
        to the crash dialog. When `owner` goes, nobody is called any more.
        """
        arrival = _Arrival(done, failed)
        if owner is not None:
            owner.destroyed.connect(arrival.forget)
        self._bring(self.live.run(work), arrival)

    def _bring(self, future: Future[T], arrival: _Arrival) -> None:
        """Give what a future holds, when it is there, to whom it is for on the window's thread."""
        future.add_done_callback(lambda ready: self._arrived.emit((arrival, ready)))

    def _watch(self, future: Future[bool]) -> None:
        self._waiting += 1
        self.edited = True
        if self._waiting == 1:
            self.saving_changed.emit(True)
        future.add_done_callback(lambda _: self._settled.emit())

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        from assessor.workspace.live import Foreseen, Published, Refused  # noqa: PLC0415 (heavy at start)

        if isinstance(event, Published):
            self.latest = event
            if event.description is not None:
                self.saved_at = self._clock()
            self.published.emit(event)
        elif isinstance(event, Foreseen):
            self.foreseen.emit(event)
        elif isinstance(event, Refused):
            self.refused.emit(event)
        else:
            self._bridge.crash(event.error)

    @Slot()
    def _on_settled(self) -> None:
        self._waiting -= 1
        if self._waiting == 0:
            self.saving_changed.emit(False)

    @Slot(object)
    def _on_arrival(self, pair: tuple[_Arrival, Future[object]]) -> None:
        arrival, future = pair
        if future.cancelled():
            return
        try:
            result = future.result()
        except AssessorError as error:
            (arrival.failed or self._bridge.complain)(error)
        except Exception as defect:
            self._bridge.crash(defect)
        else:
            if arrival.done is not None:
                arrival.done(result)


def open_live(path: Path, visit: VisitBridge) -> VisitBridge:
    """Open a visit's file for `visit`; raises `AssessorError`. Takes its time: not for the window.

    One that is `to_look` at is opened for that alone.

    What it needs is imported only here, so that the window is there before it.
    """
    from assessor.workspace.live import LiveVisit  # noqa: PLC0415
    from assessor.workspace.looking import look_at  # noqa: PLC0415

    look = look_at(path) if visit.to_look else None
    visit.attach(LiveVisit(path, visit.hear, who=visit.who, look=look))
    return visit


class _Arrival(QObject):
    """Whom to call with a result, until it is told to forget them."""

    def __init__(
        self, done: Callable[[T], None], failed: Callable[[AssessorError], None] | None
    ) -> None:
        super().__init__()
        self.done: Callable[..., None] | None = done
        self.failed = failed

    @Slot()
    def forget(self) -> None:
        """Call nobody any more."""
        self.done, self.failed = None, _nobody


def _nobody(_: AssessorError) -> None:
    """Take a failure nobody waits for."""
