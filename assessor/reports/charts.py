"""The geometry of charts: where points, labels and bars lie. It draws nothing and knows no PDF.

Coordinates are in the unit of the caller, y upwards. Shares are 0 to 1; what lies outside is drawn
at the edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, pi, sin
from typing import Literal

Point = tuple[float, float]
_CENTERED = 0.2
"""A label whose direction is this close to vertical stands centred above or below its axis."""


@dataclass(frozen=True, slots=True)
class Label:
    """Where a label stands: a point, which side of it the text is on, and up or down."""

    at: Point
    align: Literal["left", "right", "center"]
    rise: float


def clamp(share: Decimal) -> float:
    """Return `share` as a float between 0 and 1."""
    return min(max(float(share), 0.0), 1.0)


def direction(index: int, count: int) -> Point:
    """Return the unit vector of an axis; the first points up, the others follow clockwise."""
    angle = pi / 2 - 2 * pi * index / count
    return cos(angle), sin(angle)


def radar_points(shares: Sequence[Decimal], centre: Point, radius: float) -> list[Point]:
    """Return the corners of a radar's line, one per share."""
    corners = []
    for index, share in enumerate(shares):
        dx, dy = direction(index, len(shares))
        length = clamp(share) * radius
        corners.append((centre[0] + dx * length, centre[1] + dy * length))
    return corners


def radar_ring(count: int, centre: Point, radius: float) -> list[Point]:
    """Return the corners of a regular polygon, the grid of a radar."""
    return radar_points([Decimal(1)] * count, centre, radius)


def radar_labels(count: int, centre: Point, radius: float) -> list[Label]:
    """Return where the names of the axes stand, at `radius` from the centre.

    `rise` goes from -1 (the text hangs below its point) to 1 (it stands above).
    """
    labels = []
    for index in range(count):
        dx, dy = direction(index, count)
        align: Literal["left", "right", "center"] = "left" if dx > 0 else "right"
        if abs(dx) < _CENTERED:
            align = "center"
        labels.append(Label((centre[0] + dx * radius, centre[1] + dy * radius), align, dy))
    return labels


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight mapping from values `low` to `high` onto coordinates `start` to `end`."""

    low: Decimal
    high: Decimal
    start: float
    end: float

    def at(self, value: Decimal) -> float:
        """Return the coordinate of `value`, at the edge when it lies outside."""
        if self.high == self.low:
            return self.start
        share = clamp((value - self.low) / (self.high - self.low))
        return self.start + share * (self.end - self.start)


def scale_of(values: Sequence[Decimal], start: float, end: float, zero: bool = False) -> Scale:
    """Return the scale that just holds `values`, and zero if asked."""
    known = [*values, Decimal(0)] if zero else list(values)
    return Scale(min(known), max(known), start, end)


def outline(
    points: Sequence[tuple[Decimal, Decimal]], stepped: bool, across: Scale, up: Scale
) -> list[Point]:
    """Return the line of a curve, or of bins when `stepped`: level, then straight up or down."""
    line: list[Point] = []
    for x, y in points:
        at = (across.at(x), up.at(y))
        if stepped and line:
            line.append((at[0], line[-1][1]))
        line.append(at)
    return line
