"""A table as it is worked on: the rows on record, and rows beside them that do not fit yet.

A record holds only rows that fit. What is half typed or pasted with faults is shown all the same
and waits; as soon as it fits it goes to the record with everything else.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessor.assessment import TableRow
from assessor.workspace.ledger_cells import RowReader, SheetRow, recorded

Cells = Mapping[int, Mapping[str, str]]
"""New texts: row -> column -> text."""


@dataclass(frozen=True)
class LedgerSheet:
    """All rows in order. Every change makes a new sheet; rows that stay the same are shared.

    Of thousands of rows all but a few are as they are on record. Only those others are gone
    through, row by row, when a cell is edited.
    """

    rows: tuple[SheetRow, ...] = ()

    @cached_property
    def unsettled(self) -> frozenset[int]:
        """The rows that are not shown as they are on record."""
        return frozenset(at for at, row in enumerate(self.rows) if _is_unsettled(row))

    def record(self) -> tuple[TableRow, ...]:
        """Return the rows to be on record: each as it fits, else as it was there before."""
        found: list[TableRow | None] = [row.saved for row in self.rows]
        for at in self.unsettled.difference(self._misfits):
            row = self.rows[at]
            if row.saved != row.values:
                found[at] = dict(row.values)
        return tuple(row for row in found if row is not None)

    def waiting(self) -> tuple[int, ...]:
        """Return the rows that do not fit and therefore wait."""
        return self._misfits

    def unsaved(self) -> tuple[int, ...]:
        """Return the rows that show what is not on record."""
        return tuple(at for at in sorted(self.unsettled) if self.rows[at].waits)

    def with_cells(self, reader: RowReader, cells: Cells) -> LedgerSheet:
        """Return the sheet with other cells; rows beyond the end are added."""
        rows, touched = list(self.rows), set[int]()
        for at in sorted(cells):
            if at < len(rows):
                rows[at] = reader.read(cells[at], rows[at])
                touched.add(at)
            elif any(text.strip() for text in cells[at].values()):
                touched.add(len(rows))
                rows.append(reader.read(cells[at]))
        return self._changed(rows, touched)

    def _changed(self, rows: Sequence[SheetRow], touched: Iterable[int]) -> LedgerSheet:
        """Return the sheet with other rows at the places `touched`, all others as they are."""
        sheet = LedgerSheet(tuple(rows))
        new = {at for at in touched if _is_unsettled(sheet.rows[at])}
        # A frozen value may still be told what it would work out itself.
        sheet.__dict__["unsettled"] = self.unsettled.difference(touched) | new
        return sheet

    def with_read(self, at: int, new: Sequence[SheetRow]) -> LedgerSheet:
        """Return the sheet with rows read already in the place of those from row `at` on."""
        start = min(at, len(self.rows))
        return LedgerSheet((*self.rows[:start], *new, *self.rows[start + len(new) :]))

    def places(self, record_rows: Iterable[int]) -> frozenset[int]:
        """Return where rows of the record stand here, rows that wait counted in."""
        wanted = frozenset(record_rows)
        absent = self._absent
        if not wanted or not absent:
            return wanted
        on_record = [at for at in range(len(self.rows)) if at not in absent]
        return frozenset(on_record[at] for at in wanted if at < len(on_record))

    @cached_property
    def _misfits(self) -> tuple[int, ...]:
        """The rows that do not fit, in order; asked for several times of every sheet."""
        return tuple(at for at in sorted(self.unsettled) if not self.rows[at].fits)

    @property
    def _absent(self) -> frozenset[int]:
        """The rows that are not on record and will not be, as they do not fit."""
        return frozenset(at for at in self._misfits if self.rows[at].saved is None)

    def dropped(self) -> LedgerSheet:
        """Return the sheet with only what is on record."""
        return LedgerSheet(tuple(recorded(row.saved) for row in self.rows if row.saved is not None))

    def with_rows(self, at: int, new: Sequence[SheetRow]) -> LedgerSheet:
        """Return the sheet with further rows before row `at`."""
        return LedgerSheet((*self.rows[:at], *new, *self.rows[at:]))

    def without(self, gone: Iterable[int]) -> LedgerSheet:
        """Return the sheet without some rows."""
        left_out = frozenset(gone)
        return LedgerSheet(tuple(row for at, row in enumerate(self.rows) if at not in left_out))

    def settled(self, record: Sequence[TableRow]) -> LedgerSheet:
        """Return the sheet after `record()` has become `record`, whose very rows it takes over."""
        rows, absent = list(self.rows), sorted(self._absent)
        touched = self.unsettled.difference(self._misfits)
        for at in touched:
            rows[at] = recorded(record[at - bisect_left(absent, at)])
        return self._changed(rows, touched)

    def beside(self, record: Sequence[TableRow]) -> LedgerSheet:
        """Return this sheet beside another record, such as after an undo.

        Rows that wait stay near where they were; a row that waits in the place of one that is no
        longer on record goes with it.
        """
        old = [row for row in self.rows if row.saved is not None]
        before = [row.saved for row in old]
        head = _same(before, record)
        tail = _same(before[head:][::-1], list(record)[head:][::-1])
        kept: dict[int, SheetRow] = {}
        for at, row in enumerate(old):
            if at < head or at >= len(old) - tail:
                place = at if at < head else at + len(record) - len(old)
                stays = not row.fits or row.values is record[place]
                kept[place] = row if stays else recorded(record[place])
        new = [kept.get(at) or recorded(row) for at, row in enumerate(record)]
        return LedgerSheet(tuple(self._with_waiting(new, head, len(old) - tail)))

    def _with_waiting(self, new: list[SheetRow], head: int, tail_from: int) -> list[SheetRow]:
        """Put rows that are not on record at all beside the same neighbours as before."""
        result = list(new)
        shift, seen = len(new) - sum(1 for row in self.rows if row.saved is not None), 0
        added = 0
        for row in self.rows:
            if row.saved is not None:
                seen += 1
            elif not row.fits:
                place = seen if seen <= head else seen + shift if seen >= tail_from else head
                result.insert(max(place, 0) + added, row)
                added += 1
        return result


Change = Callable[[LedgerSheet], LedgerSheet]
"""One step of work on a sheet; can be done again on another state of it."""


def _is_unsettled(row: SheetRow) -> bool:
    return row.values is not row.saved and (row.waits or not row.fits)


def _same(one: Sequence[object], other: Sequence[object]) -> int:
    """Return how many rows from the start are the same."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left is not right and left != right:
            break
        count += 1
    return count
