"""What to do next and how sure the result is, beside the review; worked out beside the window.

Each pane works only while it is shown, and anew when the record has changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path as File

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from assessor.analysis.improvement import Path
from assessor.analysis.robustness.wording import assumption_said, held_said
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.ui.dialogs import files
from assessor.ui.models.outlook_rows import criterion_of, path_rows, robustness_rows, titles_of
from assessor.ui.models.row_tree import RowNode, RowTree
from assessor.ui.navigation import Context
from assessor.ui.tasks import Monitor, Task
from assessor.ui.theme.sizes import S
from assessor.ui.views.review_rows import RowView
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import (
    Button,
    Card,
    ChoiceField,
    FlowLabel,
    NumberField,
    SectionTitle,
    label,
    row,
)
from assessor.workspace.improvement import find_way
from assessor.workspace.live import Published
from assessor.workspace.robustness import Robustness, robustness

ONE = Decimal(1)
LEAST_EFFORT, MOST_EFFORT = Decimal("0.01"), Decimal(1_000_000)


class OutlookPane(Card):
    """A list of rows under a sentence, from work done on another thread."""

    def __init__(self, context: Context, visit: VisitBridge, name: str) -> None:
        super().__init__(context.theme, "")
        self._context, self._visit = context, visit
        self._published: Published | None = None
        self._shown: Published | None = None
        self._task: Task | None = None
        theme, words = context.theme, context.words
        self.title = SectionTitle(theme, words.tr(f"ui_outlook.{name}"))
        self.said = FlowLabel(theme, words.tr("ui_outlook.looking"))
        self.small = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.model = RowTree(self)
        self.rows = RowView(theme, words.tr(f"ui_outlook.{name}_list"), self.model)
        self.rows.row_asked.connect(self._open)

    def show_published(self, published: Published) -> None:
        """Take another state of the record; it is looked at when the pane is seen."""
        self._published = published
        if self.isVisible():
            self._begin()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up with what happened meanwhile."""
        super().showEvent(event)
        if self._shown is not self._published:
            self._begin()

    @property
    def working(self) -> bool:
        """Whether something is being worked out."""
        return self._task is not None and not self._task.over

    def again(self) -> None:
        """Work it out once more."""
        if self._published is not None and self.isVisible():
            self._begin()
        else:
            self._shown = None

    def _begin(self) -> None:
        raise NotImplementedError

    def _start(self, work: Callable[[Monitor], object], done: Callable[..., None]) -> None:
        """Start work for the present record; what was under way is of no use any more."""
        if self._task is not None:
            self._task.cancel()
        self._shown = self._published
        self.said.set_text(self._context.words.tr("ui_outlook.looking"))
        wanted = self._shown

        def arrived(found: object) -> None:
            if self._shown is wanted:
                done(found)

        self._task = self._context.tasks.start(work, arrived, self._fail, owner=self)

    def _fail(self, error: AssessorError) -> None:
        self.said.set_text(error.text(self._context.words.language))
        self.model.set_rows(())

    def _show(self, said: str, small: str, rows: tuple[RowNode, ...]) -> None:
        self.said.set_text(said)
        self.small.set_text(small)
        self.model.set_rows(rows)
        self.rows.expandAll()

    def _open(self, key: str) -> None:
        if criterion := criterion_of(key):
            self._context.go("evaluation", criterion=criterion)


class PathPane(OutlookPane):
    """The cheapest way to an outcome; what a step costs can be said for every criterion."""

    def __init__(self, context: Context, visit: VisitBridge) -> None:
        super().__init__(context, visit, "path")
        theme, words = context.theme, context.words
        self._effort: dict[str, Decimal] = {}
        self.aim = ChoiceField(theme, words.tr("ui_outlook.aim"))
        self.aim.key_chosen.connect(lambda *_: self.again())
        self.effort = NumberField(
            theme,
            words,
            words.tr("ui_outlook.effort"),
            minimum=LEAST_EFFORT,
            maximum=MOST_EFFORT,
        )
        self.effort.setEnabled(False)
        self.effort.value_edited.connect(self._set_effort)
        self.go = Button(theme, words.tr("ui_outlook.open_criterion"), "arrow-right")
        self.go.setEnabled(False)
        self.go.clicked.connect(lambda *_: self._open(self.rows.current_key))
        self.report = Button(theme, words.tr("ui_outlook.report"), "report")
        self.report.clicked.connect(lambda *_: self._ask_report())
        self.rows.row_chosen.connect(self._on_chosen)
        hint = FlowLabel(theme, words.tr("ui_outlook.path_hint"), "muted", size=theme.sizes.caption)
        self.title.row.addWidget(self.aim)
        self.title.row.addWidget(self.report)
        for part in (self.title, hint, self.said):
            self.body.addWidget(part)
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(self.small)
        beside: tuple[QWidget, ...] = (label(words.tr("ui_outlook.effort"), "caption"), self.effort)
        foot = row(theme, *beside, spacing=S)
        foot.addStretch(1)
        foot.addWidget(self.go)
        self.body.addLayout(foot)
        told = FlowLabel(
            theme, words.tr("ui_outlook.effort_hint"), "muted", size=theme.sizes.caption
        )
        self.body.addWidget(told)

    def _begin(self) -> None:
        if self._published is None:
            return
        self._offer(self._published)
        rubric, record = self._visit.loaded.rubric, self._published.assessment
        outcome, effort = self.aim.key(), dict(self._effort)
        if outcome is None:
            self._shown = self._published
            self._show(self._context.words.tr("ui_outlook.no_outcome"), "", ())
            return

        def work(_: Monitor) -> Path:
            return find_way(rubric, record, outcome, effort)

        self._start(work, self._arrived)

    def _offer(self, published: Published) -> None:
        """Offer the outcomes that are assessed, the first one that is not reached chosen."""
        assessed = [entry for entry in published.card.outcomes if entry.state != "not_assessed"]
        words, chosen = self._context.words, self.aim.key()
        wanted = {entry.outcome.id: words.pick(entry.outcome.name) for entry in assessed}
        self.aim.set_choices(wanted)
        ahead = [entry.outcome.id for entry in assessed if entry.state != "reached"]
        first = next(iter(ahead or [*wanted][-1:]), None)
        self.aim.set_key(chosen if chosen in wanted else first)

    def _arrived(self, path: Path) -> None:
        words, rubric = self._context.words, self._visit.loaded.rubric
        if not path.exists:
            said = words.tr("ui_outlook.blocked")
        elif path.changes:
            cost = format(path.cost, "f")
            said = words.tr("ui_outlook.found", count=len(path.changes), cost=cost)
        else:
            said = words.tr("ui_outlook.already")
        told = titles_of(path.assumed, rubric, words)
        assumed = words.tr("ui_outlook.assumed", gates=told) if told else ""
        self._show(said, assumed, path_rows(path, rubric, words))

    # --- the diagnosis report ---------------------------------------------------------------------

    def _ask_report(self) -> None:
        """Ask where to, then write the diagnosis as PDF and workbook beside the window."""
        if self._published is None:
            return
        record = self._published.assessment
        name = self._context.words.tr("ui_outlook.report_name", name=record.enterprise.name)
        target = files.ask_diagnosis_target(self, self._context.words, name)
        if target is not None:
            self.write_report(target)

    def write_report(self, target: File) -> None:
        """Write the diagnosis under a name with `.pdf` and with `.xlsx`."""
        if self._published is None:
            return
        rubric, record = self._visit.loaded.rubric, self._published.assessment
        outcome, language = self.aim.key(), self._context.words.language

        def work(monitor: Monitor) -> File:
            # With them come the typesetter and the readers of what was written.
            from assessor.analysis.diagnosis import diagnose  # noqa: PLC0415
            from assessor.workspace.diagnosing import (  # noqa: PLC0415
                PDF,
                WORKBOOK,
                write_diagnosis,
            )

            found = diagnose(rubric, record, outcome, monitor.step)
            write_diagnosis(found, target.with_suffix(WORKBOOK), language)
            return write_diagnosis(found, target.with_suffix(PDF), language)

        def done(written: File) -> None:
            self._context.bridge.say(message("diagnosis.written", file=str(written)), "good")
            self.report.setEnabled(True)

        def failed(error: AssessorError) -> None:
            self._context.bridge.complain(error)
            self.report.setEnabled(True)

        self.report.setEnabled(False)
        self._context.tasks.start(work, done, failed, owner=self)

    # --- a chosen improvement ---------------------------------------------------------------------

    def _on_chosen(self, key: str) -> None:
        criterion = criterion_of(key)
        self.go.setEnabled(bool(criterion))
        self.effort.setEnabled(bool(criterion))
        self.effort.set_value(self._effort.get(criterion, ONE) if criterion else None)

    def _set_effort(self, value: Decimal | None) -> None:
        criterion = criterion_of(self.rows.current_key)
        if criterion and value is not None and value != self._effort.get(criterion, ONE):
            self._effort[criterion] = value
            self.again()


class RobustPane(OutlookPane):
    """How often the result holds, what it hangs on, which single answers turn it."""

    def __init__(self, context: Context, visit: VisitBridge) -> None:
        super().__init__(context, visit, "robust")
        self.body.addWidget(self.title)
        self.body.addWidget(self.said)
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(self.small)

    def _begin(self) -> None:
        if self._published is None:
            return
        rubric, record = self._visit.loaded.rubric, self._published.assessment

        def work(monitor: Monitor) -> Robustness:
            return robustness(rubric, record, step=monitor.step)

        self._start(work, self._arrived)

    def _arrived(self, found: Robustness) -> None:
        if self._shown is None:
            return
        words, rubric = self._context.words, self._visit.loaded.rubric
        rows = robustness_rows(found, rubric, self._shown.assessment, words)
        said = words.pick(held_said(rubric, found.simulation))
        self._show(said, words.pick(assumption_said()), rows)
