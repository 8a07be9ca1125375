"""The columns of filled tables as formulas read them; rows seen before are not read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assessor.assessment import Assessment, TableRow
from assessor.rubrics.base import decimal_from_text
from assessor.rubrics.criterion import Table
from assessor.rubrics.models import Rubric
from assessor.rules.same_rows import same_ends

ColumnCells = list[Decimal | str | bool | None]
Columns = dict[tuple[str, str], ColumnCells]


class TableColumns:
    """The columns of a rubric's tables for one record after another."""

    def __init__(self, rubric: Rubric) -> None:
        self._tables = [_TableReader(table) for table in rubric.tables]

    def of(self, tables: Mapping[str, tuple[TableRow, ...]]) -> Columns:
        """Return the columns of filled tables; numbers as decimals, blank cells as `None`."""
        columns: Columns = {}
        for reader in self._tables:
            rows = tables.get(reader.table.id, ())
            reader.read(rows)
            if rows:
                columns |= reader.columns
        return columns


def table_columns(rubric: Rubric, assessment: Assessment) -> Columns:
    """Return the columns of all filled tables; numbers as decimals, blank cells as `None`."""
    return TableColumns(rubric).of(assessment.tables)


class _TableReader:
    """The columns of one table and the rows they were read from."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.columns: Columns = {(table.id, column.id): [] for column in table.columns}
        self._rows: Sequence[TableRow] = ()

    def read(self, rows: Sequence[TableRow]) -> None:
        """Read what differs from the rows before; lists given out earlier stay as they were."""
        if rows is self._rows:
            return
        old = self._rows
        head, tail = same_ends(old, rows)
        new = rows[head : len(rows) - tail]
        for column in self.table.columns:
            name = (self.table.id, column.id)
            known = self.columns[name]
            cells = [_cell(row.get(column.id, ""), column.type) for row in new]
            if cells != known[head : len(old) - tail]:
                self.columns[name] = [*known[:head], *cells, *known[len(old) - tail :]]
        self._rows = rows


def _cell(text: str, kind: str) -> Decimal | str | None:
    stripped = text.strip()
    if not stripped:
        return None
    return decimal_from_text(stripped) if kind in ("count", "number") else stripped
