"""The graded descriptors of a criterion as large cards to choose from."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import S
from assessor.ui.widgets.choice_card import Choice, ChoiceCard

_FIRST_DIGIT = Qt.Key.Key_1
_DIGITS = 9


class ChoiceList(QWidget):
    """Cards to choose one of, or several when `multiple`.

    It never chooses by itself: it announces what was asked for and shows what it is told. Number
    keys choose, arrows move, Space and Enter choose.

    Signals: `option_chosen(str)` the key of the option that was asked for; `option_considered(str)`
    the key of the card under the pointer, else of the one with the focus, empty for none.
    """

    option_chosen = Signal(str)
    option_considered = Signal(str)

    def __init__(
        self, theme: Theme, name: str, multiple: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._multiple = multiple
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(S))
        # The cards keep their own heights; what is left over lies below them.
        self._column.addStretch(1)
        self._choices: tuple[Choice, ...] = ()
        self._current: frozenset[str] = frozenset()
        self._considered = ""
        self.cards: list[ChoiceCard] = []
        self.setAccessibleName(name)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other options; cards are made anew only when something changed."""
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._card(choice) for choice in choices]
        self._show_current()

    def set_current(self, keys: Collection[str] | str | None) -> None:
        """Show which options are chosen."""
        chosen = {keys} if isinstance(keys, str) else set(keys or ())
        self._current = frozenset(chosen)
        self._show_current()

    def set_theirs(self, keys: Collection[str] | str | None, label: str) -> None:
        """Show which options the enterprise chose itself, under a `label` such as its name."""
        theirs = {keys} if isinstance(keys, str) else set(keys or ())
        for card in self.cards:
            card.set_theirs(label if card.key in theirs else "")

    def choose_number(self, number: int) -> None:
        """Ask for the option with this number, counted from 1; nothing when there is none."""
        if 1 <= number <= len(self.cards) and self.isEnabled():
            self.option_chosen.emit(self.cards[number - 1].key)

    def focus_current(self) -> None:
        """Put the focus on the chosen card, else the first."""
        if card := self._home():
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Choose by number, move by arrows."""
        key = event.key()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        number = key - _FIRST_DIGIT + 1
        if 1 <= number <= _DIGITS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.choose_number(number)
        elif key in steps:
            self._move(steps[Qt.Key(key)])
        elif key == Qt.Key.Key_Home:
            self._move(-len(self.cards))
        elif key == Qt.Key.Key_End:
            self._move(len(self.cards))
        else:
            super().keyPressEvent(event)

    def _card(self, choice: Choice) -> ChoiceCard:
        card = ChoiceCard(self._theme, choice, self._multiple)
        card.asked.connect(self.option_chosen)
        card.noticed.connect(self._on_noticed)
        self._column.insertWidget(self._column.count() - 1, card)
        return card

    def _show_current(self) -> None:
        home = self._home()
        for card in self.cards:
            card.setChecked(card.key in self._current)
            # One stop of the Tab key for the whole list, as with radio buttons.
            stop = self._multiple or card is home
            card.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)

    @property
    def considered(self) -> str:
        """The key of the card under the pointer, else of the one with the focus, else empty."""
        pointed = [card.key for card in self.cards if card.underMouse()]
        focused = [card.key for card in self.cards if card.hasFocus()]
        return next(iter((*pointed, *focused)), "")

    def _on_noticed(self) -> None:
        if self.considered != self._considered:
            self._considered = self.considered
            self.option_considered.emit(self._considered)

    def _home(self) -> ChoiceCard | None:
        chosen = [card for card in self.cards if card.key in self._current]
        return next(iter(chosen or self.cards), None)

    def _move(self, step: int) -> None:
        at = next((n for n, card in enumerate(self.cards) if card.hasFocus()), None)
        if at is None or not self.cards:
            return
        target = min(max(at + step, 0), len(self.cards) - 1)
        self.cards[target].setFocus(Qt.FocusReason.TabFocusReason)
