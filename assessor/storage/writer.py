"""The one thread that owns an open file and does all that is done to it, in order.

Looking things up gives way: an answer does not wait until a dozen photographs have been read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from assessor.assessment import Assessment
from assessor.storage.blobs import BlobSource
from assessor.storage.errors import StorageError
from assessor.storage.file import AssessmentFile, open_file
from assessor.storage.history import EditNote
from assessor.storage.presence import journal_kept

T = TypeVar("T")


class Writer:
    """Opens a file on a thread of its own and works there until it is closed.

    `assessment` and `rubric_json` are as they were at opening. Raises like `open_file`.
    """

    def __init__(self, path: Path, open_here: Callable[[Path], AssessmentFile] = open_file) -> None:
        self._open_here = open_here
        self._first: deque[Callable[[], None]] = deque()
        self._later: deque[Callable[[], None]] = deque()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="assessment-writer")
        try:
            self._file = self._thread.submit(open_here, path).result()
        except BaseException:
            self._thread.shutdown()
            raise
        self.path = path
        self.assessment = self._file.assessment
        self.rubric_json = self._file.rubric_json
        self._open, self._closed = True, False

    def submit(self, work: Callable[[AssessmentFile], T]) -> Future[T]:
        """Queue work on the file; done in the order it came, before everything put off."""
        return self._queued(work, self._first)

    def put_off(self, work: Callable[[AssessmentFile], T]) -> Future[T]:
        """Queue work that can wait, such as reading a photo; done in the order it came, once
        nothing else is to be done."""
        return self._queued(work, self._later)

    def _queued(
        self, work: Callable[[AssessmentFile], T], queue: deque[Callable[[], None]]
    ) -> Future[T]:
        future: Future[T] = Future()
        queue.append(lambda: _run(work, self._file, future))
        # As many turns as there are pieces of work; each takes the most pressing one.
        self._thread.submit(self._take_turn)
        return future

    def _take_turn(self) -> None:
        (self._first or self._later).popleft()()

    def commit(
        self,
        new: Assessment,
        note: EditNote,
        sources: Iterable[BlobSource] = (),
        rubric_json: str | None = None,
    ) -> Future[int]:
        """Queue `AssessmentFile.commit`; the future is done only after the step is on disk."""
        return self.submit(lambda file: file.commit(new, note, sources, rubric_json))

    def exchange(self) -> AssessmentFile:
        """Give the file back and open the one that its name leads to now.

        To be called on the writer's own thread, when the file was away. Raises like `open_file`;
        there is no open file then, and this can be called again.
        """
        if self._open:
            self._open = False
            with suppress(StorageError), journal_kept(self.path):
                self._file.close()
        self._file = self._open_here(self.path)
        self._open = True
        return self._file

    def close(self) -> None:
        """Finish what is queued, close the file and end the thread; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        try:
            self.put_off(self._give_back).result()
        finally:
            self._thread.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _give_back(self, file: AssessmentFile) -> None:
        """Close the file unless it is closed: the note beside it may be somebody else's by now."""
        if self._open:
            file.close()


def _run(work: Callable[[AssessmentFile], T], file: AssessmentFile, future: Future[T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = work(file)
    except BaseException as error:
        future.set_exception(error)
        # Else the error would hold this frame, the frame the future, and the future the error.
        del future
    else:
        future.set_result(result)
