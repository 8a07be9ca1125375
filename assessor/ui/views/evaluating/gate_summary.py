"""How the gates stand, in a few lines."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor.rules.card import GateScore, ScoreCard
from assessor.rules.gates import GateState
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS, S
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.widgets import Chip, ChipTone, FlowLabel, LinkButton, label

MOST = 3
GATE_TONES: dict[GateState, ChipTone] = {"pass": "good", "fail": "bad", "unknown": "caution"}
_ORDER: dict[GateState, int] = {"fail": 0, "unknown": 1, "pass": 2}


def deciding(card: ScoreCard) -> tuple[GateScore, ...]:
    """Return the gates whose failure keeps an outcome assessed here from being reached."""
    here = {entry.outcome.id for entry in card.outcomes if entry.state != "not_assessed"}
    return tuple(
        found
        for found in card.gates
        if found.blocks and (not found.gate.outcomes or here & set(found.gate.outcomes))
    )


class GateSummary(QWidget):
    """The count, then the gates that need something. Signals: `gates_asked()`."""

    gates_asked = Signal()

    def __init__(self, theme: Theme, say: Sayings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._say = theme, say
        self.count = label("", "caption")
        self.open = LinkButton(theme, say.tr("answer_gates"))
        self.open.clicked.connect(self.gates_asked)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(XS))
        head = QHBoxLayout()
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._rows)
        self._lines: list[tuple[FlowLabel, Chip]] = []

    def show_card(self, card: ScoreCard) -> None:
        """Show how the gates stand, failures first."""
        gates = sorted(deciding(card), key=lambda found: _ORDER[found.state])
        self.setVisible(bool(card.gates))
        passed = sum(found.state == "pass" for found in gates)
        self.count.setText(self._say.tr("gates_passed", passed=passed, count=len(gates)))
        while len(self._lines) < min(len(gates), MOST):
            self._add_line()
        for at, (name, state) in enumerate(self._lines):
            shown = at < len(gates)
            name.setVisible(shown)
            state.setVisible(shown)
            if shown:
                name.set_text(self._say.gate(gates[at].gate))
                kind = gates[at].state
                state.show_text(self._say.told(f"ui_eval.gate_{kind}"), GATE_TONES[kind])

    def _add_line(self) -> None:
        name, state = FlowLabel(self._theme, size=self._theme.sizes.table), Chip("")
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(S))
        line.addWidget(name, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(state)
        self._rows.addLayout(line)
        self._lines.append((name, state))
