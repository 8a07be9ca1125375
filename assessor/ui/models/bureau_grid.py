"""A table of figures in words as a model: the same words as in every file it is written to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from assessor.ui.words import Words
from assessor.workspace.bureau_statistics import shown

if TYPE_CHECKING:
    from assessor.workspace.bureau_statistics import Grid

Index = QModelIndex | QPersistentModelIndex


class BureauGridModel(QAbstractTableModel):
    """The columns of a grid that are named, in their order."""

    def __init__(self, words: Words, columns: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words, self._columns = words, tuple(columns)
        self._places: tuple[int, ...] = ()
        self.grid: Grid | None = None

    def set_grid(self, grid: Grid | None) -> None:
        """Show another grid."""
        self.beginResetModel()
        self.grid = grid
        keys = [column.key for column in grid.columns] if grid is not None else []
        self._places = tuple(keys.index(name) for name in self._columns if name in keys)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """One for each line."""
        inside = parent is not None and parent.isValid()
        return 0 if inside or self.grid is None else len(self.grid.lines)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """Those that were named."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The heads of the grid."""
        known = self.grid is not None and 0 <= section < len(self._places)
        if orientation != Qt.Orientation.Horizontal or not known or self.grid is None:
            return None
        column = self.grid.columns[self._places[section]]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.header
        return _side(column.kind) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words and figures as they are published."""
        if self.grid is None or not index.isValid() or index.column() >= len(self._places):
            return None
        place = self._places[index.column()]
        line, column = self.grid.lines[index.row()], self.grid.columns[place]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column.kind)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        hidden = place in line.hidden
        return shown(line.values[place], column.kind, self._words.language, hidden=hidden)


def _side(kind: str) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if kind == "text" else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
