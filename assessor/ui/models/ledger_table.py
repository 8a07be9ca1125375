"""The rows of a table for a view, and an empty one below; faults cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from assessor.rubrics.criterion import Table, TableColumn
from assessor.rules import names
from assessor.rules.same_rows import same_ends
from assessor.ui.words import Words
from assessor.workspace.ledger_cells import ROW, SheetRow
from assessor.workspace.ledger_sheet import Cells

Index = QModelIndex | QPersistentModelIndex
_NUMBERS = ("count", "number")
_FEW_ROWS = 8
"""Changed rows of which each cell is announced by itself."""


class Role(IntEnum):
    """What a cell is asked for beside the usual."""

    FAULT = Qt.ItemDataRole.UserRole + 1
    """What is wrong with the cell, empty when nothing is."""
    COUNTED = Qt.ItemDataRole.UserRole + 2
    """Whether the row is one of those behind the chosen figure."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is drawn: its words, where they stand, its fault, whether its row counts."""

    text: str
    alignment: int
    fault: bool
    counted: bool


class LedgerTable(QAbstractTableModel):
    """Shows rows; an edit is handed on and shows when the sheet has it."""

    def __init__(
        self,
        table: Table,
        words: Words,
        edit: Callable[[Cells], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.table = table
        self._words, self._edit = words, edit
        self._rows: tuple[SheetRow, ...] = ()
        self._counted: frozenset[int] = frozenset()
        self._alignments = [_alignment(column) for column in table.columns]
        self._yes_no = {
            names.YES: words.tr("ui_ledger.yes"),
            names.NO: words.tr("ui_ledger.no"),
        }

    @property
    def rows(self) -> tuple[SheetRow, ...]:
        """The rows that are shown, without the empty one below."""
        return self._rows

    def column(self, at: int) -> TableColumn:
        """Return the column of the table at a place."""
        return self.table.columns[at]

    def set_rows(self, new: Sequence[SheetRow]) -> None:
        """Show other rows; only what differs is announced."""
        rows, old = tuple(new), self._rows
        head, tail = same_ends(old, rows)
        gone, come = len(old) - head - tail, len(rows) - head - tail
        if gone == come:
            self._rows = rows
            self._announce_cells(old, head, head + come)
        elif gone == 0:
            self.beginInsertRows(QModelIndex(), head, head + come - 1)
            self._rows = rows
            self.endInsertRows()
        elif come == 0:
            self.beginRemoveRows(QModelIndex(), head, head + gone - 1)
            self._rows = rows
            self.endRemoveRows()
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def set_counted(self, rows: Iterable[int]) -> None:
        """Point out the rows behind a figure."""
        counted = frozenset(rows)
        if counted != self._counted:
            self._counted = counted
            self._announce(0, len(self._rows))

    def _announce_cells(self, old: Sequence[SheetRow], first: int, end: int) -> None:
        """Announce what differs: a view paints a single cell alone, but all it shows for more."""
        if end - first > _FEW_ROWS:
            self._announce(first, end - 1)
            return
        for at in range(first, end):
            before, now = old[at], self._rows[at]
            for column, one in enumerate(self.table.columns):
                if _cell(before, one.id, column) != _cell(now, one.id, column):
                    self.dataChanged.emit(self.index(at, column), self.index(at, column))
            if before.fits != now.fits or before.faults != now.faults:
                self.headerDataChanged.emit(Qt.Orientation.Vertical, at, at)

    def _announce(self, first: int, last: int) -> None:
        right = len(self.table.columns) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, right))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, first, last)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """One more than there are: the last is empty, to be typed into."""
        return 0 if parent.isValid() else len(self._rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """As many as the table has."""
        return 0 if parent.isValid() else len(self.table.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be chosen and edited."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.NoItemFlags
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable

    def text(self, row: int, column: int) -> str:
        """Return a cell as it is recorded, or as it was typed; empty in the empty row."""
        if row >= len(self._rows):
            return ""
        return self._rows[row].values.get(self.column(column).id, "")

    def shown(self, row: int, column: int) -> str:
        """Return a cell as people read it."""
        text = self.text(row, column)
        return self._yes_no.get(text, text) if self.column(column).type == "yes_no" else text

    def fault(self, row: int, column: int) -> str:
        """Return what is wrong with a cell; the fault of a whole row stands in its first cell."""
        if row >= len(self._rows):
            return ""
        faults = self._rows[row].faults
        found = faults.get(self.column(column).id) or (faults.get(ROW) if column == 0 else None)
        return self._words.pick(found) if found is not None else ""

    def look(self, row: int, column: int) -> Look:
        """Return how a cell is drawn; asked without a detour through the library."""
        faulty = row < len(self._rows) and bool(self._rows[row].faults)
        return Look(
            self.shown(row, column),
            self._alignments[column],
            faulty and bool(self.fault(row, column)),
            row in self._counted,
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text, alignment, fault and whether the row counts."""
        if not index.isValid() or index.row() > len(self._rows):
            return None
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.shown(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignments[column]
        if role in (Role.FAULT, Qt.ItemDataRole.ToolTipRole):
            return self.fault(row, column) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(filter(None, (self.shown(row, column), self.fault(row, column))))
        return row in self._counted if role == Role.COUNTED else None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the names of columns and the numbers of rows; `!` marks a row that waits."""
        if orientation == Qt.Orientation.Horizontal:
            return self._column_head(section, role)
        if role == Qt.ItemDataRole.DisplayRole:
            if section >= len(self._rows):
                return "+"
            return f"{section + 1}" if self._rows[section].fits else f"! {section + 1}"
        if role == Qt.ItemDataRole.ToolTipRole and section < len(self._rows):
            faults = self._rows[section].faults.values()
            return "\n".join(self._words.pick(fault) for fault in faults) or None
        return None

    def _column_head(self, section: int, role: int) -> object:
        column = self.column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            name = self._words.pick(column.name)
            return f"{name} *" if column.required else name
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._words.pick(column.note or column.name)
        return self._alignments[section] if role == Qt.ItemDataRole.TextAlignmentRole else None

    def setData(  # noqa: N802
        self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Hand on what was typed; `False` when that is what stands there already."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        text = str(value if value is not None else "")
        if text.strip() == self.shown(index.row(), index.column()):
            return False
        self._edit({index.row(): {self.column(index.column()).id: text}})
        return True


def _cell(row: SheetRow, name: str, column: int) -> tuple[object, object, object]:
    """Return all that is shown of a cell."""
    return row.values.get(name), row.faults.get(name), row.faults.get(ROW) if column == 0 else None


def _alignment(column: TableColumn) -> int:
    """Return where the words of a column stand, as the number Qt takes fastest."""
    flag = Qt.AlignmentFlag
    side = flag.AlignRight if column.type in _NUMBERS else flag.AlignLeft
    return (side | flag.AlignVCenter).value
