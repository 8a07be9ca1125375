"""The blocks of a report that are looked at more than read: charts and photographs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assessor.reports.table import Figure, Tone, Value


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a radar: a share (0 to 1) for each axis."""

    name: str
    shares: tuple[Decimal, ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Radar:
    """Dimensions on a circle; `texts` (one per axis, may be empty) stand under the labels."""

    axes: tuple[str, ...]
    series: tuple[Series, ...]
    texts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if any(len(line.shares) != len(self.axes) for line in self.series):
            raise ValueError("every series of a radar needs one share per axis")

    def figures(self) -> Iterator[Figure]:
        """Yield the labels and the figures under them."""
        for axis, words in zip(self.axes, self.texts or self.axes, strict=True):
            yield Figure("", axis)
            if self.texts:
                yield Figure(axis, words)


@dataclass(frozen=True, slots=True)
class Bar:
    """One horizontal bar: `share` (0 to 1) long, `text` is the figure at its end.

    `target` (0 to 1) is a tick on the bar, e.g. the self-assessment.
    """

    label: str
    share: Decimal
    text: str = ""
    value: Value = None
    tone: Tone = "accent"
    target: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars under each other; `line` (0 to 1) is a dashed line across all of them."""

    bars: tuple[Bar, ...]
    line: Decimal | None = None
    line_label: str = ""

    def figures(self) -> Iterator[Figure]:
        """Yield label and figure of each bar, then the label of the line."""
        for bar in self.bars:
            yield Figure("", bar.label)
            if bar.text:
                yield Figure(bar.label, bar.text, bar.value)
        if self.line_label:
            yield Figure("", self.line_label)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a measured value lies on the bins or the curve that turn it into points.

    `points` are (measured, points) corners in ascending order; with `stepped` each holds until the
    next (bins), else they are joined by straight lines. `x` and `y` are the reading, or None.
    """

    points: tuple[tuple[Decimal, Decimal], ...]
    stepped: bool
    x: Decimal | None
    y: Decimal | None
    x_label: str
    text: str
    ticks: tuple[str, ...] = ()

    def figures(self) -> Iterator[Figure]:
        """Yield what is written at the reading, then the ticks and the label of the axis."""
        for words in (self.text, *self.ticks, self.x_label):
            if words:
                yield Figure(self.x_label, words)


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture by the SHA-256 of its bytes (hex), its size in pixels as seen, and its caption."""

    sha256: str
    caption: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Photos:
    """Pictures beside each other, at most `per_row` in a row."""

    photos: tuple[Photo, ...]
    per_row: int = 3

    def figures(self) -> Iterator[Figure]:
        """Yield the captions."""
        yield from (Figure("", photo.caption) for photo in self.photos)
