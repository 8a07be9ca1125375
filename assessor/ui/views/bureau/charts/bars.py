"""Rows with a bar and figures: criteria lost, progress against the plan, assessors compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from assessor.reports.charts import clamp
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import M, S
from assessor.ui.views.bureau.charts.spots import Spot, SpotChart

_THICK, _BAR = 7, 110
_SIDE = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class BarRow:
    """One row: a name, a share of the bar from `start` to `end` (0 to 1), figures at the right.

    `mark` is a line across the bar, such as a target. `roles` colour the figures; a bar of a row
    without a share is not drawn.
    """

    name: str
    end: Decimal | None
    figures: tuple[str, ...]
    told: str
    visits: tuple[int, ...]
    start: Decimal = Decimal(0)
    mark: Decimal | None = None
    role: str = "accent"
    roles: tuple[str, ...] = ()


class BarRows(SpotChart):
    """Rows under a head; `heads` name the figures' columns, `zero` is where bars begin."""

    def __init__(
        self, theme: Theme, name: str, heads: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, name, parent)
        self._heads = tuple(heads)
        self.rows: tuple[BarRow, ...] = ()

    def set_rows(self, rows: Sequence[BarRow]) -> None:
        """Show other rows."""
        self.rows = tuple(rows)
        self.figures_changed()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """All rows and the head."""
        return QSize(self.theme.px(260), (len(self.rows) + 1) * self.line)

    def _row(self, at: int) -> QRectF:
        return QRectF(0, (at + 1) * self.line, self.width(), self.line)

    def spots(self) -> Sequence[Spot]:
        """Every row with visits behind it."""
        return [
            Spot(self._row(at), row.told, row.visits)
            for at, row in enumerate(self.rows)
            if row.visits
        ]

    def _columns(self) -> list[float]:
        """Return the width of each column of figures."""
        air = self.theme.px(M)
        return [
            self.widest([head, *(row.figures[at] for row in self.rows)]) + air
            for at, head in enumerate(self._heads)
        ]

    def paint(self, painter: QPainter) -> None:
        """Draw head and rows."""
        widths = self._columns()
        bar = min(self.theme.px(_BAR), self.width() * 0.25)
        figures_left = self.width() - sum(widths)
        left = figures_left - bar
        head = QRectF(0, 0, self.width(), self.line)
        self._figures(painter, head, widths, self._heads, ("muted",) * len(widths))
        painter.setPen(QPen(self.theme.colour("line"), 1))
        painter.drawLine(QPointF(0, self.line - 0.5), QPointF(self.width(), self.line - 0.5))
        for at, row in enumerate(self.rows):
            area = self._row(at)
            name = QRectF(0, area.top(), left - self.theme.px(S), area.height())
            self.write(painter, name, row.name)
            if row.end is not None:
                self._bar(painter, QRectF(left, area.top(), bar, area.height()), row)
            roles = row.roles or ("text",) * len(widths)
            self._figures(painter, area, widths, row.figures, roles)

    def _figures(
        self,
        painter: QPainter,
        area: QRectF,
        widths: Sequence[float],
        texts: Sequence[str],
        roles: Sequence[str],
    ) -> None:
        left = self.width() - sum(widths)
        for width, text, role in zip(widths, texts, roles, strict=True):
            self.write(painter, QRectF(left, area.top(), width, area.height()), text, role, _SIDE)
            left += width

    def _bar(self, painter: QPainter, area: QRectF, row: BarRow) -> None:
        thick = self.theme.px(_THICK)
        top = area.center().y() - thick / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour("sunken"))
        painter.drawRoundedRect(QRectF(area.left(), top, area.width(), thick), 3, 3)
        start, end = sorted((clamp(row.start), clamp(row.end or Decimal(0))))
        painter.setBrush(self.theme.colour(row.role))
        width = max((end - start) * area.width(), 1.0)
        painter.drawRoundedRect(QRectF(area.left() + start * area.width(), top, width, thick), 3, 3)
        if row.mark is not None:
            x = area.left() + clamp(row.mark) * area.width()
            painter.setPen(QPen(self.theme.colour("text"), 2))
            painter.drawLine(QPointF(x, top - 3), QPointF(x, top + thick + 3))
