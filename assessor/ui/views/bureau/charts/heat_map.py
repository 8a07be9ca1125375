"""District by dimension: rates as steps of lightness with their figure, small cells left empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import S
from assessor.ui.views.bureau.charts.spots import Spot, SpotChart
from assessor.ui.widgets.radar import wrapped

_STEPS = (
    (Decimal("0.5"), 0.06),
    (Decimal("0.6"), 0.16),
    (Decimal("0.7"), 0.28),
    (Decimal("0.8"), 0.44),
)
"""Below which rate a cell has which lightness; from the last line on it has the full colour."""
_MOST_LINES = 3
_NAME, _COUNT = 76, 44


@dataclass(frozen=True)
class HeatRow:
    """One district: its rates by dimension, `None` where too few were seen, and how many visits."""

    name: str
    rates: tuple[Decimal | None, ...]
    told: tuple[str, ...]
    visits: tuple[tuple[int, ...], ...]
    count: int


class HeatMap(SpotChart):
    """Rows of districts with a column for each dimension and the number of visits at the end."""

    def __init__(self, theme: Theme, name: str, counts: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent)
        self._counts = counts
        self.columns: tuple[str, ...] = ()
        self.rows: tuple[HeatRow, ...] = ()

    def set_rows(self, columns: Sequence[str], rows: Sequence[HeatRow]) -> None:
        """Show other rates."""
        self.columns, self.rows = tuple(columns), tuple(rows)
        self.figures_changed()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """All rows, and columns wide enough for a figure."""
        width = self.theme.px(_NAME + _COUNT) + len(self.columns) * self.theme.px(46)
        return QSize(width, self._head + len(self.rows) * self.line)

    @property
    def _head(self) -> int:
        most = max((len(self._lines(name)) for name in self.columns), default=1)
        return round(most * self.metrics.height()) + self.theme.px(S)

    @property
    def _left(self) -> float:
        return max(self.theme.px(_NAME), self.widest([one.name for one in self.rows]) + 2 * S)

    @property
    def _width(self) -> float:
        return (self.width() - self._left - self.theme.px(_COUNT)) / max(len(self.columns), 1)

    def _lines(self, name: str) -> list[str]:
        """Return the name of a column in lines; what is left over stands in the last."""
        lines = wrapped(name, self.metrics, self._width - 4)
        last = lines[_MOST_LINES - 1 :]
        joint = " " if name.isascii() else ""
        return [*lines[: _MOST_LINES - 1], joint.join(last)] if last else lines

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Heads that wrap otherwise at another width need another height."""
        super().resizeEvent(event)
        self.updateGeometry()

    def _cell(self, row: int, column: int) -> QRectF:
        width = self._width
        height = (self.height() - self._head) / max(len(self.rows), 1)
        height = min(height, self.line * 1.4)
        return QRectF(self._left + column * width, self._head + row * height, width, height)

    def spots(self) -> Sequence[Spot]:
        """Every cell that shows a rate."""
        return [
            Spot(self._cell(at, column), row.told[column], row.visits[column])
            for at, row in enumerate(self.rows)
            for column, rate in enumerate(row.rates)
            if rate is not None
        ]

    def paint(self, painter: QPainter) -> None:
        """Draw heads, names, cells and counts."""
        for column, head in enumerate(self.columns):
            self._paint_head(painter, column, head)
        end = self._cell(0, len(self.columns))
        box = QRectF(end.left(), 0, self.theme.px(_COUNT), self._head)
        self.write(painter, box, self._counts, "muted", Qt.AlignmentFlag.AlignRight)
        for at, row in enumerate(self.rows):
            first, last = self._cell(at, 0), self._cell(at, len(self.columns))
            name = QRectF(0, first.top(), first.left() - S, first.height())
            self.write(painter, name, row.name, "muted", Qt.AlignmentFlag.AlignRight)
            count = QRectF(last.left(), last.top(), self.theme.px(_COUNT), last.height())
            self.write(painter, count, str(row.count), "muted", Qt.AlignmentFlag.AlignRight)
            for column, rate in enumerate(row.rates):
                self._paint_cell(painter, self._cell(at, column).adjusted(1, 1, -1, -1), rate)

    def _paint_head(self, painter: QPainter, column: int, name: str) -> None:
        cell = self._cell(0, column)
        lines = self._lines(name)
        height = self.metrics.height()
        top = self._head - len(lines) * height - 4
        for at, text in enumerate(lines):
            box = QRectF(cell.left() + 2, top + at * height, cell.width() - 4, height)
            self.write(painter, box, text, "muted", Qt.AlignmentFlag.AlignHCenter)

    def _paint_cell(self, painter: QPainter, cell: QRectF, rate: Decimal | None) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if rate is None:
            painter.setBrush(self.theme.colour("sunken"))
            painter.drawRect(cell)
            self.write(painter, cell, "—", "muted", Qt.AlignmentFlag.AlignHCenter)
            return
        share = next((share for line, share in _STEPS if rate < line), 1.0)
        painter.setBrush(self.mixed(share))
        painter.drawRect(cell)
        role = "on_accent" if share == 1 else "text"
        self.write(painter, cell, f"{rate * 100:.0f}", role, Qt.AlignmentFlag.AlignHCenter)
