"""Ink on a page: text with its exact positions, and the few shapes a report is drawn with.

The pen remembers every text in the order it was drawn, so that a page can be compared with what
is later read from the file. Coordinates are points from the lower left corner, colours `#RRGGBB`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Any, Literal

from reportlab.pdfgen.canvas import Canvas

from assessor.reports.typeset.classes import printable
from assessor.reports.typeset.fonts import EmbeddedFont, Typeface

Point = tuple[float, float]
Area = tuple[float, float, float, float]
"""Left, bottom, width and height."""


@dataclass(frozen=True, slots=True)
class Look:
    """Size and leading in points, colour, weight and alignment of text."""

    size: float = 9.5
    leading: float = 15.0
    colour: str = "#1B2430"
    strong: bool = False
    align: Literal["left", "right", "center", "justify"] = "left"


@dataclass(frozen=True, slots=True)
class Ink:
    """How a shape is filled and outlined; an empty colour leaves that out. Widths in points."""

    fill: str = ""
    stroke: str = ""
    width: float = 0.6
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one look, with extra space after each character and after the last.

    Both in points.
    """

    text: str
    font: EmbeddedFont
    size: float
    colour: str
    spacing: float = 0.0
    after: float = 0.0


class PdfCanvas(Canvas):
    """The library's canvas, with the document its fonts want to know."""

    _doc: Any

    @property
    def document(self) -> Any:
        """The PDF document that is being written."""
        return self._doc


class Pen:
    """Draws on a canvas; `drawn` lists the texts of the current page."""

    def __init__(self, canvas: PdfCanvas, typeface: Typeface) -> None:
        self.canvas = canvas
        self.typeface = typeface
        self.drawn: list[str] = []

    def pieces(self, x: float, y: float, pieces: Iterable[Piece]) -> None:
        """Draw pieces of text one after the other from (x, y) on the baseline."""
        operators = [f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm"]
        drawn = []
        colour, spacing = "", 0.0
        for piece in pieces:
            if piece.colour != colour:
                colour = piece.colour
                operators.append(f"{_rgb(colour)} rg")
            if piece.spacing != spacing:
                spacing = piece.spacing
                operators.append(f"{spacing:.4f} Tc")
            operators += self._show(piece)
            drawn.append(piece.text)
        operators.append("0 Tc ET" if spacing else "ET")
        self.canvas.addLiteral(" ".join(operators))
        self.drawn.append("".join(drawn))

    def _show(self, piece: Piece) -> Iterable[str]:
        document = self.canvas.document
        for subset, codes in piece.font.splitString(piece.text, document):
            name = piece.font.getSubsetInternalName(subset, document)
            yield f"{name} {piece.size:g} Tf <{codes.hex()}> Tj"
        if piece.after:
            yield f"[{-1000 * piece.after / piece.size:.1f}] TJ"

    def text(self, x: float, y: float, words: str, look: Look, room: float = inf) -> None:
        """Draw one line of plain text on the baseline; the look's alignment says what `x` is.

        What is wider than `room` ends in an ellipsis.
        """
        font = self.typeface.weight(look.strong)
        words = fitted(printable(words).replace("\n", " "), font, look.size, room)
        part = {"right": 1.0, "center": 0.5}.get(look.align, 0.0)
        left = x - part * text_width(words, font, look.size)
        self.pieces(left, y, [Piece(words, font, look.size, look.colour)])

    def box(self, area: Area, ink: Ink, radius: float = 0.0) -> None:
        """Draw a rectangle, with round corners if asked."""
        x, y, width, height = area
        rounded = min(radius, width / 2, height / 2)
        if rounded > 0:
            self._draw(_round_path(area, rounded), ink)
        else:
            self._draw(f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re", ink)

    def circle(self, x: float, y: float, radius: float, ink: Ink) -> None:
        """Draw a circle around (x, y)."""
        side = 2 * radius
        self._draw(_round_path((x - radius, y - radius, side, side), radius), ink)

    def shape(self, points: Sequence[Point], ink: Ink, *, closed: bool = True) -> None:
        """Draw a polygon through `points`, or with `closed=False` a line."""
        first, *others = (f"{x:.3f} {y:.3f}" for x, y in points)
        path = [f"{first} m", *(f"{point} l" for point in others)]
        self._draw(" ".join([*path, "h"] if closed else path), ink)

    def line(self, start: Point, end: Point, ink: Ink) -> None:
        """Draw a straight line."""
        self.shape((start, end), ink, closed=False)

    def _draw(self, path: str, ink: Ink) -> None:
        """Paint a path: colours, width and dashes first, the painting operator last."""
        parts = []
        if ink.fill:
            parts.append(f"{_rgb(ink.fill)} rg")
        if ink.stroke:
            parts.append(f"{_rgb(ink.stroke)} RG {ink.width:g} w")
        if ink.dash:
            parts.append(f"[{' '.join(f'{length:g}' for length in ink.dash)}] 0 d")
        parts += [path, _PAINT[bool(ink.fill), bool(ink.stroke)]]
        if ink.dash:
            parts.append("[] 0 d")
        self.canvas.addLiteral(" ".join(parts))


_PAINT = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): "n"}
"""The painting operators of PDF for filled and stroked paths (ISO 32000-1, 8.5.3)."""

_ARC = 0.5523
"""Where a Bezier curve's handles lie, in radii, to look like a quarter of a circle."""


def _round_path(area: Area, radius: float) -> str:
    x, y, width, height = area
    right, top, bend = x + width, y + height, radius * (1 - _ARC)
    path = (
        ("m", x + radius, y),
        ("l", right - radius, y),
        ("c", right - bend, y, right, y + bend, right, y + radius),
        ("l", right, top - radius),
        ("c", right, top - bend, right - bend, top, right - radius, top),
        ("l", x + radius, top),
        ("c", x + bend, top, x, top - bend, x, top - radius),
        ("l", x, y + radius),
        ("c", x, y + bend, x + bend, y, x + radius, y),
    )
    steps = (f"{' '.join(f'{n:.3f}' for n in numbers)} {name}" for name, *numbers in path)
    return " ".join((*steps, "h"))


def text_width(words: str, font: EmbeddedFont, size: float) -> float:
    """Return the width in points of `words` set without breaking or kerning."""
    return sum(map(font.widths.__getitem__, words)) * size


def fitted(words: str, font: EmbeddedFont, size: float, room: float) -> str:
    """Return `words`, shortened to end in an ellipsis when they are wider than `room` points."""
    if text_width(words, font, size) <= room:
        return words
    while words and text_width(words + "…", font, size) > room:
        words = words[:-1]
    return words.rstrip() + "…"


@cache
def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}" for i in (1, 3, 5))
