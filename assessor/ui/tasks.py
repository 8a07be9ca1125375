"""Work beside the window: started in one way, with progress, an end on the window's thread, cancel.

Work never touches a widget. It is given a `Monitor` to say how far it is and to learn that nobody
wants its result any more.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Protocol, TypeVar
from weakref import ref

from PySide6.QtCore import QObject, Signal, Slot

from assessor.errors import AssessorError
from assessor.ui.bridge import Bridge

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")


class Cancelled(Exception):  # noqa: N818 (nothing went wrong)
    """Raised inside work that was cancelled."""


class _Stop:
    """Set once, from any thread; those who asked for it are called then, on that thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._set = False
        self._then: list[Callable[[], None]] = []

    @property
    def is_set(self) -> bool:
        return self._set

    def set(self) -> None:
        with self._lock:
            self._set = True
            then, self._then = self._then, []
        for call in then:
            call()

    def then(self, call: Callable[[], None]) -> None:
        with self._lock:
            if not self._set:
                self._then.append(call)
                return
        call()


class Monitor:
    """The work's side of a task; to be used from the work's own thread."""

    def __init__(self, progressed: Callable[[int, int], None], stop: _Stop) -> None:
        self._progressed = progressed
        self._stop = stop

    @property
    def cancelled(self) -> bool:
        """Whether the result is no longer wanted."""
        return self._stop.is_set

    def when_cancelled(self, call: Callable[[], None]) -> None:
        """Have `call` called when the result is no longer wanted: at once if it is not by now, else
        on the thread that cancels. It is for ending what the work itself waits for."""
        self._stop.then(call)

    def check(self) -> None:
        """Raise `Cancelled` when the result is no longer wanted."""
        if self.cancelled:
            raise Cancelled

    def step(self, done: int, total: int) -> None:
        """Say that `done` of `total` parts are finished; raises `Cancelled` when to stop."""
        self.check()
        self._progressed(done, total)


class Task(QObject):
    """One piece of work under way; lives on the window's thread.

    Signals: `progressed(int, int)` done and total; `succeeded(object)` the result;
    `failed(object)` the exception; `ended()` last of all, also after a cancel.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    ended = Signal()
    _came_back = Signal(object, object)

    def __init__(self, work: Callable[[Monitor], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Callable[[Monitor], object] | None = work
        self._stop = _Stop()
        self.over = False
        # A signal emitted on a worker's thread reaches a slot of this object on the window's.
        self._came_back.connect(self._finish)

    def cancel(self) -> None:
        """Ask the work to stop; neither result nor failure will be announced."""
        self._stop.set()

    def run(self) -> None:
        """Do the work on the present thread."""
        result: object = None
        error: Exception | None = None
        # What the work holds, such as the bytes of a photograph, goes with it: this object itself
        # may be remembered until the next garbage collection.
        work, self._work = self._work, None
        try:
            if work is not None and not self._stop.is_set:
                result = work(Monitor(self.progressed.emit, self._stop))
        except Exception as failure:
            error = failure
        self._came_back.emit(result, error)

    @Slot(object, object)
    def _finish(self, result: object, error: Exception | None) -> None:
        self.over = True
        if not self._stop.is_set:
            if error is None:
                self.succeeded.emit(result)
            else:
                self.failed.emit(error)
        self.ended.emit()


class Pool(Protocol):
    """Where tasks are run."""

    def start(self, task: Task) -> None:
        """Run a task now or soon."""

    def wait(self) -> None:
        """Return when nothing is running any more."""


class ThreadPool:
    """Runs tasks on worker threads, which are started when they are needed.

    They are Python's own threads: what leaves one running is found by the tests.
    """

    def __init__(self, most: int = 2) -> None:
        self._most = most
        self._workers: ThreadPoolExecutor | None = None

    def start(self, task: Task) -> None:
        """Run a task on a worker."""
        if self._workers is None:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 (after the start)

            self._workers = ThreadPoolExecutor(self._most, "task")
        self._workers.submit(task.run)

    def wait(self) -> None:
        """Return when every worker is done; nothing can be started after that."""
        if self._workers is not None:
            self._workers.shutdown()


class InlinePool:
    """Runs tasks at once on the thread that starts them; for tests."""

    def start(self, task: Task) -> None:
        """Run a task now."""
        task.run()

    def wait(self) -> None:
        """Nothing is ever left running."""


class Tasks(QObject):
    """Starts tasks and keeps them until they end.

    Tasks that are `held` wait for `release`: what they import would keep a window that is just
    being made from being painted.
    """

    def __init__(self, bridge: Bridge, pool: Pool | None = None, held: bool = False) -> None:
        super().__init__()
        self._bridge = bridge
        self._pool: Pool = pool or ThreadPool()
        self._running: set[Task] = set()
        self._held = held
        self._closed = False
        self._waiting: list[Task] = []

    def start(
        self,
        work: Callable[[Monitor], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[AssessorError], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """Start `work`; the other callables are called on the window's thread.

        Without `failed`, an `AssessorError` is shown in the message strip. Any other exception is a
        defect of the program and goes to the crash dialog. When `owner` goes, the task is cancelled
        and nothing is called any more.
        """
        task = Task(work)
        caller = _Caller(task, done, lambda error: self._failed(error, failed), progress)
        if owner is not None:
            owner.destroyed.connect(task.cancel)
            owner.destroyed.connect(caller.forget)
        self._running.add(task)
        # A connection that held the task would keep it, and what it made, for ever.
        known = ref(task)
        task.ended.connect(lambda: self._forget(known()))
        if self._closed:
            # A timer or an answer that came late: nobody is there to take a result.
            task.cancel()
            task.run()
        elif self._held:
            self._waiting.append(task)
        else:
            self._pool.start(task)
        return task

    def release(self) -> None:
        """Start what was held, and from now on everything at once."""
        self._held = False
        waiting, self._waiting = self._waiting, []
        for task in waiting:
            self._pool.start(task)

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._running)

    def close(self) -> None:
        """Cancel what is under way and wait for it to stop; nothing is started after that."""
        self._closed = True
        for task in tuple(self._running):
            task.cancel()
        self._pool.wait()

    def _forget(self, task: Task | None) -> None:
        if task is not None:
            self._running.discard(task)

    def _failed(self, error: Exception, failed: Callable[[AssessorError], None] | None) -> None:
        if not isinstance(error, AssessorError):
            self._bridge.crash(error)
        elif failed is None:
            self._bridge.complain(error)
        else:
            failed(error)


class _Caller(QObject):
    """Hands what a task announces to plain callables, until it is told to forget them."""

    def __init__(
        self,
        task: Task,
        done: Callable[[T], None] | None,
        failed: Callable[[Exception], None],
        progress: Callable[[int, int], None] | None,
    ) -> None:
        super().__init__(task)
        self._done: Callable[..., None] | None = done
        self._failed: Callable[[Exception], None] | None = failed
        self._progress = progress
        task.succeeded.connect(self._on_success)
        task.failed.connect(self._on_failure)
        task.progressed.connect(self._on_progress)

    @Slot()
    def forget(self) -> None:
        """Call nobody any more."""
        self._done = self._failed = self._progress = None

    @Slot(object)
    def _on_success(self, result: object) -> None:
        if self._done is not None:
            self._done(result)

    @Slot(object)
    def _on_failure(self, error: Exception) -> None:
        if self._failed is not None:
            self._failed(error)

    @Slot(int, int)
    def _on_progress(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress(done, total)
