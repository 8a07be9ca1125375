"""Judging files beside each other on any executor; every file is read by a process that may die.

The tasks of the executor only wait for such a process, so threads do as well as processes or the
workers of a cluster. Each thread that runs tasks keeps one process for as long as it lives.
"""

from __future__ import annotations

import atexit
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYetError
from pathlib import Path

from assessor.bureau.intake.judging import Judged
from assessor.bureau.intake.reader import Reader
from assessor.bureau.intake.setting import Setting
from assessor.errors import AssessorError
from assessor.i18n import message

CHUNK = 8
"""Files of one task: few enough that cancelling is quick, enough that handing out costs little."""
AHEAD = 4
"""Tasks of each worker that are handed out before their answers are needed."""
LISTENING = 0.1
"""Seconds between two looks whether somebody has cancelled."""


class CancelledError(Exception):
    """Somebody asked to stop; what was judged before has been kept."""


class LocalPool:
    """Threads of this process with a judging process each; ended by `close`, at once by `kill`."""

    def __init__(self, setting: Setting, jobs: int) -> None:
        self._setting = setting
        self._threads = ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="intake")
        self._readers: list[Reader] = []
        self._mine = threading.local()
        self._lock = threading.Lock()
        self._killed = False

    def submit(self, paths: Sequence[Path]) -> Future[list[Judged]]:
        """Have files judged, one after the other."""
        return self._threads.submit(self._judge, tuple(paths))

    def answers(self, future: Future[list[Judged]]) -> list[Judged]:
        """Return what became of `submit`; `TimeoutError` when that is not known yet."""
        return future.result(timeout=LISTENING)

    def kill(self) -> None:
        """Stop at once: files being judged are given up."""
        with self._lock:
            self._killed = True
            for reader in self._readers:
                reader.kill()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """End all threads and processes; nothing is left when this returns."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        for reader in self._readers:
            reader.close()

    def _judge(self, paths: Sequence[Path]) -> list[Judged]:
        reader = self._reader()
        return [reader.judge(path) for path in paths] if reader else []

    def _reader(self) -> Reader | None:
        """Return this thread's reader, `None` when everything has been stopped."""
        reader: Reader | None = getattr(self._mine, "reader", None)
        with self._lock:
            if reader is None and not self._killed:
                reader = self._mine.reader = Reader(self._setting)
                self._readers.append(reader)
        return reader


class ForeignPool:
    """Somebody else's executor, such as that of a cluster; it is not ended here."""

    def __init__(self, setting: Setting, executor: Executor) -> None:
        self._setting = setting
        self._executor = executor
        self._handed: list[Future[list[Judged]]] = []

    def submit(self, paths: Sequence[Path]) -> Future[list[Judged]]:
        """Have files judged, one after the other, by one of the executor's workers."""
        names = tuple(str(path.absolute()) for path in paths)
        future = self._executor.submit(judge_there, names, self._setting)
        self._handed = [one for one in self._handed if not one.done()] + [future]
        return future

    def answers(self, future: Future[list[Judged]]) -> list[Judged]:
        """Return what became of `submit`; `TimeoutError` when that is not known yet.

        Raises `AssessorError` for everything else: what is raised there is not the files' fault.
        """
        try:
            return future.result(timeout=LISTENING)
        except (AssessorError, NotYetError):
            raise
        except Exception as error:
            name = type(error).__name__
            raise AssessorError(message("bureau_intake.workers_lost", error=name)) from error

    def kill(self) -> None:
        """Take back what has not begun; what is running is not waited for."""
        for future in self._handed:
            future.cancel()

    def close(self) -> None:
        """Nothing to end: workers keep their judging processes until they end themselves."""


Pool = LocalPool | ForeignPool

_there = threading.local()
_kept: list[Reader] = []


def judge_there(names: Sequence[str], setting: Setting) -> list[Judged]:
    """Judge files in whichever process this runs; its judging process is kept for the next."""
    kept: tuple[Setting, Reader] | None = getattr(_there, "reader", None)
    if kept is None or kept[0] != setting:
        if kept is not None:
            kept[1].close()
            _kept.remove(kept[1])
        kept = _there.reader = (setting, Reader(setting))
        _kept.append(kept[1])
    return [kept[1].judge(Path(name)) for name in names]


def end_here() -> None:
    """End the judging processes this process keeps for `judge_there`."""
    for reader in _kept:
        reader.close()
    _kept.clear()


atexit.register(end_here)


def judged_in_order(
    pool: Pool, paths: Sequence[Path], jobs: int, cancelled: threading.Event
) -> Iterator[Judged]:
    """Yield the answers in the order of `paths`; raises `CancelledError` soon after `cancelled`."""
    chunks = (paths[at : at + CHUNK] for at in range(0, len(paths), CHUNK))
    running: deque[Future[list[Judged]]] = deque()
    for chunk in chunks:
        running.append(pool.submit(chunk))
        if len(running) > jobs * AHEAD:
            yield from _awaited(running.popleft(), pool, cancelled)
    while running:
        yield from _awaited(running.popleft(), pool, cancelled)


def _awaited(future: Future[list[Judged]], pool: Pool, cancelled: threading.Event) -> list[Judged]:
    while True:
        if cancelled.is_set():
            pool.kill()
            raise CancelledError
        try:
            answers = pool.answers(future)
        except NotYetError:
            continue
        # Cancelled meanwhile: these files may have been given up rather than judged.
        if cancelled.is_set():
            pool.kill()
            raise CancelledError
        return answers
