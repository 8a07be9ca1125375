"""Ink on a page: text with its exact positions, and the few shapes a report is drawn with.

The pen remembers every text in the order it was drawn, so that a page can be compared with what
is later read from the file. Coordinates are points from the lower left corner, colours `#RRGGBB`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
        self._prepare(ink)
        x, y, width, height = area
        stroke, fill = int(bool(ink.stroke)), int(bool(ink.fill))
        rounded = min(radius, width / 2, height / 2)
        if rounded > 0:
            self.canvas.roundRect(x, y, width, height, rounded, stroke, fill)
        else:
            self.canvas.rect(x, y, width, height, stroke, fill)

    def circle(self, x: float, y: float, radius: float, ink: Ink) -> None:
        """Draw a circle around (x, y)."""
        self._prepare(ink)
        self.canvas.circle(x, y, radius, int(bool(ink.stroke)), int(bool(ink.fill)))

    def shape(self, points: Sequence[Point], ink: Ink, *, closed: bool = True) -> None:
        """Draw a polygon through `points`, or with `closed=False` a line."""
        self._prepare(ink)
        path = self.canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        if closed:
            path.close()
        self.canvas.drawPath(path, int(bool(ink.stroke)), int(bool(ink.fill)))
        if ink.dash:
            self.canvas.setDash([])

    def line(self, start: Point, end: Point, ink: Ink) -> None:
        """Draw a straight line."""
        self.shape((start, end), ink, closed=False)

    def _prepare(self, ink: Ink) -> None:
        parts = []
        if ink.fill:
            parts.append(f"{_rgb(ink.fill)} rg")
        if ink.stroke:
            parts.append(f"{_rgb(ink.stroke)} RG {ink.width:g} w")
        self.canvas.addLiteral(" ".join(parts))
        if ink.dash:
            self.canvas.setDash(list(ink.dash))


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


def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}" for i in (1, 3, 5))
