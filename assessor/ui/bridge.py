"""One way for anything to tell the person something, from any thread, before any window exists."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot, qVersion

from assessor import __version__
from assessor.errors import AssessorError, Problem, ProblemsError
from assessor.i18n import Message, message

_KNOWN_FOLDERS = ("assessor", "site-packages")
Tone = Literal["info", "good", "caution", "bad"]


@dataclass(frozen=True)
class Offer:
    """One of several things that can be done about a notice; with `stays` the notice stays too."""

    text: Message
    do: Callable[[], None] = field(compare=False)
    stays: bool = False


@dataclass(frozen=True)
class Notice:
    """Something to show in a strip; `action_text` and `action` offer what to do about it.

    `offers` are further things to do. A notice with a `topic` takes the place of the one shown
    about it, and can be taken away by it.
    """

    message: Message
    tone: Tone = "info"
    problems: tuple[Problem, ...] = ()
    action_text: Message | None = None
    action: Callable[[], None] | None = field(default=None, compare=False)
    offers: tuple[Offer, ...] = field(default=(), compare=False)
    topic: str = field(default="", compare=False)


@dataclass(frozen=True)
class CrashReport:
    """Where the program failed: kinds of error and places in the code, nothing of a visit."""

    text: str


class Bridge(QObject):
    """Takes messages from everywhere and gives them out on the window's thread.

    Signals: `noticed(object)` a `Notice`; `crashed(object)` a `CrashReport`. What arrives before
    `listen` was called is kept and given out then.
    """

    noticed = Signal(object)
    crashed = Signal(object)
    _arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._listening = False
        self._kept: list[Notice | CrashReport] = []
        self._arrived.connect(self._give_out, Qt.ConnectionType.AutoConnection)

    def say(
        self,
        what: Message,
        tone: Tone = "info",
        action_text: Message | None = None,
        action: Callable[[], None] | None = None,
    ) -> None:
        """Show a message; `action` is called on the window's thread when the person asks for it."""
        self._arrived.emit(Notice(what, tone, (), action_text, action))

    def complain(self, error: AssessorError) -> None:
        """Show what went wrong outside the program, with all its problems."""
        problems = error.problems if isinstance(error, ProblemsError) else ()
        self._arrived.emit(Notice(error.message, "bad", problems))

    def crash(self, error: BaseException) -> None:
        """Show that the program itself failed."""
        self._arrived.emit(crash_report(error))

    def listen(self) -> None:
        """Give out what was kept, and everything from now on at once."""
        self._listening = True
        kept, self._kept = self._kept, []
        for item in kept:
            self._give_out(item)

    @Slot(object)
    def _give_out(self, item: Notice | CrashReport) -> None:
        if not self._listening:
            self._kept.append(item)
        elif isinstance(item, CrashReport):
            self.crashed.emit(item)
        else:
            self.noticed.emit(item)


def crash_report(error: BaseException) -> CrashReport:
    """Return a report for those who mend the program.

    It holds types of errors and places in the code. The texts of errors are left out: they may
    quote what was written in a visit, and so may the paths of files outside the program.
    """
    import platform  # noqa: PLC0415 (rarely needed)

    lines = [
        f"assessor {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform(terse=True)}",
    ]
    link: BaseException | None = error
    told: set[int] = set()
    while link is not None and id(link) not in told:  # causes may go round in a circle
        told.add(id(link))
        lines += ["", _name(link), *_frames(link)]
        link = link.__cause__ or link.__context__
    return CrashReport("\n".join(lines))


def install_crash_hook(bridge: Bridge) -> Callable[[], None]:
    """Send what nobody caught, on any thread, to the bridge; the result puts the old hooks back."""
    before, before_threads = sys.excepthook, threading.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
        elif isinstance(error, AssessorError):
            bridge.complain(error)
        else:
            bridge.crash(error)

    def thread_hook(failure: threading.ExceptHookArgs) -> None:
        if failure.exc_value is not None:
            bridge.crash(failure.exc_value)

    def put_back() -> None:
        sys.excepthook, threading.excepthook = before, before_threads

    sys.excepthook, threading.excepthook = hook, thread_hook
    return put_back


def crash_message() -> Message:
    """Return the sentence that goes with a crash report."""
    return message("ui.crash_text")


def _name(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _frames(error: BaseException) -> list[str]:
    here = [
        (one.filename, one.lineno, one.name) for one in traceback.extract_tb(error.__traceback__)
    ]
    return [f"  {_place(file)}:{line} {name}" for file, line, name in here] + _elsewhere(error)


def _elsewhere(error: BaseException) -> list[str]:
    """Return what failed in a process beside this one, where that is what happened."""
    from assessor.workspace.report_process import ReportDefectError  # noqa: PLC0415 (rarely needed)

    if not isinstance(error, ReportDefectError):
        return []
    places = [f"  {_place(file)}:{line} {name}" for file, line, name in error.places]
    return [error.kind, *places]


def _place(file: str) -> str:
    """Return a file's path from a folder that is the same on every machine, else its name alone."""
    parts = Path(file).parts
    known = [place for place, part in enumerate(parts) if part in _KNOWN_FOLDERS]
    return "/".join(parts[known[-1] :]) if known else parts[-1]
