"""A table of finished words: a key for each row, figures right-aligned, shapes beside words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from assessor.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class TextRow:
    """One row: `cells` in the order of the columns, `strong` ones in bold; `looks` is an icon with
    its role for some columns, `tips` what is said where one is pointed at."""

    key: str
    cells: tuple[str, ...]
    strong: bool = False
    looks: tuple[tuple[int, str, str], ...] = ()
    tips: tuple[tuple[int, str], ...] = ()


class TextTable(QAbstractTableModel):
    """Rows of words; the columns from `figures` on hold figures."""

    def __init__(
        self, theme: Theme, heads: Sequence[str], figures: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._figures = theme, figures
        self._heads = tuple(heads)
        self._rows: tuple[TextRow, ...] = ()

    def set_rows(self, rows: Sequence[TextRow], heads: Sequence[str] | None = None) -> None:
        """Show other rows, perhaps under other heads."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._heads = self._heads if heads is None else tuple(heads)
        self.endResetModel()

    def row_at(self, number: int) -> TextRow | None:
        """Return a row, `None` outside."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def place_of(self, key: str) -> int:
        """Return the number of the row of a key, -1 without one."""
        return next((at for at, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """One for each row."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """One for each head."""
        return 0 if parent is not None and parent.isValid() else len(self._heads)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The heads."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._heads):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, and how they look."""
        row = self.row_at(index.row())
        if row is None or not index.isValid() or index.column() >= len(row.cells):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.cells[index.column()]
        return self._look(row, index.column(), role)

    def _look(self, row: TextRow, column: int, role: int) -> object:
        match role:
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._side(column)
            case Qt.ItemDataRole.FontRole if row.strong:
                return self._theme.font(self._theme.sizes.table, bold=True)
            case Qt.ItemDataRole.ToolTipRole:
                return dict(row.tips).get(column, row.cells[column])
            case Qt.ItemDataRole.DecorationRole:
                found = [(icon, tone) for at, icon, tone in row.looks if at == column]
                return self._theme.icon(*found[0]) if found else None
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = (
            Qt.AlignmentFlag.AlignRight if column >= self._figures else Qt.AlignmentFlag.AlignLeft
        )
        return side | Qt.AlignmentFlag.AlignVCenter
