"""What the linter says of a rubric, asked beside the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.errors import Problem
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import L, S
from assessor.ui.widgets import (
    Card,
    FlowLabel,
    PrimaryButton,
    ScrollColumn,
    State,
    StateIcon,
    row,
)

MOST_SHOWN = 200


class RubricChecks(QWidget):
    """Runs every check and the golden cases of a rubric file, and lists what they found.

    It begins by itself when it is first looked at.
    """

    def __init__(self, context: Context, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._path = context, path
        self._theme, self._words = context.theme, context.words
        self.run = PrimaryButton(self._theme, self._words.tr("ui_rubric.check"), "check")
        self.run.clicked.connect(lambda *_: self.start())
        self.summary = FlowLabel(self._theme, self._words.tr("ui_rubric.check_lead"), "muted")
        head = row(self._theme, self.run)
        head.addWidget(self.summary, 1, Qt.AlignmentFlag.AlignVCenter)
        self._scroll = ScrollColumn(self._theme, 0)
        self._scroll.body.addStretch(1)
        self.cards: list[Card] = []
        self._asked = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(L))
        column.addLayout(head)
        column.addWidget(self._scroll, 1)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Check without being asked, once."""
        super().showEvent(event)
        if not self._asked:
            self.start()

    def start(self) -> None:
        """Begin checking."""
        self._asked = True
        self.run.setEnabled(False)
        self.summary.set_text(self._words.tr("ui_rubric.checking"))
        path = self._path
        task = self._context.tasks.start(lambda _: _problems(path), done=self._show, owner=self)
        task.ended.connect(self._on_ended)
        if task.over:
            self._on_ended()

    def _on_ended(self) -> None:
        self.run.setEnabled(True)

    def _show(self, problems: tuple[Problem, ...]) -> None:
        for old in self.cards:
            self._scroll.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        errors = sum(problem.severity == "error" for problem in problems)
        key = "check_found" if problems else "check_clean"
        values = {"errors": errors, "warnings": len(problems) - errors}
        self.summary.set_text(self._words.tr(f"ui_rubric.{key}", **values))
        self.summary.set_role("bad" if errors else "caution" if problems else "good")
        self.cards = [self._card(problem) for problem in problems[:MOST_SHOWN]]
        for place, card in enumerate(self.cards):
            self._scroll.body.insertWidget(place, card)

    def _card(self, problem: Problem) -> Card:
        theme, words = self._theme, self._words
        card = Card(theme)
        card.body.setSpacing(theme.px(S // 2))
        state: State = "bad" if problem.severity == "error" else "caution"
        icon = StateIcon(theme, state, words.tr(f"ui_rubric.{problem.severity}"))
        head = row(theme, icon, FlowLabel(theme, words.pick(problem.message)))
        head.setStretch(1, 1)
        card.body.addLayout(head)
        place = " · ".join(part for part in (problem.file, problem.place) if part)
        card.body.addWidget(FlowLabel(theme, place, "muted", size=theme.sizes.caption))
        if problem.fix is not None:
            card.body.addWidget(FlowLabel(theme, words.pick(problem.fix), "muted"))
        return card


def _problems(path: Path) -> tuple[Problem, ...]:
    from assessor.workspace.rubric_library import check_file  # noqa: PLC0415 (runs golden cases)

    return check_file(path)
