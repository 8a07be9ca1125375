"""A table as it is worked on: the rows on record, and rows beside them that do not fit yet.

A record holds only rows that fit. What is half typed or pasted with faults is shown all the same
and waits; as soon as it fits it goes to the record with everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessor.assessment import TableRow
from assessor.workspace.ledger_cells import RowReader, SheetRow, recorded

Cells = Mapping[int, Mapping[str, str]]
"""New texts: row -> column -> text."""


@dataclass(frozen=True)
class LedgerSheet:
    """All rows in order. Every change makes a new sheet; rows that stay the same are shared."""

    rows: tuple[SheetRow, ...] = ()

    def record(self) -> tuple[TableRow, ...]:
        """Return the rows to be on record: each as it fits, else as it was there before."""
        found: list[TableRow] = []
        for row in self.rows:
            if row.fits:
                found.append(row.saved if row.saved == row.values else dict(row.values))
            elif row.saved is not None:
                found.append(row.saved)
        return tuple(found)

    def waiting(self) -> tuple[int, ...]:
        """Return the rows that do not fit and therefore wait."""
        return tuple(at for at, row in enumerate(self.rows) if not row.fits)

    def with_cells(self, reader: RowReader, cells: Cells) -> LedgerSheet:
        """Return the sheet with other cells; rows beyond the end are added."""
        rows = list(self.rows)
        for at in sorted(cells):
            if at < len(rows):
                rows[at] = reader.read(cells[at], rows[at])
            elif any(text.strip() for text in cells[at].values()):
                rows.append(reader.read(cells[at]))
        return LedgerSheet(tuple(rows))

    def with_read(self, at: int, new: Sequence[SheetRow]) -> LedgerSheet:
        """Return the sheet with rows read already in the place of those from row `at` on."""
        start = min(at, len(self.rows))
        return LedgerSheet((*self.rows[:start], *new, *self.rows[start + len(new) :]))

    def places(self, record_rows: Iterable[int]) -> frozenset[int]:
        """Return where rows of the record stand here, rows that wait counted in."""
        on_record = [at for at, row in enumerate(self.rows) if row.fits or row.saved is not None]
        return frozenset(on_record[at] for at in record_rows if at < len(on_record))

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

    def settled(self) -> LedgerSheet:
        """Return the sheet after `record()` has become the record."""
        return LedgerSheet(tuple(_settled(row) for row in self.rows))

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
                kept[place] = row if not row.fits else recorded(record[place])
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


def _settled(row: SheetRow) -> SheetRow:
    if not row.fits or row.saved == row.values:
        return row
    return recorded(dict(row.values))


def _same(one: Sequence[object], other: Sequence[object]) -> int:
    """Return how many rows from the start are the same."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left is not right and left != right:
            break
        count += 1
    return count
