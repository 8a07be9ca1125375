"""Where a measured result lies on the curve that turns it into points."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor.rubrics.rule_models import BinsCurve, Curve, LinearCurve
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS, S
from assessor.ui.words import Words

Corner = tuple[Decimal, Decimal]
_FILL_ALPHA, _DOT = 46, 5


def corners_of(curve: Curve) -> tuple[Corner, ...]:
    """Return result and share where the line bends, or where each step begins."""
    if isinstance(curve, LinearCurve):
        return tuple((point.x, point.share) for point in curve.points)
    bins = sorted(curve.bins, key=lambda step: (step.low is not None, step.low or Decimal(0)))
    edges = [step.low for step in bins if step.low is not None]
    width = edges[-1] - edges[0] or Decimal(1)
    before = Decimal(0) if edges[0] > 0 else edges[0] - width / 2
    return tuple((before if step.low is None else step.low, step.share) for step in bins)


class CurveView(QWidget):
    """The curve with its corners, and a mark at the result."""

    def __init__(
        self, theme: Theme, words: Words, curve: Curve, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self._corners = corners_of(curve)
        self._stepped = isinstance(curve, BinsCurve)
        self._result: Decimal | None = None
        self._share: Decimal | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(104))
        self.setMinimumWidth(theme.px(180))

    def set_result(self, result: Decimal | None, share: Decimal | None, spoken: str) -> None:
        """Mark a result and the share (0 to 1) it gives; `spoken` says it in words."""
        self._result, self._share = result, share
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Wide enough for the figures below."""
        return QSize(self._theme.px(300), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw axis, curve, mark and figures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(self._theme.sizes.caption))
        field = self._field(painter)
        line = self._line(field)
        fill = self._theme.colour("accent")
        fill.setAlpha(_FILL_ALPHA)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF([field.bottomLeft(), *line, field.bottomRight()]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(field.bottomLeft(), field.bottomRight())
        painter.setPen(QPen(self._theme.colour("accent"), 2))
        painter.drawPolyline(QPolygonF(line))
        self._paint_ticks(painter, field)
        self._paint_mark(painter, field)

    def _field(self, painter: QPainter) -> QRectF:
        below = QFontMetricsF(painter.font()).height() + self._theme.px(XS)
        side = self._theme.px(S) * 2
        return QRectF(self.rect()).adjusted(side, self._theme.px(S), -side, -below)

    def _x(self, field: QRectF, value: Decimal) -> float:
        low, high = self._corners[0][0], self._corners[-1][0]
        share = (min(max(value, low), high) - low) / (high - low or Decimal(1))
        return field.left() + float(share) * field.width()

    def _y(self, field: QRectF, share: Decimal) -> float:
        return field.bottom() - float(min(max(share, Decimal(0)), Decimal(1))) * field.height()

    def _line(self, field: QRectF) -> list[QPointF]:
        line: list[QPointF] = []
        for x, share in self._corners:
            at = QPointF(self._x(field, x), self._y(field, share))
            if self._stepped and line:
                line.append(QPointF(at.x(), line[-1].y()))
            line.append(at)
        return [*line, QPointF(field.right(), line[-1].y())]

    def _paint_ticks(self, painter: QPainter, field: QRectF) -> None:
        metrics = QFontMetricsF(painter.font())
        painter.setPen(self._theme.colour("muted"))
        free = -1.0
        for x, width, text in self._ticks(field, metrics):
            left = min(max(x - width / 2, 0.0), self.width() - width)
            if left >= free:
                painter.drawText(QPointF(left, self.height() - metrics.descent()), text)
                free = left + width + self._theme.px(S)

    def _ticks(self, field: QRectF, metrics: QFontMetricsF) -> Sequence[tuple[float, float, str]]:
        texts = [(x, self._words.number(x)) for x, _ in self._corners]
        return [(self._x(field, x), metrics.horizontalAdvance(text), text) for x, text in texts]

    def _paint_mark(self, painter: QPainter, field: QRectF) -> None:
        if self._result is None or self._share is None:
            return
        at = QPointF(self._x(field, self._result), self._y(field, self._share))
        painter.setPen(QPen(self._theme.colour("text"), 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(at.x(), field.bottom()), at)
        painter.setPen(QPen(self._theme.colour("panel"), 2))
        painter.setBrush(self._theme.colour("accent"))
        painter.drawEllipse(at, self._theme.px(_DOT), self._theme.px(_DOT))
