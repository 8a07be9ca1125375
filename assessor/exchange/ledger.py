"""Reading a table of the visit (the equipment ledger) from a workbook or a text file.

Columns are known by their headings: the ids of the rubric, or their names in either language,
whatever blanks, brackets and signs stand around.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from assessor.assessment import TableRow
from assessor.errors import AssessorError, Problem
from assessor.exchange.form.entries import (
    EntryError,
    date_of,
    is_total,
    number_of,
    words_of,
    yes_no_of,
)
from assessor.exchange.refusals import refused
from assessor.i18n import LANGUAGES, Message, message
from assessor.rubrics.criterion import Table, TableColumn
from assessor.rubrics.models import Rubric
from assessor.rules import names
from assessor.rules.table_rows import check_table
from assessor.sheets import Cell, Sheet, cell_name, read_workbook

HEADER_ROWS = 20
"""The header stands in one of these first rows of a sheet."""
MAX_TEXT = 500

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class ImportedTable:
    """The rows of one table, checked; `warnings` name columns and rows that were left out."""

    table: str
    rows: tuple[TableRow, ...]
    warnings: tuple[Problem, ...]


def read_ledger(path: Path, rubric: Rubric, table: str | None = None) -> ImportedTable:
    """Read a table from an .xlsx, .csv or .tsv file; the rubric's first one when none is named.

    The first sheet that has a header is read. Raises `ProblemsError` with every fault by cell,
    `AssessorError` when the file cannot be read, has no header or no rows, or the rubric no table.
    """
    wanted = next((one for one in rubric.tables if table in (None, one.id)), None)
    if wanted is None:
        text = message("import.no_tables", rubric=table or rubric.id, file=path.name)
        raise AssessorError(text)
    reader = TableReader(wanted)
    sheets = read_workbook(path).sheets
    found = next((sheet for sheet in sheets if reader.header_of(sheet)), None)
    if found is None:
        columns = ", ".join(column.name.zh for column in wanted.columns)
        raise AssessorError(
            message("import.no_header", file=path.name, rows=HEADER_ROWS, columns=columns)
        )
    rows = reader.read(found)
    problems = [*reader.problems, *reader.misfits(rubric, rows)]
    errors = tuple(replace(p, file=path.name) for p in problems if p.severity == "error")
    if errors:
        raise refused("import.file_refused", errors, file=path.name)
    if not rows:
        raise AssessorError(message("import.no_rows", file=path.name))
    warnings = tuple(replace(p, file=path.name) for p in problems)
    return ImportedTable(wanted.id, rows, warnings)


@dataclass
class TableReader:
    """Reads the rows of one table from a sheet.

    `places` then says where each cell of the table stands: `tables.ledger[0].quantity` -> sheet and
    cell; `sheet_rows` in which row of the sheet each row of the table is.
    """

    table: Table
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    sheet_rows: list[int] = field(default_factory=list)

    def header_of(self, sheet: Sheet) -> int:
        """Return the row that names most columns, 0 when none names two (or the only one)."""
        best, most = 0, min(2, len(self.table.columns)) - 1
        for row, cells in sheet.rows().items():
            if row > HEADER_ROWS:
                break
            matched = {found.id for cell in cells.values() if (found := self.column_of(cell.text))}
            if len(matched) > most:
                best, most = row, len(matched)
        return best

    def column_of(self, heading: str) -> TableColumn | None:
        """Return the column a heading names, in either language or by its id; `None` for none."""
        wanted = _forms(heading)
        for column in self.table.columns:
            names_of = {column.id, *(column.name.pick(language) for language in LANGUAGES)}
            if wanted & {form for name in names_of for form in _forms(name)}:
                return column
        return None

    def read(self, sheet: Sheet) -> tuple[TableRow, ...]:
        """Return the rows below the header of `sheet`, which must have one."""
        header = self.header_of(sheet)
        rows = sheet.rows()
        columns = self._columns(sheet, header, rows.get(header, {}))
        self.places[f"tables.{self.table.id}"] = f"{sheet.name}!{cell_name(max(header, 1), 1)}"
        found: list[TableRow] = []
        for number, cells in rows.items():
            if number > header and self._counts(sheet, number, cells, columns):
                found.append(self._row(sheet, number, cells, columns, len(found)))
                self.sheet_rows.append(number)
        return tuple(found)

    def misfits(self, rubric: Rubric, rows: tuple[TableRow, ...]) -> list[Problem]:
        """Return what does not fit the rubric, each at its cell.

        A cell that could not be read is not missing as well.
        """
        unread = {problem.place for problem in self.problems}
        found = [self.placed(problem) for problem in check_table(rubric, self.table.id, rows)]
        return [problem for problem in found if problem.place not in unread]

    def placed(self, problem: Problem) -> Problem:
        """Return a problem of the table with its cell, and the sheet's row number in its words."""
        index = re.match(r"tables\.[^\[]+\[([0-9]+)\]", problem.place)
        values = dict(problem.message.values)
        if index and "row" in values:
            values["row"] = self.sheet_rows[int(index[1])]
        place = problem.place
        while place not in self.places and place:
            place = place[: max(place.rfind("."), place.rfind("["), 0)]
        where = self.places.get(place, problem.place)
        return replace(problem, message=Message(problem.message.key, values), place=where)

    def _columns(
        self, sheet: Sheet, header: int, cells: Mapping[int, Cell]
    ) -> dict[int, TableColumn]:
        columns: dict[int, TableColumn] = {}
        for at, cell in cells.items():
            place, column = f"{sheet.name}!{cell_name(header, at)}", self.column_of(cell.text)
            if column is None:
                text = message("import.column_ignored", column=cell.text[:40])
                self.problems.append(Problem(text, place=place, severity="warning"))
            elif column in columns.values():
                first = next(c for c, known in columns.items() if known == column)
                text = message(
                    "import.column_twice", column=column.name, first=cell_name(header, first)
                )
                fix = message("import.column_twice_fix")
                self.problems.append(Problem(text, place=place, fix=fix))
            else:
                columns[at] = column
        for column in self.table.columns:
            if column.required and column not in columns.values():
                text = message("import.column_missing", column=column.name)
                place = f"{sheet.name}!{cell_name(header, 1)}"
                fix = message("import.column_missing_fix")
                self.problems.append(Problem(text, place=place, fix=fix))
        return columns

    def _counts(
        self, sheet: Sheet, row: int, cells: Mapping[int, Cell], columns: Mapping[int, TableColumn]
    ) -> bool:
        """Whether a row is one of the table: not blank, not a row of totals."""
        filled = [at for at in cells if at in columns and cells[at].text.strip()]
        if not filled:
            return any(at in columns and cells[at].formula is not None for at in cells)
        first = cells[min(at for at in cells if cells[at].text.strip())]
        if is_total(first.text):
            place = f"{sheet.name}!{cell_name(row, min(cells))}"
            text = message("import.total_row", found=first.text[:40])
            self.problems.append(Problem(text, place=place, severity="warning"))
            return False
        return True

    def _row(
        self,
        sheet: Sheet,
        number: int,
        cells: Mapping[int, Cell],
        columns: Mapping[int, TableColumn],
        index: int,
    ) -> TableRow:
        row: TableRow = {}
        path = f"tables.{self.table.id}[{index}]"
        self.places[path] = f"{sheet.name}!{cell_name(number, min(columns))}"
        for at, column in columns.items():
            place = f"{sheet.name}!{cell_name(number, at)}"
            self.places[f"{path}.{column.id}"] = place
            try:
                value = _value(cells.get(at), column)
            except EntryError as fault:
                self.problems.append(Problem(fault.text, place=place, fix=fault.fix))
                # Stands in, so that the rows keep their numbers; nothing is handed on.
                value = ""
            if value:
                row[column.id] = value
        return row


def _value(cell: Cell | None, column: TableColumn) -> str:
    if column.type in ("count", "number"):
        return number_of(cell)
    if column.type == "date":
        return date_of(cell)
    if column.type == "yes_no":
        said = yes_no_of(cell)
        return "" if said is None else names.YES if said else names.NO
    text = words_of(cell)
    if len(text) > MAX_TEXT:
        raise EntryError(
            message("import.cell_long", limit=MAX_TEXT), message("import.cell_long_fix")
        )
    return text


def _forms(heading: str) -> set[str]:
    """Return the ways a heading is compared: whole, and without what stands in brackets."""
    plain = unicodedata.normalize("NFKC", heading).casefold()
    return {form for one in (plain, _BRACKETS.sub("", plain)) if (form := _NO_WORD.sub("", one))}
