"""Whether the rows of a table fit: types, required cells, parts within their whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assessor.assessment import TableRow
from assessor.errors import Problem
from assessor.formulas import Scope, evaluate, parse
from assessor.i18n import Message, message
from assessor.rubrics.base import decimal_from_text
from assessor.rubrics.criterion import Table
from assessor.rubrics.models import Rubric
from assessor.rules import names
from assessor.rules.gates import comparable
from assessor.rules.same_rows import same_ends

MOST_REMEMBERED = 20_000
"""Rows of one table whose faults are remembered."""
FEWEST_REMEMBERED = 100
"""Rows of a table that is remembered as a whole; a single row is checked while it is typed."""


def check_table(
    rubric: Rubric, table_id: str, rows: tuple[dict[str, str], ...]
) -> Iterator[Problem]:
    """Yield what is wrong with the rows of a table, each with its row number from 1."""
    table = next((table for table in rubric.tables if table.id == table_id), None)
    if table is None:
        choices = ", ".join(table.id for table in rubric.tables) or "-"
        text = message("answer.unknown_table", table=table_id)
        place = f"tables.{table_id}"
        yield Problem(text, "", place, table_id, message("answer.choose_from", choices=choices))
        return
    checked = _checked_rows(table)
    for index, faults in sorted(checked.faulty(rows).items()):
        place = f"tables.{table_id}[{index}]"
        for fault in faults:
            yield fault.problem(place, index + 1, table_id)


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with a row, wherever it stands: the message's name, its values, the fix."""

    name: str
    values: tuple[tuple[str, object], ...]
    column: str
    fix: Message

    def problem(self, place: str, number: int, table_id: str) -> Problem:
        text = message(f"answer.{self.name}", row=number, **dict(self.values))
        where = f"{place}.{self.column}" if self.column else place
        return Problem(text, "", where, table_id, self.fix)


@lru_cache(maxsize=8)
def _checked_rows(table: Table) -> _CheckedRows:
    return _CheckedRows(table)


class _CheckedRows:
    """The faults of rows; those of rows seen before are remembered.

    A record is checked as a whole after every edit. Of thousands of rows nearly all are as before.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._conditions = [(parse(check.condition), check) for check in table.row_checks]
        self._known: dict[tuple[tuple[str, str], ...], tuple[_Fault, ...]] = {}
        self._last: tuple[Sequence[TableRow], Mapping[int, tuple[_Fault, ...]]] = ((), {})

    def faulty(self, rows: Sequence[TableRow]) -> Mapping[int, tuple[_Fault, ...]]:
        """Return the rows (from 0) with something wrong, and what it is.

        Of a long table that is checked again, only the rows between those that stayed are looked
        at. Threads that come in between do no harm: what is remembered is exchanged as one.
        """
        before, known = self._last
        head, tail = same_ends(before, rows)
        end, moved = len(rows) - tail, len(rows) - len(before)
        found = {at: faults for at, faults in known.items() if at < head}
        found |= {at: faults for at in range(head, end) if (faults := self.faults(rows[at]))}
        found |= {at + moved: faults for at, faults in known.items() if at + moved >= end}
        if len(rows) >= FEWEST_REMEMBERED:
            self._last = (rows, found)
        return found

    def faults(self, row: dict[str, str]) -> tuple[_Fault, ...]:
        """Return what is wrong with a row."""
        key = tuple(row.items())
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            known = self._known[key] = tuple(self._look(row))
        return known

    def _look(self, row: dict[str, str]) -> Iterator[_Fault]:
        cells = _CellReader(self._table, row)
        yield from cells.faults()
        for tree, check in self._conditions:
            if evaluate(tree, Scope(values=dict(cells.values))) is False:
                yield _Fault(
                    "row_check", (("text", check.text),), "", message("answer.check_figure")
                )


class _CellReader:
    """One row, read column by column."""

    def __init__(self, table: Table, row: dict[str, str]) -> None:
        self.table = table
        self.row = row
        self.values: dict[str, Decimal | str] = {}

    def faults(self) -> Iterator[_Fault]:
        known = {column.id for column in self.table.columns}
        for name in self.row:
            if name not in known:
                choices = message("answer.choose_from", choices=", ".join(sorted(known)))
                yield _Fault("unknown_column", (("name", name),), name, choices)
        for column in self.table.columns:
            given = self.row.get(column.id, "").strip()
            fault = self._fault(given, column.type, required=column.required)
            if fault:
                values = (("name", column.name), ("given", given))
                yield _Fault(fault, values, column.id, message("answer.check_figure"))
            elif given:
                number = column.type in ("count", "number")
                self.values[column.id] = decimal_from_text(given) if number else given

    @staticmethod
    def _fault(text: str, kind: str, *, required: bool) -> str:
        if not text:
            return "cell_missing" if required else ""
        if kind == "yes_no":
            return "" if text in (names.YES, names.NO) else "cell_yes_no"
        if kind == "date":
            return "" if _is_date(text) else "cell_date"
        if kind == "text":
            return ""
        return _number_fault(text, whole=kind == "count")


def _number_fault(text: str, *, whole: bool) -> str:
    try:
        value = decimal_from_text(text)
    except ValueError:
        return "cell_number"
    if value < 0:
        return "cell_negative"
    return "cell_whole" if whole and value != value.to_integral_value() else ""


def _is_date(text: str) -> bool:
    try:
        comparable(text, "date")
    except ValueError:
        return False
    return True
