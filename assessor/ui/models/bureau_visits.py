"""Visits of a register as rows of a table; which and in which order is worked out elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from assessor.ui.models.bureau_naming import SIGNATURE_ROLES, TALL_GAP, VERDICT_LOOKS, Naming
from assessor.ui.theme import Theme
from assessor.workspace.bureau_table import COLUMNS, Column, gap_of

if TYPE_CHECKING:
    from assessor.bureau.register import VisitRow

Index = QModelIndex | QPersistentModelIndex
_NUMBERS = ("score", "gap")


class BureauVisitsModel(QAbstractTableModel):
    """Shows `rows` in an order of their places. Nothing is worked out before a cell is painted."""

    def __init__(self, theme: Theme, naming: Naming, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self.naming = theme, naming
        self._rows: Sequence[VisitRow] = ()
        self._order: Sequence[int] = ()

    def set_order(self, rows: Sequence[VisitRow], order: Sequence[int]) -> None:
        """Show those of `rows` whose places are in `order`, in this order."""
        self.beginResetModel()
        self._rows, self._order = rows, order
        self.endResetModel()

    def row_at(self, number: int) -> VisitRow | None:
        """Return the visit in a row, `None` outside."""
        if not 0 <= number < len(self._order):
            return None
        return self._rows[self._order[number]]

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """One for each visit."""
        return 0 if parent is not None and parent.isValid() else len(self._order)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """The columns a register can be sorted by."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The names of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.naming.words.tr(f"ui_bureau.column_{COLUMNS[section]}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, a shape beside the state, a colour for what stands out."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case _:
                return self._look(row, column, role)

    def _look(self, row: VisitRow, column: Column, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DecorationRole if column == "verdict":
                return self._theme.icon(*VERDICT_LOOKS[row.verdict.value])
            case Qt.ItemDataRole.ForegroundRole:
                return self._theme.colour(_role(row, column))
            case Qt.ItemDataRole.ToolTipRole if column == "name":
                return f"{row.name}\n{row.credit_code}"
        return None

    def _text(self, row: VisitRow, column: Column) -> str:
        naming = self.naming
        match column:
            case "score":
                return naming.points(row.score)
            case "gap":
                return naming.points(gap_of(row), sign=True)
            case "tier":
                return naming.tier(row.rubric, row.tier)
            case "signature":
                return naming.signature(row.signature)
            case "verdict":
                return naming.verdict(row.verdict.value)
            case _:
                return str(getattr(row, column))


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _role(row: VisitRow, column: Column) -> str:
    if column == "gap" and (gap_of(row) or 0) >= TALL_GAP:
        return "bad"
    if column == "signature":
        return SIGNATURE_ROLES[row.signature]
    if column == "tier" and not row.tier:
        return "muted"
    return "text"
