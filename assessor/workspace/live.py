"""A visit that is open in a window: every edit goes to disk on one thread, then everybody hears.

Nothing here waits: whoever posts an edit goes on at once and hears of it when it is durable, in the
order the edits came. A slow disk does not hold up what is seen: a step that fits is told beforehand
as `Foreseen`, and taken back by another `Published` of the old record when it cannot be made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeVar

from assessor.assessment import Assessment
from assessor.commands.edit import Edit
from assessor.errors import AssessorError, Problem, ProblemsError
from assessor.exchange.payload import HistoryRef
from assessor.i18n import Message, message
from assessor.rubrics.loader import LoadedRubric
from assessor.scoring import ScoreCard
from assessor.session import Session
from assessor.storage.blobs import BlobSource
from assessor.storage.errors import StorageError
from assessor.storage.file import AssessmentFile, open_file
from assessor.storage.presence import gone, mark_of
from assessor.storage.writer import Writer
from assessor.workspace.clock import Clock, Who, now, user_name
from assessor.workspace.copies import SavedCopy, save_copy
from assessor.workspace.looking import Look
from assessor.workspace.mishaps import Mishap, mishap_of
from assessor.workspace.visits import OpenVisit, refuse_misfits

T = TypeVar("T")
MakeEdit = Callable[[Assessment], Edit | None]
"""Makes the edit from the record as it then is; `None` when there is nothing to do."""
Standing = Literal["there", "away", "replaced", "back"]
"""Whether the file is where it was opened: still, not, another one is, or it is again."""


@dataclass(frozen=True)
class Published:
    """The record after a durable step, its score, and what can be undone or done again.

    `description` is empty for the record as it was opened; `history` is how far the file's history
    has come with it.
    """

    assessment: Assessment
    card: ScoreCard
    description: Message | None
    undo: Message | None
    redo: Message | None
    history: HistoryRef | None = None


@dataclass(frozen=True)
class Foreseen:
    """What will be published when a step, now on its way to disk, is durable.

    Nothing is acknowledged by it. A `Published` follows: of the same record and card, with what can
    be undone then, or of the record as it was.
    """

    published: Published


@dataclass(frozen=True)
class Refused:
    """An edit that was not made: the record is as before.

    `mishap` says what was wrong with the file; where that may pass, `again` queues the same edit.
    """

    message: Message
    problems: tuple[Problem, ...] = ()
    mishap: Mishap = ""
    again: Callable[[], Future[bool]] | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Failed:
    """A defect of the program while it worked on the visit; the record on disk is as before."""

    error: BaseException


Event = Published | Foreseen | Refused | Failed
Listener = Callable[[Event], None]


class LiveVisit:
    """One open visit with its own thread. The listener is called on that thread."""

    def __init__(
        self,
        path: Path,
        listener: Listener,
        clock: Clock = now,
        who: Who = user_name,
        look: Look | None = None,
    ) -> None:
        """Open the file, or with `look` what can be looked at in its place.

        `who` is asked on the visit's thread for the author of each step. Raises `AssessorError`
        saying why it cannot be opened.
        """
        self._listener = listener
        self._closed = False
        self.look = look
        self._writer = Writer(look.file, _open_to_look) if look else Writer(path)
        writer = self._writer
        try:
            self._desk = writer.submit(
                lambda file: _Desk(writer, file, listener, clock, who)
            ).result()
        except BaseException:
            self._writer.close()
            raise
        self.path = path
        self.loaded: LoadedRubric = self._desk.visit.loaded
        self._watched(self._writer.submit(lambda _: self._desk.publish(None)))

    def post(self, make_edit: MakeEdit, sources: Sequence[BlobSource] = ()) -> Future[bool]:
        """Queue an edit; `sources` bring the bytes of evidence it adds.

        The future tells whether anything changed; a refusal goes to the listener as well.
        """
        return self._queued(lambda: self._desk.do(make_edit, sources))

    def undo(self) -> Future[bool]:
        """Queue taking the last step back."""
        return self._queued(self._desk.session.undo)

    def redo(self) -> Future[bool]:
        """Queue doing again what was taken back last."""
        return self._queued(self._desk.session.redo)

    def run(self, work: Callable[[OpenVisit], T]) -> Future[T]:
        """Queue work that reads the visit, such as fetching a photograph.

        Every edit that was posted before is done by then; one posted meanwhile may be.
        """
        return self._writer.put_off(lambda _: self._desk.read(work))

    def check(self) -> Future[Standing]:
        """Queue looking whether the file is where it was; one that came back is opened again."""
        return self._writer.submit(lambda _: self._desk.check())

    def save_copy(self, target: Path) -> Future[SavedCopy]:
        """Queue writing all there is as a file of its own, also while the visit's is away."""
        return self._writer.submit(lambda _: self._desk.save_copy(target))

    def close(self) -> None:
        """Finish what is queued, drop evidence nothing refers to any more, close the file.

        A medium that fails now does no harm: every acknowledged step is on it. A second call does
        nothing.
        """
        if self._closed:
            return
        self._closed = True
        with suppress(StorageError):
            self._writer.put_off(lambda _: self._desk.tidy()).result()
        with suppress(StorageError):
            self._writer.close()
        if self.look is not None:
            self.look.end()

    def _queued(self, step: Callable[[], bool]) -> Future[bool]:
        return self._watched(
            self._writer.submit(lambda _: self._desk.step(step)), lambda: self._queued(step)
        )

    def _watched(
        self, future: Future[T], again: Callable[[], Future[bool]] | None = None
    ) -> Future[T]:
        future.add_done_callback(lambda done: self._report(done.exception(), again))
        return future

    def _report(
        self, error: BaseException | None, again: Callable[[], Future[bool]] | None
    ) -> None:
        if isinstance(error, ProblemsError):
            self._listener(Refused(error.message, error.problems))
        elif isinstance(error, AssessorError):
            mishap = mishap_of(error)
            self._listener(Refused(error.message, (), mishap, again if mishap else None))
        elif error is not None:
            self._listener(Failed(error))


def _open_to_look(path: Path) -> AssessmentFile:
    return open_file(path, read_only=True)


class _Desk:
    """What lives on the visit's thread: the record being edited and its score."""

    def __init__(
        self, writer: Writer, file: AssessmentFile, listener: Listener, clock: Clock, who: Who
    ) -> None:
        self.visit = OpenVisit(file, clock, who)
        self._writer = writer
        self._away: AssessorError | None = None
        self._foreseen: Published | None = None
        self._last: Published | None = None
        self.session = Session(file.assessment, self._commit)
        self.session.listen(lambda _, edit: self.publish(edit.description))
        self._listener = listener

    def step(self, step: Callable[[], bool]) -> bool:
        """Make a step; the file is opened again first when it was away."""
        if self._away is not None:
            self._come_back()
        try:
            return step()
        except AssessorError as error:
            if mishap_of(error) == "away":
                self._away = error
            raise

    def read(self, work: Callable[[OpenVisit], T]) -> T:
        """Do work that reads; raises what was wrong with the file while it is away."""
        if self._away is not None:
            raise self._away
        return work(self.visit)

    def check(self) -> Standing:
        """Look whether the file is there; one that came back is opened again."""
        if self._away is None:
            try:
                self.visit.ensure_there()
            except StorageError as error:
                self._away = error
            return "away" if self._away else "there"
        try:
            self._come_back()
        except StorageError as error:
            return "replaced" if mishap_of(error) == "replaced" else "away"
        return "back"

    def save_copy(self, target: Path) -> SavedCopy:
        """Write all there is elsewhere."""
        return save_copy(self.visit, target, not self.visit.file.closed)

    def tidy(self) -> None:
        """Drop what nothing refers to any more."""
        if self._away is None and not self.visit.file.read_only:
            self.visit.file.drop_unused_blobs()

    def _come_back(self) -> None:
        if mark_of(self.visit.path) is None:
            raise gone(self.visit.path)
        self.visit.resume(self._writer.exchange())
        self._away = None

    def do(self, make_edit: MakeEdit, sources: Sequence[BlobSource]) -> bool:
        edit = make_edit(self.session.assessment)
        if edit is None:
            return False
        new = edit.apply(self.session.assessment)
        refuse_misfits(self.visit.loaded, new, message("visit.edit_refused"))
        return self.session.do(edit, lambda new, edit: self._commit(new, edit, sources))

    def publish(self, description: Message | None) -> None:
        """Tell the listener the record as it is on disk now."""
        session, foreseen = self.session, self._foreseen
        self._foreseen = None
        known = foreseen is not None and foreseen.assessment is session.assessment
        card = foreseen.card if foreseen and known else self.visit.score()
        undo, redo = session.next_undo, session.next_redo
        self._last = Published(
            session.assessment, card, description, undo, redo, self.visit.history
        )
        self._listener(self._last)

    def _commit(self, new: Assessment, edit: Edit, sources: Sequence[BlobSource] = ()) -> None:
        if not sources:
            # With them it would show evidence whose bytes nobody can fetch yet.
            self._foresee(new, edit)
        try:
            self.visit.commit(new, edit.description, sources)
        except BaseException:
            if self._foreseen is not None and self._last is not None:
                self._foreseen = None
                self._listener(replace(self._last, description=None))
            raise

    def _foresee(self, new: Assessment, edit: Edit) -> None:
        session = self.session
        self._foreseen = Published(
            new, self.visit.foresee(new), edit.description, session.next_undo, session.next_redo
        )
        self._listener(Foreseen(self._foreseen))
