"""Marks drawn as shapes: a state is seen without colour, and no font has to have the glyph."""

from __future__ import annotations

from collections.abc import Callable

from assessor.reports.document import Mark
from assessor.reports.typeset.pen import Ink, Pen, Point

_Draw = Callable[[Pen, float, float, float, str], None]


def draw_mark(pen: Pen, mark: Mark, corner: Point, size: float, colour: str) -> None:
    """Draw `mark` into the square of `size` points whose lower left corner is `corner`."""
    _MARKS[mark](pen, *corner, size, colour)


def _check(pen: Pen, x: float, y: float, size: float, colour: str) -> None:
    pen.circle(x + size / 2, y + size / 2, size / 2, Ink(colour))
    _tick(pen, x, y, size, "#FFFFFF")


def _tick(pen: Pen, x: float, y: float, size: float, colour: str) -> None:
    points = [(0.26, 0.50), (0.44, 0.31), (0.76, 0.68)]
    ink = Ink(stroke=colour, width=size * 0.14)
    pen.shape([(x + a * size, y + b * size) for a, b in points], ink, closed=False)


def _circle(pen: Pen, x: float, y: float, size: float, colour: str) -> None:
    ink = Ink(stroke=colour, width=size * 0.12)
    pen.circle(x + size / 2, y + size / 2, size * 0.44, ink)


def _cross(pen: Pen, x: float, y: float, size: float, colour: str) -> None:
    pen.circle(x + size / 2, y + size / 2, size / 2, Ink(colour))
    ink = Ink(stroke="#FFFFFF", width=size * 0.14)
    low, high = 0.32 * size, 0.68 * size
    pen.line((x + low, y + low), (x + high, y + high), ink)
    pen.line((x + low, y + high), (x + high, y + low), ink)


def _flag(pen: Pen, x: float, y: float, size: float, colour: str) -> None:
    left = x + 0.2 * size
    pen.line((left, y), (left, y + size), Ink(stroke=colour, width=size * 0.12))
    pen.shape([(left, y + size), (x + size, y + 0.74 * size), (left, y + 0.46 * size)], Ink(colour))


def _box(pen: Pen, x: float, y: float, size: float, colour: str) -> None:
    inset = size * 0.06
    area = (x + inset, y + inset, size - 2 * inset, size - 2 * inset)
    pen.box(area, Ink(stroke=colour, width=size * 0.1), radius=size * 0.14)


def _checked_box(pen: Pen, x: float, y: float, size: float, colour: str) -> None:
    pen.box((x, y, size, size), Ink(colour), radius=size * 0.16)
    _tick(pen, x, y, size, "#FFFFFF")


def _chosen_radio(pen: Pen, x: float, y: float, size: float, colour: str) -> None:
    _circle(pen, x, y, size, colour)
    pen.circle(x + size / 2, y + size / 2, size * 0.24, Ink(colour))


_MARKS: dict[Mark, _Draw] = {
    "check": _check,
    "circle": _circle,
    "cross": _cross,
    "flag": _flag,
    "box": _box,
    "checked_box": _checked_box,
    "radio": _circle,
    "chosen_radio": _chosen_radio,
}
