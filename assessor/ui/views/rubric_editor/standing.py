"""What the checks and the golden cases say of a draft while it is edited."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from assessor.errors import Problem
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import S
from assessor.ui.widgets import FlowLabel, label, named
from assessor.workspace.rubric_draft import Standing

MOST_SHOWN = 200
_PLACE = Qt.ItemDataRole.UserRole


class StandingPanel(QWidget):
    """Counts and lists what is wrong. Signals: `place_asked(str)` the JSON path of a problem."""

    place_asked = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        theme, words = context.theme, context.words
        self.summary = FlowLabel(theme, words.tr("ui_rubric_edit.checking"), "muted")
        self.golden = FlowLabel(theme, "", "muted")
        self.list = named(QListWidget(), words.tr("ui_rubric_edit.problems"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(S))
        column.addWidget(label(words.tr("ui_rubric_edit.standing"), "title"))
        column.addWidget(self.summary)
        column.addWidget(self.golden)
        column.addWidget(self.list, 1)

    def show_waiting(self) -> None:
        """Say that what is shown is of an earlier state."""
        self.summary.set_text(self._context.words.tr("ui_rubric_edit.checking"))
        self.summary.set_role("muted")

    def show_standing(self, standing: Standing) -> None:
        """Show what was found."""
        words = self._context.words
        errors = sum(problem.severity == "error" for problem in standing.problems)
        warnings = len(standing.problems) - errors
        key = "check_found" if standing.problems else "check_clean"
        self.summary.set_text(words.tr(f"ui_rubric.{key}", errors=errors, warnings=warnings))
        self.summary.set_role("bad" if errors else "caution" if warnings else "good")
        self._show_golden(standing)
        self.list.clear()
        for problem in all_found(standing)[:MOST_SHOWN]:
            self._add(problem)

    def _show_golden(self, standing: Standing) -> None:
        words, count = self._context.words, len(standing.cases)
        if not standing.ran:
            self.golden.set_text(words.tr("ui_rubric_edit.golden_waits"))
            self.golden.set_role("muted")
            return
        wrong = [case for case in standing.cases if case.differs]
        key = "golden_differ" if wrong else "golden_fit"
        names = ", ".join(case.id for case in wrong)
        self.golden.set_text(
            words.tr(f"ui_rubric_edit.{key}", count=count, wrong=len(wrong), names=names)
        )
        self.golden.set_role("bad" if wrong else "good")

    def _add(self, problem: Problem) -> None:
        words = self._context.words
        kind = words.tr(f"ui_rubric.{problem.severity}")
        said = words.pick(problem.message)
        fix = f"\n{words.pick(problem.fix)}" if problem.fix is not None else ""
        item = QListWidgetItem(f"{kind} · {problem.place}\n{said}{fix}")
        item.setData(_PLACE, problem.place)
        role = "bad" if problem.severity == "error" else "caution"
        item.setIcon(self._context.theme.icon("warning", role))
        self.list.addItem(item)

    def _open(self, item: QListWidgetItem) -> None:
        self.place_asked.emit(str(item.data(_PLACE)))


def all_found(standing: Standing) -> list[Problem]:
    """Return every problem, the golden cases' last."""
    return [*standing.problems, *(one for case in standing.cases for one in case.differs)]
