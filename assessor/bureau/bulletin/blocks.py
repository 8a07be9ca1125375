"""Grids as blocks of a Document: tables, and bars where a picture says more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from assessor.bureau.bulletin.grid import Column as GridColumn
from assessor.bureau.bulletin.grid import Grid, Line, shown
from assessor.i18n import Language
from assessor.reports.document import Bar, BarChart, Block, Cell, Column, Paragraph, Row, Table

_TEXT_WEIGHT = Decimal("2.4")
_LONG_WEIGHT = Decimal("4.5")
_FIGURE_WEIGHT = Decimal("1.6")
_HEAT_WEIGHT = Decimal("1.7")
"""Headings of a heat map are names of dimensions, which are long."""
_LONG = {"item", "source", "basis"}


def table_of(
    grid: Grid, language: Language, wanted: Sequence[str] = (), *, shaded: bool = False
) -> Table:
    """Return a grid as a table, of all columns or those named.

    `shaded` gives every share the ground that goes with it. The last row stands out when it sums
    up all others.
    """
    heats = _heats(grid) if shaded else {}
    places = [at for at, one in enumerate(grid.columns) if not wanted or one.key in wanted]
    heads = tuple(
        Column(
            grid.columns[at].header,
            _weight(grid.columns[at], shaded=shaded),
            "left" if grid.columns[at].kind == "text" else "right",
        )
        for at in places
    )
    rows = tuple(
        Row(
            _cells(grid, line, places, language, heats),
            "total" if line.total and len(grid.lines) > 1 else "body",
        )
        for line in grid.lines
    )
    return Table(heads, rows, name=grid.name)


def bars_of(
    grid: Grid, places: tuple[int, int], language: Language, most: Decimal, line_label: str = ""
) -> BarChart:
    """Return one column of a grid as bars, `most` as long as the page allows.

    `places` are those of the names and the figures. A withheld figure has a name and no bar; the
    row that sums up is a line across all bars, named `line_label`.
    """
    names, figures = places
    bars: list[Bar] = []
    across: Decimal | None = None
    for line in grid.lines:
        value, hidden = line.values[figures], figures in line.hidden
        words = shown(value, grid.columns[figures].kind, language, hidden=hidden)
        known = not hidden and most and isinstance(value, int | Decimal)
        share = Decimal(str(value)) / most if known else Decimal(0)
        if line.total:
            across = share if known and line_label else None
            line_label = f"{line_label} {words}" if across is not None else ""
        else:
            bars.append(Bar(str(line.values[names]), share, words, words))
    return BarChart(tuple(bars), across, line_label if across is not None else "")


def notes_of(grids: Iterable[Grid], language: Language) -> tuple[str, ...]:
    """Return what has to be known to read grids, each sentence once."""
    said = (note.pick(language) for grid in grids for note in grid.notes)
    return tuple(dict.fromkeys(said))


def under(grid: Grid, language: Language) -> Iterable[Block]:
    """Yield the notes of a grid as small print below it."""
    for note in grid.notes:
        yield Paragraph(note.pick(language), "muted")


def _weight(column: GridColumn, *, shaded: bool) -> Decimal:
    if column.key in _LONG:
        return _LONG_WEIGHT
    if shaded:
        return _HEAT_WEIGHT if column.kind == "percent" else Decimal(1)
    return _TEXT_WEIGHT if column.kind == "text" else _FIGURE_WEIGHT


def _heats(grid: Grid) -> dict[Decimal, Decimal]:
    """Return how dark each share is, from the lowest to the highest that is shown."""
    found = {
        value
        for line in grid.lines
        for at, value in enumerate(line.values)
        if isinstance(value, Decimal) and at not in line.hidden and not line.total
    }
    low, high = min(found, default=Decimal(0)), max(found, default=Decimal(0))
    room = high - low
    return {one: (one - low) / room if room else Decimal(0) for one in found}


def _cells(
    grid: Grid,
    line: Line,
    places: Sequence[int],
    language: Language,
    heats: Mapping[Decimal, Decimal],
) -> tuple[Cell, ...]:
    cells = []
    for at in places:
        kind, value, hidden = grid.columns[at].kind, line.values[at], at in line.hidden
        words = shown(value, kind, language, hidden=hidden)
        hot = heats.get(value) if isinstance(value, Decimal) and kind == "percent" else None
        cells.append(
            Cell(
                words,
                tone="muted" if hidden else "text",
                heat=None if hidden or line.total else hot,
            )
        )
    return tuple(cells)
