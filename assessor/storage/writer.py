"""The one thread that owns an open file and does all that is done to it, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from assessor.assessment import Assessment
from assessor.storage.blobs import BlobSource
from assessor.storage.file import AssessmentFile, open_file
from assessor.storage.history import EditNote

T = TypeVar("T")


class Writer:
    """Opens a file on a thread of its own and works there until it is closed.

    `assessment` and `rubric_json` are as they were at opening. Raises like `open_file`.
    """

    def __init__(self, path: Path, open_here: Callable[[Path], AssessmentFile] = open_file) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="assessment-writer")
        try:
            self._file = self._thread.submit(open_here, path).result()
        except BaseException:
            self._thread.shutdown()
            raise
        self.path = path
        self.assessment = self._file.assessment
        self.rubric_json = self._file.rubric_json
        self._closed = False

    def submit(self, work: Callable[[AssessmentFile], T]) -> Future[T]:
        """Queue work on the file, such as reading a photo; done in the order it came."""
        return self._thread.submit(work, self._file)

    def commit(
        self,
        new: Assessment,
        note: EditNote,
        sources: Iterable[BlobSource] = (),
        rubric_json: str | None = None,
    ) -> Future[int]:
        """Queue `AssessmentFile.commit`; the future is done only after the step is on disk."""
        return self.submit(lambda file: file.commit(new, note, sources, rubric_json))

    def close(self) -> None:
        """Finish what is queued, close the file and end the thread; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        try:
            self.submit(AssessmentFile.close).result()
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
