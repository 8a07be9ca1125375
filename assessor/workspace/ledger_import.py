"""A table from a workbook or text file: which column is which is shown before anything is taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assessor.errors import AssessorError
from assessor.exchange.form.entries import is_total
from assessor.exchange.ledger import TableReader
from assessor.i18n import message
from assessor.rubrics.criterion import Table
from assessor.sheets import Cell, Sheet, read_workbook
from assessor.workspace.ledger_cells import MOST_ROWS, RowReader, SheetRow

SHOWN_ROWS = 5
_MOST_SHOWN = 60


@dataclass(frozen=True)
class ForeignColumn:
    """One column of the file: its number from 1, its heading, first cells, and what it seems."""

    number: int
    heading: str
    sample: tuple[str, ...]
    guess: str | None


@dataclass(frozen=True)
class ForeignTable:
    """A sheet that may hold the table; `header` is the row of its headings, 0 for none."""

    file: str
    sheet: str
    header: int
    columns: tuple[ForeignColumn, ...]
    rows: tuple[Mapping[int, Cell], ...]

    @property
    def guesses(self) -> dict[int, str]:
        """The column of the table that each column of the file seems to be."""
        return {column.number: column.guess for column in self.columns if column.guess}


def foreign_tables(path: Path, table: Table) -> tuple[ForeignTable, ...]:
    """Read a workbook or text file and return its filled sheets, the likeliest first.

    Raises `AssessorError` when it cannot be read, holds nothing or too much.
    """
    found = [_foreign(path.name, sheet, table) for sheet in read_workbook(path).sheets]
    filled = [one for one in found if one.rows]
    if not filled:
        raise AssessorError(message("import.no_rows", file=path.name))
    return tuple(sorted(filled, key=lambda one: -len(one.guesses)))


def imported_rows(
    foreign: ForeignTable, reader: RowReader, columns: Mapping[int, str]
) -> Iterator[SheetRow]:
    """Yield the rows with the columns of the file put where `columns` says (number -> column).

    Blank rows and rows of totals are left out; cells that cannot be read are kept as faults.
    """
    for cells in foreign.rows:
        given = {name: cells[at] for at, name in columns.items() if at in cells}
        filled = {name: cell for name, cell in given.items() if cell.text.strip() or cell.formula}
        first = next((cells[at].text for at in sorted(cells) if cells[at].text.strip()), "")
        if filled and not is_total(first):
            yield reader.read(filled)


def _foreign(file: str, sheet: Sheet, table: Table) -> ForeignTable:
    reader = TableReader(table)
    rows = sheet.rows()
    header = reader.header_of(sheet) or _head_of_words(rows)
    below = tuple(cells for number, cells in rows.items() if number > header)
    if len(below) > MOST_ROWS:
        raise AssessorError(message("ui_ledger.too_many_rows", limit=MOST_ROWS))
    heads = rows.get(header, {})
    numbers = sorted({at for cells in (heads, *below[:SHOWN_ROWS]) for at in cells})
    columns: list[ForeignColumn] = []
    taken: set[str] = set()
    for at in numbers:
        heading = heads[at].text if at in heads else ""
        named = reader.column_of(heading) if heading else None
        guess = named.id if named is not None and named.id not in taken else None
        taken |= {guess} if guess else set()
        sample = tuple(cells[at].text[:_MOST_SHOWN] for cells in below[:SHOWN_ROWS] if at in cells)
        columns.append(ForeignColumn(at, heading[:_MOST_SHOWN], sample, guess))
    return ForeignTable(file, sheet.name, header, tuple(columns), below)


def _head_of_words(rows: Mapping[int, Mapping[int, Cell]]) -> int:
    """Return the first filled row when it holds several words and nothing else, else 0."""
    first = min(rows, default=0)
    cells = [cell for cell in rows.get(first, {}).values() if cell.text.strip()]
    words = all(cell.kind == "text" and not cell.text.strip().isdecimal() for cell in cells)
    return first if words and len(cells) > 1 else 0
