"""The tree of dimensions and criteria with the state of each, made from rubric, record and score.

Rows are dimensions (which may hold others), criteria below them, and last the gates and the
reported indicators, one row each. Texts are in the language the model was made with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import overload

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from assessor.rubrics.models import Rubric
from assessor.ui.models.criteria_rows import Entry, Node, rows_of, spoken
from assessor.ui.models.standings import Filter
from assessor.ui.words import Words
from assessor.workspace.live import Published

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a row can be asked for beside its texts."""

    ENTRY = Qt.ItemDataRole.UserRole + 1
    ID = Qt.ItemDataRole.UserRole + 2


class CriteriaTree(QAbstractItemModel):
    """The rows of one visit; an update that leaves the rows in place announces changes only."""

    def __init__(self, rubric: Rubric, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rubric, self._words = rubric, words
        self._nodes: tuple[Node, ...] = ()
        self._by_id: dict[str, int] = {}

    def update(self, published: Published) -> None:
        """Show another state of the record."""
        nodes = rows_of(self._rubric, self._words, published)
        if _shape(nodes) == _shape(self._nodes):
            self._refresh(nodes)
            return
        self.beginResetModel()
        self._nodes = nodes
        self._by_id = {
            node.entry.id: at for at, node in enumerate(nodes) if node.entry.kind != "dimension"
        }
        self.endResetModel()

    def entries(self) -> Iterator[Entry]:
        """Yield every row in the order it is shown, parents first."""
        return (node.entry for node in self._nodes[:-1])

    def entry(self, index: Index) -> Entry | None:
        """Return the row at an index."""
        return self._nodes[index.internalId()].entry if index.isValid() else None

    def index_of(self, entry_id: str) -> QModelIndex:
        """Return the index of a criterion, the gates or the indicators; invalid without one."""
        at = self._by_id.get(entry_id)
        return QModelIndex() if at is None else self._index_at(at)

    # --- what Qt asks for -------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        """Return the index of a row below a parent."""
        rows = self._below(parent)
        if column != 0 or not 0 <= row < len(rows):
            return QModelIndex()
        return self.createIndex(row, 0, rows[row])

    @overload
    def parent(self) -> QObject: ...

    @overload
    def parent(self, index: Index) -> QModelIndex: ...

    def parent(self, index: Index | None = None) -> QObject | QModelIndex:
        """Return the index a row hangs below; without one, the object this belongs to."""
        if index is None:
            return super().parent()
        above = self._nodes[index.internalId()].parent if index.isValid() else None
        return QModelIndex() if above is None else self._index_at(above)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """Return how many rows are below an index."""
        return len(self._below(parent))

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """Return that there is one column."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row's text, its tip, what is read aloud, or the row itself."""
        entry = self.entry(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(entry, self._words)
        told: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: f"{entry.number} {entry.title}".strip(),
            Qt.ItemDataRole.ToolTipRole: entry.tip or entry.title,
            Role.ENTRY: entry,
            Role.ID: entry.id,
        }
        return told.get(role)

    # --- inside -----------------------------------------------------------------------------------

    def _below(self, parent: Index | None) -> Sequence[int]:
        if parent is None or not parent.isValid():
            return self._nodes[-1].children if self._nodes else ()
        return () if parent.column() else self._nodes[parent.internalId()].children

    def _index_at(self, at: int) -> QModelIndex:
        return self.createIndex(self._nodes[at].row, 0, at)

    def _refresh(self, nodes: tuple[Node, ...]) -> None:
        before, self._nodes = self._nodes, nodes
        for at, (old, new) in enumerate(zip(before, nodes, strict=True)):
            if old.entry != new.entry:
                index = self._index_at(at)
                self.dataChanged.emit(index, index)


def _shape(nodes: tuple[Node, ...]) -> list[tuple[str, str, int | None]]:
    return [(node.entry.kind, node.entry.id, node.parent) for node in nodes]


class CriteriaFilter(QSortFilterProxyModel):
    """The rows that a filter and a search let through, with the dimensions above them.

    The criterion that is open stays, so that it does not vanish under the hand that answers it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setRecursiveFilteringEnabled(True)
        self.which: Filter = "all"
        self.words: tuple[str, ...] = ()
        self._kept = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out on purpose."""
        return self.which != "all" or bool(self.words)

    def set_filter(self, which: Filter) -> None:
        """Let only some states through."""
        if which != self.which:
            self.which = which
            self.invalidateFilter()

    def set_search(self, text: str) -> None:
        """Let only rows through in which every word occurs."""
        words = tuple(text.casefold().split())
        if words != self.words:
            self.words = words
            self.invalidateFilter()

    def keep(self, entry_id: str) -> None:
        """Let one row through whatever the filter says."""
        if entry_id != self._kept:
            self._kept = entry_id
            if self.narrowed:
                self.invalidateFilter()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:  # noqa: N802
        """Decide about one row; dimensions stay for what is below them."""
        entry = self.sourceModel().index(source_row, 0, source_parent).data(Role.ENTRY)
        if not isinstance(entry, Entry) or entry.kind == "dimension":
            return False
        if entry.id == self._kept:
            return True
        if not all(word in entry.haystack for word in self.words):
            return False
        if entry.standing is None:
            return self.which == "all"
        return entry.standing.passes(self.which)
