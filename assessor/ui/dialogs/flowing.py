"""Dialogs of words that wrap: of a chosen width, and as high as their words need at that width."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QWidget


class FlowingDialog(QDialog):
    """Follows its content in height.

    Left to itself a dialog takes the height its words need in one line each, and is then made
    narrower than that: wrapped words would be drawn over what stands beneath them.
    """

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        """Begin `width` pixels wide, which people can change."""
        super().__init__(parent)
        self._width = width
        self.setMinimumWidth(width)

    def sizeHint(self) -> QSize:  # noqa: N802
        """The chosen width, and what the content needs there."""
        return QSize(self._width, self._needed(self._width))

    def event(self, event: QEvent) -> bool:
        """Follow the content when it changes."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Follow the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = self._needed(self.width())
        if needed != self.height():
            self.setFixedHeight(needed)

    def _needed(self, width: int) -> int:
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else 0
