"""One gate: what is asked, how it is answered, how it stands and why."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from assessor.assessment import GateAnswer
from assessor.rubrics.gates import DeclaredCheck, FormulaCheck, Gate, GateInput, GateParameter
from assessor.rules.card import GateScore
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import M, S
from assessor.ui.views.evaluating import edits
from assessor.ui.views.evaluating.gate_summary import GATE_TONES
from assessor.ui.views.evaluating.guidance import bullet
from assessor.ui.views.evaluating.month_field import MonthField
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.widgets import (
    Badge,
    Card,
    Chip,
    FilterButton,
    FlowLabel,
    GhostButton,
    LineField,
    NumberField,
    named,
    row,
)
from assessor.ui.widgets.fields import DateField
from assessor.ui.widgets.number_field import parse_number

Field = NumberField | MonthField | DateField


class GateCard(Card):
    """Signals: `edit_wanted(object)` a function that makes the edit."""

    edit_wanted = Signal(object)

    def __init__(
        self, theme: Theme, say: Sayings, gate: Gate, cycle: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "", parent)
        self._theme, self._say, self.gate, self._cycle = theme, say, gate, cycle
        self.state = Chip("")
        self.why = FlowLabel(theme, "", "muted", size=theme.sizes.table)
        self.yes = self._switch("gate_yes", True)
        self.no = self._switch("gate_no", False)
        self.fields: dict[str, Field] = {}
        title = say.gate(gate)
        self.note = LineField(theme, say.tr("gate_note", gate=title), say.tr("note_hint"))
        self.note.text_handed.connect(self._on_note)
        self.doubt = GhostButton(theme, say.told("ui_eval.do_flag"), "flag")
        self.doubt.setCheckable(True)
        named(self.doubt, f"{title} {self.doubt.text()}")
        self.doubt.clicked.connect(lambda *_: self._on_doubt())
        self._lay_out(title)

    def show_gate(self, found: GateScore, answer: GateAnswer | None) -> None:
        """Show what is on record and what follows from it."""
        self.state.show_text(self._say.told(f"ui_eval.gate_{found.state}"), GATE_TONES[found.state])
        reason = self._say.pick(found.reason)
        self.why.set_text(reason)
        self.why.setVisible(bool(reason) and answer is not None and answer.answers)
        confirmed = answer.confirmed if answer is not None else None
        self.yes.setChecked(confirmed is True)
        self.no.setChecked(confirmed is False)
        for name, field in self.fields.items():
            _show_value(field, answer.inputs.get(name, "") if answer is not None else "")
        self.note.set_text(answer.note if answer is not None else "")
        self.doubt.setChecked(answer is not None and answer.confidence == "low")

    def flush(self) -> None:
        """Hand in what was typed."""
        self.note.flush()

    # --- layout -----------------------------------------------------------------------------------

    def _lay_out(self, title: str) -> None:
        say, theme, gate = self._say, self._theme, self.gate
        head = QHBoxLayout()
        head.setSpacing(theme.px(S))
        head.addWidget(FlowLabel(theme, title, size=theme.sizes.title, bold=True), 1)
        head.addWidget(Badge(say.told(f"ui_eval.severity_{gate.severity}")))
        head.addWidget(Badge(say.basis(gate.provenance), say.sources(gate.provenance)))
        head.addWidget(self.state)
        self.body.addLayout(head)
        self.body.addWidget(FlowLabel(theme, say.pick(gate.question)))
        if gate.clause is not None:
            self._add_small(say.pick(gate.clause))
        check = gate.check
        if isinstance(check, DeclaredCheck):
            for point in check.points:
                self.body.addLayout(bullet(theme, say.pick(point), "muted"))
            self.body.addLayout(row(theme, self.yes, self.no, stretch=True))
        elif isinstance(check, FormulaCheck):
            self._add_fields(check)
        else:
            self._add_small(say.tr("gate_computed"))
        if gate.note is not None:
            self._add_small(say.pick(gate.note))
        self.body.addWidget(self.why)
        remarks = row(theme, self.note, self.doubt)
        remarks.setStretch(0, 1)
        self.body.addLayout(remarks)
        for part in (self.note, self.doubt):
            part.setVisible(isinstance(check, DeclaredCheck | FormulaCheck))

    def _add_small(self, text: str) -> None:
        self.body.addWidget(FlowLabel(self._theme, text, "muted", size=self._theme.sizes.table))

    def _switch(self, key: str, confirmed: bool) -> FilterButton:
        text = self._say.tr(key)
        button = FilterButton(self._theme, text, "check" if confirmed else "close")
        named(button, f"{self._say.gate(self.gate)} {text}")
        button.clicked.connect(lambda ticked: self._on_declared(button, confirmed, ticked))
        return button

    def _add_fields(self, check: FormulaCheck) -> None:
        theme, say = self._theme, self._say
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(M))
        grid.setVerticalSpacing(theme.px(S))
        grid.setColumnStretch(2, 1)
        for at, asked in enumerate(check.inputs):
            name = FlowLabel(theme, say.pick(asked.name))
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignVCenter)
            self.fields[asked.id] = self._field(asked)
            grid.addWidget(self.fields[asked.id], at, 1, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(grid)
        told = [self._parameter(parameter) for parameter in check.parameters]
        if told:
            self._add_small(say.join(told))

    def _field(self, asked: GateInput) -> Field:
        say, theme = self._say, self._theme
        name = f"{say.gate(self.gate)} {say.pick(asked.name)}"
        if asked.type == "month":
            month = MonthField(theme, say, name)
            month.month_edited.connect(lambda text: self._on_fact(asked.id, text))
            return month
        if asked.type == "date":
            day = DateField(theme, say.words, name)
            day.date_edited.connect(lambda value: self._on_fact(asked.id, say.words.day(value)))
            return day
        number = NumberField(theme, say.words, name, say.pick(asked.unit))
        number.line.setFixedHeight(theme.sizes.control)
        number.value_edited.connect(lambda value: self._on_fact(asked.id, say.words.number(value)))
        return number

    def _parameter(self, parameter: GateParameter) -> str:
        say = self._say
        value = parameter.value or self._cycle_value(parameter)
        text = f"{value or say.tr('no_figure')} {say.pick(parameter.unit)}".strip()
        return say.tr("named_value", name=parameter.name, value=text)

    def _cycle_value(self, parameter: GateParameter) -> str:
        for cycle in self._say.rubric.cycles:
            for entry in cycle.parameters if cycle.id == self._cycle else ():
                if (entry.gate, entry.parameter) == (self.gate.id, parameter.id):
                    return entry.value
        return ""

    # --- what happens -----------------------------------------------------------------------------

    def _on_declared(self, button: FilterButton, confirmed: bool, ticked: bool) -> None:
        button.setChecked(not ticked)
        self.edit_wanted.emit(edits.declare_gate(self.gate.id, confirmed if ticked else None))

    def _on_fact(self, name: str, text: str) -> None:
        self.edit_wanted.emit(edits.fill_gate(self.gate.id, name, text))

    def _on_doubt(self) -> None:
        # Shown as marked only when the record says so.
        self.doubt.setChecked(not self.doubt.isChecked())
        self.edit_wanted.emit(edits.doubt_gate(self.gate.id))

    def _on_note(self, text: str) -> None:
        self.edit_wanted.emit(edits.note_gate(self.gate.id, text))


def _show_value(field: Field, text: str) -> None:
    if isinstance(field, MonthField):
        field.set_value(text)
    elif isinstance(field, DateField):
        field.set_value(date.fromisoformat(text) if text else None)
    else:
        field.set_value(parse_number(text)[1])
