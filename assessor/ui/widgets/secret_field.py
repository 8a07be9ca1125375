"""A line for something secret: shown as dots, kept nowhere, gone when the field is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from assessor.ui.theme import Theme
from assessor.ui.widgets.marking import named

_LONGEST = 1000


class SecretField(QLineEdit):
    """One line of secret text."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.setMaxLength(_LONGEST)
        self.setMinimumHeight(theme.sizes.control)
