"""A field for one exact number with its unit."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import S
from assessor.ui.widgets.containers import label
from assessor.ui.widgets.marking import named, retone
from assessor.ui.widgets.typed import Echoes, is_undo
from assessor.ui.words import Words

LONGEST = 40
_WIDTH = 140


class NumberLine(QLineEdit):
    """A line that leaves undo to the window."""

    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        if is_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Announce that the field is left."""
        super().focusOutEvent(event)
        self.left.emit()


class NumberField(QWidget):
    """A number as text: full-width digits, thousands separators and spaces are understood.

    The wheel does nothing. Signals: `value_edited(object)` a `Decimal`, or `None` for an emptied
    field, at each edit that leaves a usable number; `validity_changed(bool)`.
    """

    value_edited = Signal(object)
    validity_changed = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        words: Words,
        name: str,
        unit: str = "",
        *,
        minimum: Decimal | None = None,
        maximum: Decimal | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._minimum, self._maximum = minimum, maximum
        self._value: Decimal | None = None
        self._echoes: Echoes[Decimal | None] = Echoes()
        self.valid = True
        self.line = named(NumberLine(), name, unit)
        self.line.setMaxLength(LONGEST)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.line.setFixedWidth(theme.px(_WIDTH))
        self.line.textEdited.connect(self._on_edit)
        self.line.left.connect(self._on_leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(S))
        row.addWidget(self.line)
        if unit:
            row.addWidget(label(unit, "muted"))
        row.addStretch(1)
        self.setFocusProxy(self.line)

    def value(self) -> Decimal | None:
        """Return the last usable value."""
        return self._value

    def set_value(self, value: Decimal | None) -> None:
        """Show what is on record; an echo of older typing does not disturb newer typing."""
        if not self._echoes.hear(value):
            return
        self._value = value
        if not self.line.hasFocus() or self._parsed() != (True, value):
            self.line.setText(self._words.number(value))
        self._set_valid(True)

    def _on_edit(self) -> None:
        usable, value = self._parsed()
        self._set_valid(usable)
        if usable and value != self._value:
            self._value = value
            self._echoes.send(value)
            self.value_edited.emit(value)

    def _on_leave(self) -> None:
        """Show the number as it was understood; what is not one stays to be mended."""
        self._echoes.forget()
        if self.valid:
            self.line.setText(self._words.number(self._value))

    def _parsed(self) -> tuple[bool, Decimal | None]:
        usable, value = parse_number(self.line.text())
        if value is not None:
            below = self._minimum is not None and value < self._minimum
            above = self._maximum is not None and value > self._maximum
            usable = not (below or above)
        return usable, value

    def _set_valid(self, valid: bool) -> None:
        retone(self.line, "invalid", not valid)
        self.line.setToolTip("" if valid else self._why())
        if valid != self.valid:
            self.valid = valid
            self.validity_changed.emit(valid)

    def _why(self) -> str:
        """Say what would be accepted."""
        number = self._words.number
        low, high = number(self._minimum), number(self._maximum)
        if low and high:
            return self._words.tr("ui.number_between", low=low, high=high)
        if low:
            return self._words.tr("ui.number_least", low=low)
        if high:
            return self._words.tr("ui.number_most", high=high)
        return self._words.tr("ui.number_wanted")


def parse_number(text: str) -> tuple[bool, Decimal | None]:
    """Return whether `text` is a number or empty, and the number.

    Full-width characters are read as their narrow twins; separators of thousands, spaces and a
    percent sign at the end are dropped. Neither exponents nor infinities are numbers here.
    """
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").rstrip("%")
    if not plain:
        return not text.strip(), None
    if set(plain) - set("0123456789.-+"):
        return False, None
    try:
        return True, Decimal(plain)
    except InvalidOperation:
        return False, None
