"""Sheets whose rows are the visit's own (lists, tables, explanations), planned for each visit.

Only the rows are made anew; what stands above them is taken from the shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assessor.bureau.intake.plans import SheetPlan, plan_of, said
from assessor.reports.excel_layout import Area, PlacedSheet
from assessor.reports.table import Cell, Row, Table
from assessor.sheets import cell_name


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

    def plan(self, table: Table) -> SheetPlan:
        """Return the plan of the sheet with the rows of a visit."""
        rows = list(_cells(table.rows, self.first)) or list(self._nothing())
        merged = () if table.rows else (self._merged(),)
        references, cells = zip(*rows, strict=True) if rows else ((), ())
        return replace(
            self.head,
            references=[*self.head.references, *references],
            formulas=[*self.head.formulas, *(b"" for _ in cells)],
            formats=[*self.head.formats, *(cell.number_format for cell in cells)],
            said=[*self.head.said, *(said(cell) for cell in cells)],
            merged=self.head.merged | frozenset(merged),
        )

    def areas(self, table: Table) -> Iterator[tuple[tuple[str, str], Area]]:
        """Yield where the columns of the table stand that formulas may reach over."""
        last = self.first + len(table.rows) - 1
        for at, column in enumerate(table.columns):
            if column.name is not None and table.rows:
                area = Area(self.head.title, at, self.first, last)
                yield (table.name, column.name), area

    def _nothing(self) -> Iterator[tuple[bytes, Cell]]:
        for column in range(self.span):
            reference = cell_name(self._nothing_row, column + 1).encode()
            yield reference, Cell(self.nothing if column == 0 else "")

    def _merged(self) -> bytes:
        first, last = (cell_name(self._nothing_row, column) for column in (1, self.span))
        return f"{first}:{last}".encode()

    @property
    def _nothing_row(self) -> int:
        # A free row follows every table.
        return self.first + 2


def own_rows(sheet: PlacedSheet, nothing: str) -> OwnRows:
    """Return the frame of a sheet that was placed with whatever rows it had."""
    header = next(one.row for one in sheet.cells if one.look == "header")
    above = tuple(one for one in sheet.cells if one.row <= header)
    head = plan_of(replace(sheet, cells=above))
    return OwnRows(sheet.key, head, header + 1, len(sheet.widths), nothing)


def _cells(rows: tuple[Row, ...], first: int) -> Iterator[tuple[bytes, Cell]]:
    for at, row in enumerate(rows, first + 1):
        for column, cell in enumerate(row.cells, 1):
            yield cell_name(at, column).encode(), cell
