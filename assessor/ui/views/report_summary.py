"""What a report or a signature would be about: the result so far, and what is still open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from assessor.i18n import Localized
from assessor.rules.card import OutcomeScore, ScoreCard
from assessor.ui.theme import Theme
from assessor.ui.views.evaluating.gate_summary import deciding
from assessor.ui.widgets import Card, FlowLabel, StateIcon, label, row
from assessor.ui.widgets.state_icon import State
from assessor.ui.words import Words
from assessor.workspace.live import Published

_DIGITS = 2
_ICON = 18


class SummaryCard(Card):
    """The result in one line, the total, and lines for what is open."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._theme, self._words = theme, words
        self.verdict = FlowLabel(theme, size=theme.sizes.title, bold=True)
        self.total = label("", "score")
        self.maximum = label("", "muted")
        self.body.addWidget(self.verdict)
        figures = row(theme, self.total, self.maximum, stretch=True)
        figures.setAlignment(self.maximum, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(figures)
        self.lines: list[_Line] = [_Line(theme) for _ in range(3)]
        for line in self.lines:
            self.body.addWidget(line)

    def show_published(self, published: Published) -> None:
        """Show another record."""
        card, words = published.card, self._words
        self.verdict.set_text(words.tr(verdict_key(card), outcome=_name(card)))
        self.total.setText(words.number(card.total.value, _DIGITS) or "-")
        self.maximum.setText(f"/ {words.number(card.total.maximum)}")
        if card.program.rubric.collects:
            self.total.setText(str(card.done))
            self.maximum.setText(words.tr("form.of_asked", asked=card.asked))
        self.setAccessibleName(f"{self.verdict.text} {self.total.text()} {self.maximum.text()}")
        open_items, open_gates = card.asked - card.done, _open_gates(card)
        self.lines[0].say(
            *_either(words, open_items, "ui_report.items_open", "ui_report.items_done")
        )
        self.lines[1].setVisible(bool(card.gates) or not card.program.rubric.collects)
        self.lines[1].say(
            *_either(words, open_gates, "ui_report.gates_open", "ui_report.gates_done")
        )
        names = ", ".join(entry.name for entry in published.assessment.sign_offs)
        revision = published.assessment.revision
        if names:
            self.lines[2].say("locked", words.tr("ui_report.signed", names=names, number=revision))
        else:
            self.lines[2].say("caution", words.tr("ui_report.unsigned", number=revision))


class _Line(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._icon = StateIcon(theme, "good", "", theme.px(_ICON))
        self._text = FlowLabel(theme, "", "muted", size=theme.sizes.table)
        line = row(theme, self._icon)
        line.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._text, 1)
        self.setLayout(line)

    def say(self, state: State, text: str) -> None:
        self._icon.set_state(state, text)
        self._text.set_text(text)


def verdict_key(card: ScoreCard) -> str:
    """Return the key of the sentence that says what was reached; it has a place for `outcome`."""
    if card.program.rubric.collects:
        return "form.not_scored_short"
    if card.result is not None:
        return "ui_report.verdict_reached"
    best = _lowest(card)
    state = best.state if best else "undecided"
    return "ui_report.verdict_missed" if state == "not_reached" else "ui_report.verdict_open"


def _name(card: ScoreCard) -> Localized | str:
    if card.result is not None:
        reached = card.outcome(card.result)
        return reached.outcome.name if reached else card.result
    lowest = _lowest(card)
    return lowest.outcome.name if lowest else ""


def _lowest(card: ScoreCard) -> OutcomeScore | None:
    return next(iter(card.outcomes), None)


def _open_gates(card: ScoreCard) -> int:
    """Count as the evaluation does: the gates of outcomes beyond the target decide nothing here."""
    return sum(found.state == "unknown" for found in deciding(card))


def _either(words: Words, count: int, some: str, none: str) -> tuple[State, str]:
    if count:
        return "caution", words.tr(some, count=count)
    return "good", words.tr(none)
