"""The report of the open visit in the making: choices, preview, files.

It lives as long as the visit, so that a changed language or look ends nothing that is under way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from assessor.errors import AssessorError
from assessor.i18n import Language
from assessor.ui.navigation import Context
from assessor.ui.tasks import Monitor, Task
from assessor.ui.views.report_logo import LogoKeeper, found_logo
from assessor.ui.visit_bridge import VisitBridge

if TYPE_CHECKING:
    from assessor.assessment import Assessment
    from assessor.workspace.preview import Preview
    from assessor.workspace.report_files import Draft, ReportFiles
    from assessor.workspace.report_process import ReportMaker, Step
    from assessor.workspace.snapshot import Snapshot


class ReportDesk(QObject):
    """Makes previews and files of one visit, in a process beside this one.

    Signals: `changed()` when any of the properties did; `page_drawn(int, QImage)` a page of the
    preview, -1 for one of a preview that has been replaced meanwhile.
    """

    changed = Signal()
    page_drawn = Signal(int, QImage)

    def __init__(self, context: Context, visit: VisitBridge) -> None:
        super().__init__(visit)
        self._tasks = context.tasks
        self._visit = visit
        self.language: Language = context.words.language
        self.photos = True
        self.anonymised = False
        self.logo = LogoKeeper(context.tasks, self)
        self.removed: tuple[str, ...] = ()
        self.preview: Preview | None = None
        self.failure: AssessorError | None = None
        self.written: ReportFiles | None = None
        self.in_the_way: tuple[Path, ...] = ()
        self.folder: Path | None = None
        self.progress = (0, 1)
        self.cancelling = False
        self.cancelled = False
        self._shown: tuple[Assessment, Language, bool, bool, int] | None = None
        self._making: Task | None = None
        self._writing: Task | None = None
        self._drawing: Task | None = None
        self._maker = _new_maker()
        self.destroyed.connect(self._maker.close)

    @staticmethod
    def of(context: Context, visit: VisitBridge) -> ReportDesk:
        """Return the desk of a visit, made when it is first asked for."""
        known = visit.findChild(ReportDesk)
        return ReportDesk(context, visit) if known is None else known

    @property
    def making(self) -> bool:
        """Whether a preview is under way."""
        return self._making is not None

    @property
    def writing(self) -> bool:
        """Whether files are being written."""
        return self._writing is not None

    def choose(self, language: Language, photos: bool, anonymised: bool = False) -> None:
        """Choose how the report is to be."""
        chosen = (language, photos, anonymised)
        if chosen != (self.language, self.photos, self.anonymised):
            self.language, self.photos, self.anonymised = chosen
            self.changed.emit()

    def refresh(self, again: bool = False) -> None:
        """Make the preview anew where it is not that of the present record and choices, or
        `again`."""
        latest = self._visit.latest
        if latest is None:
            return
        logo = 0 if self.anonymised else self.logo.state
        wanted = (latest.assessment, self.language, self.photos, self.anonymised, logo)
        if wanted == self._shown and not again:
            return
        if self._making is not None:
            self._making.cancel()
        self._shown, self.failure = wanted, None
        record, (_, language, photos, anonymised, _) = self._snapshot(), wanted
        maker = self._maker

        def work(monitor: Monitor) -> Preview:
            shown = _without_names(record, language, photos) if anonymised else record
            step, when_cancelled, seen = monitor.step, monitor.when_cancelled, found_logo(logo > 0)
            return maker.preview(shown, language, photos, step, when_cancelled, logo=seen)

        task = self._tasks.start(work, self._on_preview, self._on_failure, owner=self)
        self._making = task
        _at_the_end(task, lambda: self._end_making(task))
        self.changed.emit()

    def draw(self, number: int, longest: int) -> None:
        """Draw a page with a longer side of `longest` pixels; `page_drawn` brings it. One page is
        drawn at a time: while one is, a call is ignored."""
        preview = self.preview
        if preview is None or self._drawing is not None:
            return
        found: list[QImage] = []

        def work(_: Monitor) -> None:
            page = preview.page(number, longest)
            stride, kind = 3 * page.width, QImage.Format.Format_RGB888
            found.append(QImage(page.pixels, page.width, page.height, stride, kind).copy())

        def end() -> None:
            self._drawing = None
            if found:
                self.page_drawn.emit(number if preview is self.preview else -1, found[0])

        self._drawing = self._tasks.start(work, failed=self._on_failure, owner=self)
        _at_the_end(self._drawing, end)

    def write(self, folder: Path, replace: bool = False) -> None:
        """Write PDF and workbook into a folder. Reports that are there already are named first,
        unless they are to be replaced."""
        if self._writing is not None or self._visit.latest is None:
            return
        self.folder, self.in_the_way, self.written, self.removed = folder, (), None, ()
        self.progress, self.cancelling, self.cancelled = (0, 1), False, False
        record, language, photos = self._snapshot(), self.language, self.photos
        found: list[tuple[ReportFiles, tuple[str, ...]]] = []
        maker, with_logo = self._maker, self.logo.wanted

        def without_names(monitor: Monitor) -> tuple[Path, ...]:
            choice = ReportChoice(language, photos, replace)
            present, made = _written_without_names(record, folder, choice, maker, monitor)
            if made is not None:
                found.append(made)
            return present

        def work(monitor: Monitor) -> tuple[Path, ...]:
            from assessor.workspace.report_files import reports_in  # noqa: PLC0415 (after the start)

            present = () if replace else reports_in(record, folder)
            if not present:
                step, when_cancelled = monitor.step, monitor.when_cancelled
                chosen = (record, folder, language, photos, step, when_cancelled)
                made = maker.write(*chosen, logo=found_logo(with_logo))
                found.append((made, ()))
            return present

        doing = without_names if self.anonymised else work
        task = self._tasks.start(doing, self._on_done, progress=self._on_progress, owner=self)
        self._writing = task
        _at_the_end(task, lambda: self._end_writing(found))
        self.changed.emit()

    def cancel(self) -> None:
        """Stop writing at once; nothing of it stays in the folder."""
        if self._writing is not None:
            self.cancelling = True
            self._writing.cancel()
            self.changed.emit()

    def attend(self) -> None:
        """Have a process ready for the next report, whose start nobody has to wait for then."""
        self._tasks.start(lambda _: self._maker.warm(), owner=self)

    def rest(self) -> None:
        """Keep no process ready, as nobody looks at a report."""
        self._maker.close()

    def leave_as_it_is(self) -> None:
        """Keep the reports that are in the way."""
        self.in_the_way = ()
        self.changed.emit()

    def _snapshot(self) -> Snapshot:
        from assessor.workspace.snapshot import snapshot_of  # noqa: PLC0415 (after the start)

        latest = self._visit.latest
        if latest is None:
            raise RuntimeError("nothing was published yet")
        return snapshot_of(latest, self._visit.live)

    def _on_preview(self, preview: Preview) -> None:
        self.preview = preview

    def _on_failure(self, failure: AssessorError) -> None:
        self.failure, self.preview = failure, None
        self.changed.emit()

    def _end_making(self, task: Task) -> None:
        if self._making is task:
            self._making = None
            self.changed.emit()

    def _on_done(self, present: tuple[Path, ...]) -> None:
        self.in_the_way = present

    def _on_progress(self, done: int, total: int) -> None:
        self.progress = (done, total)
        self.changed.emit()

    def _end_writing(self, found: list[tuple[ReportFiles, tuple[str, ...]]]) -> None:
        """What was finished before the cancel reached it is there, and is said to be."""
        self._writing = None
        self.written, self.removed = found[0] if found else (None, ())
        self.cancelled = self.cancelling and not found
        self.cancelling = False
        self.changed.emit()


@dataclass(frozen=True)
class ReportChoice:
    """How a report without names is wanted; `replace` those that are there already."""

    language: Language
    photos: bool
    replace: bool


def _without_names(record: Snapshot, language: Language, photos: bool) -> Snapshot:
    from assessor.reports.build import ReportOptions  # noqa: PLC0415 (after the start)
    from assessor.workspace.anonymised.export import anonymised_record  # noqa: PLC0415 (as above)

    return anonymised_record(record, ReportOptions(language, photos))[0]


def _written_without_names(
    record: Snapshot, folder: Path, choice: ReportChoice, maker: ReportMaker, monitor: Monitor
) -> tuple[tuple[Path, ...], tuple[ReportFiles, tuple[str, ...]] | None]:
    """Return what is in the way, or else the files and what was taken out of them, in words."""
    from assessor.reports.build import ReportOptions  # noqa: PLC0415 (after the start)
    from assessor.workspace.anonymised import export  # noqa: PLC0415 (as above)

    language = choice.language
    present = () if choice.replace else export.reports_in_the_way(record, folder, language)
    if present:
        return present, None
    options = ReportOptions(language, choice.photos)

    def fill(
        nameless: Snapshot, drafts: Sequence[Draft], _: ReportOptions, step: Step | None
    ) -> str:
        stop = monitor.when_cancelled
        return maker.fill(nameless, drafts, language, choice.photos, step, stop)

    made = export.write_anonymised(record, folder, options, step=monitor.step, fill=fill)
    lines = export.removal_lines(made.removed, made.left_out, language)
    return (), (made.files, tuple(lines))


def _new_maker() -> ReportMaker:
    from assessor.workspace.report_process import ReportMaker  # noqa: PLC0415 (after the start)

    return ReportMaker()


def _at_the_end(task: Task, then: Callable[[], None]) -> None:
    """Call `then` when a task has ended, at once if it has."""
    if task.over:
        then()
    else:
        task.ended.connect(then)
