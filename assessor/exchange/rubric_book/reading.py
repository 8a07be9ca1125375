"""From the cells of a workbook to the data of a rubric, remembering every cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from assessor.errors import Problem
from assessor.exchange.form.entries import EntryError, number_of, plain_of, words_of, yes_no_of
from assessor.exchange.rubric_book.drawing import FIRST_ROW, KEY, NAME_ROW, OWNER, PART, ROW
from assessor.exchange.rubric_book.notation import read
from assessor.exchange.rubric_book.rows import names_of
from assessor.exchange.rubric_book.shapes import ANY, ROOT, Shape
from assessor.exchange.rubric_book.tables import (
    ANY_KEY,
    Steps,
    Table,
    layout,
    part_text,
    read_part,
    shape_at,
    steps_of,
)
from assessor.i18n import Message, message
from assessor.sheets import Cell, Sheet, cell_name

_SPECIAL = (PART, OWNER, KEY, ROW)
_COUNT = re.compile("#[0-9]+$")


@dataclass(eq=False)
class ReadRow:
    """A row as it was read: its values by path, the cell of each, and what it says it hangs on."""

    table: Table
    sheet: str
    number: int
    part: str = ""
    owner: str = ""
    key: str = ""
    called: str = ""
    values: dict[Steps, object] = field(default_factory=dict)
    places: dict[Steps, str] = field(default_factory=dict)
    hangs_on: ReadRow | None = None
    path: Steps = ()

    @property
    def place(self) -> str:
        """The first cell of the row."""
        return f"{self.sheet} {cell_name(self.number, 1)}"

    @property
    def own(self) -> str:
        """By what name other rows may call it."""
        if self.table.keyed:
            return self.key
        if not self.table.naming:
            return self.called
        return str(self.values.get((self.table.naming,), ""))


@dataclass
class SheetReader:
    """Reads sheets row by row; what is wrong with a cell is among the problems."""

    problems: list[Problem] = field(default_factory=list)

    def refuse(self, place: str, name: str, **values: object) -> None:
        """Add a problem of the catalogue at a sheet and cell."""
        text, fix = message(f"rubric_book.{name}", **values), _fix(name, values)
        self.problems.append(Problem(text, place=place, fix=fix))

    def root(self, sheet: Sheet) -> ReadRow:
        """Read the cells of the rubric itself, one below the other."""
        row = ReadRow(ROOT_TABLE, sheet.name, FIRST_ROW)
        for number, cells in sheet.rows().items():
            name = _name(cells.get(1))
            if number < FIRST_ROW or not name:
                continue
            where = f"{sheet.name} {cell_name(number, 1)}"
            path = self._column(ROOT_TABLE, name, where, row.places)
            if path is not None:
                row.places[path] = f"{sheet.name} {cell_name(number, 3)}"
                self._take(row, path, cells.get(3), row.places[path])
        return row

    def table(self, table: Table, sheet: Sheet) -> Iterator[ReadRow]:
        """Read the rows of a sheet."""
        rows = sheet.rows()
        columns = self._columns(table, sheet.name, rows.get(NAME_ROW, {}))
        for number, cells in rows.items():
            filled = {at: cell for at, cell in cells.items() if _is_filled(cell)}
            if number >= FIRST_ROW and filled.keys() & columns.keys():
                yield self._row(table, sheet.name, number, filled, columns)

    def _columns(
        self, table: Table, sheet: str, cells: Mapping[int, Cell]
    ) -> dict[int, str | Steps]:
        columns: dict[int, str | Steps] = {}
        seen: dict[Steps, str] = {}
        for at, cell in cells.items():
            name, where = _name(cell), f"{sheet} {cell_name(NAME_ROW, at)}"
            if name in _SPECIAL:
                columns[at] = name
            elif name:
                path = self._column(table, name, where, seen)
                if path is not None:
                    columns[at], seen[path] = path, where
        return columns

    def _column(
        self, table: Table, name: str, where: str, seen: Mapping[Steps, str]
    ) -> Steps | None:
        path = steps_of(name)
        if not path or _shape(table, path) is None:
            self.refuse(where, "unknown_column", column=name[:60], row=NAME_ROW)
        elif path in seen:
            self.refuse(where, "column_twice", column=name[:60])
        else:
            return path
        return None

    def _row(
        self,
        table: Table,
        sheet: str,
        number: int,
        cells: Mapping[int, Cell],
        columns: Mapping[int, str | Steps],
    ) -> ReadRow:
        row = ReadRow(table, sheet, number, called=str(number))
        for at, column in columns.items():
            where = f"{sheet} {cell_name(number, at)}"
            if isinstance(column, str):
                self._special(row, column, cells.get(at), where)
            else:
                row.places[column] = where
                self._take(row, column, cells.get(at), where)
        return row

    def _special(self, row: ReadRow, name: str, cell: Cell | None, where: str) -> None:
        try:
            words = number_of(cell) if cell and cell.kind == "number" else words_of(cell)
        except EntryError as error:
            self.problems.append(Problem(error.text, place=where, fix=error.fix))
            return
        names = {PART: "part", OWNER: "owner", KEY: "key", ROW: "called"}
        if words or name != ROW:
            setattr(row, names[name], words)

    def _take(self, row: ReadRow, path: Steps, cell: Cell | None, where: str) -> None:
        if cell is None:
            return
        try:
            words = _meant(cell, _shape(row.table, path) or ANY)
        except EntryError as error:
            self.problems.append(Problem(error.text, place=where, fix=error.fix))
            return
        if words.strip():
            row.values[path] = read(words, _shape(row.table, path) or ANY)


ROOT_TABLE = Table(ROOT, Shape("record", models=(ROOT,)))


def _shape(table: Table, path: Steps) -> Shape | None:
    """Return what may stand in a column of a sheet."""
    if table.item.kind == "record":
        return shape_at(table.item, path)
    return table.item.item if len(path) == 1 else None


def _meant(cell: Cell, shape: Shape) -> str:
    """Return the words of a cell exactly, however a spreadsheet keeps them."""
    plain = words_of(cell)  # refuses formulas and error values
    if cell.kind == "number":
        return number_of(cell)
    if cell.kind == "truth" or (shape.kind == "truth" and plain not in ("null", "")):
        return _truth(cell, plain)
    return plain_of(cell) if shape.kind in ("number", "whole") else cell.text


def _truth(cell: Cell, plain: str) -> str:
    try:
        said = yes_no_of(cell)
    except EntryError:
        return plain
    return "true" if said else "false"


def _is_filled(cell: Cell) -> bool:
    return bool(cell.text.strip()) or cell.formula is not None or cell.kind == "uncomputed"


def _name(cell: Cell | None) -> str:
    return cell.text.strip() if cell is not None else ""


def _fix(name: str, values: Mapping[str, object]) -> Message:
    return message(f"rubric_book.{name}_fix", **values)


def hang(rows: Mapping[str, list[ReadRow]], reader: SheetReader) -> None:
    """Find for each row the one it hangs on and where; what cannot be found is a problem."""
    names = {table: _names(those) for table, those in rows.items()}
    for those in rows.values():
        for row in those:
            found = _part(row)
            if found is None:
                choices = ", ".join(part for part in _parts(row.table))
                reader.refuse(row.place, "no_part", part=row.part[:60], choices=choices)
                continue
            owner, row.path = found
            if owner != ROOT:
                _find(row, owner, names.get(owner, {}), reader)


def _parts(table: Table) -> list[str]:
    homes = layout().homes(table.name)
    return [part_text(place.owner, place.path) for place in homes]


def _part(row: ReadRow) -> tuple[str, Steps] | None:
    """Return the owner's sheet and the path in its row; without a word the only one there is."""
    known = [part for part in _parts(row.table) if ANY_KEY not in part]
    words = row.part or (known[0] if len(known) == 1 else "")
    found = read_part(words)
    if found is None:
        return None
    owner, path = found
    holder = ROOT_TABLE if owner == ROOT else layout().tables.get(owner)
    shape = _shape(holder, path) if holder is not None else None
    fits = shape is not None and layout().of_shape(owner, path, shape) == row.table
    return found if fits else None


def _names(rows: list[ReadRow]) -> dict[str, list[ReadRow]]:
    """Return what rows may be called; a plain name that several have leads to all of them."""
    found: dict[str, list[ReadRow]] = {}
    owned = [(row.own, _COUNT.sub("", row.owner.rpartition("/")[2])) for row in rows]
    for row, names in zip(rows, names_of(owned), strict=True):
        for name in names:
            found.setdefault(name, []).append(row)
    for row in rows:
        if row not in found.get(row.own, []):
            found.setdefault(row.own, []).append(row)
    return found


def _find(
    row: ReadRow, table: str, names: Mapping[str, list[ReadRow]], reader: SheetReader
) -> None:
    named = names.get(row.owner, [])
    if len(named) == 1:
        row.hangs_on = named[0]
        return
    if named:
        reader.refuse(row.place, "many_owners", owner=row.owner[:60], table=table)
        return
    near = get_close_matches(row.owner, names, n=1, cutoff=0.6)
    hint: object = message("rubric_book.near", near=near[0]) if near else ""
    reader.refuse(row.place, "no_owner", owner=row.owner[:60], table=table, near=hint)
