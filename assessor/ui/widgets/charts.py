"""Small charts that are drawn: shares as bars and rings."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor.reports.charts import clamp
from assessor.ui.theme import Theme

_TOP = 90 * 16
_TURN = 360 * 16
_SOFT_ALPHA = 90
_ONE = Decimal(1)


class ShareBar(QWidget):
    """A share from 0 to 1, what is still possible beyond it, and a line to reach."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        thickness: int = 5,
        role: str = "accent",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._role = role
        self._thickness = theme.px(thickness)
        self._share = self._possible = Decimal(0)
        self._line: Decimal | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self._thickness + theme.px(6))
        self.set_share(Decimal(0))

    def set_share(
        self, share: Decimal, possible: Decimal | None = None, line: Decimal | None = None
    ) -> None:
        """Show a share; `possible` is the most it can still become, `line` what it should reach."""
        self._share, self._line = share, line
        self._possible = share if possible is None else possible
        self.setAccessibleName(f"{self._name} {clamp(share) * 100:.0f} %")
        self.update()

    def set_role(self, role: str) -> None:
        """Draw it in another colour."""
        self._role = role
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """A short bar."""
        return QSize(self._theme.px(54), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colour = self._theme.colour(self._role)
        soft = QColor(colour)
        soft.setAlpha(_SOFT_ALPHA)
        self._bar(painter, self._theme.colour("line"), _ONE)
        if self._possible > self._share:
            self._bar(painter, soft, self._possible)
        self._bar(painter, colour, self._share)
        if self._line is not None:
            painter.setBrush(self._theme.colour("text"))
            at = clamp(self._line) * (self.width() - 2)
            painter.drawRect(QRectF(at, 0, 2, self.height()))

    def _bar(self, painter: QPainter, colour: QColor, share: Decimal) -> None:
        width = clamp(share) * self.width()
        if width <= 0:
            return
        painter.setBrush(colour)
        top, half = (self.height() - self._thickness) / 2, self._thickness / 2
        rect = QRectF(0, top, max(width, self._thickness), self._thickness)
        painter.drawRoundedRect(rect, half, half)


class ProgressRing(QWidget):
    """How much of something is done, as a ring with the figure inside."""

    def __init__(
        self, theme: Theme, name: str, size: int = 56, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._done = self._total = 0
        self.setFixedSize(theme.px(size), theme.px(size))
        self.set_progress(0, 0)

    def set_progress(self, done: int, total: int) -> None:
        """Show `done` of `total`."""
        self._done, self._total = done, total
        self.setAccessibleName(f"{self._name} {done}/{total}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw ring and figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thickness = self.width() / 10
        half = thickness / 2 + 1
        rect = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.setPen(QPen(self._theme.colour("line"), thickness))
        painter.drawEllipse(rect)
        share = self._done / self._total if self._total else 0.0
        role = "good" if share >= 1 else "accent"
        round_cap = Qt.PenCapStyle.RoundCap
        pen = QPen(self._theme.colour(role), thickness, Qt.PenStyle.SolidLine, round_cap)
        painter.setPen(pen)
        painter.drawArc(rect, _TOP, -round(share * _TURN))
        painter.setPen(self._theme.colour("text"))
        painter.setFont(self._theme.font(round(self.width() / 4), bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, f"{share * 100:.0f}%")
