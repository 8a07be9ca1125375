"""Dimensions as a radar: shares from 0 to 1, with names that wrap and are never cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from assessor.reports.charts import Label, Point, clamp, radar_labels, radar_points, radar_ring
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import S

_RINGS = 4
_FILL_ALPHA = 46
_NAME_SHARE = 0.31
"""The part of the width that a line of a name may take."""
_SMALLEST = 0.22
"""The radius that is kept, as a part of the width."""
_GAP = 6
_AND = frozenset({0x4E0E, 0x548C, 0x53CA})
"""The signs that join words as `and` does, by code point."""


class Radar(QWidget):
    """Shares by dimension; a dashed line shows what they are compared with. Hovering a name says
    its share."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._names: tuple[str, ...] = ()
        self._shares: tuple[Decimal, ...] = ()
        self._reference: tuple[Decimal, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)

    def set_axes(
        self, names: Sequence[str], shares: Sequence[Decimal], reference: Sequence[Decimal] = ()
    ) -> None:
        """Show `shares` (0 to 1), one per name; `reference` is empty or as long."""
        self._names, self._shares = tuple(names), tuple(shares)
        self._reference = tuple(reference)
        said = (told(name, share) for name, share in zip(names, shares, strict=True))
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(", ".join(said))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """Names that wrap need more height."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Return the height in which the web keeps its size and no two names meet."""
        metrics, gap = self._metrics(), self._theme.px(S)
        blocks = [self._lines(metrics, name, width) for name in self._names]
        tallest = max((len(lines) for lines in blocks), default=1) * metrics.height()
        around = ceil(len(blocks) / 2)
        web = max(2 * _SMALLEST * width, around * (tallest + 2) - tallest)
        return ceil(web + 2 * (tallest + self._theme.px(_GAP) + gap))

    def sizeHint(self) -> QSize:  # noqa: N802
        """As in the panel on the right."""
        width = self._theme.px(290)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Still readable."""
        return QSize(self._theme.px(200), self._theme.px(160))

    def event(self, event: QEvent) -> bool:
        """Say the whole name and the share of the axis that is pointed at."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.told_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def told_at(self, place: QPointF) -> str:
        """Return what is said about the name at a place, empty between them."""
        shares = dict(zip(self._names, self._shares, strict=True))
        found = (name for name, block, _ in self._blocks() if block.contains(place))
        name = next(found, None)
        return told(name, shares[name]) if name is not None else ""

    def name_areas(self) -> dict[str, QRectF]:
        """Return where each name stands."""
        return {name: block for name, block, _ in self._blocks()}

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw grid, lines and names."""
        if not self._names:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre, radius = self._frame()
        self._paint_grid(painter, centre, radius)
        if self._reference:
            pen = QPen(self._theme.colour("muted"), 1.2, Qt.PenStyle.DashLine)
            self._paint_line(painter, pen, radar_points(self._reference, centre, radius))
        fill = self._theme.colour("accent")
        fill.setAlpha(_FILL_ALPHA)
        painter.setBrush(fill)
        pen = QPen(self._theme.colour("accent"), 2)
        self._paint_line(painter, pen, radar_points(self._shares, centre, radius))
        self._paint_names(painter)

    # --- names ------------------------------------------------------------------------------------

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._theme.font(self._theme.sizes.caption))

    def _lines(self, metrics: QFontMetricsF, name: str, width: float) -> list[str]:
        return wrapped(name, metrics, width * _NAME_SHARE)

    def _frame(self) -> tuple[Point, float]:
        """Return centre and radius that leave room for the names; y counts upwards from 0."""
        metrics, gap = self._metrics(), self._theme.px(_GAP)
        places = radar_labels(len(self._names), (0, 0), 1)
        room = [self.height() / 2.0]
        for name, place in zip(self._names, places, strict=True):
            lines = self._lines(metrics, name, self.width())
            x, y = abs(place.at[0]), abs(place.at[1])
            if place.align == "center":
                room.append(self.height() / 2 - len(lines) * metrics.height() - self._theme.px(S))
            else:
                widest = max(metrics.horizontalAdvance(line) for line in lines)
                room.append((self.width() / 2 - widest) / max(x, 0.1))
                # What stands beside its corner reaches beyond it by a part of its height.
                over = len(lines) * metrics.height() * (y + 1) / 2
                room.append((self.height() / 2 - over) / max(y, 0.1))
        radius = max(min(room) - gap, 10.0)
        return (self.width() / 2, -self.height() / 2), radius

    def _blocks(self) -> Iterator[tuple[str, QRectF, list[str]]]:
        """Yield each name with the area it takes and its lines."""
        metrics = self._metrics()
        centre, radius = self._frame()
        places = radar_labels(len(self._names), centre, radius + self._theme.px(_GAP))
        for name, place in zip(self._names, places, strict=True):
            lines = self._lines(metrics, name, self.width())
            yield name, _area(place, lines, metrics), lines

    def _paint_names(self, painter: QPainter) -> None:
        painter.setFont(self._theme.font(self._theme.sizes.caption))
        painter.setPen(self._theme.colour("muted"))
        places = radar_labels(len(self._names), (0, 0), 1)
        aligned = {
            "left": Qt.AlignmentFlag.AlignLeft,
            "right": Qt.AlignmentFlag.AlignRight,
            "center": Qt.AlignmentFlag.AlignHCenter,
        }
        for place, (_, block, lines) in zip(places, self._blocks(), strict=True):
            height = block.height() / len(lines)
            for at, line in enumerate(lines):
                top = block.top() + at * height
                box = QRectF(block.left(), top, block.width(), height)
                painter.drawText(box, aligned[place.align] | Qt.AlignmentFlag.AlignVCenter, line)

    # --- the web ----------------------------------------------------------------------------------

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


def told(name: str, share: Decimal) -> str:
    """Return a dimension with its share."""
    return f"{name} {clamp(share) * 100:.0f} %"


def wrapped(name: str, metrics: QFontMetricsF, width: float) -> list[str]:
    """Return a name in lines no wider than `width`, as even as can be; a word is never cut.

    A word that is wider than that stands alone on its line.
    """
    if metrics.horizontalAdvance(name) <= width:
        return [name]
    cuts = [at for at in range(1, len(name)) if _may_break(name, at)]
    for among in ([at for at in cuts if _is_joint(name, at)], cuts):
        even = _halves(name, among, metrics)
        if even and max(map(metrics.horizontalAdvance, even)) <= width:
            return even
    fitting = [at for at in cuts if metrics.horizontalAdvance(name[:at].strip()) <= width]
    at = next(iter(fitting[-1:] or cuts), 0)
    return [name[:at].strip(), *wrapped(name[at:].strip(), metrics, width)] if at else [name]


def _halves(name: str, cuts: Sequence[int], metrics: QFontMetricsF) -> list[str]:
    """Return a name in two lines as even as the cuts allow, empty without one."""
    halves = [[name[:at].strip(), name[at:].strip()] for at in cuts]
    return min(halves, key=lambda both: max(map(metrics.horizontalAdvance, both)), default=[])


def _is_joint(name: str, at: int) -> bool:
    """Tell whether two parts of a name meet here, rather than two signs of one word."""
    return ord(name[at]) in _AND or name[at - 1] in "、 -/"


def _may_break(name: str, at: int) -> bool:
    """Tell whether a line may end before this letter: behind spaces and hyphens, between signs."""
    before, after = name[at - 1], name[at]
    if before in " -/" or after == " ":
        return True
    wide = all(letter > "\u2e7f" for letter in (before, after))
    return wide and after not in "、，。；：）》”" and before not in "（《“"


def _area(place: Label, lines: Sequence[str], metrics: QFontMetricsF) -> QRectF:
    width = max(metrics.horizontalAdvance(line) for line in lines) + 1
    height = len(lines) * metrics.height()
    lefts = {"left": 0.0, "right": -width, "center": -width / 2}
    x, y = place.at[0] + lefts[place.align], -place.at[1]
    # rise 1: the text stands on its point; -1: it hangs below.
    return QRectF(x, y - (place.rise + 1) / 2 * height, width, height)


def _on_screen(point: Point) -> QPointF:
    """Turn a point of the geometry, where y counts upwards, into one of the screen."""
    return QPointF(point[0], -point[1])
