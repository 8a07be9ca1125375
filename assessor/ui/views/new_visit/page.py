"""The pages that plan a new visit, from the rubric to the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from assessor.errors import AssessorError
from assessor.rubrics.loader import LoadedRubric
from assessor.ui.dialogs import files
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XL, L
from assessor.ui.views.new_visit.draft import STEPS, Draft
from assessor.ui.views.new_visit.enterprise_step import EnterpriseStep
from assessor.ui.views.new_visit.forms import Step
from assessor.ui.views.new_visit.gates_step import GatesStep
from assessor.ui.views.new_visit.rubric_step import RubricStep
from assessor.ui.views.new_visit.step_bar import StepBar
from assessor.ui.views.new_visit.visit_step import VisitStep
from assessor.ui.widgets import (
    Button,
    FlowLabel,
    GhostButton,
    PrimaryButton,
    Rule,
    label,
    row,
)
from assessor.workspace.clock import named_or_account, now

if TYPE_CHECKING:
    from assessor.workspace.new_visits import VisitPlan
    from assessor.workspace.received import Received

_NAMES = ("rubric", "gates", "enterprise", "visit")
_LAST = STEPS - 1


class NewVisitPage(QWidget):
    """Four steps and a foot. Signals: `created(object)` the path of the file, `given_up()`."""

    created = Signal(object)
    given_up = Signal()

    def __init__(self, context: Context, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self.draft = context, draft
        self._theme, self._words = context.theme, context.words
        self._rubrics: dict[str, LoadedRubric] = {}
        self._received: Received | None = None
        self._own_name = not draft.file_name
        self.rubric_step = RubricStep(context)
        self.gates_step = GatesStep(context)
        self.enterprise_step = EnterpriseStep(context)
        self.visit_step = VisitStep(context)
        self.steps: tuple[Step, ...] = (
            self.rubric_step,
            self.gates_step,
            self.enterprise_step,
            self.visit_step,
        )
        names = [self._words.tr(f"ui_new.step_{name}") for name in _NAMES]
        self.bar = StepBar(self._theme, self._words, names)
        self.bar.step_asked.connect(self.show_step)
        self.stack = QStackedWidget()
        for step in self.steps:
            step.entered.connect(self._on_entered)
            self.stack.addWidget(step)
        self.fault = FlowLabel(self._theme, "", "bad")
        self._build()
        for keys, act in (("Alt+Right", self.go_on), ("Alt+Left", self.go_back)):
            QShortcut(QKeySequence(keys), self, act)
        self._load()

    @property
    def loaded(self) -> LoadedRubric | None:
        """The rubric that is chosen."""
        return self._rubrics.get(self.draft.digest)

    # --- steps ------------------------------------------------------------------------------------

    def show_step(self, step: int) -> None:
        """Open a step that can be reached; the present one is handed in first."""
        self._hand_in()
        reachable = self._reachable()
        step = min(step, reachable)
        self.draft = self.draft.with_(step=step)
        if step == _LAST:
            self._suggest_file()
        if self.loaded is not None:
            body = self.loaded.rubric.body
            name = self._words.tr("ui_new.step_enterprise" if body is None else "form.body")
            self.bar.rename(self.steps.index(self.enterprise_step), name)
            self.enterprise_step.show_body(self.loaded.rubric)
            self.visit_step.show_body(self.loaded.rubric)
        self.steps[step].show_draft(self.draft)
        if self.steps[step] is self.gates_step and self.loaded is not None:
            self.gates_step.show_gates(self.loaded.rubric, self.draft)
        self.stack.setCurrentIndex(step)
        self.bar.show_step(step, reachable)
        self.back.setEnabled(step > 0)
        self.next.setText(self._words.tr("ui_new.create" if step == _LAST else "ui_new.next"))
        self.fault.set_text("")
        QTimer.singleShot(0, self, self._focus_first)

    def go_on(self) -> None:
        """Go to the next step, or make the visit; say what is missing instead if something is."""
        self._hand_in()
        missing = self.draft.missing(self.draft.step)
        if missing:
            own = self.loaded is not None and self.loaded.rubric.body is not None
            own = own and missing[0] == "name"
            key = "form.missing_name" if own else f"ui_new.missing_{missing[0]}"
            self.fault.set_text(self._words.tr(key))
            return
        if self.draft.step < _LAST:
            self.show_step(self.draft.step + 1)
            return
        for step in range(STEPS):
            if self.draft.missing(step):
                self.show_step(step)
                return
        self._create()

    def go_back(self) -> None:
        """Go to the step before."""
        if self.draft.step > 0:
            self.show_step(self.draft.step - 1)

    def _reachable(self) -> int:
        for step in range(STEPS):
            if self.draft.missing(step):
                return step
        return _LAST

    def _focus_first(self) -> None:
        field = self.steps[self.draft.step].first_field()
        if field is not None:
            field.setFocus()

    def _hand_in(self) -> None:
        if self.draft.step == _LAST:
            self.visit_step.hand_in()

    # --- what is entered --------------------------------------------------------------------------

    def _on_entered(self, values: dict[str, object]) -> None:
        loaded = values.pop("rubric", None)
        if isinstance(loaded, LoadedRubric):
            self.draft = self.draft.with_rubric(loaded)
            self.rubric_step.show_draft(self.draft)
        if "file_name" in values:
            self._own_name = False
        self.draft = self.draft.with_(**values)
        self.fault.set_text("")
        self.bar.show_step(self.draft.step, max(self._reachable(), self.draft.step))

    def _suggest_file(self) -> None:
        """Name the file after enterprise, rubric and day, until the person names it."""
        from assessor.workspace.new_visits import suggested_name  # noqa: PLC0415 (heavy at start)

        folder = self.draft.folder or str(files.documents() / self._words.tr("ui.app_name"))
        if self._own_name and self.loaded is not None:
            title = self._words.pick(self.loaded.rubric.short_title)
            day = self.draft.date_from or now().date()
            self.draft = self.draft.with_(file_name=suggested_name(self.draft.name, title, day))
        self.draft = self.draft.with_(folder=folder)

    # --- reading and making beside the window -----------------------------------------------------

    def _load(self) -> None:
        self.next.setEnabled(False)
        self._context.tasks.start(lambda _: _rubrics(), done=self._on_rubrics, owner=self)

    def _on_rubrics(self, rubrics: tuple[LoadedRubric, ...]) -> None:
        self._rubrics = {loaded.digest: loaded for loaded in rubrics}
        self.rubric_step.offer(rubrics)
        if self.draft.received:
            source = Path(self.draft.received)
            self._context.tasks.start(
                lambda _: _received(source),
                done=self._on_received,
                failed=self._on_unreadable,
                owner=self,
            )
        else:
            self._ready()

    def _on_received(self, received: Received) -> None:
        self._received = received
        self._rubrics.setdefault(received.loaded.digest, received.loaded)
        self.rubric_step.offer(tuple(self._rubrics.values()))
        self.rubric_step.show_source(received.source)
        self.draft = self.draft.with_received(received).with_rubric(received.loaded)
        self._ready()

    def _on_unreadable(self, error: AssessorError) -> None:
        self._context.bridge.complain(error)
        self.given_up.emit()

    def _ready(self) -> None:
        if self.loaded is None and self._rubrics:
            self.draft = self.draft.with_rubric(next(iter(self._rubrics.values())))
        self.next.setEnabled(bool(self._rubrics))
        self.show_step(self.draft.step)

    def _create(self) -> None:
        loaded = self.loaded
        if loaded is None:
            return
        plan, path, any_name = (
            self.draft.plan(loaded, self._received),
            self.draft.path,
            self._own_name,
        )
        chosen = self._context.settings.value.author
        self.next.setEnabled(False)
        self._context.tasks.start(
            lambda _: _make(plan, path, any_name, chosen),
            done=self.created.emit,
            failed=self._on_uncreated,
            owner=self,
        )

    def _on_uncreated(self, error: AssessorError) -> None:
        self.next.setEnabled(True)
        self.fault.set_text(self._words.pick(error.message))

    def _build(self) -> None:
        theme, words = self._theme, self._words
        self.cancel = GhostButton(theme, words.tr("ui_new.cancel"))
        self.cancel.clicked.connect(lambda *_: self.given_up.emit())
        self.back = Button(theme, words.tr("ui_new.back"), "chevron-left")
        self.back.clicked.connect(lambda *_: self.go_back())
        self.next = PrimaryButton(theme, words.tr("ui_new.next"))
        self.next.clicked.connect(lambda *_: self.go_on())
        head = QVBoxLayout()
        edge = theme.px(XL)
        head.setContentsMargins(edge, edge, edge, theme.px(L))
        head.setSpacing(theme.px(L))
        head.addWidget(label(words.tr("ui_new.title"), "question"))
        head.addWidget(self.bar)
        middle = QHBoxLayout()
        middle.setContentsMargins(edge, 0, 0, 0)
        middle.addWidget(self.stack)
        foot = row(theme, self.cancel, self.fault, self.back, self.next)
        foot.setStretch(1, 1)
        foot.setContentsMargins(edge, theme.px(L), edge, theme.px(L))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(middle, 1)
        column.addWidget(Rule())
        column.addLayout(foot)


def _rubrics() -> tuple[LoadedRubric, ...]:
    """Return all rubrics: first those that lead to a verdict as they are, then those that need
    something entered first or only collect."""
    from assessor.rubrics.to_enter import to_enter  # noqa: PLC0415 (heavy at start)
    from assessor.workspace.rubric_library import list_rubrics  # noqa: PLC0415 (heavy at start)

    found = [entry.loaded for entry in list_rubrics() if entry.loaded is not None]
    later = {one.digest: one.rubric.collects or bool(to_enter(one.rubric)) for one in found}
    return tuple(sorted(found, key=lambda one: later[one.digest]))


def _received(source: Path) -> Received:
    from assessor.workspace.received import read_received  # noqa: PLC0415 (heavy at start)

    return read_received(source)


def _make(plan: VisitPlan, path: Path, any_name: bool, author: str) -> Path:
    """Make the file; a name that we suggested gives way to one that is taken."""
    from assessor.workspace import new_visits  # noqa: PLC0415 (heavy at start)

    named = path.with_name(path.name.removesuffix(new_visits.SUFFIX) + new_visits.SUFFIX)
    free = new_visits.free_path(named.parent, named.name) if any_name else named
    return new_visits.create_visit(plan, free, who=lambda: named_or_account(author))
