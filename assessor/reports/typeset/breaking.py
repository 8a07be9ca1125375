"""Breaking a paragraph into lines, without knowing where they will be drawn.

A paragraph is one string with an advance for each character. Sums of advances are made once, so
that a line's end is found by bisection, and a line is a pair of indices.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from assessor.reports.typeset.classes import (
    APOSTROPHE,
    ATOM,
    BORDER,
    CLOSING,
    OPENING,
    TIGHT,
    WIDE_CLOSING,
    WIDE_OPENING,
)

AIR = 0.16
"""Em between an ideograph and a Latin letter."""

HALF = 0.5
"""Em taken out between two full-width marks, and by which such a mark may hang over an edge."""

NARROW = 0.7
"""Em taken out after an apostrophe within a Latin word."""

MAX_STRETCH = 0.30
"""A line that would need more than this between its characters (em) stays ragged."""


@dataclass(frozen=True, slots=True)
class Line:
    """Characters `start` to `end` of a paragraph, trailing spaces left out.

    `indent` (points, 0 or less) moves the line so that an opening mark hangs over the left edge;
    `width` is the ink's width from the left edge on. `last` ends a paragraph.
    """

    start: int
    end: int
    indent: float
    width: float
    last: bool


class Measured:
    """A paragraph's text, the position before each character, and where it may be broken.

    `advances` are the characters' widths and `sizes` their type sizes, both in points. `solid`
    are spans that may not be broken, such as labels.
    """

    def __init__(
        self,
        text: str,
        advances: Sequence[float],
        sizes: Sequence[float],
        solid: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.text = text
        self.sizes = sizes
        self.kerns = _kerns(text, sizes)
        own = list(advances)
        for index, kern in self.kerns.items():
            own[index] += kern
        self.positions = list(accumulate(own, initial=0.0))
        self._breaks = [b for b in _breaks(text) if not any(s < b < e for s, e in solid)]
        self._ends = [self._ink_end(index) for index in self._breaks]

    def lines(self, width: float) -> Iterator[Line]:
        """Yield the lines of the paragraph in a column `width` points wide."""
        start = 0
        while start < len(self.text):
            end = self._line_end(start, width)
            yield self._line(start, end)
            start = end

    def _line(self, start: int, end: int) -> Line:
        indent = self._hang(start)
        origin = self.positions[start] - indent
        last = end == len(self.text) or self.text[end - 1] == "\n"
        stop = start + len(self.text[start:end].rstrip())
        return Line(start, stop, indent, max(0.0, self._ink_end(end) - origin), last)

    def _hang(self, start: int) -> float:
        return -HALF * self.sizes[start] if self.text[start] in WIDE_OPENING else 0.0

    def _line_end(self, start: int, width: float) -> int:
        limit = self.positions[start] - self._hang(start) + width + 1e-6
        feed = self.text.find("\n", start) + 1 or len(self.text)
        first = bisect_right(self._breaks, start)
        chosen = bisect_right(self._ends, limit, lo=first) - 1
        if chosen >= first:
            return min(self._breaks[chosen], feed)
        return min(self._forced_end(start, limit), feed)

    def _forced_end(self, start: int, limit: float) -> int:
        """Break inside a word that is longer than the line, as late as fits and looks right."""
        latest = max(start + 1, bisect_right(self.positions, limit, lo=start) - 1)
        end = latest
        while end > start + 1 and (self.text[end] in CLOSING or self.text[end - 1] in OPENING):
            end -= 1
        return end if self.text[end] not in CLOSING else latest

    def _ink_end(self, end: int) -> float:
        """Return where the ink before `end` ends: without spaces, and half a closing mark."""
        while end and self.text[end - 1].isspace():
            end -= 1
        if not end:
            return 0.0
        position = self.positions[end] - self.kerns.get(end - 1, 0.0)
        closing = self.text[end - 1] in WIDE_CLOSING
        return position - HALF * self.sizes[end - 1] if closing else position


def _breaks(text: str) -> list[int]:
    return [match.end() for match in ATOM.finditer(text)] or [len(text)]


def _kerns(text: str, sizes: Sequence[float]) -> dict[int, float]:
    """Return what is added after a character: air beside Latin, less between two marks."""
    kerns = {m.start() - 1: AIR * sizes[m.start() - 1] for m in BORDER.finditer(text)}
    kerns |= {m.start() - 1: -HALF * sizes[m.start() - 1] for m in TIGHT.finditer(text)}
    kerns |= {m.start() - 1: -NARROW * sizes[m.start() - 1] for m in APOSTROPHE.finditer(text)}
    return kerns
