"""How the scores of each group lie: least, quartiles, median and most on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import M, S
from assessor.ui.views.bureau.charts.spots import Spot, SpotChart

_NAME_SHARE = 0.3
_THICK = 12


@dataclass(frozen=True)
class BoxRow:
    """One group: the five figures, `None` where too few were seen, and how many visits."""

    name: str
    figures: tuple[Decimal, Decimal, Decimal, Decimal, Decimal] | None
    told: str
    visits: tuple[int, ...]


class BoxPlots(SpotChart):
    """One row for each group; the median stands beside its box."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent)
        self.rows: tuple[BoxRow, ...] = ()

    def set_rows(self, rows: Sequence[BoxRow]) -> None:
        """Show other groups."""
        self.rows = tuple(rows)
        self.figures_changed()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """All rows."""
        return QSize(self.theme.px(240), len(self.rows) * self.line)

    def _row(self, at: int) -> QRectF:
        return QRectF(0, at * self.line, self.width(), self.line)

    def spots(self) -> Sequence[Spot]:
        """Every row with figures."""
        return [
            Spot(self._row(at), row.told, row.visits)
            for at, row in enumerate(self.rows)
            if row.figures is not None
        ]

    def paint(self, painter: QPainter) -> None:
        """Draw names, boxes and figures."""
        shown = [row.figures for row in self.rows if row.figures is not None]
        low = min((figures[0] for figures in shown), default=Decimal(0))
        high = max((figures[-1] for figures in shown), default=Decimal(1))
        names = min(self.widest([row.name for row in self.rows]), self.width() * _NAME_SHARE)
        counts = self.widest(["0000"]) + self.theme.px(S)
        medians = self.widest(["000.00"]) + self.theme.px(S)
        left = names + self.theme.px(M)
        right = self.width() - counts - medians
        for at, row in enumerate(self.rows):
            area = self._row(at)
            self.write(painter, QRectF(0, area.top(), names, area.height()), row.name, "muted")
            count = QRectF(self.width() - counts, area.top(), counts, area.height())
            side = Qt.AlignmentFlag.AlignRight
            self.write(painter, count, str(len(row.visits)), "muted", side)
            median = QRectF(right, area.top(), medians, area.height())
            if row.figures is None:
                self.write(painter, median, "—", "muted", side)
                continue
            self.write(painter, median, f"{row.figures[2]:.2f}", "text", side)
            span = max(high - low, Decimal(1))
            width = right - left
            places = [left + float((one - low) / span) * width for one in row.figures]
            self._paint_box(painter, area.center().y(), places)

    def _paint_box(self, painter: QPainter, middle: float, places: Sequence[float]) -> None:
        least, lower, median, upper, most = places
        half = self.theme.px(_THICK) / 2
        painter.setPen(QPen(self.theme.colour("strong_line"), 1.4))
        painter.drawLine(QPointF(least, middle), QPointF(most, middle))
        for end in (least, most):
            painter.drawLine(QPointF(end, middle - half / 2), QPointF(end, middle + half / 2))
        painter.setPen(QPen(self.theme.colour("accent"), 1))
        painter.setBrush(self.mixed(0.3))
        painter.drawRect(QRectF(lower, middle - half, max(upper - lower, 1.0), 2 * half))
        painter.setPen(QPen(self.theme.colour("text"), 2))
        painter.drawLine(QPointF(median, middle - half), QPointF(median, middle + half))
