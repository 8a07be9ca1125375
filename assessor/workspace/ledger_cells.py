"""What is typed or pasted into a table, read cell by cell and row by row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO

from assessor.assessment import TableRow
from assessor.errors import AssessorError, Problem
from assessor.exchange.form.entries import (
    EntryError,
    date_of,
    number_of,
    words_of,
    yes_no_of,
)
from assessor.exchange.ledger import TableReader
from assessor.i18n import Message, message
from assessor.rubrics.criterion import Table, TableColumn
from assessor.rubrics.models import Rubric
from assessor.rules import names
from assessor.rules.table_rows import check_table
from assessor.sheets import Cell

MOST_ROWS = 20_000
"""Rows one paste or file may bring."""
MOST_TEXT = 500
ROW = ""
"""Stands for the whole row where a column would be named."""

_OWN_WORDS = frozenset({"cell_negative", "cell_whole"})
_COLUMN = re.compile(r"tables\.[^\[]+\[0\](?:\.(.+))?")


@dataclass(frozen=True)
class SheetRow:
    """One row as it is shown.

    `values` are the cells by column, as they would be recorded where they can be read, else as
    typed; `faults` say by column what is wrong (`ROW` for the row as a whole). `saved` is the row
    as it is on record, `None` for one that is not.
    """

    values: Mapping[str, str]
    saved: TableRow | None = None
    faults: Mapping[str, Message] = field(default_factory=dict)

    @property
    def fits(self) -> bool:
        """Whether the row can be recorded."""
        return not self.faults

    @property
    def waits(self) -> bool:
        """Whether what is shown is not on record."""
        return self.saved is None or dict(self.values) != self.saved


def recorded(row: TableRow) -> SheetRow:
    """Return a row of the record, which always fits."""
    return SheetRow(row, row)


def read_cell(column: TableColumn, given: str | Cell) -> tuple[str, Message | None]:
    """Return what is recorded for what was typed, and what is wrong with it (then as typed)."""
    cell = Cell("text", given) if isinstance(given, str) else given
    try:
        return _value(column, cell), None
    except EntryError as fault:
        return cell.text.strip()[:MOST_TEXT], message(
            "ui_ledger.fault", what=fault.text, fix=fault.fix
        )


def _value(column: TableColumn, cell: Cell) -> str:
    if not cell.text.strip() and cell.formula is None:
        return ""
    if column.type in ("count", "number"):
        return number_of(cell)
    if column.type == "date":
        return date_of(cell)
    if column.type == "yes_no":
        said = yes_no_of(cell)
        return "" if said is None else names.YES if said else names.NO
    text = words_of(cell)
    if len(text) > MOST_TEXT:
        long = message("import.cell_long", limit=MOST_TEXT)
        raise EntryError(long, message("import.cell_long_fix"))
    return text


class RowReader:
    """Reads rows of one table and says what is wrong with each."""

    def __init__(self, rubric: Rubric, table: Table) -> None:
        self._rubric, self.table = rubric, table
        self._by_id = {column.id: column for column in table.columns}

    def read(self, given: Mapping[str, str | Cell], before: SheetRow | None = None) -> SheetRow:
        """Return a row with other cells; the cells of `before` that are not given stay."""
        cells = {**(before.values if before is not None else {}), **given}
        values: dict[str, str] = {}
        unread: dict[str, Message] = {}
        for name, cell in cells.items():
            value, fault = read_cell(self._by_id[name], cell)
            if fault is not None:
                unread[name] = fault
            if value:
                values[name] = value
        saved = before.saved if before is not None else None
        return SheetRow(values, saved, {**dict(self._misfits(values)), **unread})

    def _misfits(self, values: TableRow) -> Iterator[tuple[str, Message]]:
        for problem in check_table(self._rubric, self.table.id, (values,)):
            place = _COLUMN.fullmatch(problem.place)
            column = (place[1] if place else None) or ROW
            yield column, _said(problem)


def _said(problem: Problem) -> Message:
    """Return what is wrong without the number of the row: it stands at the row itself."""
    values, name = problem.message.values, problem.message.key.partition(".")[2]
    if name == "row_check":
        return message("ui_ledger.row_check", text=values["text"])
    if name == "cell_missing":
        return message("ui_ledger.missing", column=values["name"])
    what = message(f"ui_ledger.{name}") if name in _OWN_WORDS else problem.message
    return message("ui_ledger.fault", what=what, fix=problem.fix or message("answer.check_figure"))


@dataclass(frozen=True)
class Pasted:
    """Cells from the clipboard. With `headed`, the first line named the columns and is left out."""

    columns: tuple[str | None, ...]
    lines: tuple[tuple[str, ...], ...]
    headed: bool = False

    def rows(self) -> Iterator[dict[str, str]]:
        """Yield the cells of each line by column."""
        for line in self.lines:
            yield {
                column: text
                for column, text in zip(self.columns, line, strict=False)
                if column is not None
            }


def pasted(table: Table, text: str, at: str) -> Pasted:
    """Read tab-separated text as spreadsheets copy it, to be put in from column `at` on.

    A first line that names columns of the table says where the others go. Raises `AssessorError`
    for too much or nothing.
    """
    lines = [tuple(line) for line in _lines(text) if any(cell.strip() for cell in line)]
    if not lines:
        raise AssessorError(message("ui_ledger.nothing_to_paste"))
    if len(lines) > MOST_ROWS:
        raise AssessorError(message("ui_ledger.too_many_rows", limit=MOST_ROWS))
    named = columns_named(table, lines[0])
    if named is not None:
        return Pasted(named, tuple(lines[1:]), headed=True)
    ids = [column.id for column in table.columns]
    return Pasted(tuple(ids[ids.index(at) :]), tuple(lines))


def columns_named(table: Table, line: Sequence[str]) -> tuple[str | None, ...] | None:
    """Return which column each heading names; `None` when the line is no head of the table."""
    reader = TableReader(table)
    found = [reader.column_of(text) for text in line]
    ids = [column.id if column else None for column in found]
    distinct = {name for name in ids if name}
    least = min(2, len(table.columns), len([text for text in line if text.strip()]))
    if len(distinct) < max(least, 1) or len(distinct) != len([name for name in ids if name]):
        return None
    return tuple(ids)


def _lines(text: str) -> Iterator[list[str]]:
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    try:
        yield from csv.reader(StringIO(clean), dialect="excel-tab")
    except csv.Error as error:
        raise AssessorError(message("ui_ledger.unreadable_paste")) from error


def as_text(rows: Sequence[Sequence[str]]) -> str:
    """Return cells as tab-separated text for the clipboard of a spreadsheet."""
    target = StringIO()
    csv.writer(target, dialect="excel-tab", lineterminator="\n").writerows(rows)
    return target.getvalue()
