"""A paragraph of runs, set in a column of any width and drawn in parts if need be."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assessor.reports.typeset.breaking import MAX_STRETCH, Line, Measured
from assessor.reports.typeset.classes import WORD, printable
from assessor.reports.typeset.fonts import EmbeddedFont, Typeface
from assessor.reports.typeset.pen import Ink, Look, Pen, Piece

_LABEL_SCALE = 0.8
_BASELINE = 0.36
"""How far the baseline lies under the middle of a line, in em."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a paragraph, and how they differ from its look.

    With `label` (text and ground colour) they stand in a small rounded box and are not broken.
    """

    text: str
    strong: bool = False
    colour: str = ""
    label: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    font: EmbeddedFont
    size: float
    colour: str
    ground: str


class Setting:
    """A paragraph ready to be set: `lines(width)` breaks it, `draw` puts lines on the page."""

    def __init__(self, runs: str | Sequence[Stretch], look: Look, typeface: Typeface) -> None:
        self.look = look
        stretches = [Stretch(runs)] if isinstance(runs, str) else runs
        self._spans = list(_spans(stretches, look, typeface))
        text = "".join(_words(run) for run in stretches)
        self._measured = Measured(
            text,
            [w for span in self._spans for w in _advances(text, span)],
            [size for span in self._spans for size in [span.size] * (span.end - span.start)],
            [(span.start, span.end) for span in self._spans if span.ground],
        )
        self._kerned = sorted(self._measured.kerns)
        self._broken: dict[float, list[Line]] = {}

    @property
    def text(self) -> str:
        """The words as they will be drawn."""
        return self._measured.text

    def natural_width(self) -> float:
        """Return the width in points of the text on one line."""
        return self._measured.positions[-1]

    def lines(self, width: float) -> list[Line]:
        """Return the lines in a column `width` points wide; at least one."""
        if width not in self._broken:
            self._broken[width] = list(self._measured.lines(width)) or [Line(0, 0, 0.0, 0.0, True)]
        return self._broken[width]

    def height(self, width: float) -> float:
        """Return the height in points in a column `width` points wide."""
        return len(self.lines(width)) * self.look.leading

    def draw(
        self, pen: Pen, x: float, top: float, width: float, lines: slice = slice(None)
    ) -> None:
        """Draw the chosen lines into the column whose upper left corner is (x, top)."""
        middle = top - self.look.leading / 2
        for line in self.lines(width)[lines]:
            if line.end > line.start:
                self._draw_line(pen, line, x, middle - _BASELINE * self.look.size, width)
            middle -= self.look.leading

    def _draw_line(self, pen: Pen, line: Line, x: float, y: float, width: float) -> None:
        slack = width - line.width
        shift = {"right": slack, "center": slack / 2}.get(self.look.align, 0.0)
        left = x + line.indent + shift
        spans = [s for s in self._spans if s.start < line.end and s.end > line.start]
        labelled = any(span.ground for span in spans)
        if labelled:
            self._draw_labels(pen, line, spans, left, y)
        justify = self.look.align == "justify" and not line.last and not labelled
        pen.pieces(left, y, self._pieces(line, spans, slack if justify else 0.0))

    def _draw_labels(
        self, pen: Pen, line: Line, spans: Sequence[_Span], left: float, y: float
    ) -> None:
        positions = self._measured.positions
        for span in spans:
            if span.ground:
                x = left + positions[span.start] - positions[line.start]
                width = positions[span.end] - positions[span.start]
                area = (x, y - 0.34 * span.size, width, 1.45 * span.size)
                pen.box(area, Ink(span.ground), radius=2)

    def _pieces(self, line: Line, spans: Sequence[_Span], slack: float) -> Iterator[Piece]:
        kerns = self._kerned
        inside = kerns[bisect_left(kerns, line.start) : bisect_left(kerns, line.end - 1)]
        cuts = {line.start, line.end, *(index + 1 for index in inside)}
        cuts.update(span.start for span in spans if span.start > line.start)
        spacing, words = self._spacing(line, slack)
        if spacing:
            cuts.update(edge for word in words for edge in word)
        within = iter(spans)
        span = next(within)
        waiting = iter([*words, (line.end, line.end)])
        word = next(waiting)
        for start, end in pairwise(sorted(cuts)):
            if start >= span.end:
                span = next(within)
            if start >= word[1]:
                word = next(waiting, word)
            yield Piece(
                self.text[start:end],
                span.font,
                span.size,
                span.colour,
                0.0 if start >= word[0] else spacing,
                self._measured.kerns.get(end - 1, 0.0) if end < line.end else 0.0,
            )

    def _spacing(self, line: Line, slack: float) -> tuple[float, list[tuple[int, int]]]:
        """Return the space to add after each character outside words, and where the words are."""
        if slack <= 0:
            return 0.0, []
        words = [match.span() for match in WORD.finditer(self.text, line.start, line.end)]
        slots = line.end - line.start - sum(end - start for start, end in words)
        if not words or words[-1][1] < line.end:
            slots -= 1
        spacing = slack / slots if slots > 0 else 0.0
        return (spacing, words) if spacing <= MAX_STRETCH * self.look.size else (0.0, [])


def _words(run: Stretch) -> str:
    words = printable(run.text)
    return f"\u00a0{words}\u00a0" if run.label else words


def _spans(runs: Sequence[Stretch], look: Look, typeface: Typeface) -> Iterator[_Span]:
    start = 0
    for run in runs:
        end = start + len(_words(run))
        font = typeface.weight(run.strong or look.strong)
        if run.label:
            colour, ground = run.label
            yield _Span(start, end, font, look.size * _LABEL_SCALE, colour, ground)
        elif end > start:
            yield _Span(start, end, font, look.size, run.colour or look.colour, "")
        start = end


def _advances(text: str, span: _Span) -> list[float]:
    size = span.size
    return [
        width * size for width in map(span.font.widths.__getitem__, text[span.start : span.end])
    ]
