"""An outcome as a card: its state, the readings that decide it, and how far it is."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from assessor.rubrics.outcomes import unit_of
from assessor.rules.card import OutcomeScore, OutcomeState, ReadingScore, ScoreCard
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS, M, S
from assessor.ui.views.evaluating.sayings import HUNDRED, Sayings
from assessor.ui.widgets import Card, Chip, ChipTone, FlowLabel, ShareBar, label, row

TONES: dict[OutcomeState, ChipTone] = {
    "reached": "good",
    "not_reached": "bad",
    "undecided": "caution",
    "not_assessed": "",
}


class OutcomeCard(Card):
    """One outcome; `set_score` shows another state of it."""

    def __init__(self, theme: Theme, say: Sayings, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._say = say
        self.name = label("", "strong")
        self.state = Chip("")
        self.text = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.reasons = FlowLabel(theme, "", "caution", size=theme.sizes.caption)
        self.bar = ShareBar(theme, "", 7)
        self.body.setContentsMargins(*[theme.px(M)] * 4)
        self.body.setSpacing(theme.px(XS))
        head = row(theme, self.name, spacing=S)
        head.addStretch(1)
        head.addWidget(self.state)
        self.body.addLayout(head)
        for part in (self.text, self.reasons, self.bar):
            self.body.addWidget(part)

    def set_score(self, card: ScoreCard, outcome: OutcomeScore, *, focus: bool) -> None:
        """Show an outcome; the one in focus stands out."""
        say = self._say
        self.set_tone("accent" if focus else "")
        self.name.setText(say.pick(outcome.outcome.name))
        self.state.show_text(say.told(f"ui_eval.outcome_{outcome.state}"), TONES[outcome.state])
        assessed = outcome.state != "not_assessed"
        self.text.set_text(say.outcome(card, outcome) if assessed else "")
        reasons = [say.pick(reason) for reason in outcome.reasons] if focus else []
        self.reasons.set_text("\n".join(reasons))
        self.text.setVisible(bool(self.text.text))
        self.reasons.setVisible(bool(self.reasons.text))
        self._show_bar(outcome, focus=focus)
        self.setAccessibleName(f"{self.name.text()} {self.state.text()} {self.text.text}")

    def _show_bar(self, outcome: OutcomeScore, *, focus: bool) -> None:
        found = _first_wanting(outcome)
        whole = _whole(found) if found is not None else None
        self.bar.setVisible(focus and whole is not None)
        if found is None or whole is None:
            return
        span, line = found.span, found.reading.line or Decimal(0)
        value, highest = span.value or Decimal(0), span.highest or Decimal(0)
        self.bar.set_share(value / whole, highest / whole, line / whole)


def _first_wanting(outcome: OutcomeScore) -> ReadingScore | None:
    """Return the first reading that decides and is not met yet, the first one when all are."""
    deciding = [one for one in outcome.readings if one.decides and one.reading.line]
    wanting = [one for one in deciding if one.state != "met"]
    return next(iter((*wanting, *deciding)), None)


def _whole(found: ReadingScore) -> Decimal | None:
    if unit_of(found.reading) == "percent":
        return HUNDRED
    return found.span.maximum or found.span.highest
