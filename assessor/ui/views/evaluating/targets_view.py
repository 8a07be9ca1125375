"""Where a figure started, and how far it is from each of its targets."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.rules.card import TargetScore
from assessor.rules.target_words import baseline_said, target_line, unit_of
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS, M, S
from assessor.ui.views.evaluating.editor import Shown
from assessor.ui.views.evaluating.sayings import HUNDRED, Sayings
from assessor.ui.widgets import Card, FlowLabel, ShareBar, State, StateIcon, row

_ICON = 16
_STATES: dict[str, State] = {"met": "good", "short": "caution", "open": "unanswered"}


class TargetsView(Card):
    """One line for each target with a bar of the way gone; hidden where there are none."""

    def __init__(self, theme: Theme, say: Sayings, parent: QWidget | None = None) -> None:
        super().__init__(theme, "sunken", parent)
        self._theme, self._say = theme, say
        self.baseline = FlowLabel(theme, "", "muted", size=theme.sizes.table)
        self._made_for = ""
        self.lines: list[_Line] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(S))
        self.body.setSpacing(theme.px(S))
        self.body.addWidget(self.baseline)
        self.body.addLayout(self._rows)

    def show_criterion(self, shown: Shown) -> None:
        """Show the targets of a criterion in its present state."""
        criterion = shown.criterion
        progress = criterion.progress_in(shown.published.assessment.profile)
        self.setVisible(progress is not None)
        if progress is None:
            return
        start = progress.baseline
        if start is not None:
            told = self._say.pick(baseline_said(start, criterion))
            note = self._say.pick(start.note)
            text = self._say.told("form.baseline_line", baseline=told)
            if note:
                text = self._say.told("form.with_note", text=text, note=note)
            self.baseline.set_text(text)
        self.baseline.setVisible(start is not None)
        if self._made_for != criterion.id:
            self._make(len(shown.item.targets))
            self._made_for = criterion.id
        measured = unit_of(criterion) is not None
        for line, score in zip(self.lines, shown.item.targets, strict=True):
            line.show_score(score, self._say.pick(target_line(score, criterion)), measured)

    def _make(self, count: int) -> None:
        for old in self.lines:
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.lines = [_Line(self._theme) for _ in range(count)]
        for line in self.lines:
            self._rows.addWidget(line)


class _Line(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._icon = StateIcon(theme, "unanswered", "", theme.px(_ICON))
        self._text = FlowLabel(theme, "", size=theme.sizes.table)
        self._bar = ShareBar(theme, "")
        words = QVBoxLayout()
        words.setSpacing(theme.px(XS))
        words.addWidget(self._text)
        words.addWidget(self._bar)
        line = row(theme, self._icon, spacing=M)
        line.addLayout(words, 1)
        self.setLayout(line)

    @property
    def text(self) -> str:
        """What is said of the target."""
        return self._text.text

    def show_score(self, score: TargetScore, text: str, measured: bool) -> None:
        self._icon.set_state(_STATES[score.state], text)
        self._text.set_text(text)
        self._bar.setVisible(measured and score.way is not None)
        self._bar.set_share(min(max((score.way or Decimal(0)) / HUNDRED, Decimal(0)), Decimal(1)))
