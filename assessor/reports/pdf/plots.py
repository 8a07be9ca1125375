"""Charts on paper: vector drawings of what `charts` has computed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assessor.reports import charts
from assessor.reports.document import BarChart, Position, Radar, Series
from assessor.reports.pdf import look
from assessor.reports.pdf.box import Box
from assessor.reports.typeset.fonts import Typeface
from assessor.reports.typeset.pen import Ink, Pen, Point, text_width

_LABEL = look.CAPTION
_VALUE = replace(look.CAPTION, colour=look.TEXT, strong=True)
_RINGS = (Decimal(1), Decimal("0.75"), Decimal("0.5"), Decimal("0.25"))
_RADIUS = 60.0
_DASH = (3.0, 2.2)
_LINE = 10.5
_BAR_ROW = 19.0
_BAR = 8.0
_VALUE_ROOM = 52.0


class RadarBox(Box):
    """Dimensions around a centre; the first series is filled, dashed ones are comparisons."""

    before = 6.0
    after = 6.0

    def __init__(self, block: Radar) -> None:
        self._block = block

    def _margin(self) -> float:
        return 29.0 if self._block.texts else 17.0

    def height(self, width: float) -> float:
        """Return the height of the circle, its labels, and the names of comparisons."""
        return 2 * _RADIUS + 2 * self._margin() + (14.0 if len(self._block.series) > 1 else 0.0)

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the grid, the comparisons over the filled result, and the labels."""
        centre = (x + width / 2, top - self._margin() - _RADIUS)
        self._paint_grid(pen, centre)
        for line in sorted(self._block.series, key=lambda series: series.dashed):
            self._paint_series(pen, line, centre)
        self._paint_labels(pen, centre)
        if len(self._block.series) > 1:
            self._paint_key(pen, centre[0], top - self.height(width) + 3)

    def _paint_grid(self, pen: Pen, centre: Point) -> None:
        count = len(self._block.axes)
        for part in _RINGS:
            ring = charts.radar_ring(count, centre, _RADIUS * float(part))
            pen.shape(ring, Ink(stroke=look.LINE, width=0.5))
        for corner in charts.radar_ring(count, centre, _RADIUS):
            pen.line(centre, corner, Ink(stroke=look.LINE, width=0.5))

    def _paint_series(self, pen: Pen, line: Series, centre: Point) -> None:
        corners = charts.radar_points(line.shares, centre, _RADIUS)
        pen.shape(corners, _series_ink(line, fill=True))
        if not line.dashed:
            for corner in corners:
                pen.circle(*corner, 1.7, Ink(look.ACCENT))

    def _paint_labels(self, pen: Pen, centre: Point) -> None:
        labels = charts.radar_labels(len(self._block.axes), centre, _RADIUS + 7)
        texts = self._block.texts or ("",) * len(labels)
        for place, axis, words in zip(labels, self._block.axes, texts, strict=True):
            lines = 2 if words else 1
            y = place.at[1] + _LINE * lines * (place.rise + 1) / 2 - _LINE * 0.8
            pen.text(place.at[0], y, axis, replace(_LABEL, align=place.align))
            if words:
                pen.text(place.at[0], y - _LINE, words, replace(_VALUE, align=place.align))

    def _paint_key(self, pen: Pen, middle: float, y: float) -> None:
        font = pen.typeface.regular
        names = [(line, text_width(line.name, font, _LABEL.size)) for line in self._block.series]
        x = middle - (sum(width + 24 for _, width in names) + 14 * (len(names) - 1)) / 2
        for line, width in names:
            pen.line((x, y + 2.8), (x + 18, y + 2.8), _series_ink(line, fill=False))
            pen.text(x + 24, y, line.name, _LABEL)
            x += width + 24 + 14


def _series_ink(line: Series, fill: bool) -> Ink:
    if line.dashed:
        return Ink(stroke=look.MUTED, width=0.9, dash=_DASH)
    return Ink("#CCE2EB" if fill else "", look.ACCENT, 1.4)


class BarChartBox(Box):
    """Horizontal bars with their names on the left and figures on the right."""

    before = 4.0
    after = 8.0

    def __init__(self, block: BarChart, typeface: Typeface) -> None:
        self._block = block
        names = (text_width(bar.label, typeface.regular, _LABEL.size) for bar in block.bars)
        self._names = max(names, default=0.0) + 10

    def height(self, width: float) -> float:
        """Return the height of all bars, and of the line's name below them."""
        return len(self._block.bars) * _BAR_ROW + (13.0 if self._block.line_label else 0.0)

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the bars, then the line across them."""
        left = x + min(self._names, width * 0.45)
        length = x + width - _VALUE_ROOM - left
        lengths = charts.bar_lengths([bar.share for bar in self._block.bars], length)
        for index, (bar, filled) in enumerate(zip(self._block.bars, lengths, strict=True)):
            middle = top - (index + 0.5) * _BAR_ROW
            baseline = middle - 0.36 * _LABEL.size
            pen.text(x, baseline, bar.label, _LABEL)
            _paint_track(pen, (left, middle - _BAR / 2), length, filled, look.TONES[bar.tone])
            if bar.target is not None:
                at = left + charts.clamp(bar.target) * length
                tick = Ink(stroke=look.TEXT, width=1.1)
                pen.line((at, middle - _BAR / 2 - 2), (at, middle + _BAR / 2 + 2), tick)
            pen.text(x + width, baseline, bar.text, replace(_VALUE, align="right"))
        if self._block.line is not None:
            self._paint_line(pen, left + charts.clamp(self._block.line) * length, top)

    def _paint_line(self, pen: Pen, at: float, top: float) -> None:
        bottom = top - len(self._block.bars) * _BAR_ROW
        pen.line((at, bottom), (at, top), Ink(stroke=look.MUTED, width=0.9, dash=_DASH))
        if self._block.line_label:
            pen.text(at, bottom - 9, self._block.line_label, replace(_LABEL, align="center"))


def _paint_track(pen: Pen, corner: Point, length: float, filled: float, colour: str) -> None:
    pen.box((*corner, length, _BAR), Ink(look.SUNKEN), radius=_BAR / 2)
    if filled > 0:
        pen.box((*corner, max(filled, _BAR), _BAR), Ink(colour), radius=_BAR / 2)


class PositionBox(Box):
    """A small chart of bins or a curve with the reading on it."""

    before = 4.0
    after = 8.0
    _PLOT = 62.0

    def __init__(self, block: Position) -> None:
        self._block = block

    def height(self, width: float) -> float:
        """Return the height of plot, ticks and name of the axis."""
        return self._PLOT + 14 + (13.0 if self._block.ticks else 0.0) + 12.0

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the line, the reading with its text, the ticks and the axis."""
        block = self._block
        base = top - 14 - self._PLOT
        xs, ys = zip(*block.points, strict=True)
        across = charts.scale_of(xs, x + 4, x + width - (40 if block.stepped else 4))
        up = charts.scale_of(ys, base, base + self._PLOT, zero=True)
        pen.line((x, base), (x + width, base), Ink(stroke=look.STRONG_LINE, width=0.6))
        corners = charts.outline(block.points, block.stepped, across, up)
        if block.stepped:
            corners.append((x + width, corners[-1][1]))
        pen.shape(corners, Ink(stroke=look.ACCENT, width=1.4), closed=False)
        if block.x is not None and block.y is not None:
            self._paint_reading(pen, (across.at(block.x), up.at(block.y)), base, x + width)
        self._paint_axis(pen, [across.at(value) for value in xs], base, x + width)

    def _paint_reading(self, pen: Pen, at: Point, base: float, right: float) -> None:
        pen.line((at[0], base), at, Ink(stroke=look.MUTED, width=0.8, dash=_DASH))
        pen.circle(*at, 3.0, Ink(look.ACCENT, "#FFFFFF", 1.0))
        style, shift = (_VALUE, 6) if at[0] < right - 90 else (replace(_VALUE, align="right"), -6)
        pen.text(at[0] + shift, at[1] + 5, self._block.text, style)

    def _paint_axis(self, pen: Pen, places: list[float], base: float, right: float) -> None:
        for at, tick in zip(places, self._block.ticks, strict=False):
            pen.line((at, base), (at, base - 3), Ink(stroke=look.STRONG_LINE, width=0.6))
            pen.text(at, base - 12, tick, replace(_LABEL, align="center"))
        drop = 24 if self._block.ticks else 11
        pen.text(right, base - drop, self._block.x_label, replace(_LABEL, align="right"))
