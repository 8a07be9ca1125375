"""Step 2: the conditions that can be known before anybody drives out."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assessor.assessment import GateAnswer
from assessor.rubrics.gates import DeclaredCheck, FormulaCheck, Gate, GateParameter
from assessor.rubrics.models import Rubric
from assessor.rules.gates import GateFound, GateState
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import S
from assessor.ui.views.evaluating.guidance import bullet
from assessor.ui.views.new_visit.draft import Draft
from assessor.ui.views.new_visit.forms import Step, under
from assessor.ui.widgets import (
    Card,
    Chip,
    ChipTone,
    FlowLabel,
    LineField,
    State,
    StateIcon,
    label,
    row,
)
from assessor.ui.widgets.segments import Segments

_STATES: dict[GateState, State] = {"pass": "good", "fail": "bad", "unknown": "unanswered"}
_FIELD_WIDTH = 220


class GateCard(Card):
    """One gate: what is asked, how to answer, and what follows.

    Signals: `answered(str, object)` the gate's id and a `GateAnswer`, `None` for open again.
    """

    answered = Signal(str, object)

    def __init__(
        self, context: Context, gate: Gate, rubric: Rubric, parent: QWidget | None = None
    ) -> None:
        super().__init__(context.theme, parent=parent)
        self.gate, self._rubric = gate, rubric
        self._theme, self._words = context.theme, context.words
        self.state: GateState = "unknown"
        self.choice: Segments | None = None
        self.fields: dict[str, LineField] = {}
        self.body.addLayout(self._head())
        pick = self._words.pick
        self.body.addWidget(FlowLabel(self._theme, pick(gate.question)))
        if isinstance(gate.check, DeclaredCheck):
            for point in gate.check.points:
                self.body.addLayout(bullet(self._theme, pick(point), "muted"))
            self._add_choice()
        elif isinstance(gate.check, FormulaCheck):
            self._add_fields(gate.check)
        if gate.evidence:
            wanted = self._words.tr("ui_new.join").join(pick(one.text) for one in gate.evidence)
            text = self._words.tr("ui_new.gate_proof", proof=wanted)
            self.body.addWidget(
                FlowLabel(self._theme, text, "muted", size=self._theme.sizes.caption)
            )
        self.why = FlowLabel(self._theme, "", "muted", size=self._theme.sizes.caption)
        self.body.addWidget(self.why)

    def show_answer(self, answer: GateAnswer | None, cycle: str) -> None:
        """Show what was answered for a batch, and what follows from it."""
        from assessor.workspace.new_visits import gate_outlook  # noqa: PLC0415 (heavy at start)

        if self.choice is not None:
            confirmed = answer.confirmed if answer else None
            self.choice.set_key("open" if confirmed is None else "yes" if confirmed else "no")
        for name, field in self.fields.items():
            field.set_text(answer.inputs.get(name, "") if answer else "")
        self._show_found(gate_outlook(self._rubric, self.gate, answer, cycle), answer)
        self._show_parameters(cycle)

    def _head(self) -> QHBoxLayout:
        words, theme = self._words, self._theme
        self._icon = StateIcon(theme, "unanswered", words.tr("ui_new.gate_unknown"))
        self._said = label(words.tr("ui_new.gate_unknown"), "caption")
        tone: ChipTone = "bad" if self.gate.severity == "reject" else "caution"
        chip = Chip(words.tr(f"ui_new.severity_{self.gate.severity}"), tone)
        title = FlowLabel(theme, words.pick(self.gate.title), bold=True)
        head = row(theme, title, chip, self._icon, self._said)
        head.setStretch(0, 1)
        return head

    def _add_choice(self) -> None:
        words = self._words
        keys = {"yes": "ui_new.gate_yes", "no": "ui_new.gate_no", "open": "ui_new.gate_open"}
        choices = {key: words.tr(text) for key, text in keys.items()}
        self.choice = Segments(self._theme, words.pick(self.gate.title), choices)
        self.choice.key_chosen.connect(self._on_choice)
        self.body.addWidget(self.choice)

    def _add_fields(self, check: FormulaCheck) -> None:
        self._limits = FlowLabel(self._theme, "", "muted", size=self._theme.sizes.table)
        self.body.addWidget(self._limits)
        line = row(self._theme, spacing=S)
        for one in check.inputs:
            name = self._words.pick(one.name)
            unit = self._words.pick(one.unit) if one.unit else ""
            text = self._words.tr("ui_new.with_unit", name=name, unit=unit) if unit else name
            hint = self._words.tr(f"ui_new.write_{one.type}")
            field = LineField(self._theme, text, hint)
            field.setMaximumWidth(self._theme.px(_FIELD_WIDTH))
            field.textEdited.connect(lambda *_: self._on_fields())
            self.fields[one.id] = field
            line.addLayout(under(self._theme, text, field))
        line.addStretch(1)
        self.body.addLayout(line)

    def _on_choice(self, key: str) -> None:
        if key == "open":
            self.answered.emit(self.gate.id, None)
        else:
            answer = GateAnswer.model_validate({"pass": key == "yes"})
            self.answered.emit(self.gate.id, answer)

    def _on_fields(self) -> None:
        given = {name: field.text().strip() for name, field in self.fields.items()}
        filled = {name: text for name, text in given.items() if text}
        self.answered.emit(self.gate.id, GateAnswer(inputs=filled) if filled else None)

    def _show_found(self, found: GateFound, answer: GateAnswer | None) -> None:
        self.state = found.state
        text = self._words.tr(f"ui_new.gate_{found.state}")
        self._icon.set_state(_STATES[found.state], text)
        self._said.setText(text)
        tells = found.reason is not None and answer is not None and self.choice is None
        self.why.setVisible(tells)
        self.why.set_text(self._words.pick(found.reason) if tells and found.reason else "")
        self.why.set_role("bad" if found.state == "fail" else "muted")

    def _show_parameters(self, cycle: str) -> None:
        check = self.gate.check
        if not isinstance(check, FormulaCheck):
            return
        said = [self._parameter(one, cycle) for one in check.parameters]
        self._limits.setVisible(bool(said))
        self._limits.set_text(self._words.tr("ui_new.join").join(said))

    def _parameter(self, parameter: GateParameter, cycle: str) -> str:
        batch = next((one for one in self._rubric.cycles if one.id == cycle), None)
        listed = batch.parameters if batch else ()
        by_cycle = next(
            (p.value for p in listed if (p.gate, p.parameter) == (self.gate.id, parameter.id)), ""
        )
        value = parameter.value or by_cycle or self._words.tr("ui_new.not_set")
        unit = self._words.pick(parameter.unit) if parameter.unit else ""
        return f"{self._words.pick(parameter.name)} {value} {unit}".strip()


class GatesStep(Step):
    """The preliminary gates of a rubric for a target."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._answers: dict[str, GateAnswer] = {}
        self._shown: tuple[str, str] = ("", "")
        self._cycle = ""
        self.cards: list[GateCard] = []
        self.summary = FlowLabel(self.theme, "", bold=True)
        lead = FlowLabel(self.theme, self.words.tr("ui_new.gates_lead"), "muted")
        self.body.addWidget(lead)
        self.body.addWidget(self.summary)

    def show_gates(self, rubric: Rubric, draft: Draft) -> None:
        """Ask the gates of a rubric; the cards are made anew only for other gates."""
        from assessor.workspace.new_visits import preliminary_gates  # noqa: PLC0415 (heavy)

        if self._shown != (draft.digest, draft.target):
            self._shown = (draft.digest, draft.target)
            self._replace_cards(rubric, preliminary_gates(rubric, draft.target))
        self._answers, self._cycle = dict(draft.gates), draft.cycle
        for card in self.cards:
            card.show_answer(self._answers.get(card.gate.id), self._cycle)
        self._sum_up()

    def first_field(self) -> QWidget | None:
        """The first gate's first field."""
        for card in self.cards:
            if card.choice is not None:
                buttons = card.choice.buttons
                return buttons[card.choice.key() or "yes"]
            return next(iter(card.fields.values()), None)
        return None

    def counts(self) -> Mapping[GateState, int]:
        """Return how many gates are in each state."""
        states = [card.state for card in self.cards]
        return {state: states.count(state) for state in _STATES}

    def _replace_cards(self, rubric: Rubric, gates: tuple[Gate, ...]) -> None:
        for old in self.cards:
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = [GateCard(self.context, gate, rubric) for gate in gates]
        for card in self.cards:
            card.answered.connect(self._on_answer)
            self.body.addWidget(card)

    def _on_answer(self, gate: str, answer: GateAnswer | None) -> None:
        self._answers.pop(gate, None)
        if answer is not None:
            self._answers[gate] = answer
        card = next(card for card in self.cards if card.gate.id == gate)
        card.show_answer(answer, self._cycle)
        self._sum_up()
        self.tell(gates=dict(self._answers))

    def _sum_up(self) -> None:
        counts = self.counts()
        failed = [card for card in self.cards if card.state == "fail"]
        strict = [card for card in failed if card.gate.severity == "reject"]
        key = "gates_rejected" if strict else "gates_failed" if failed else "gates_so_far"
        named = (strict or failed)[0].gate.title if failed else ""
        self.summary.set_role("bad" if strict else "caution" if failed else "text")
        self.summary.set_text(
            self.words.tr(
                f"ui_new.{key}",
                passed=counts["pass"],
                failed=counts["fail"],
                open=counts["unknown"],
                first=named,
            )
            if self.cards
            else self.words.tr("ui_new.no_gates")
        )
