"""The register that is open and what was read of it; kept while the screens are built anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from assessor.errors import AssessorError
from assessor.i18n import Message, message
from assessor.ui.memory import setting_aside
from assessor.ui.navigation import Context
from assessor.ui.tasks import Task
from assessor.ui.views.bureau.intake_run import IntakeRun
from assessor.ui.views.bureau.turns import Start, Turns

if TYPE_CHECKING:
    from assessor.workspace.bureau_register import Snapshot
    from assessor.workspace.bureau_table import VisitTable

T = TypeVar("T")
Entry = Literal["roster", "decisions", "targets", "merge"]
ENTRIES: tuple[Entry, ...] = ("roster", "decisions", "targets", "merge")
"""What a bureau enters into its register from files."""


class BureauDesk(QObject):
    """One register at a time, read on a worker with a connection of its own each time.

    `snapshot` and `table` are `None` until it was read. Signals: `opened()` when another register
    is open, or none; `changed()` when it was read; `run_begun(object)` an `IntakeRun`;
    `run_ended()`.
    """

    opened = Signal()
    changed = Signal()
    run_begun = Signal(object)
    run_ended = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.settings)
        self._tasks, self._bridge = context.tasks, context.bridge
        self._settings = context.settings
        self.path: Path | None = None
        self.snapshot: Snapshot | None = None
        self.table: VisitTable | None = None
        self.run: IntakeRun | None = None
        self.reading = False
        self.turns = Turns(self)

    @staticmethod
    def of(context: Context) -> BureauDesk:
        """Return the desk of this window, made when it is first asked for."""
        known = context.settings.findChild(BureauDesk)
        return BureauDesk(context) if known is None else known

    @property
    def busy(self) -> bool:
        """Whether an intake is under way or about to begin."""
        return self.run is not None and not self.run.over

    # --- which register ---------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Open a register; where it cannot be read, that is said and the former one stays open."""
        if self.busy:
            return
        self.reading = True
        self.turns.read(
            lambda: self._tasks.start(
                lambda _: _read(path), done=self._show_opened, failed=self._fail
            )
        )

    def make(self, path: Path) -> None:
        """Make a register and open it."""
        if self.busy:
            return
        self.turns.write(
            lambda: self._tasks.start(
                lambda _: _make(path), done=lambda _: self.open(path), failed=self._fail
            )
        )

    def close(self) -> None:
        """Leave the register that is open."""
        if not self.busy:
            self.path = self.snapshot = self.table = self.run = None
            self.opened.emit()

    def refresh(self) -> None:
        """Read the register again."""
        path = self.path
        if path is not None:
            self.read(lambda: _read(path), self._show, self)

    def _show_opened(self, found: tuple[Snapshot, VisitTable]) -> None:
        self.path = found[0].path
        self.run = None
        self._settings.replace(self._settings.value.with_register(self.path))
        self._show(found, tell=False)
        self.opened.emit()
        self.changed.emit()

    def _show(self, found: tuple[Snapshot, VisitTable], tell: bool = True) -> None:
        self.reading = False
        if found[0].path == self.path:
            self.snapshot, self.table = found
            if tell:
                self.changed.emit()

    def _fail(self, error: AssessorError) -> None:
        self.reading = False
        self._bridge.complain(error)

    # --- work with it -----------------------------------------------------------------------------

    def read(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        owner: QObject,
        failed: Callable[[AssessorError], None] | None = None,
    ) -> None:
        """Have the register read on a worker as soon as nobody writes it."""
        self.turns.read(self._starting(work, done, owner, failed))

    def write(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        owner: QObject,
        failed: Callable[[AssessorError], None] | None = None,
    ) -> None:
        """Have something done on a worker that writes the register, when all others are done."""
        self.turns.write(self._starting(work, done, owner, failed))

    def _starting(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        owner: QObject,
        failed: Callable[[AssessorError], None] | None,
    ) -> Start:
        def start() -> Task | None:
            if not isValid(owner):
                return None
            return self._tasks.start(lambda _: work(), done=done, failed=failed, owner=owner)

        return start

    def take_in(self, places: Sequence[Path]) -> None:
        """Take files of folders in; nothing happens while another intake is under way."""
        if self.path is None or self.busy or not places:
            return
        folders = [place if place.is_dir() else place.parent for place in places]
        known = self._settings.value.with_intake(tuple(dict.fromkeys(folders)))
        self._settings.replace(known)
        run = self.run = IntakeRun(self.path, tuple(places), self)
        run.ended.connect(self._on_run_ended)
        self.run_begun.emit(run)
        self.turns.write(lambda: run.start(self._tasks))

    def enter(self, what: Entry, file: Path) -> None:
        """Enter a table of the bureau's own, or another register, and read it all again."""
        path = self.path
        if path is None or self.busy:
            return

        def told(said: Message) -> None:
            self._bridge.say(said, "good")
            self.refresh()

        self.turns.write(
            lambda: self._tasks.start(
                lambda _: _enter(what, path, file), told, self._bridge.complain
            )
        )

    def cancel(self) -> None:
        """Stop the intake that is under way."""
        if self.run is not None:
            self.run.cancel()

    def _on_run_ended(self) -> None:
        if self.run is not None and self.run.error is not None:
            self._bridge.complain(self.run.error)
        self.run_ended.emit()
        self.refresh()


def _read(path: Path) -> tuple[Snapshot, VisitTable]:
    from assessor.workspace.bureau_register import read_register  # noqa: PLC0415 (heavy at start)
    from assessor.workspace.bureau_table import VisitTable, newest  # noqa: PLC0415 (as above)

    with setting_aside():
        snapshot = read_register(path)
        ranks = {
            (rubric.id, outcome.id): rank
            for rubric in snapshot.rubrics.values()
            for rank, outcome in enumerate(rubric.outcomes)
        }
        return snapshot, VisitTable(newest(snapshot.visits), ranks)


def _make(path: Path) -> None:
    from assessor.workspace.bureau_register import make_register  # noqa: PLC0415 (heavy at start)

    make_register(path)


def _enter(what: Entry, register: Path, file: Path) -> Message:
    from assessor.workspace import bureau_entering as entering  # noqa: PLC0415 (heavy at start)

    if what == "merge":
        ((_, report),) = entering.merge_registers(register, (file,))
        return message(
            "ui_bureau.entered_merge",
            name=file.name,
            visits=report.visits,
            lines=report.lines,
            conflicts=len(report.conflicts),
        )
    enter = {
        "roster": entering.enter_roster,
        "decisions": entering.enter_decisions,
        "targets": entering.enter_targets,
    }[what]
    return message(f"ui_bureau.entered_{what}", count=enter(register, file))
