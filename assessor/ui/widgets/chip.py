"""Small rounded labels: states in words, provenance, keys of the keyboard."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from assessor.ui.widgets.marking import marked, retone

ChipTone = Literal["", "accent", "good", "caution", "bad", "outline"]


class Chip(QLabel):
    """A short text on a coloured ground; `outline` is for provenance and other quiet facts."""

    def __init__(self, text: str, tone: ChipTone = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        marked(self, "chip", tone)

    def show_text(self, text: str, tone: ChipTone | None = None) -> None:
        """Say something else, perhaps in another tone."""
        self.setText(text)
        if tone is not None:
            retone(self, "tone", tone)


class Badge(Chip):
    """Where a figure or a rule comes from; `explanation` says more on hovering."""

    def __init__(self, text: str, explanation: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "outline", parent)
        self.setToolTip(explanation)
        self.setAccessibleDescription(explanation)


class KeyCap(QLabel):
    """A key of the keyboard, as a hint."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        marked(self, "key")
