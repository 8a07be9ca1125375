"""Charts on paper: vector drawings of what `charts` has computed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assessor.reports import charts
from assessor.reports.document import Bar, BarChart, Position, Radar, Series
from assessor.reports.pdf import look
from assessor.reports.pdf.box import Box
from assessor.reports.typeset.fonts import Typeface
from assessor.reports.typeset.paragraph import Setting
from assessor.reports.typeset.pen import Ink, Pen, Point, text_width

_LABEL = replace(look.CAPTION, leading=10.6)
_VALUE = replace(_LABEL, colour=look.TEXT, strong=True)
_RINGS = (Decimal(1), Decimal("0.75"), Decimal("0.5"), Decimal("0.25"))
_RADIUS = 60.0
_DASH = (3.0, 2.2)
_LEAST_RADIUS = 40.0
_AWAY = 7.0
_BAR_ROW = 19.0
_BAR = 8.0
_VALUE_ROOM = 52.0


def _reading_order(numbered: tuple[int, charts.Label]) -> tuple[int, float]:
    (across, up) = numbered[1].at
    return (-round(up), across)


class RadarBox(Box):
    """Dimensions around a centre; the first series is filled, dashed ones are comparisons."""

    before = 6.0
    after = 6.0

    def __init__(self, block: Radar, typeface: Typeface) -> None:
        self._block = block
        count = len(block.axes)
        aligns = [label.align for label in charts.radar_labels(count, (0, 0), 1)]
        self._aligns = aligns
        self._names = [
            Setting(axis, replace(_LABEL, align=align), typeface)
            for axis, align in zip(block.axes, aligns, strict=True)
        ]
        self._texts = [
            Setting(words, replace(_VALUE, align=align), typeface)
            for words, align in zip(block.texts, aligns, strict=bool(block.texts))
        ]
        widest = (
            n.natural_width() for n, a in zip(self._names, aligns, strict=True) if a != "center"
        )
        self._widest = max(widest, default=0.0)

    def _radius(self, width: float) -> float:
        """Return the radius that leaves room for the names at the sides."""
        return min(max(width / 2 - _AWAY - self._widest - 2, _LEAST_RADIUS), _RADIUS)

    def _room(self, index: int, width: float) -> float:
        """Return the width a label has: one near the top or bottom of the circle has more."""
        across = abs(charts.direction(index, len(self._names))[0])
        if self._aligns[index] == "center":
            return width / 2
        return width / 2 - across * (self._radius(width) + _AWAY)

    def _margin(self, width: float) -> float:
        """Return the height above and below the circle: the label at the top may be high."""
        return _AWAY + max(self._label_height(i, width) for i in range(len(self._names)))

    def _label_height(self, index: int, width: float) -> float:
        words = self._texts[index].look.leading if self._texts else 0.0
        return self._names[index].height(self._room(index, width)) + words

    def height(self, width: float) -> float:
        """Return the height of the circle, its labels, and the names of comparisons."""
        key = 14.0 if len(self._block.series) > 1 else 0.0
        return 2 * self._radius(width) + 2 * self._margin(width) + key

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the grid, the comparisons over the filled result, and the labels."""
        radius = self._radius(width)
        centre = (x + width / 2, top - self._margin(width) - radius)
        self._paint_grid(pen, centre, radius)
        for line in sorted(self._block.series, key=lambda series: series.dashed):
            self._paint_series(pen, line, centre, radius)
        self._paint_labels(pen, centre, width)
        if len(self._block.series) > 1:
            self._paint_key(pen, centre[0], top - self.height(width) + 3)

    def _paint_grid(self, pen: Pen, centre: Point, radius: float) -> None:
        count = len(self._block.axes)
        for part in _RINGS:
            ring = charts.radar_ring(count, centre, radius * float(part))
            pen.shape(ring, Ink(stroke=look.LINE, width=0.5))
        for corner in charts.radar_ring(count, centre, radius):
            pen.line(centre, corner, Ink(stroke=look.LINE, width=0.5))

    def _paint_series(self, pen: Pen, line: Series, centre: Point, radius: float) -> None:
        corners = charts.radar_points(line.shares, centre, radius)
        pen.shape(corners, _series_ink(line, fill=True))
        if not line.dashed:
            for corner in corners:
                pen.circle(*corner, 1.7, Ink(look.ACCENT))

    def _paint_labels(self, pen: Pen, centre: Point, width: float) -> None:
        places = charts.radar_labels(len(self._names), centre, self._radius(width) + _AWAY)
        # From top to bottom and left to right, as readers of the text, people or programs, go.
        for index, place in sorted(enumerate(places), key=_reading_order):
            room = self._room(index, width)
            part = {"left": 0.0, "center": 0.5, "right": 1.0}[place.align]
            left = place.at[0] - part * room
            top = place.at[1] + self._label_height(index, width) * (place.rise + 1) / 2
            name = self._names[index]
            name.draw(pen, left, top, room)
            if self._texts:
                self._texts[index].draw(pen, left, top - name.height(room), room)

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
        self._names = [Setting(bar.label, _LABEL, typeface) for bar in block.bars]
        self._widest = max((name.natural_width() for name in self._names), default=0.0)

    def _label(self, width: float) -> float:
        """Return the width of the column of names."""
        return min(self._widest + 1, width * 0.4)

    def _rows(self, width: float) -> list[float]:
        label = self._label(width)
        return [max(name.height(label) + 6, _BAR_ROW) for name in self._names]

    def height(self, width: float) -> float:
        """Return the height of all bars, and of the line's name below them."""
        return sum(self._rows(width)) + (13.0 if self._block.line_label else 0.0)

    def paint(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the bars, then the line across them."""
        left = x + self._label(width) + 9
        length = x + width - _VALUE_ROOM - left
        bottom = top
        for index, row in enumerate(self._rows(width)):
            middle = bottom - row / 2
            name = self._names[index]
            label = self._label(width)
            name.draw(pen, x, middle + name.height(label) / 2, label)
            _paint_bar(pen, self._block.bars[index], (left, middle), length)
            bottom -= row
        if self._block.line is not None:
            at = left + charts.clamp(self._block.line) * length
            self._paint_line(pen, at, top, bottom)

    def _paint_line(self, pen: Pen, at: float, top: float, bottom: float) -> None:
        pen.line((at, bottom), (at, top), Ink(stroke=look.MUTED, width=0.9, dash=_DASH))
        if self._block.line_label:
            pen.text(at, bottom - 9, self._block.line_label, replace(_LABEL, align="center"))


def _paint_bar(pen: Pen, bar: Bar, start: Point, length: float) -> None:
    left, middle = start
    corner = (left, middle - _BAR / 2)
    _paint_track(pen, corner, length, charts.clamp(bar.share) * length, look.TONES[bar.tone])
    if bar.target is not None:
        at = left + charts.clamp(bar.target) * length
        tick = Ink(stroke=look.TEXT, width=1.1)
        pen.line((at, corner[1] - 2), (at, middle + _BAR / 2 + 2), tick)
    words = replace(_VALUE, align="right")
    pen.text(left + length + _VALUE_ROOM, middle - 0.36 * _LABEL.size, bar.text, words)


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
        across = charts.scale_of(xs, x + 4, x + width - (40 if block.stepped else 10))
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
