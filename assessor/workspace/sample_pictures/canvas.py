"""A sheet to draw sample pictures on: 1600 x 1200 units, smooth edges, the program's own fonts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageColor, ImageDraw, ImageFont

from assessor.paths import fonts_folder

WIDTH, HEIGHT = 1600, 1200
_FINE = 2
"""Pixels drawn for each pixel kept; halving them is what makes edges smooth."""
_QUALITY = 84

Colour = str
Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

INK = "#1F2933"
MUTED = "#66727F"
PAPER = "#FFFFFF"
GREEN = "#2E9E6B"
AMBER = "#E0A526"
RED = "#C94B4B"
BLUE = "#2F6FB2"
NAVY = "#23384F"
TEAL = "#1F8A8A"


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    name = "NotoSansSC-Bold.ttf" if bold else "NotoSansSC-Regular.ttf"
    basic = ImageFont.Layout.BASIC
    return ImageFont.truetype(fonts_folder() / name, size * _FINE, layout_engine=basic)


class Canvas:
    """Shapes in units of the finished picture; later ones cover earlier ones."""

    def __init__(self, ground: Colour) -> None:
        self._image = Image.new("RGB", (WIDTH * _FINE, HEIGHT * _FINE), ground)
        self._pen = ImageDraw.Draw(self._image)

    def box(
        self,
        at: Box,
        fill: Colour | None,
        *,
        edge: Colour | None = None,
        radius: float = 0,
        width: float = 2,
    ) -> None:
        """Draw a rectangle, with rounded corners where `radius` is given."""
        self._pen.rounded_rectangle(
            _fine(at), radius * _FINE, fill, edge, round(width * _FINE) if edge else 0
        )

    def gradient(self, at: Box, first: Colour, last: Colour, *, across: bool = False) -> None:
        """Fill a rectangle from one colour at the top (or left) to another at the other end."""
        left, top, right, bottom = (round(value) for value in _fine(at))
        width, height = right - left, bottom - top
        pair = Image.new("RGB", (1, 2), first)
        pair.putpixel((0, 1), ImageColor.getrgb(last))
        # The outer halves of two pixels that are stretched are flat; `box` leaves them out.
        length = width if across else height
        strip = pair.resize((1, length), Image.Resampling.BILINEAR, (0.0, 0.5, 1.0, 1.5))
        if across:
            strip = strip.transpose(Image.Transpose.ROTATE_90)
        self._image.paste(strip.resize((width, height), Image.Resampling.NEAREST), (left, top))

    def line(self, points: Sequence[Point], colour: Colour, width: float = 2) -> None:
        """Draw a line through the points, its joints rounded."""
        pixels = [(x * _FINE, y * _FINE) for x, y in points]
        self._pen.line(pixels, colour, round(width * _FINE), joint="curve")

    def shape(self, points: Sequence[Point], fill: Colour, *, edge: Colour | None = None) -> None:
        """Draw a filled shape."""
        pixels = [(x * _FINE, y * _FINE) for x, y in points]
        self._pen.polygon(pixels, fill, edge, 2 * _FINE if edge else 0)

    def disc(
        self, centre: Point, radius: float, fill: Colour | None, *, edge: Colour | None = None
    ) -> None:
        """Draw a circle."""
        x, y = centre
        self.oval((x - radius, y - radius, x + radius, y + radius), fill, edge=edge)

    def oval(self, at: Box, fill: Colour | None, *, edge: Colour | None = None) -> None:
        """Draw an ellipse that fills the box."""
        self._pen.ellipse(_fine(at), fill, edge, 2 * _FINE if edge else 0)

    def ring(self, at: Box, start: float, end: float, colour: Colour, width: float) -> None:
        """Draw part of a ring, in degrees clockwise from the right."""
        self._pen.arc(_fine(at), start, end, colour, round(width * _FINE))

    def text(
        self,
        at: Point,
        words: str,
        size: int,
        colour: Colour = INK,
        *,
        bold: bool = False,
        anchor: str = "la",
    ) -> None:
        """Write one line; `anchor` is Pillow's (`la` top left, `mm` middle, `ra` top right)."""
        place = (at[0] * _FINE, at[1] * _FINE)
        self._pen.text(place, words, colour, _font(size, bold), anchor=anchor)

    def footer(self, left: str, right: str) -> None:
        """Write what is shown and when on a strip along the bottom."""
        self.box((0, HEIGHT - 56, WIDTH, HEIGHT), "#111A22")
        self.text((28, HEIGHT - 28), left, 24, "#F2F5F7", anchor="lm")
        self.text((WIDTH - 28, HEIGHT - 28), right, 22, "#AAB6C1", anchor="rm")

    def jpeg(self) -> bytes:
        """Return the finished picture; nothing but pixels is in the file."""
        kept = self._image.reduce(_FINE)
        out = io.BytesIO()
        kept.save(out, "JPEG", quality=_QUALITY, subsampling=0)
        return out.getvalue()


def _fine(at: Box) -> Box:
    left, top, right, bottom = at
    return left * _FINE, top * _FINE, right * _FINE, bottom * _FINE
