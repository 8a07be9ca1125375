"""Which row and column of a sheet is which of the sheet as it was written.

People insert rows and columns; what stands in them then stands elsewhere, and formulas follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Context
from difflib import SequenceMatcher

from assessor.sheets import Cell, Position, Sheet

_MOST_ADDED = 2_000
"""Lines beyond this are nobody's remarks; the sheets are then held against each other in place."""
_DOUBLE = Context(prec=15)
"""Some programs keep 15 digits of a number."""


@dataclass(frozen=True)
class Layout:
    """Row and column as found -> row and column as written.

    In a sheet that is not `moved` both are the same; in one that is, what is in no map was added.
    """

    rows: Mapping[int, int]
    columns: Mapping[int, int]
    moved: bool = False

    def written(self, at: Position) -> Position | None:
        """Return where a cell stood when it was written, `None` for an added one."""
        if not self.moved:
            return at
        row, column = self.rows.get(at[0]), self.columns.get(at[1])
        return None if row is None or column is None else (row, column)


UNMOVED = Layout({}, {})


def layout_of(written: Sheet, found: Sheet) -> Layout:
    """Return how the rows and columns of `found` came about from those of `written`."""
    old, new = _lines(written), _lines(found)
    pairs = list(zip(old, new, strict=True))
    if all(list(before) == list(after) for before, after in pairs):
        return UNMOVED
    if any(len(after) > len(before) + _MOST_ADDED for before, after in pairs):
        return UNMOVED
    rows, columns = (dict(_matched(before, after)) for before, after in pairs)
    return Layout(rows, columns, moved=True)


def plain_figure(cell: Cell) -> str:
    """Return what a cell says in a form that does not depend on who saved it."""
    if cell.number is not None:
        return str(_DOUBLE.plus(cell.number).normalize(_DOUBLE))
    return cell.text.replace("\r\n", "\n").strip().removeprefix("'")


_Lines = Mapping[int, tuple[str, ...]]


def _lines(sheet: Sheet) -> tuple[_Lines, _Lines]:
    """Return rows and columns: what stands in each used one that nobody computes, in order."""
    found: tuple[dict[int, list[str]], dict[int, list[str]]] = ({}, {})
    for at, cell in sorted(sheet.cells.items()):
        if cell.text or cell.formula is not None:
            for lines, line in zip(found, at, strict=True):
                words = lines.setdefault(line, [])
                if cell.formula is None:
                    words.append(plain_figure(cell))
    rows, columns = ({line: tuple(words) for line, words in sorted(one.items())} for one in found)
    return rows, columns


def _matched(written: _Lines, found: _Lines) -> Iterator[tuple[int, int]]:
    """Yield the lines that are the same, each as found and as written."""
    if len(written) == len(found):
        yield from zip(found, written, strict=True)
        return
    old, new = list(written), list(found)
    matcher = SequenceMatcher(None, list(written.values()), list(found.values()), autojunk=False)
    for _, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        yield from zip(new[new_from:new_to], old[old_from:old_to], strict=False)
