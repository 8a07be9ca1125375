"""The industries that a search found, as a model: code, name, and what they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from assessor.workspace.reference_data import Industry

CODE_ROLE = Qt.ItemDataRole.UserRole
_JOIN = " › "
_NO_INDEX = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class IndustryModel(QAbstractListModel):
    """Industries to choose from."""

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[Industry, ...] = ()

    def set_found(self, found: Sequence[Industry]) -> None:
        """Show what another search found."""
        self.beginResetModel()
        self._found = tuple(found)
        self.endResetModel()

    def industry(self, row: int) -> Industry | None:
        """Return the industry in a row, None beyond the end."""
        return self._found[row] if 0 <= row < len(self._found) else None

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802
        """Return how many were found."""
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return code and name, where it belongs as a tip, or the code."""
        industry = self.industry(index.row()) if index.isValid() else None
        if industry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{industry.code}  {industry.name}"
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return path_text(industry)
        return industry.code if role == CODE_ROLE else None


def path_text(industry: Industry) -> str:
    """Return what an industry belongs to, the widest first."""
    return _JOIN.join(industry.path)
