"""A few words side by side, one of which is chosen: for choices that fit on a line."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QWidget

from assessor.ui.theme import Theme
from assessor.ui.widgets.buttons import GhostButton
from assessor.ui.widgets.marking import marked, named

_EDGE, _MARK = 3, 16


class Segments(QFrame):
    """One of a few. The chosen one carries a check mark; arrows move within.

    Signals: `key_chosen(str)` when the person chooses, not when it is told.
    """

    key_chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        choices: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        marked(self, "card", "sunken")
        named(self, name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(theme.sizes.control + 2 * (_EDGE + 1))
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        self._row.setSpacing(_EDGE)
        self.buttons: dict[str, GhostButton] = {}
        for key, text in choices.items():
            self._add(key, text, name)

    def key(self) -> str | None:
        """Return the key that is chosen."""
        return next((key for key, one in self.buttons.items() if one.isChecked()), None)

    def set_key(self, key: str | None) -> None:
        """Show what is chosen; nothing for `None` or an unknown key."""
        self._group.setExclusive(False)
        for known, button in self.buttons.items():
            button.setChecked(known == key)
        self._group.setExclusive(True)
        self._mark()

    def focus_chosen(self) -> None:
        """Put the focus on what is chosen, else on the first."""
        chosen = self.key() or next(iter(self.buttons))
        self.buttons[chosen].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, key: str, text: str, name: str) -> None:
        button = GhostButton(self._theme, text)
        button.setCheckable(True)
        named(button, f"{name} {text}")
        button.setIconSize(QSize(self._theme.px(_MARK), self._theme.px(_MARK)))
        button.setIcon(self._theme.icon("check", "accent"))
        button.ensurePolished()
        # Room for the mark is kept, so that nothing moves when another one is chosen.
        button.setMinimumWidth(button.sizeHint().width())
        button.setIcon(QIcon())
        button.clicked.connect(lambda *_: self._chosen(key))
        self._group.addButton(button)
        self._row.addWidget(button)
        self.buttons[key] = button

    def _chosen(self, key: str) -> None:
        self._mark()
        self.key_chosen.emit(key)

    def _mark(self) -> None:
        check = self._theme.icon("check", "accent")
        for button in self.buttons.values():
            button.setIcon(check if button.isChecked() else QIcon())
