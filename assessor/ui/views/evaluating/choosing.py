"""Answers that are chosen: graded levels, yes or no, several options, a checklist."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.assessment import Answer
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    Option,
    SelectionRule,
    YesNoRule,
)
from assessor.rules import names
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import S
from assessor.ui.views.evaluating import edits
from assessor.ui.views.evaluating.editor import AnswerEditor, Shown
from assessor.ui.views.evaluating.edits import MakeEdit
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.widgets import Choice, ChoiceList, FlowLabel
from assessor.ui.widgets.note_edit import LineField

NONE = "-"
"""The key of the card that says that none of the options is met."""


def option_choices(
    say: Sayings, criterion: Criterion, options: Sequence[Option], profile: str, maximum: Decimal
) -> list[Choice]:
    """Return the cards of options with their points and tiers."""
    return [
        Choice(
            option.key,
            say.option(option, profile),
            say.option_points(criterion, option, maximum),
            say.target(option.tier),
        )
        for option in options
    ]


class OneOf(AnswerEditor):
    """Exactly one of graded levels, or yes or no."""

    def __init__(
        self, theme: Theme, say: Sayings, shown: Shown, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._say = say
        self._shown = shown
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(S))
        rule = shown.criterion.rule
        if isinstance(rule, YesNoRule) and rule.conditions:
            lines = "\n".join(f"• {say.pick(text)}" for text in rule.conditions)
            column.addWidget(FlowLabel(theme, lines, "muted", size=theme.sizes.table))
        self.list = ChoiceList(theme, say.pick(shown.criterion.title))
        self.list.option_chosen.connect(self._on_chosen)
        self.list.option_considered.connect(lambda _: self.considered.emit())
        column.addWidget(self.list)
        self.setFocusProxy(self.list)

    def show_answer(self, shown: Shown) -> None:
        """Show the options and which is chosen; a linked answer cannot be changed here."""
        self._shown = shown
        self.list.set_choices(self._choices(shown))
        forced = shown.item.forced_by
        answer, theirs = shown.answer, shown.theirs
        own = answer.option if answer is not None else None
        self.list.set_current(forced.then if forced else own)
        if any(card.hasFocus() for card in self.list.cards):
            self.list.focus_current()
        self.list.set_theirs(theirs.option if theirs else None, self._say.tr("theirs"))
        self.list.setEnabled(forced is None)

    def choose_number(self, number: int) -> None:
        """Choose a card by its place."""
        self.list.choose_number(number)

    def focus_home(self) -> None:
        """Go to the chosen card, else the first."""
        self.list.focus_current()

    def alternative(self) -> tuple[str, MakeEdit] | None:
        """Return the option under the pointer or with the focus, unless it is chosen."""
        option, answer = self.list.considered, self._shown.answer
        if not option or (answer is not None and answer.option == option):
            return None
        name = self._say.answer(self._shown.criterion, Answer(option=option))
        told = self._say.tr("if_this" if answer is None else "if_other", answer=name)
        return told, edits.choose(self._shown.key, option)

    @property
    def usable(self) -> bool:
        """Not where the answer follows from another one."""
        return self.list.isEnabled()

    def _choices(self, shown: Shown) -> list[Choice]:
        criterion, say = shown.criterion, self._say
        profile = shown.published.assessment.profile
        maximum = shown.item.span.maximum or criterion.maximum_for(profile)
        rule = criterion.rule
        if isinstance(rule, LevelsRule | LookupRule):
            return option_choices(say, criterion, rule.options, profile, maximum)
        if isinstance(rule, YesNoRule):
            yes, no = say.pick(rule.yes), say.pick(rule.no)
            worth = (say.points(maximum), say.points(Decimal(0)))
            all_, nothing = ("", "") if say.rubric.collects else worth
            return [
                Choice(names.YES, yes, all_, shown_key="1"),
                Choice(names.NO, no, nothing, shown_key="2"),
            ]
        return []

    def _on_chosen(self, option: str) -> None:
        self.edit_wanted.emit(edits.choose(self._shown.key, option))


class AnyOf(AnswerEditor):
    """Any number of options or statements, or expressly none of them."""

    def __init__(
        self, theme: Theme, say: Sayings, shown: Shown, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._say = say
        rule = shown.criterion.rule
        if not isinstance(rule, SelectionRule | ChecklistRule):
            raise TypeError("only selections and checklists have several answers")
        self._rule = rule
        self._several = edits.Several.of(rule)
        self._shown = shown
        self._waiting = ""
        self.list = ChoiceList(theme, say.pick(shown.criterion.title), multiple=True)
        self.list.option_chosen.connect(self._on_chosen)
        self.list.option_considered.connect(lambda _: self.considered.emit())
        self.other = LineField(theme, say.tr("other_name"), say.tr("other_hint"))
        self.other.text_handed.connect(self._on_other)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(S))
        column.addWidget(self.list)
        column.addWidget(self.other)
        self.other.hide()

    def show_answer(self, shown: Shown) -> None:
        """Show the options and which are chosen."""
        self._shown = shown
        self.list.set_choices(self._choices(shown))
        answer, theirs = shown.answer, shown.theirs
        self.list.set_current(_chosen(answer.options, answer.none) if answer else ())
        self.list.set_theirs(
            _chosen(theirs.options, theirs.none) if theirs else (), self._say.tr("theirs")
        )
        worded = set(answer.options or ()) & self._several.with_text if answer else set()
        if worded:
            self._waiting = ""
        self.other.setVisible(bool(worded or self._waiting))
        if not self._waiting:
            self.other.set_text(answer.other if answer else "")

    def choose_number(self, number: int) -> None:
        """Tick a card by its place."""
        self.list.choose_number(number)

    def focus_home(self) -> None:
        """Go to the first card."""
        self.list.focus_current()

    def flush(self) -> None:
        """Hand in the words that go with an option."""
        self.other.flush()

    def _choices(self, shown: Shown) -> list[Choice]:
        say, profile = self._say, shown.published.assessment.profile
        maximum = shown.item.span.maximum or shown.criterion.maximum_for(profile)
        if isinstance(self._rule, ChecklistRule):
            offered = [
                Choice(item.key, say.pick(item.text), shown_key=str(number))
                for number, item in enumerate(self._rule.items, start=1)
            ]
        else:
            offered = option_choices(say, shown.criterion, self._rule.options, profile, maximum)
        return [*offered, Choice(NONE, say.tr("none_of_these"), say.points(Decimal(0)))]

    def _on_chosen(self, option: str) -> None:
        key, answer = self._shown.key, self._shown.answer
        if option == NONE:
            none = answer is not None and answer.none
            self.edit_wanted.emit(edits.clear(key) if none else edits.choose_none(key))
        elif option in self._several.with_text and not (answer and answer.other):
            self._ask_for_words(option)
        else:
            self.edit_wanted.emit(edits.toggle(key, self._several, option))

    def alternative(self) -> tuple[str, MakeEdit] | None:
        """Return what a tick or its taking away would be, at the card that is looked at."""
        option, answer, say = self.list.considered, self._shown.answer, self._say
        key, chosen = self._shown.key, answer.options or () if answer is not None else ()
        if option == NONE:
            none = answer is not None and answer.none
            told = say.tr("if_this", answer=say.tr("answer_none"))
            return None if none else (told, edits.choose_none(key))
        if not option:
            return None
        name = option
        if isinstance(self._rule, ChecklistRule):
            name = say.tr("if_option", number=self._several.keys.index(option) + 1)
        told = say.tr("if_unticked" if option in chosen else "if_ticked", option=name)
        return told, edits.toggle(key, self._several, option)

    def _ask_for_words(self, option: str) -> None:
        """An option that has to be put in words is chosen once there are words."""
        self._waiting = option
        self.other.show()
        self.other.setFocus()

    def _on_other(self, text: str) -> None:
        key = self._shown.key
        if self._waiting and text.strip():
            self.edit_wanted.emit(edits.toggle(key, self._several, self._waiting, text))
        elif text.strip():
            self.edit_wanted.emit(edits.say_other(key, text))


def _chosen(options: tuple[str, ...] | None, none: bool | None) -> tuple[str, ...]:
    return (NONE,) if none else options or ()
