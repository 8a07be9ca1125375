"""A judging process as its owner sees it: asked file by file, ended when it takes too long."""

from __future__ import annotations

import json
import subprocess
import threading
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO

from assessor.bureau.intake.child import READY, judged_from_line
from assessor.bureau.intake.confine import by_the_clock, ran_out_of_time
from assessor.bureau.intake.container import reading_failed, too_slow
from assessor.bureau.intake.judging import Judged
from assessor.bureau.intake.setting import Setting
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.sheets.confine import confine_child
from assessor.sheets.own_process import INTAKE, own_command, own_environment

STARTING = 120.0
"""Seconds a judging process may take to read its rubrics, on however busy a machine."""


ENDING = 5.0
"""Seconds a process may take to be gone after its output has ended."""


class Reader:
    """Judges files in a process of its own, which is started when needed and again after a file
    that ended it. For use by one thread; only `kill` may be called by another.
    """

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._process: _Process | None = None
        self._killed = False
        self._lock = threading.Lock()

    def judge(self, path: Path) -> Judged:
        """Return what is to be said of a file; a file that ends its reader is refused.

        A file that ends a process which has judged others before gets a fresh one once: the room
        that was missing may have been taken by those. Raises `AssessorError` when no process can be
        started, which is no file's fault.
        """
        for _ in range(2):
            process = self._running()
            if process is None:
                break
            fresh = process.asked == 0
            judged = self._asked(process, path)
            if judged is not None:
                return judged
            if fresh:
                break
        return Judged("", 0, (reading_failed(),))

    def _asked(self, process: _Process, path: Path) -> Judged | None:
        """Return what a process says of a file, `None` when it died over it."""
        seconds = self._setting.limits.seconds
        try:
            line = process.ask(json.dumps(str(path.absolute())), by_the_clock(seconds))
        except Empty:
            self._end()
            return Judged("", 0, (too_slow(seconds),))
        try:
            return judged_from_line(line or "")
        except (ValueError, KeyError, TypeError):
            slow = process.ran_out_of_time()
            self._end()
            return Judged("", 0, (too_slow(seconds),)) if slow else None

    def kill(self) -> None:
        """End the process at once, from any thread; what is being judged comes back as failed."""
        with self._lock:
            self._killed = True
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """End the process and wait until it is gone."""
        self._end()

    def _running(self) -> _Process | None:
        with self._lock:
            if self._killed:
                return None
            if self._process is None:
                self._process = _started(self._setting)
            process = self._process
        if process.ready():
            return process
        self._end()
        if self._killed:
            return None
        raise AssessorError(message("bureau_intake.no_process"))

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.close()


def _started(setting: Setting) -> _Process:
    try:
        return _Process(setting)
    except OSError as error:
        raise AssessorError(message("bureau_intake.no_process")) from error


class _Process:
    """A running child and the thread that listens to it; `asked` counts the files it was given."""

    def __init__(self, setting: Setting) -> None:
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell, fixed arguments
            own_command(INTAKE),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env=own_environment(),
        )
        self._hold = confine_child(self._child, setting.limits.memory_bytes)
        self._hold.__enter__()
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        self._listener = threading.Thread(target=self._listen, name="judging", daemon=True)
        self._listener.start()
        self._is_ready = False
        self.asked = 0
        self._tell(json.dumps(setting.to_data()))

    def ready(self) -> bool:
        """Wait until the child has its rubrics; whether it has."""
        if not self._is_ready:
            try:
                self._is_ready = self._lines.get(timeout=STARTING) == READY
            except Empty:
                return False
        return self._is_ready

    def ask(self, line: str, seconds: float) -> str | None:
        """Return the answer to a line, `None` from a dead child; `Empty` when it takes too long."""
        self.asked += 1
        self._tell(line)
        return self._lines.get(timeout=seconds)

    def ran_out_of_time(self) -> bool:
        """Whether the child, which has said its last word, was ended by the system for its time."""
        try:
            return ran_out_of_time(self._child.wait(ENDING))
        except subprocess.TimeoutExpired:
            return False

    def kill(self) -> None:
        """End the child at once."""
        self._child.kill()

    def close(self) -> None:
        """End the child, listen to its end and let everything go."""
        self._child.kill()
        self._listener.join()
        self._child.wait()
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                _close(stream)
        self._hold.__exit__(None, None, None)

    def _tell(self, line: str) -> None:
        stream = self._child.stdin
        try:
            if stream is not None:
                stream.write(line + "\n")
                stream.flush()
        except OSError:
            # It is dead; its last word is already in the queue or on its way.
            self._child.kill()

    def _listen(self) -> None:
        for line in self._child.stdout or ():
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)


def _close(stream: IO[str]) -> None:
    try:
        stream.close()
    except OSError:
        # Something was still on its way to a child that is gone.
        return
