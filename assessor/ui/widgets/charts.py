"""Small charts that are drawn: shares as bars and rings, dimensions as a radar."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor.reports.charts import Label, Point, clamp, radar_labels, radar_points, radar_ring
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import S

_RINGS = 4
_TOP = 90 * 16
_TURN = 360 * 16
_FILL_ALPHA = 46
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


class Radar(QWidget):
    """Shares by dimension; a dashed line shows what they are compared with."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._names: tuple[str, ...] = ()
        self._shares: tuple[Decimal, ...] = ()
        self._reference: tuple[Decimal, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)
        self.setMinimumHeight(theme.px(160))
        self.setAccessibleName(name)

    def set_axes(
        self, names: Sequence[str], shares: Sequence[Decimal], reference: Sequence[Decimal] = ()
    ) -> None:
        """Show `shares` (0 to 1), one per name; `reference` is empty or as long."""
        self._names, self._shares = tuple(names), tuple(shares)
        self._reference = tuple(reference)
        said = (
            f"{name} {clamp(share) * 100:.0f} %" for name, share in zip(names, shares, strict=True)
        )
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As in the panel on the right."""
        return QSize(self._theme.px(290), self._theme.px(220))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw grid, lines and names."""
        if not self._names:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(self._theme.sizes.caption))
        centre, radius = self._frame(painter)
        self._paint_grid(painter, centre, radius)
        if self._reference:
            pen = QPen(self._theme.colour("muted"), 1.2, Qt.PenStyle.DashLine)
            self._paint_line(painter, pen, radar_points(self._reference, centre, radius))
        fill = self._theme.colour("accent")
        fill.setAlpha(_FILL_ALPHA)
        painter.setBrush(fill)
        pen = QPen(self._theme.colour("accent"), 2)
        self._paint_line(painter, pen, radar_points(self._shares, centre, radius))
        self._paint_names(painter, centre, radius)

    def _frame(self, painter: QPainter) -> tuple[Point, float]:
        """Return centre and radius that leave room for the names; y counts upwards from 0."""
        metrics = QFontMetricsF(painter.font())
        names = radar_labels(len(self._names), (0, 0), 1)
        sides = (
            (self.width() / 2 - self._name_width(metrics, name)) / max(abs(at.at[0]), 0.1)
            for name, at in zip(self._names, names, strict=True)
            if at.align != "center"
        )
        upright = self.height() / 2 - metrics.height() - self._theme.px(S)
        radius = max(min([upright, *sides]) - self._theme.px(S), 10.0)
        return (self.width() / 2, -self.height() / 2), radius

    def _name_width(self, metrics: QFontMetricsF, name: str) -> float:
        return min(metrics.horizontalAdvance(name), self.width() * 0.27)

    def _paint_grid(self, painter: QPainter, centre: Point, radius: float) -> None:
        pen = QPen(self._theme.colour("line"), 1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ring in range(1, _RINGS + 1):
            corners = radar_ring(len(self._names), centre, radius * ring / _RINGS)
            self._paint_line(painter, pen, corners)
        for corner in radar_ring(len(self._names), centre, radius):
            painter.drawLine(_on_screen(centre), _on_screen(corner))

    def _paint_line(self, painter: QPainter, pen: QPen, corners: Sequence[Point]) -> None:
        painter.setPen(pen)
        painter.drawPolygon(QPolygonF([_on_screen(corner) for corner in corners]))

    def _paint_names(self, painter: QPainter, centre: Point, radius: float) -> None:
        painter.setPen(self._theme.colour("muted"))
        metrics = QFontMetricsF(painter.font())
        places = radar_labels(len(self._names), centre, radius + self._theme.px(6))
        for name, place in zip(self._names, places, strict=True):
            width = self._name_width(metrics, name)
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, width + 1)
            painter.drawText(_name_corner(place, width, metrics), text)


def _on_screen(point: Point) -> QPointF:
    """Turn a point of the geometry, where y counts upwards, into one of the screen."""
    return QPointF(point[0], -point[1])


def _name_corner(place: Label, width: float, metrics: QFontMetricsF) -> QPointF:
    """Return where the base line of a name begins."""
    lefts = {"left": 0.0, "right": -width, "center": -width / 2}
    x, y = place.at[0] + lefts[place.align], -place.at[1]
    # rise 1: the text stands on its point; -1: it hangs below.
    drop = metrics.ascent() - (place.rise + 1) / 2 * metrics.height()
    return QPointF(x, y + drop)
