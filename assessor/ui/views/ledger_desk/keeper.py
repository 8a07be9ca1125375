"""The sheet that is worked on: shown at once, posted step by step, never ahead of the disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

from assessor.assessment import Assessment, TableRow
from assessor.commands.answers import set_table
from assessor.commands.edit import Edit
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace.ledger_sheet import Change, LedgerSheet

_SHEETS: WeakKeyDictionary[VisitBridge, dict[str, LedgerSheet]] = WeakKeyDictionary()
"""Rows that wait, by visit and table: they outlive a change of language, which builds all anew."""


class SheetKeeper(QObject):
    """Keeps the sheet of one table. Every change is one step of undo, a whole paste too.

    While a step is on its way to disk further ones are shown and wait; they follow as one.

    Signals: `sheet_changed()`.
    """

    sheet_changed = Signal()

    def __init__(self, visit: VisitBridge, table: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit, self._table = visit, table
        self._held: list[Change] = []
        self._before: tuple[TableRow, ...] = self._on_record()
        self._posted: tuple[TableRow, ...] | None = None
        known = _SHEETS.setdefault(visit, {}).get(table, LedgerSheet())
        self._base = self.sheet = known.beside(self._before)
        visit.published.connect(self._on_published)
        visit.saving_changed.connect(self._on_saving)

    @property
    def unsaved(self) -> tuple[int, ...]:
        """The rows that do not fit, or could not be written, and therefore wait."""
        if self._visit.saving:
            return self.sheet.waiting()
        return self.sheet.unsaved()

    def change(self, step: Change) -> None:
        """Show a step of work and post what can be recorded of it."""
        self.sheet = step(self.sheet)
        if self._visit.saving:
            self._held.append(step)
        else:
            # Posted before it is shown: what is on its way to disk is not said to wait.
            self._base = self.sheet
            self._post()
        self._show(self.sheet)

    def retry(self) -> None:
        """Post again what could not be written."""
        if not self._visit.saving:
            self._post()

    def drop_waiting(self) -> None:
        """Show only what is on record, unless a step is still on its way there."""
        if not self._visit.saving:
            self._base = self._base.dropped()
            self._show(self._base)

    def _post(self) -> None:
        rows = self._base.record()
        self._before = self._on_record()
        if rows == self._before:
            self._base = self.sheet = self._base.settled(rows)
            return
        self._posted = rows
        self._visit.post(_setting(self._table, rows))

    def _on_record(self) -> tuple[TableRow, ...]:
        latest = self._visit.latest
        return latest.assessment.tables.get(self._table, ()) if latest is not None else ()

    def _on_published(self, _: object) -> None:
        if not self._visit.saving:
            self._settle()

    def _on_saving(self, saving: bool) -> None:
        if not saving:
            self._settle()

    def _settle(self) -> None:
        """Take over what is on record now, then do again what was done meanwhile."""
        found, posted, self._posted = self._on_record(), self._posted, None
        if posted is not None and found == posted:
            self._base = self._base.settled(found)
        elif found != self._before:
            self._base = self._base.beside(found)
        # Else it was refused: what was typed stays and waits.
        self._before = found
        held, self._held = self._held, []
        for step in held:
            self._base = step(self._base)
        self._show(self._base)
        if held:
            self._post()

    def _show(self, sheet: LedgerSheet) -> None:
        self.sheet = sheet
        _SHEETS.setdefault(self._visit, {})[self._table] = sheet
        self.sheet_changed.emit()


def _setting(table: str, rows: Sequence[TableRow]) -> Callable[[Assessment], Edit | None]:
    """Return what makes the edit, dropping the table when it has no rows left."""

    def make_edit(assessment: Assessment) -> Edit | None:
        if assessment.tables.get(table, ()) == tuple(rows):
            return None
        return set_table(table, rows or None)

    return make_edit
