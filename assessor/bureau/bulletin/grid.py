"""A table of figures in words: one value that screen, command line and every output share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from assessor.i18n import Language, Message, message, text

Kind = Literal["text", "count", "points", "difference", "percent"]
"""`points` and `difference` have two digits, `percent` is a share (0 to 1) shown as percent."""

Value = str | int | Decimal | None
"""`None`: there is no such figure."""

_TWO = Decimal("0.01")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `key` is for programs, `header` for people."""

    key: str
    header: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of values, and the numbers of the visits behind it.

    `hidden` are the places whose figure is withheld because too few enterprises are behind it;
    `total` marks the row that sums up all others.
    """

    values: tuple[Value, ...]
    visits: tuple[int, ...] = ()
    hidden: frozenset[int] = frozenset()
    total: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a name, and what has to be known to read it; `heat` asks for coloured shares."""

    name: str
    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    notes: tuple[Message, ...] = field(default=())
    heat: bool = False


def column(key: str, language: Language, kind: Kind = "text") -> Column:
    """Return a column with its heading from the catalogue."""
    return Column(key, text(f"bureau_grid.column_{key}", language), kind)


def columns(language: Language, wanted: Iterable[tuple[str, Kind]]) -> tuple[Column, ...]:
    """Return columns with their headings from the catalogue."""
    return tuple(column(key, language, kind) for key, kind in wanted)


def grid(
    name: str,
    language: Language,
    wanted: Sequence[Column],
    lines: Iterable[Line],
    notes: Iterable[str] = (),
    **values: object,
) -> Grid:
    """Return a grid whose title and notes are in the catalogue; `values` fill the notes."""
    said = tuple(message(f"bureau_grid.note_{note}", **values) for note in notes)
    title = text(f"bureau_grid.title_{name}", language)
    return Grid(name, title, tuple(wanted), tuple(lines), said)


def shown(value: Value, kind: Kind, language: Language, *, hidden: bool = False) -> str:
    """Return a value as people read it."""
    if hidden:
        return text("bureau_grid.hidden", language)
    if value is None:
        return text("bureau_grid.none", language)
    if not isinstance(value, Decimal):
        return str(value)
    figure = (value * _HUNDRED if kind == "percent" else value).quantize(_TWO, ROUND_HALF_UP)
    sign = "+" if kind == "difference" else ""
    unit = " %" if kind == "percent" else ""
    return f"{figure:{sign}f}{unit}"
