"""One question of a gold set: the case, the evidence, and the ways to answer; nothing of the
experts'."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.analysis.calibration import GoldCase, GoldItem
from assessor.assessment import Answer
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    QuantityRule,
    SelectionRule,
    YesNoRule,
)
from assessor.rules import names
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import L, M, S
from assessor.ui.widgets import (
    Card,
    Choice,
    ChoiceList,
    FlowLabel,
    NumberField,
    ScrollColumn,
    label,
)
from assessor.ui.words import Words

NONE = "none"
"""The key of the card that says none of these."""


class QuestionView(ScrollColumn):
    """Signals: `answered(object)` an `Answer`, or `None` when what was said is taken back."""

    answered = Signal(object)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, L, parent)
        self._theme, self._words = theme, words
        self._criterion: Criterion | None = None
        self._answer: Answer | None = None
        self.case = label("", "caption")
        self.about = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.title = FlowLabel(theme, "", size=theme.sizes.title, bold=True)
        self.question = FlowLabel(theme, "", "muted")
        self.evidence = FlowLabel(theme, "")
        self.choices: ChoiceList | None = None
        self.fields: dict[str, NumberField] = {}
        self._inputs: dict[str, Decimal] = {}
        self._inner = QWidget()
        card = Card(theme, "sunken")
        card.body.addWidget(label(words.tr("ui_calibrate.evidence"), "caption"))
        card.body.addWidget(self.evidence)
        for part in (self.case, self.about, self.title, self.question, card, self._inner):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def show_question(
        self, case: GoldCase, item: GoldItem, criterion: Criterion, answer: Answer | None
    ) -> None:
        """Show a question with what was answered to it so far."""
        pick = self._words.pick
        self._criterion, self._answer = criterion, answer
        self.case.setText(pick(case.title))
        self.about.set_text(pick(case.text))
        self.title.set_text(f"{criterion.number} {pick(criterion.title)}")
        self.question.set_text(pick(criterion.question))
        self.evidence.set_text(pick(item.evidence))
        column = self._anew()
        if isinstance(criterion.rule, QuantityRule):
            self._ask_figures(criterion.rule, answer, column)
        else:
            self._ask_choice(criterion, answer, column)
        self.verticalScrollBar().setValue(0)

    def _anew(self) -> QVBoxLayout:
        """Throw away the ways to answer and return the column for others."""
        old = self._inner
        self._inner = QWidget()
        self.choices, self.fields, self._inputs = None, {}, {}
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, self._theme.px(S), 0, 0)
        column.setSpacing(self._theme.px(M))
        self.body.replaceWidget(old, self._inner)
        old.hide()
        old.deleteLater()
        return column

    def _ask_choice(self, criterion: Criterion, answer: Answer | None, column: QVBoxLayout) -> None:
        several = isinstance(criterion.rule, ChecklistRule | SelectionRule)
        name = self._words.pick(criterion.title)
        self.choices = ChoiceList(self._theme, name, several)
        self.choices.set_choices(list(self._choices(criterion)))
        self.choices.set_current(_chosen(answer))
        self.choices.option_chosen.connect(self._on_several if several else self._on_one)
        column.addWidget(self.choices)

    def _choices(self, criterion: Criterion) -> Iterator[Choice]:
        pick, tr = self._words.pick, self._words.tr
        match criterion.rule:
            case LevelsRule() | LookupRule() as rule:
                for option in rule.options:
                    yield Choice(option.key, pick(option.text))
            case SelectionRule() as selection:
                for option in selection.options:
                    yield Choice(option.key, pick(option.text))
                yield Choice(NONE, tr("ui_calibrate.none"), shown_key="–")
            case ChecklistRule() as checklist:
                for item in checklist.items:
                    yield Choice(item.key, pick(item.text))
                yield Choice(NONE, tr("ui_calibrate.none"), shown_key="–")
            case YesNoRule() as either:
                yield Choice(names.YES, pick(either.yes), shown_key=tr("said.yes"))
                yield Choice(names.NO, pick(either.no), shown_key=tr("said.no"))

    def _ask_figures(self, rule: QuantityRule, answer: Answer | None, column: QVBoxLayout) -> None:
        self._inputs = dict((answer.inputs if answer else None) or {})
        for entry in rule.measure.inputs:
            name, unit = self._words.pick(entry.name), self._words.pick(entry.unit)
            field = NumberField(self._theme, self._words, name, unit, minimum=entry.minimum)
            field.set_value(self._inputs.get(entry.id))
            field.value_edited.connect(lambda value, key=entry.id: self._on_figure(key, value))
            self.fields[entry.id] = field
            column.addWidget(label(name, "caption"))
            column.addWidget(field)

    # --- what happens -----------------------------------------------------------------------------

    def _on_one(self, key: str) -> None:
        self._say(Answer(option=key))

    def _on_several(self, key: str) -> None:
        before = set(self._answer.options or ()) if self._answer else set()
        if key == NONE:
            taken_back = self._answer is not None and self._answer.none
            self._say(None if taken_back else Answer(none=True))
            return
        keys = [card.key for card in self.choices.cards] if self.choices else []
        chosen = tuple(one for one in keys if one in before ^ {key})
        self._say(Answer(options=chosen) if chosen else None)

    def _on_figure(self, key: str, value: Decimal | None) -> None:
        if value is None:
            self._inputs.pop(key, None)
        else:
            self._inputs[key] = value
        whole = self._inputs.keys() == self.fields.keys()
        self._say(Answer(inputs=dict(self._inputs)) if whole else None)

    def _say(self, answer: Answer | None) -> None:
        self._answer = answer
        if self.choices is not None:
            self.choices.set_current(_chosen(answer))
        self.answered.emit(answer)


def _chosen(answer: Answer | None) -> tuple[str, ...]:
    if answer is None:
        return ()
    if answer.none:
        return (NONE,)
    return (answer.option,) if answer.option else answer.options or ()
