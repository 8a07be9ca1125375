"""How many visits have which score, as bars with the lines of the tiers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import S
from assessor.ui.views.bureau.charts.spots import Spot, SpotChart

_TINTS = (0.3, 0.55, 0.8, 1.0)
_HEIGHT = 150


@dataclass(frozen=True)
class Bar:
    """The visits with a score from `low` up to `high`."""

    low: Decimal
    high: Decimal
    told: str
    visits: tuple[int, ...]


@dataclass(frozen=True)
class GradeLine:
    """A score from which a tier is reached."""

    at: Decimal
    name: str


class Distribution(SpotChart):
    """A histogram; a dashed line stands where a tier begins, and bars beyond it are stronger."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent)
        self.bars: tuple[Bar, ...] = ()
        self.lines: tuple[GradeLine, ...] = ()

    def set_bars(self, bars: Sequence[Bar], lines: Sequence[GradeLine]) -> None:
        """Show other counts."""
        self.bars = tuple(bars)
        self.lines = tuple(sorted(lines, key=lambda one: one.at))
        self.figures_changed()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """High enough to compare."""
        return QSize(self.theme.px(220), self.theme.px(_HEIGHT))

    @property
    def _floor(self) -> float:
        return self.height() - 2 * self.metrics.height() - self.theme.px(4)

    def _x(self, score: Decimal) -> float:
        if not self.bars:
            return 0.0
        low, high = self.bars[0].low, self.bars[-1].high
        return float((score - low) / (high - low)) * self.width()

    def spots(self) -> Sequence[Spot]:
        """Every bar with visits, as high as the chart, so that small ones can be hit."""
        return [Spot(self._column(bar), bar.told, bar.visits) for bar in self.bars if bar.visits]

    def _column(self, bar: Bar) -> QRectF:
        left, right = self._x(bar.low), self._x(bar.high)
        return QRectF(left + 1, 0, right - left - 2, self._floor)

    def paint(self, painter: QPainter) -> None:
        """Draw bars, lines and the scale."""
        top = max((len(bar.visits) for bar in self.bars), default=0)
        room = self._floor - self.metrics.height() - 4
        for bar in self.bars:
            column = self._column(bar)
            height = room * len(bar.visits) / max(top, 1)
            beyond = sum(line.at <= bar.low for line in self.lines)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.mixed(_TINTS[min(beyond, len(_TINTS) - 1)]))
            drawn = QRectF(column.left(), self._floor - height, column.width(), height)
            painter.drawRoundedRect(drawn, 2, 2)
            if bar.visits:
                count = drawn.adjusted(-8, -self.metrics.height() - 2, 8, 0)
                count.setHeight(self.metrics.height())
                middle = Qt.AlignmentFlag.AlignHCenter
                self.write(painter, count, str(len(bar.visits)), "muted", middle)
        painter.setPen(QPen(self.theme.colour("strong_line"), 1))
        painter.drawLine(QPointF(0, self._floor), QPointF(self.width(), self._floor))
        self._paint_scale(painter)

    def _paint_scale(self, painter: QPainter) -> None:
        if not self.bars:
            return
        low, high = self.bars[0].low, self.bars[-1].high
        height, top = self.metrics.height(), self._floor + self.theme.px(4)
        taken: list[QRectF] = []
        for line in self.lines:
            if not low < line.at < high:
                continue
            x = self._x(line.at)
            painter.setPen(QPen(self.theme.colour("muted"), 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, 0), QPointF(x, self._floor))
            text = f"{line.at.normalize():f} {line.name}"
            width = self.metrics.horizontalAdvance(text) + 2
            box = QRectF(min(x, self.width() - width), top, width, height)
            # A name that would meet the one before it stands a line lower.
            if taken and box.left() < taken[-1].right() + S and taken[-1].top() == top:
                box.moveTop(top + height)
            taken.append(box)
            self.write(painter, box, text, "muted")
        for score, side in ((low, 0.0), (high, 1.0)):
            text = f"{score.normalize():f}"
            width = self.metrics.horizontalAdvance(text) + 2
            box = QRectF(side * (self.width() - width), top, width, height)
            if not any(box.intersects(other) for other in taken):
                self.write(painter, box, text, "muted")
