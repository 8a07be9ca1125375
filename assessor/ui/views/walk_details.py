"""What to look at on the spot: one criterion with its question, its people and the proof wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.i18n import Localized
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.models import Rubric
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XS, M, S
from assessor.ui.views.evaluating.guidance import bullet
from assessor.ui.widgets import (
    Button,
    Card,
    CheckField,
    Chip,
    ChipTone,
    FlowLabel,
    GhostButton,
    ScrollColumn,
    label,
    row,
)
from assessor.workspace.live import Published
from assessor.workspace.paper import Sayer

_LISTS = frozenset({"look_for", "proof", "cautions"})
_TONES: dict[str, ChipTone] = {"answered": "good", "not_computable": "bad", "unanswered": "caution"}


class WalkDetails(QWidget):
    """One criterion. Signals: `tick_asked(str, bool)`; `next_asked()`."""

    tick_asked = Signal(str, bool)
    next_asked = Signal()

    def __init__(self, context: Context, rubric: Rubric, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._rubric = context, rubric
        self._sayer = Sayer(context.words.language)
        self._shown: object = None
        self.criterion: Criterion | None = None
        theme, words = context.theme, context.words
        self.hint = FlowLabel(theme, words.tr("ui_walk.choose"), "muted")
        self.card = Card(theme)
        self.heading = FlowLabel(theme, "", size=theme.sizes.title, bold=True)
        self.question = FlowLabel(theme)
        self.state, self.evidence = Chip(""), Chip("")
        self.seen = CheckField(theme, words.tr("ui_walk.seen"))
        self.seen.clicked.connect(self._on_seen)
        self.go = Button(theme, words.tr("ui_walk.go_there"), "arrow-right")
        self.go.clicked.connect(self._on_go)
        self.next = GhostButton(theme, words.tr("ui_walk.next"), "chevron-down")
        self.next.clicked.connect(lambda *_: self.next_asked.emit())
        self._lists = ScrollColumn(theme, 0)
        self._lay_out()

    def show_criterion(self, published: Published, criterion_id: str) -> None:
        """Show a criterion by its id; without one, say what to do."""
        criterion = self._rubric.criterion_by_id.get(criterion_id)
        self.criterion = criterion
        self.card.setVisible(criterion is not None)
        self.hint.setVisible(criterion is None)
        if criterion is None:
            return
        words = self._context.words
        item = published.card.item(criterion.id)
        state = item.state if item else "unanswered"
        self.state.show_text(words.tr(f"ui_walk.{state}"), _TONES.get(state, ""))
        count = len(published.assessment.evidence_for(criterion.id))
        self.evidence.show_text(words.tr("ui_walk.evidence_count", count=count))
        self.seen.setChecked(criterion.id in published.assessment.visit.walked)
        if self._shown is not criterion:
            self._shown = criterion
            self._show_texts(criterion)

    def _show_texts(self, criterion: Criterion) -> None:
        words = self._context.words
        self.heading.set_text(f"{criterion.number}  {words.pick(criterion.title)}")
        self.question.set_text(words.pick(criterion.question))
        body = self._lists.body
        while body.count():
            gone = body.takeAt(0).widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for title, lines in self._parts(criterion):
            if lines:
                if body.count():
                    body.addSpacing(self._context.theme.px(S))
                body.addWidget(label(words.tr(f"ui_walk.{title}"), "caption"))
                for line in lines:
                    body.addWidget(self._line(line, listed=title in _LISTS))
        body.addStretch(1)

    def _line(self, text: str, *, listed: bool) -> QWidget:
        theme = self._context.theme
        if not listed:
            return FlowLabel(theme, text)
        line = QWidget()
        inside = bullet(theme, text)
        inside.setContentsMargins(0, 0, 0, 0)
        line.setLayout(inside)
        return line

    def _parts(self, criterion: Criterion) -> Iterator[tuple[str, list[str]]]:
        minutes = self._context.words.tr("ui_walk.minutes", count=criterion.minutes)
        yield "where", [f"{self._sayer.place(criterion.place)} · {minutes}"]
        people = self._sayer.say("comma").join(self._sayer.person(p) for p in criterion.people)
        yield "who", [people] if people else []
        yield "look_for", self._picked(criterion.look_for)
        proofs = (self._sayer.proof(wanted) for wanted in criterion.evidence)
        yield "proof", list(proofs)
        yield "cautions", self._picked(criterion.cautions)

    def _picked(self, lines: Sequence[Localized]) -> list[str]:
        return [self._context.words.pick(line) for line in lines]

    def _on_seen(self, ticked: bool) -> None:
        # The box follows the record, which answers when the tick is on disk.
        self.seen.setChecked(not ticked)
        if self.criterion is not None:
            self.tick_asked.emit(self.criterion.id, ticked)

    def _on_go(self) -> None:
        if self.criterion is not None:
            self._context.go("evaluation", criterion=self.criterion.id)

    def _lay_out(self) -> None:
        theme, body = self._context.theme, self.card.body
        self._lists.body.setSpacing(theme.px(XS))
        self._lists.body.setContentsMargins(0, 0, theme.px(M), 0)
        body.setSpacing(theme.px(S))
        body.addWidget(self.heading)
        body.addWidget(self.question)
        body.addLayout(row(theme, self.state, self.evidence, stretch=True))
        body.addWidget(self._lists, 1)
        foot = row(theme, self.seen, spacing=M)
        foot.addStretch(1)
        foot.addWidget(self.next)
        foot.addWidget(self.go)
        body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.hint)
        column.addWidget(self.card, 1)
