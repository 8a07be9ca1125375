"""The bar below the criterion: on to the next, the keys, the score where its panel is folded."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assessor.rules.card import ScoreCard
from assessor.ui.actions import key_texts, spec_of
from assessor.ui.models.standings import is_open
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XL, XS, M, S
from assessor.ui.views.evaluating.result_panel import focus_of
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.widgets import (
    Button,
    FlowLabel,
    KeyCap,
    PrimaryButton,
    Rule,
    column,
    label,
    marked,
    named,
    row,
)

_ROOM_FOR_KEYS = 700
_ROOM_FOR_WORDS = 440


class Footer(QWidget):
    """Signals: `step_asked(int)` -1 or 1; `next_asked()` to the next unanswered."""

    step_asked = Signal(int)
    next_asked = Signal()

    def __init__(self, theme: Theme, say: Sayings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._say = theme, say
        marked(self, "panel")
        self.back = Button(theme, say.tr("previous"), "arrow-left")
        self.forth = Button(theme, say.tr("next"), "arrow-right")
        named(self.back, say.tr("previous"))
        named(self.forth, say.tr("next"))
        # The arrow stands behind the word, where it points to.
        self.forth.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.onward = PrimaryButton(theme, say.tr("next_unanswered"))
        self.score = label("", "caption")
        self.what_if = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.what_if.hide()
        self._above = QHBoxLayout()
        self.keys = QWidget()
        self._lay_out()
        self.back.clicked.connect(lambda: self.step_asked.emit(-1))
        self.forth.clicked.connect(lambda: self.step_asked.emit(1))
        self.onward.clicked.connect(self.next_asked)

    def show_card(self, card: ScoreCard, *, folded: bool) -> None:
        """Show the score in short where the panel on the right is folded."""
        say = self._say
        ahead = focus_of(card)
        state = "" if ahead is None else say.told(f"ui_eval.outcome_{ahead.state}")
        name = "" if ahead is None else say.pick(ahead.outcome.name)
        score = f"{say.points(card.total.value)} / {say.line(card.total.maximum)}"
        told = say.tr("score_in_short", score=score, outcome=name, state=state)
        if say.rubric.collects:
            told = say.told("form.collected", done=card.done, asked=card.asked)
        self.score.setText(told)
        self.score.setVisible(folded)
        self._show_what_if(folded=folded)
        left = sum(is_open(item) for item in card.items)
        self.onward.setEnabled(left > 0)
        text = say.tr("next_unanswered") if left else say.tr("all_answered")
        self.onward.setText(f"{text}  {key_texts(spec_of('next_unanswered'))[0]}" if left else text)
        self._fit()

    def show_what_if(self, text: str) -> None:
        """Say what another answer would change, where the panel that says it is folded."""
        self.what_if.set_text(text)
        self._show_what_if(folded=not self.score.isHidden())

    def _show_what_if(self, *, folded: bool) -> None:
        self.what_if.setVisible(folded and self.width() >= self._theme.px(_ROOM_FOR_WORDS))
        edge = self._theme.px(XL)
        self._above.setContentsMargins(edge, self._theme.px(S) if folded else 0, edge, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Give way where it is narrow: first the keys, then the words beside the arrows."""
        super().resizeEvent(event)
        self._show_what_if(folded=not self.score.isHidden())
        self._fit()

    def _fit(self) -> None:
        self.keys.setVisible(self.width() >= self._theme.px(_ROOM_FOR_KEYS))
        wide = self.width() >= self._theme.px(_ROOM_FOR_WORDS)
        for button, name in ((self.back, "previous"), (self.forth, "next")):
            button.setText(self._say.told(f"ui_eval.{name}") if wide else "")

    def _lay_out(self) -> None:
        theme = self._theme
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.px(XL), theme.px(S), theme.px(XL), theme.px(S))
        bar.setSpacing(theme.px(M))
        for button in (self.back, self.forth, self.onward):
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self.keys)
        hints = (("1-9", "key_choose"), ("\u2191\u2193", "key_move"), ("Ctrl+Z", "key_undo"))
        line = row(theme, spacing=XS)
        for keys, name in hints:
            line.addWidget(KeyCap(keys))
            line.addWidget(label(self._say.tr(name), "caption"))
            line.addSpacing(theme.px(S))
        self.keys.setLayout(line)
        self._above.addWidget(self.what_if, 1)
        self._above.addWidget(self.score)
        both = column(theme, Rule(), spacing=0)
        both.addLayout(self._above)
        both.addLayout(bar)
        self.setLayout(both)
