"""Reports made in a process of its own: nothing of it holds up the window, and it can be ended.

The other process (`report_child`) writes under names aside, which are this one's: however it ends,
what it left there goes, and only files that hold get their names.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import finalize

from assessor.errors import AssessorError
from assessor.exchange.payload import is_anonymised
from assessor.exchange.signature import UNSIGNED, Digests, Signed
from assessor.i18n import Language, message
from assessor.reports.build import Logo, ReportOptions
from assessor.sheets.own_process import REPORTS, own_command, own_environment
from assessor.storage.errors import translated
from assessor.workspace.identity import LockedError, own_signature
from assessor.workspace.preview import Preview
from assessor.workspace.report_files import Draft, ReportFiles, as_report_files, drafts_of
from assessor.workspace.report_pipe import (
    BrokenOffError,
    Frame,
    Pipe,
    packed_options,
    packed_record,
    packed_signature,
    unpacked_error,
)
from assessor.workspace.snapshot import Record

Step = Callable[[int, int], None]
"""Told how many parts of how many are done; what it raises ends the work."""

WhenCancelled = Callable[[Callable[[], None]], None]
"""Takes what is to be called, from any thread, when the work is no longer wanted."""

_PREVIEW, _PAGES = "report.pdf", "pages"

if sys.platform == "win32":
    _GROUP = None
    _FLAGS = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
else:
    # A group of its own, so that the readers it starts can be ended with it.
    _GROUP, _FLAGS = 0, 0


class ReportDefectError(Exception):
    """The program failed in the other process; `kind` of error and `places` in the code say where.

    Each place is a file, a line and a function.
    """

    def __init__(self, kind: str, places: Sequence[tuple[str, int, str]]) -> None:
        super().__init__(kind)
        self.kind = kind
        self.places = tuple((file, line, name) for file, line, name in places)


class ReportMaker:
    """Makes previews and files of reports, each in another process, several at once if need be.

    Starting a process takes about a second: from `warm` to `close` one that is done is kept for the
    next report. It ends with this object at the latest.
    """

    def __init__(self) -> None:
        self._resting: list[_Process] = []
        self._working = 0
        self._keeping = False
        self._lock = Lock()
        finalize(self, _end_all, self._resting)

    def warm(self) -> None:
        """Have a process ready, or soon, when one is at work; from now on one is kept."""
        with self._lock:
            self._keeping = True
            if not self._resting and not self._working:
                self._resting.append(_Process())

    def close(self) -> None:
        """End the process that is ready, and keep none; what is at work goes on to its end."""
        with self._lock:
            self._keeping = False
            _end_all(self._resting)

    def preview(
        self,
        record: Record,
        language: Language,
        photos: bool,
        step: Step | None = None,
        when_cancelled: WhenCancelled | None = None,
        *,
        logo: Logo | None = None,
    ) -> Preview:
        """Return the PDF that `write` would write now, with `logo` on its cover; nothing of it
        stays on disk.

        Raises `AssessorError`, also when it is ended by what `when_cancelled` was given.
        """
        place = Path(tempfile.gettempdir())
        with translated(place), tempfile.TemporaryDirectory(prefix="assessor-") as folder:
            path = Path(folder) / _PREVIEW
            question = _question(record, ReportOptions(language, photos, logo), pages=str(path))
            answer = self._made(record, question, step, when_cancelled)
            sizes = tuple((width, height) for width, height in answer.head["sizes"])
            return Preview(path.read_bytes(), sizes)

    def write(
        self,
        record: Record,
        folder: Path,
        language: Language,
        photos: bool,
        step: Step | None = None,
        when_cancelled: WhenCancelled | None = None,
        *,
        logo: Logo | None = None,
    ) -> ReportFiles:
        """Write PDF and workbook into `folder`, both verified or neither there.

        Raises `AssessorError`, also when it is ended by what `when_cancelled` was given.
        """
        with drafts_of(record, folder) as drafts:
            digest = self.fill(record, drafts, language, photos, step, when_cancelled, logo=logo)
        return as_report_files(drafts, digest)

    def fill(
        self,
        record: Record,
        drafts: Sequence[Draft],
        language: Language,
        photos: bool,
        step: Step | None = None,
        when_cancelled: WhenCancelled | None = None,
        *,
        logo: Logo | None = None,
    ) -> str:
        """Write the files of a report under the names of `drafts`, held against the record.

        Returns the digest of what they carry. Raises `AssessorError`, also when it is ended by what
        `when_cancelled` was given.
        """
        names = [(str(draft.path.absolute()), str(draft.final)) for draft in drafts]
        question = _question(record, ReportOptions(language, photos, logo), drafts=names)
        digest: str = self._made(record, question, step, when_cancelled).head["digest"]
        return digest

    def _made(
        self,
        record: Record,
        question: Frame,
        step: Step | None,
        when_cancelled: WhenCancelled | None,
    ) -> Frame:
        """Have a question answered; whatever goes wrong, the process is ended by then."""
        process, good = self._taken(), False
        turn = _Turn(process)
        try:
            if when_cancelled is not None:
                when_cancelled(turn.cancel)
            answer = process.ask(question, record, step)
            good = True
            return answer
        finally:
            turn.over()
            self._give_back(process, good)

    def _taken(self) -> _Process:
        with self._lock:
            process = self._resting.pop() if self._resting else _Process()
            self._working += 1
            return process

    def _give_back(self, process: _Process, good: bool) -> None:
        with self._lock:
            self._working -= 1
            if good and self._keeping and not self._resting:
                self._resting.append(process)
                return
        process.end()


class _Turn:
    """The time a process works for one question; only then a cancel ends it."""

    def __init__(self, process: _Process) -> None:
        self._process: _Process | None = process
        self._lock = Lock()

    def cancel(self) -> None:
        with self._lock:
            if self._process is not None:
                self._process.kill()

    def over(self) -> None:
        with self._lock:
            self._process = None


class _Process:
    """One process that makes reports, from its start to its end."""

    def __init__(self) -> None:
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell, fixed arguments
            own_command(REPORTS),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=own_environment(),
            process_group=_GROUP,
            creationflags=_FLAGS,
        )
        if self._child.stdin is None or self._child.stdout is None:
            raise RuntimeError("the process was started without pipes")
        self._pipe = Pipe(self._child.stdout, self._child.stdin)

    def ask(self, question: Frame, record: Record, step: Step | None) -> Frame:
        """Ask, give what is asked back for, and return the answer; raises `AssessorError`,
        `ReportDefectError`, and what `step` and the reading of evidence raise."""
        self._send(question)
        while True:
            said = self._receive()
            if "step" in said.head:
                if step is not None:
                    step(*said.head["step"])
            elif "wanted" in said.head:
                self._send(Frame({}, _wanted(record, said.head, _PAGES in question.head)))
            elif "refused" in said.head:
                raise unpacked_error(said.head["refused"])
            elif "defect" in said.head:
                raise ReportDefectError(said.head["kind"], said.head["defect"])
            else:
                return said

    def kill(self) -> None:
        """End the process and what it has started, without waiting for it; from any thread."""
        if self._child.poll() is not None:
            return
        if sys.platform != "win32":
            os.killpg(self._child.pid, signal.SIGKILL)
        else:
            self._child.kill()

    def end(self) -> None:
        """End the process and wait until it is gone."""
        self.kill()
        # A pipe with something left to be written complains when it is closed.
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._child.wait()

    def _send(self, frame: Frame) -> None:
        try:
            self._pipe.send(frame.head, frame.body)
        except BrokenOffError as error:
            raise _ended() from error

    def _receive(self) -> Frame:
        try:
            return self._pipe.receive()
        except BrokenOffError as error:
            raise _ended() from error


def _question(record: Record, options: ReportOptions, **what: object) -> Frame:
    head = {
        "options": packed_options(options),
        "rubric": record.loaded.digest,
        "name": record.loaded.name,
        "history": record.history.model_dump(mode="json") if record.history else None,
        **what,
    }
    return Frame(head, packed_record(record.assessment))


def _wanted(record: Record, head: Mapping[str, Any], only_pages: bool) -> bytes:
    """Return what the other process asks back for.

    Pages to be looked at may go unsigned; what has no names is never signed, as a key would tell
    whose it is.
    """
    if head["wanted"] == "rubric":
        return record.loaded.text.encode("utf-8")
    if head["wanted"] == "signature":
        if is_anonymised(record.assessment):
            return packed_signature(UNSIGNED)
        return packed_signature(_signature(Digests(*head["name"].split()), only_pages))
    return record.read_blob(head["name"])


def _signature(digests: Digests, only_pages: bool) -> Signed:
    try:
        return own_signature(digests)
    except LockedError:
        if only_pages:
            return UNSIGNED
        raise


def _ended() -> AssessorError:
    return AssessorError(message("report.process_ended"))


def _end_all(processes: list[_Process]) -> None:
    while processes:
        processes.pop().end()
