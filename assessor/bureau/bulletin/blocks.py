"""Grids as blocks of a Document: tables, and bars where a picture says more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from assessor.bureau.bulletin.grid import Grid, Line, shown
from assessor.i18n import Language
from assessor.reports.document import Bar, BarChart, Block, Cell, Column, Paragraph, Row, Table

_TEXT_WEIGHT = Decimal("2.4")
_LONG_WEIGHT = Decimal("4.5")
_LONG = {"item", "source", "basis"}


def table_of(
    grid: Grid, language: Language, wanted: Sequence[str] = (), *, shaded: bool = False
) -> Table:
    """Return a grid as a table, of all columns or those named.

    `shaded` gives every share the ground that goes with it. The last row stands out when it sums
    up all others.
    """
    places = [at for at, one in enumerate(grid.columns) if not wanted or one.key in wanted]
    heads = tuple(
        Column(
            grid.columns[at].header,
            _weight(grid.columns[at].key, grid.columns[at].kind),
            "left" if grid.columns[at].kind == "text" else "right",
        )
        for at in places
    )
    rows = tuple(Row(_cells(grid, line, places, language, shaded)) for line in grid.lines)
    return Table(heads, rows, name=grid.name)


def bars_of(grid: Grid, names: int, figures: int, language: Language, most: Decimal) -> BarChart:
    """Return one column of a grid as bars, `most` as long as the page allows; no withheld ones."""
    kind = grid.columns[figures].kind
    bars = []
    for line in grid.lines:
        value = line.values[figures]
        if figures in line.hidden or not isinstance(value, int | Decimal):
            continue
        words = shown(value, kind, language)
        share = Decimal(value) / most if most else Decimal(0)
        bars.append(Bar(str(line.values[names]), share, words, words))
    return BarChart(tuple(bars))


def notes_of(grids: Iterable[Grid], language: Language) -> tuple[str, ...]:
    """Return what has to be known to read grids, each sentence once."""
    said = (note.pick(language) for grid in grids for note in grid.notes)
    return tuple(dict.fromkeys(said))


def under(grid: Grid, language: Language) -> Iterable[Block]:
    """Yield the notes of a grid as small print below it."""
    for note in grid.notes:
        yield Paragraph(note.pick(language), "muted")


def _weight(key: str, kind: str) -> Decimal:
    if key in _LONG:
        return _LONG_WEIGHT
    return _TEXT_WEIGHT if kind == "text" else Decimal("1.3")


def _cells(
    grid: Grid, line: Line, places: Sequence[int], language: Language, shaded: bool
) -> tuple[Cell, ...]:
    cells = []
    for at in places:
        kind, value, hidden = grid.columns[at].kind, line.values[at], at in line.hidden
        words = shown(value, kind, language, hidden=hidden)
        share = value if shaded and kind == "percent" and not hidden else None
        cells.append(
            Cell(
                words,
                tone="muted" if hidden else "text",
                share=share if isinstance(share, Decimal) else None,
            )
        )
    return tuple(cells)
