"""The state of something as a shape that also has a colour."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QWidget

from assessor.ui.theme import Theme

State = Literal[
    "answered",
    "unanswered",
    "partial",
    "not_applicable",
    "flagged",
    "no_evidence",
    "good",
    "caution",
    "bad",
    "info",
    "locked",
]
STATE_ICONS: dict[State, tuple[str, str]] = {
    "answered": ("check-filled", "good"),
    "unanswered": ("circle", "strong_line"),
    "partial": ("circle-half", "accent"),
    "not_applicable": ("circle-minus", "muted"),
    "flagged": ("flag", "caution"),
    "no_evidence": ("paperclip-struck", "bad"),
    "good": ("check-circle", "good"),
    "caution": ("warning", "caution"),
    "bad": ("error", "bad"),
    "info": ("info", "accent"),
    "locked": ("lock", "muted"),
}
"""Icon and role of colour by state; no two states share an icon."""


class StateIcon(QLabel):
    """The icon of a state; `text` says the state to those who do not see it."""

    def __init__(
        self,
        theme: Theme,
        state: State,
        text: str,
        size: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size or theme.px(16)
        self.setFixedSize(QSize(self._size, self._size))
        self.set_state(state, text)

    def set_state(self, state: State, text: str) -> None:
        """Show another state."""
        icon, role = STATE_ICONS[state]
        self.setPixmap(self._theme.pixmap(icon, role, self._size))
        self.setToolTip(text)
        self.setAccessibleName(text)
