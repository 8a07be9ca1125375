"""Sheets whose rows are the visit's own (lists, tables, explanations), planned for each visit.

Only the rows are made anew; what stands above them is taken from the shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from assessor.bureau.intake.dialect import escaped
from assessor.bureau.intake.plans import SheetPlan, plan_of, said
from assessor.reports.excel_formulas import Formulas
from assessor.reports.excel_layout import Area, Placed, PlacedSheet
from assessor.reports.table import Cell, Row, Table
from assessor.sheets import cell_name


@dataclass(frozen=True, slots=True)
class Prepared:
    """One row as files have it: what its cells say, their number formats and formulas."""

    said: tuple[bytes, ...]
    formats: tuple[str, ...]
    formulas: tuple[bytes, ...]


def prepared(row: Row, title: str, formulas: Formulas) -> Prepared:
    """Return a row of the sheet `title` as files have it."""
    cells = row.cells
    return Prepared(
        tuple(said(cell) for cell in cells),
        tuple(cell.number_format for cell in cells),
        tuple(
            escaped(formulas.text(title, Placed(0, 0, cell))) if cell.formula is not None else b""
            for cell in cells
        ),
    )


@dataclass(frozen=True, slots=True)
class OwnRows:
    """A sheet up to the header of its table; `first` is the row (from 0) after the header.

    An empty table is followed by `nothing`, over `span` columns.
    """

    key: str
    head: SheetPlan
    first: int
    span: int
    nothing: str

    def plan(self, rows: Sequence[Prepared]) -> SheetPlan:
        """Return the plan of the sheet with the rows of a visit."""
        head = self.head
        if not rows:
            return self._empty()
        width = len(rows[0].said)
        return replace(
            head,
            references=[*head.references, *_references(self.first + 1, len(rows), width)],
            formulas=[*head.formulas, *chain.from_iterable(row.formulas for row in rows)],
            formats=[*head.formats, *chain.from_iterable(row.formats for row in rows)],
            said=[*head.said, *chain.from_iterable(row.said for row in rows)],
        )

    def _empty(self) -> SheetPlan:
        head, row = self.head, self.first + 2  # a free row follows every table
        last = cell_name(row, self.span)
        return replace(
            head,
            references=[*head.references, *_references(row, 1, self.span)],
            formulas=[*head.formulas, *([b""] * self.span)],
            formats=[*head.formats, *([""] * self.span)],
            said=[*head.said, said(Cell(self.nothing)), *([b""] * (self.span - 1))],
            merged=head.merged | {f"{cell_name(row, 1)}:{last}".encode()},
        )

    def areas(self, table: Table) -> Iterator[tuple[tuple[str, str], Area]]:
        """Yield where the columns of the table stand that formulas may reach over."""
        last = self.first + len(table.rows) - 1
        for at, column in enumerate(table.columns):
            if column.name is not None and table.rows:
                area = Area(self.head.title, at, self.first, last)
                yield (table.name, column.name), area


def own_rows(sheet: PlacedSheet, nothing: str) -> OwnRows:
    """Return the frame of a sheet that was placed with whatever rows it had."""
    header = next(one.row for one in sheet.cells if one.look == "header")
    above = tuple(one for one in sheet.cells if one.row <= header)
    head = plan_of(replace(sheet, cells=above))
    return OwnRows(sheet.key, head, header + 1, len(sheet.widths), nothing)


@cache
def _columns(width: int) -> tuple[str, ...]:
    return tuple(cell_name(1, column + 1)[:-1] for column in range(width))


def _references(first: int, rows: int, width: int) -> Iterator[bytes]:
    """Yield the cells of rows, `first` counted from 1."""
    for row in range(first, first + rows):
        for column in _columns(width):
            yield f"{column}{row}".encode()
