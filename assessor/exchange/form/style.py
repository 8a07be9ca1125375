"""How the fill-in workbook looks: fonts, fills, borders, and how tall a row has to be."""

from __future__ import annotations

import math
import unicodedata
from typing import Final

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

FONT: Final = "Microsoft YaHei"
SIZE: Final = 9
TITLE_SIZE: Final = 14
ENTRY_SIZE: Final = 10
TEXT: Final = "1B2430"
MUTED: Final = "56616F"
ACCENT: Final = "0B6E99"
CAUTION: Final = "8A5A00"

_LINE = Side(style="thin", color="BFC6D0")
_STRONG = Side(style="medium", color=ACCENT)


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


BAND_FILL: Final = _fill("E3F1F7")
HEAD_FILL: Final = _fill("0B6E99")
ENTRY_FILL: Final = _fill("FFF9E0")
LOCKED_FILL: Final = _fill("EEF0F3")
NOTICE_FILL: Final = _fill("FCF1DA")

GRID: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
ENTRY_BORDER: Final = Border(left=_STRONG, right=_STRONG, top=_LINE, bottom=_LINE)

TITLE_FONT: Final = Font(name=FONT, size=TITLE_SIZE, bold=True, color=TEXT)
HEAD_FONT: Final = Font(name=FONT, size=SIZE, bold=True, color="FFFFFF")
BODY_FONT: Final = Font(name=FONT, size=SIZE, color=TEXT)
BOLD_FONT: Final = Font(name=FONT, size=SIZE, bold=True, color=TEXT)
MUTED_FONT: Final = Font(name=FONT, size=SIZE, color=MUTED)
NOTICE_FONT: Final = Font(name=FONT, size=SIZE, bold=True, color=CAUTION)
ENTRY_FONT: Final = Font(name=FONT, size=ENTRY_SIZE, bold=True, color=TEXT)

WRAP: Final = Alignment(wrap_text=True, vertical="top")
WRAP_MIDDLE: Final = Alignment(wrap_text=True, vertical="center")
CENTRE: Final = Alignment(wrap_text=True, horizontal="center", vertical="center")
OPEN: Final = Protection(locked=False)

COLUMN_POINTS: Final = 5.45
"""The width of one character of a column, with its share of the padding."""
PAGE_WIDTH: Final = 780.0
PAGE_HEIGHT: Final = 512.0
"""What margins and footer leave of A4 on its side, in points."""

_LINE_POINTS = 12.6
_PADDING = 5.0
_TALLEST = 405.0
_UNIT_PIXELS = 7.0
_WIDE_PIXELS = 12.2
_FILLED = 0.93
"""How much of a line is filled on average, as words and punctuation allow."""
_NARROW_PIXELS = 6.1


def height_for(texts: dict[int, str], size: int = SIZE) -> float:
    """Return the points a row needs for `texts`, given by the width of their columns.

    The width of a full-width character and of others is that of the fonts in use, a little to the
    safe side; Excel allows 409 points.
    """
    lines = max((_lines(words, width, size) for width, words in texts.items()), default=1)
    return min(lines * _LINE_POINTS * size / SIZE + _PADDING, _TALLEST)


def _lines(words: str, width: int, size: int) -> int:
    room = width * _UNIT_PIXELS * _FILLED
    scale = size / SIZE
    pixels = (sum(_pixels(one) for one in line) * scale for line in words.split("\n"))
    return sum(max(1, math.ceil(wide / room)) for wide in pixels)


def _pixels(character: str) -> float:
    wide = unicodedata.east_asian_width(character) in "WFA"
    return _WIDE_PIXELS if wide else _NARROW_PIXELS
