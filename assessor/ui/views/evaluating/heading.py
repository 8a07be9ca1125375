"""The head of a criterion: where it stands, where it comes from, the question, what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from assessor.rules.item import exclusion_for
from assessor.ui.actions import key_texts, spec_of
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS, S
from assessor.ui.views.evaluating.editor import Shown
from assessor.ui.views.evaluating.flow_row import FlowRow
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.widgets import Badge, Chip, FlowLabel, GhostButton

_SIDE_BY_SIDE = 480


class Heading(QWidget):
    """The page puts `facts` below it, beside what else stands in that line.

    Signals: `exclusion_asked()`, `doubt_asked()` (mark or unmark as doubtful), `clear_asked()`,
    `explanation_asked()`."""

    exclusion_asked = Signal()
    doubt_asked = Signal()
    clear_asked = Signal()
    explanation_asked = Signal()

    def __init__(self, theme: Theme, say: Sayings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._say = theme, say
        self.path = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.facts = FlowRow(theme)
        self.buttons = QWidget()
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.question = FlowLabel(
            theme, "", "text", size=theme.sizes.question, bold=True, line_height=1.4
        )
        self.exclude = self._button("not_applicable", "circle-minus")
        self.doubt = self._button("flag", "flag")
        self.doubt.setCheckable(True)
        self.why = self._button("explain", "info")
        self.empty = self._button("clear", "close")
        self.exclude.clicked.connect(self.exclusion_asked)
        self.doubt.clicked.connect(self._on_doubt)
        self.why.clicked.connect(self.explanation_asked)
        self.empty.clicked.connect(self.clear_asked)
        self._lay_out()

    def show_criterion(self, shown: Shown) -> None:
        """Show a criterion in its present state."""
        criterion, say = shown.criterion, self._say
        self.path.set_text(say.tr("path", path=self._path(shown), number=criterion.number))
        self.question.set_text(say.pick(criterion.question))
        self.facts.clear()
        self.facts.add(*self._facts(shown))
        answer, profile = shown.answer, shown.published.assessment.profile
        self.exclude.setVisible(exclusion_for(criterion, profile) is not None)
        remarks = shown.remarks
        self.doubt.setChecked(remarks is not None and remarks.confidence == "low")
        self.empty.setEnabled(answer is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the buttons below the path where they would crowd it."""
        super().resizeEvent(event)
        wide = event.size().width() >= self._theme.px(_SIDE_BY_SIDE)
        directions = QBoxLayout.Direction
        self._top.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    def _button(self, name: str, icon: str) -> GhostButton:
        button = GhostButton(self._theme, self._say.told(f"ui_eval.do_{name}"), icon)
        if name != "clear":
            button.setToolTip(f"{button.text()}  ({key_texts(spec_of(name))[0]})")
        return button

    def _lay_out(self) -> None:
        top = self._top
        top.setSpacing(self._theme.px(XS))
        top.addWidget(self.path, 1, Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout(self.buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._theme.px(XS))
        for button in (self.empty, self.exclude, self.doubt, self.why):
            line.addWidget(button)
        line.addStretch(1)
        top.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(S))
        column.addLayout(top)
        column.addWidget(self.question)

    def _path(self, shown: Shown) -> str:
        """The names of the dimensions above, from the top; outside of all, that of the group."""
        names: list[str] = []
        for node, depth in self._say.rubric.walk_dimensions():
            names = [*names[:depth], self._say.pick(node.name)]
            if node.id == shown.criterion.dimension:
                return self._say.tr("path_join").join(names)
        return self._say.told(f"ui_eval.group_{shown.item.role}")

    def _facts(self, shown: Shown) -> list[QWidget]:
        criterion, say, item = shown.criterion, self._say, shown.item
        source = Badge(
            say.tr("source", basis=say.basis(criterion.provenance)),
            say.sources(criterion.provenance),
        )
        points = say.line(item.span.maximum)
        maximum = say.tr("worth", points=points) if criterion.maximum else say.tr("no_points")
        weight = Badge(
            f"{maximum} · {say.basis(criterion.weight_provenance)}",
            say.sources(criterion.weight_provenance),
        )
        where = say.told(f"ui_eval.place_{criterion.place}")
        time = say.tr("minutes", count=criterion.minutes)
        title = Chip(say.pick(criterion.title), "accent")
        role = Chip(
            say.told(f"ui_eval.role_{item.role}"), "" if item.role == "required" else "caution"
        )
        if say.rubric.collects:
            return [title, source, Chip(f"{where} · {time}")]
        return [title, role, weight, source, Chip(f"{where} · {time}")]

    def _on_doubt(self) -> None:
        # Shown as marked only when the record says so.
        self.doubt.setChecked(not self.doubt.isChecked())
        self.doubt_asked.emit()
