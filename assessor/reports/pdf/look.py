"""Colours, type sizes and measures of the printed report, in one place.

Lengths are points; a page is A4.
"""

from __future__ import annotations

from decimal import Decimal

from reportlab.lib.pagesizes import A4

from assessor.reports.document import ParagraphStyle, Provenance, Tone
from assessor.reports.typeset.pen import Look

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 45.0
TOP = 44.0
BOTTOM = 56.0
COLUMN = PAGE_WIDTH - 2 * MARGIN
ROOM = PAGE_HEIGHT - TOP - BOTTOM

TEXT = "#1B2430"
MUTED = "#56616F"
LINE = "#DADEE4"
STRONG_LINE = "#8A94A3"
SUNKEN = "#EEF0F3"
PANEL = "#FFFFFF"
ACCENT = "#0B6E99"
ACCENT_SOFT = "#E3F1F7"
CAUTION = "#8A5A00"
CAUTION_SOFT = "#FCF1DA"

TONES: dict[Tone, str] = {
    "text": TEXT,
    "muted": MUTED,
    "accent": ACCENT,
    "good": "#1E7B4A",
    "caution": CAUTION,
    "bad": "#B3261E",
}

LABELS: dict[Provenance, tuple[str, str]] = {
    "official": (ACCENT, ACCENT_SOFT),
    "reposted": (MUTED, SUNKEN),
    "secondary": (MUTED, SUNKEN),
    "derived": (CAUTION, CAUTION_SOFT),
}
"""Text and ground of a provenance label."""

_HOTTEST = (0x7D, 0xB6, 0xCF)
"""The darkest ground of a heat map: text stays readable on it."""


def heat_ground(heat: Decimal) -> str:
    """Return the ground of a cell: white at 0, the darkest at 1."""
    part = min(max(heat, Decimal(0)), Decimal(1))
    mixed = (int(255 - (255 - full) * part) for full in _HOTTEST)
    return "#" + "".join(f"{one:02X}" for one in mixed)


BODY = Look(9.5, 15.0, TEXT)
PARAGRAPHS: dict[ParagraphStyle, Look] = {
    "body": BODY,
    "lead": Look(11.0, 17.5, TEXT),
    "muted": Look(8.5, 13.0, MUTED),
    "caution": Look(9.0, 14.0, CAUTION),
    "quote": Look(9.0, 14.0, MUTED),
}
HEADINGS: dict[int, Look] = {
    1: Look(16.0, 23.0, TEXT, strong=True),
    2: Look(11.5, 17.0, TEXT, strong=True),
    3: Look(10.0, 15.5, TEXT, strong=True),
    4: Look(9.0, 14.0, MUTED, strong=True),
}
HEADING_BEFORE = {1: 22.0, 2: 13.0, 3: 12.0, 4: 8.0}
HEADING_AFTER = {1: 9.0, 2: 6.0, 3: 3.0, 4: 2.0}

CAPTION = Look(8.0, 12.0, MUTED)
KICKER = Look(9.0, 14.0, MUTED)
CELL = Look(9.0, 13.2, TEXT)
TABLE_HEADER = Look(9.0, 13.2, MUTED, strong=True)
FOOTER = Look(7.8, 11.0, MUTED)
