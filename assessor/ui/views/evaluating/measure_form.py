"""Inputs of a measured quantity: typed, counted from a table, or declared not to exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from assessor.assessment import Answer
from assessor.rubrics.rule_models import Measure, QuantityInput
from assessor.rules.answers import check_measure
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import M, S
from assessor.ui.views.evaluating import edits
from assessor.ui.views.evaluating.flow_row import FlowRow
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.widgets import Chip, FlowLabel, LinkButton, NumberField, label, row
from assessor.ui.widgets.fields import CheckField

_SIGNS = ("/", "?")
"""Signs no number holds that are keys of the window."""


@dataclass(frozen=True)
class Counted:
    """An input that a table gives: its figure, the table's name and how many rows it has."""

    value: Decimal | None
    table: str
    rows: int


@dataclass(frozen=True)
class Measured:
    """A measured quantity on record; `counted` are the inputs that come from tables."""

    answer: Answer | None
    counted: Mapping[str, Counted] = field(default_factory=dict)


class LetterKeys(QObject):
    """Keeps fields for numbers from taking letters, so that keys such as N work there too."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Leave a letter to the window, which may have a shortcut for it."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        plain = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if plain or not (event.text().isalpha() or event.text() in _SIGNS):
            return False
        event.ignore()
        return True


class MeasureForm(QWidget):
    """One row for each input, then the declarations, then what does not fit.

    Signals: `fields_edited(object)` a dict of fields of `edits.measured`; `table_asked()` when the
    table behind an input is to be shown. What would not fit the rubric is not announced but said
    below the inputs, until it is mended.
    """

    fields_edited = Signal(object)
    table_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        say: Sayings,
        measure: Measure,
        profile: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._say, self._measure, self._profile = theme, say, measure, profile
        self._state = Measured(None)
        self._typed: dict[str, Decimal] = {}
        self._letters = LetterKeys(self)
        self.fields: dict[str, NumberField] = {}
        self.counted: dict[str, QWidget] = {}
        self._figures: dict[str, Chip] = {}
        self._origins: dict[str, LinkButton] = {}
        self.problem = FlowLabel(theme, "", "bad", size=theme.sizes.table)
        none = "form.no_baseline" if say.rubric.collects else "ui_eval.no_baseline"
        self.no_baseline = CheckField(theme, say.told(none))
        self.industry = CheckField(theme, say.tr("industry_baseline"))
        self._lay_out()
        self.no_baseline.clicked.connect(self._on_no_baseline)
        self.industry.clicked.connect(self._on_industry)

    def show_state(self, state: Measured) -> None:
        """Show what is on record."""
        self._state = state
        answer = state.answer
        inputs = dict(answer.inputs or {}) if answer else {}
        if not self.problem.text or inputs == self._typed:
            self._typed = inputs
            self._say_problem("")
        without = bool(answer and answer.no_baseline)
        for item in self._measure.inputs:
            counted = state.counted.get(item.id)
            number = self.fields[item.id]
            number.setVisible(counted is None)
            self.counted[item.id].setVisible(counted is not None)
            number.setEnabled(not (without and item.id in self._measure.baseline))
            if not self.problem.text:
                number.set_value(inputs.get(item.id))
            if counted is not None:
                self._show_counted(item, counted)
        self.no_baseline.setChecked(without)
        self.industry.setChecked(bool(answer and answer.industry_baseline))
        self.industry.setEnabled(not without)

    def focus_home(self) -> None:
        """Go to the first field that can be typed in."""
        for item in self._measure.inputs:
            if not self.fields[item.id].isHidden() and self.fields[item.id].isEnabled():
                self.fields[item.id].line.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # --- layout -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._theme.px(M))
        grid.setVerticalSpacing(self._theme.px(S))
        grid.setColumnStretch(0, 1)
        for at, item in enumerate(self._measure.inputs):
            grid.addWidget(self._label(item), at, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self._cell(item), at, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(S))
        column.addLayout(grid)
        column.addWidget(self.problem)
        self.problem.hide()
        declared = FlowRow(self._theme, M)
        declared.add(self.no_baseline, self.industry)
        column.addWidget(declared)
        self.no_baseline.setVisible(bool(self._measure.baseline))
        self.industry.setVisible(self._measure.industry_baseline)

    def _label(self, item: QuantityInput) -> QWidget:
        variant = item.by_profile.get(self._profile)
        name = self._say.pick(variant.name if variant else item.name)
        note = self._say.pick((variant and variant.note) or item.note)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(FlowLabel(self._theme, name))
        if note:
            column.addWidget(FlowLabel(self._theme, note, "muted", size=self._theme.sizes.caption))
        return made

    def _cell(self, item: QuantityInput) -> QWidget:
        say, theme = self._say, self._theme
        variant = item.by_profile.get(self._profile)
        name = say.pick(variant.name if variant else item.name)
        field = NumberField(theme, say.words, name, say.pick(item.unit), minimum=item.minimum)
        field.line.setFixedHeight(theme.sizes.control)
        field.line.installEventFilter(self._letters)
        field.value_edited.connect(lambda value: self._on_value(item.id, value))
        self.fields[item.id] = field
        self._figures[item.id] = Chip("", "accent")
        self._origins[item.id] = LinkButton(theme, "", "table")
        self._origins[item.id].clicked.connect(self.table_asked)
        counted = QWidget()
        counted.setLayout(
            row(
                theme,
                self._figures[item.id],
                label(say.pick(item.unit), "muted"),
                self._origins[item.id],
                stretch=True,
            )
        )
        self.counted[item.id] = counted
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(field)
        column.addWidget(counted)
        counted.hide()
        return both

    # --- what happens -----------------------------------------------------------------------------

    def _show_counted(self, item: QuantityInput, counted: Counted) -> None:
        self._figures[item.id].show_text(self._say.words.number(counted.value) or "-")
        text = self._say.tr("from_rows", table=counted.table, count=counted.rows)
        self._origins[item.id].setText(text)

    def _on_value(self, name: str, value: Decimal | None) -> None:
        self._typed.pop(name, None)
        if value is not None:
            self._typed[name] = value
        old = self._state.answer
        new = edits.measured(old, inputs=dict(self._typed))
        problems = list(check_measure(self._measure, new, "", "", "")) if new else []
        self._say_problem("\n".join(self._say.pick(found.message) for found in problems))
        if not problems:
            self.fields_edited.emit({"inputs": dict(self._typed)})

    def _say_problem(self, text: str) -> None:
        self.problem.set_text(text)
        self.problem.setVisible(bool(text))

    def _on_no_baseline(self, ticked: bool) -> None:
        # The answer on record decides what is shown, not the click.
        self.no_baseline.setChecked(not ticked)
        fields: dict[str, object] = {"no_baseline": True if ticked else None}
        if ticked:
            fields["industry_baseline"] = False
        self.fields_edited.emit(fields)

    def _on_industry(self, ticked: bool) -> None:
        self.industry.setChecked(not ticked)
        self.fields_edited.emit({"industry_baseline": ticked})
