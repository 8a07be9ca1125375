"""Criteria with every expert's answer side by side, as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from assessor.analysis.panel import PANEL, Comparison, Standing
from assessor.assessment import PanelMember
from assessor.rubrics.models import Rubric
from assessor.ui.theme import Theme
from assessor.ui.words import Words
from assessor.workspace.panel_edits import short

Index = QModelIndex | QPersistentModelIndex
STANDINGS: tuple[Standing, ...] = ("differs", "single", "agreed", "settled")
_ICONS: dict[Standing, tuple[str, str]] = {
    "differs": ("warning", "caution"),
    "single": ("circle-half", "accent"),
    "agreed": ("check-circle", "good"),
    "settled": ("check-filled", "good"),
}
_NOBODY = "-"


@dataclass(frozen=True)
class PanelRow:
    """One criterion: its words, the experts' answers in order, and where the panel stands."""

    comparison: Comparison
    number: str
    title: str
    cells: tuple[str, ...]
    settled_by: str

    @property
    def key(self) -> str:
        """The key of the answers."""
        return self.comparison.key


def rows_of(
    comparisons: Sequence[Comparison], rubric: Rubric, experts: Sequence[PanelMember], words: Words
) -> tuple[PanelRow, ...]:
    """Return the rows of comparisons in their order."""
    names = {expert.id: expert.name for expert in experts}
    names[PANEL] = words.tr("ui_panel.by_panel")
    return tuple(_row(one, rubric, experts, names, words) for one in comparisons)


def _row(
    one: Comparison,
    rubric: Rubric,
    experts: Sequence[PanelMember],
    names: dict[str, str],
    words: Words,
) -> PanelRow:
    criterion_id, _, unit = one.key.partition("@")
    criterion = rubric.criterion_by_id.get(criterion_id)
    number = criterion.number if criterion else criterion_id
    answers = [one.of(expert.id) for expert in experts]
    by = one.settled.by if one.settled is not None else None
    return PanelRow(
        one,
        f"{number} @{unit}" if unit else number,
        words.pick(criterion.title) if criterion else one.key,
        tuple(_NOBODY if answer is None else short(answer) for answer in answers),
        names.get(by or "", by or ""),
    )


class PanelModel(QAbstractTableModel):
    """The rows of one standing, or all of them."""

    def __init__(self, theme: Theme, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self._experts: tuple[str, ...] = ()
        self._rows: tuple[PanelRow, ...] = ()

    def set_rows(self, rows: Sequence[PanelRow], experts: Sequence[PanelMember]) -> None:
        """Show other rows with a column for each expert."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._experts = tuple(expert.name for expert in experts)
        self.endResetModel()

    def row_at(self, number: int) -> PanelRow | None:
        """Return a row, `None` outside."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def place_of(self, key: str) -> int:
        """Return the number of the row of a key, -1 without one."""
        return next((at for at, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """One for each criterion."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """Number, criterion, the experts, how far apart, where it stands."""
        return 0 if parent is not None and parent.isValid() else len(self._experts) + 4

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The names of the columns."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        tr = self._words.tr
        ends = (tr("ui_panel.column_apart"), tr("ui_panel.column_standing"))
        heads = (tr("ui_panel.column_number"), tr("ui_panel.column_title"), *self._experts, *ends)
        return heads[section] if 0 <= section < len(heads) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, and a shape beside them for where it stands."""
        row = self.row_at(index.row())
        if row is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(row)[index.column()]
        return self._looks(row, index.column(), role)

    def _looks(self, row: PanelRow, column: int, role: int) -> object:
        last = self.columnCount() - 1
        match role:
            case Qt.ItemDataRole.ToolTipRole if column == 1:
                return row.title
            case Qt.ItemDataRole.DecorationRole if column == last:
                return self._theme.icon(*_ICONS[row.comparison.standing])
            case Qt.ItemDataRole.TextAlignmentRole if 1 < column < last:
                return Qt.AlignmentFlag.AlignCenter
            case Qt.ItemDataRole.FontRole if 1 < column < last - 1:
                return self._font(row)
        return None

    def _texts(self, row: PanelRow) -> tuple[str, ...]:
        standing = row.comparison.standing
        said = self._words.tr(f"ui_panel.standing_{standing}", name=row.settled_by)
        apart = str(row.comparison.apart) if row.comparison.apart else ""
        return (row.number, row.title, *row.cells, apart, said)

    def _font(self, row: PanelRow) -> QFont:
        bold = row.comparison.standing == "differs"
        return self._theme.font(self._theme.sizes.table, bold)
