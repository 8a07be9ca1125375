"""Tables of text in columns that line up, Chinese characters counted as two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

GAP = "  "
_WIDE = frozenset("WF")
_WITHOUT_WIDTH = frozenset(("Mn", "Me", "Cf"))


def width_of(text: str) -> int:
    """Return how many columns a terminal needs for a text without line breaks."""
    return len(text) if text.isascii() else sum(map(_width, text))


def table_lines(
    rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()
) -> Iterator[str]:
    """Yield rows as lines whose columns line up; those at the places in `right` end together.

    Line breaks and tabs in a cell become blanks. No line ends in blanks.
    """
    cleaned = [[" ".join(cell.split()) if _breaks(cell) else cell for cell in row] for row in rows]
    widths = [max(map(width_of, column)) for column in zip(*cleaned, strict=True)]
    for row in cleaned:
        cells = (
            _padded(cell, width, right=at in right)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield GAP.join(cells).rstrip()


def _padded(cell: str, width: int, *, right: bool) -> str:
    room = " " * (width - width_of(cell))
    return room + cell if right else cell + room


def _breaks(cell: str) -> bool:
    return not cell.isprintable()


def _width(character: str) -> int:
    if unicodedata.category(character) in _WITHOUT_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1
