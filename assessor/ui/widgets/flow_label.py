"""A label for longer texts: it wraps, and tells its height for a width."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor.ui.theme import Theme
from assessor.ui.widgets.text_layout import LINE_HEIGHT, LaidText, lay_out

_WIDEST = 100_000
_NARROWEST_CHARACTERS = 6
_KEPT_WIDTHS = 12
"""One pass of a layout asks for a handful of widths, and again for some of the pass before."""


class FlowLabel(QWidget):
    """Plain text that wraps; `role` is its colour, `size` the height of its letters (scaled)."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: str = "text",
        *,
        size: int | None = None,
        bold: bool = False,
        line_height: float = LINE_HEIGHT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._line_height = line_height
        self._font = theme.font(size, bold)
        self._laid: dict[int, LaidText] = {}
        self._text = ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text)

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        if text == self._text:
            return
        self._text = text
        self._laid.clear()
        self.setAccessibleName(text)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.updateGeometry()
        self.update()

    def set_role(self, role: str) -> None:
        """Show the text in another colour."""
        self._role = role
        self.update()

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Return the height the text needs at a width."""
        one_line = self._at(_WIDEST)
        wide = width > one_line.width
        return ceil(one_line.height if wide else self._at(width).height)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as the text in one line."""
        laid = self._at(_WIDEST)
        return QSize(ceil(laid.width) + 1, ceil(laid.height))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for a few characters."""
        hint = self.sizeHint()
        narrow = self._font.pixelSize() * _NARROWEST_CHARACTERS
        return QSize(min(hint.width(), narrow), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the text."""
        painter = QPainter(self)
        painter.setPen(self._theme.colour(self._role))
        self._at(self.width()).draw(painter, QPointF(0, 0))

    def _at(self, width: int) -> LaidText:
        if width not in self._laid:
            if len(self._laid) > _KEPT_WIDTHS:
                self._laid.clear()
            self._laid[width] = lay_out(self._text, self._font, width, self._line_height)
        return self._laid[width]
