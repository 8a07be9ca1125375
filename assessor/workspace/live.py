"""A visit that is open in a window: every edit goes to disk on one thread, then everybody hears.

Nothing here waits: whoever posts an edit goes on at once and hears of it when it is durable, in the
order the edits came. The record that is shown is therefore always one that is on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from assessor.assessment import Assessment
from assessor.commands.edit import Edit
from assessor.errors import AssessorError, Problem, ProblemsError
from assessor.i18n import Message, message
from assessor.rubrics.loader import LoadedRubric
from assessor.scoring import ScoreCard
from assessor.session import Session
from assessor.storage.blobs import BlobSource
from assessor.storage.file import AssessmentFile
from assessor.storage.writer import Writer
from assessor.workspace.clock import Clock, Who, now, user_name
from assessor.workspace.visits import OpenVisit, refuse_misfits

T = TypeVar("T")
MakeEdit = Callable[[Assessment], Edit | None]
"""Makes the edit from the record as it then is; `None` when there is nothing to do."""


@dataclass(frozen=True)
class Published:
    """The record after a durable step, its score, and what can be undone or done again.

    `description` is empty for the record as it was opened.
    """

    assessment: Assessment
    card: ScoreCard
    description: Message | None
    undo: Message | None
    redo: Message | None


@dataclass(frozen=True)
class Refused:
    """An edit that was not made: the record is as before."""

    message: Message
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Failed:
    """A defect of the program while it worked on the visit; the record on disk is as before."""

    error: BaseException


Event = Published | Refused | Failed
Listener = Callable[[Event], None]


class LiveVisit:
    """One open visit with its own thread. The listener is called on that thread."""

    def __init__(
        self, path: Path, listener: Listener, clock: Clock = now, who: Who = user_name
    ) -> None:
        """Open the file; raises `AssessorError` saying why it cannot be opened.

        `who` is asked on the visit's thread for the author of each step.
        """
        self._listener = listener
        self._writer = Writer(path)
        try:
            self._desk = self._writer.submit(
                lambda file: _Desk(file, listener, clock, who)
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
        return self._watched(self._writer.submit(lambda _: self._desk.do(make_edit, sources)))

    def undo(self) -> Future[bool]:
        """Queue taking the last step back."""
        return self._watched(self._writer.submit(lambda _: self._desk.session.undo()))

    def redo(self) -> Future[bool]:
        """Queue doing again what was taken back last."""
        return self._watched(self._writer.submit(lambda _: self._desk.session.redo()))

    def run(self, work: Callable[[OpenVisit], T]) -> Future[T]:
        """Queue work that reads the visit, such as fetching a photograph or writing a report."""
        return self._writer.submit(lambda _: work(self._desk.visit))

    def close(self) -> None:
        """Finish what is queued, drop evidence nothing refers to any more, close the file."""
        self._writer.submit(AssessmentFile.drop_unused_blobs).result()
        self._writer.close()

    def _watched(self, future: Future[T]) -> Future[T]:
        future.add_done_callback(self._report)
        return future

    def _report(self, future: Future[T]) -> None:
        error = future.exception()
        if isinstance(error, ProblemsError):
            self._listener(Refused(error.message, error.problems))
        elif isinstance(error, AssessorError):
            self._listener(Refused(error.message))
        elif error is not None:
            self._listener(Failed(error))


class _Desk:
    """What lives on the visit's thread: the record being edited and its score."""

    def __init__(self, file: AssessmentFile, listener: Listener, clock: Clock, who: Who) -> None:
        self.visit = OpenVisit(file, clock, who)
        self.session = Session(file.assessment, self._commit)
        self.session.listen(lambda _, edit: self.publish(edit.description))
        self._listener = listener

    def do(self, make_edit: MakeEdit, sources: Sequence[BlobSource]) -> bool:
        edit = make_edit(self.session.assessment)
        if edit is None:
            return False
        new = edit.apply(self.session.assessment)
        refuse_misfits(self.visit.loaded, new, message("visit.edit_refused"))
        return self.session.do(edit, lambda new, edit: self._commit(new, edit, sources))

    def publish(self, description: Message | None) -> None:
        """Tell the listener the record as it is on disk now."""
        self._listener(
            Published(
                self.session.assessment,
                self.visit.score(),
                description,
                self.session.next_undo,
                self.session.next_redo,
            )
        )

    def _commit(self, new: Assessment, edit: Edit, sources: Sequence[BlobSource] = ()) -> None:
        self.visit.commit(new, edit.description, sources)
