"""A field for a month, kept as `2025-10`."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from assessor.ui.theme import Theme
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.widgets import named, retone

_MONTH = re.compile(r"(\d{4})[-/.\u5e74]?(\d{1,2})\u6708?")


class MonthField(QLineEdit):
    """A month written in any usual way.

    Signals: `month_edited(str)` `2025-10`, or empty for an emptied field, when Enter is pressed or
    the field is left.
    """

    month_edited = Signal(str)

    def __init__(
        self, theme: Theme, say: Sayings, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._say, self._value = say, ""
        named(self, name, say.tr("month_wanted"))
        self.setPlaceholderText(say.tr("month_placeholder"))
        self.setFixedWidth(theme.px(140))
        self.editingFinished.connect(self._on_finished)

    def set_value(self, value: str) -> None:
        """Show a month, unless one is just being typed."""
        self._value = value
        if not (self.hasFocus() and self.isModified()):
            self.setText(value)
            retone(self, "invalid", False)

    def _on_finished(self) -> None:
        usable, value = parse_month(self.text())
        retone(self, "invalid", not usable)
        self.setToolTip("" if usable else self._say.tr("month_wanted"))
        if not usable:
            return
        self.setText(value)
        self.setModified(False)
        if value != self._value:
            self._value = value
            self.month_edited.emit(value)


def parse_month(text: str) -> tuple[bool, str]:
    """Return whether `text` is a month or empty, and the month as `2025-10`."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not plain:
        return True, ""
    if not (found := _MONTH.fullmatch(plain)):
        return False, ""
    try:
        return True, date(int(found[1]), int(found[2]), 1).isoformat()[:7]
    except ValueError:
        return False, ""
