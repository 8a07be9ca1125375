"""Rows under rows as one model for every list that is drawn by `RowDelegate`.

Each row has a key that is unique in its model; by it a row is found again after an update.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import overload

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class RowLook:
    """What a row shows, in words and roles of colour.

    `notes` stand below the title in smaller letters, `aside` at the right; `depth` indents.
    `checked` draws a box to tick. `evidence` is the id of a piece whose small picture is shown.
    `spoken` is what a screen reader says where title and notes do not say it all.
    """

    title: str
    icon: str = ""
    icon_role: str = "muted"
    number: str = ""
    notes: tuple[str, ...] = ()
    aside: str = ""
    aside_role: str = "muted"
    depth: int = 0
    strong: bool = False
    heading: bool = False
    checked: bool | None = None
    evidence: str = ""
    spoken: str = ""


@dataclass(frozen=True)
class RowNode:
    """One row and those below it."""

    key: str
    look: RowLook
    children: tuple[RowNode, ...] = ()


class Role(IntEnum):
    """What a row can be asked for beside its texts."""

    LOOK = Qt.ItemDataRole.UserRole + 1
    KEY = Qt.ItemDataRole.UserRole + 2


@dataclass
class _Placed:
    node: RowNode
    parent: int | None
    row: int
    children: list[int]


class RowTree(QAbstractItemModel):
    """The rows. It ticks nothing by itself: whoever owns it hears what was asked for.

    Signals: `tick_asked(str, bool)` the key of a row, and whether it is to be ticked.
    """

    tick_asked = Signal(str, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._placed: list[_Placed] = []
        self._roots: list[int] = []
        self._by_key: dict[str, int] = {}

    def set_rows(self, nodes: Sequence[RowNode]) -> None:
        """Show other rows; where only their looks changed, nothing moves."""
        placed: list[_Placed] = []
        roots = _place(nodes, None, placed)
        if _shape(placed) == _shape(self._placed):
            before, self._placed = self._placed, placed
            for at, (old, new) in enumerate(zip(before, placed, strict=True)):
                if old.node.look != new.node.look:
                    index = self._index_at(at)
                    self.dataChanged.emit(index, index)
            return
        self.beginResetModel()
        self._placed, self._roots = placed, roots
        self._by_key = {one.node.key: at for at, one in enumerate(placed)}
        self.endResetModel()

    def row_keys(self) -> tuple[str, ...]:
        """Return the keys of all rows in the order they are shown."""
        return tuple(one.node.key for one in self._placed)

    def key(self, index: Index) -> str:
        """Return the key of a row, empty without one."""
        return self._placed[index.internalId()].node.key if index.isValid() else ""

    def index_of(self, key: str) -> QModelIndex:
        """Return the index of a row, invalid when there is none with this key."""
        at = self._by_key.get(key)
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
        above = self._placed[index.internalId()].parent if index.isValid() else None
        return QModelIndex() if above is None else self._index_at(above)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """Return how many rows are below an index."""
        return len(self._below(parent))

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """Return that there is one column."""
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows with a box can be ticked."""
        flags = super().flags(index)
        if index.isValid() and self._look(index).checked is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row's words, whether it is ticked, its look or its key."""
        if not index.isValid():
            return None
        look = self._look(index)
        ticked = Qt.CheckState.Checked if look.checked else Qt.CheckState.Unchecked
        told: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: f"{look.number} {look.title}".strip(),
            Qt.ItemDataRole.AccessibleTextRole: look.spoken or _said(look),
            Qt.ItemDataRole.CheckStateRole: None if look.checked is None else ticked,
            Role.LOOK: look,
            Role.KEY: self.key(index),
        }
        return told.get(role)

    def setData(  # noqa: N802
        self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Announce that a row is to be ticked or not; the row changes when the record has."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        if self._look(index).checked is None or not isinstance(value, Qt.CheckState | int):
            return False
        self.tick_asked.emit(self.key(index), Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    # --- inside -----------------------------------------------------------------------------------

    def _look(self, index: Index) -> RowLook:
        return self._placed[index.internalId()].node.look

    def _below(self, parent: Index | None) -> Sequence[int]:
        if parent is None or not parent.isValid():
            return self._roots
        return () if parent.column() else self._placed[parent.internalId()].children

    def _index_at(self, at: int) -> QModelIndex:
        return self.createIndex(self._placed[at].row, 0, at)


def _place(nodes: Sequence[RowNode], parent: int | None, placed: list[_Placed]) -> list[int]:
    """Put nodes behind each other, parents first; return where the topmost are."""
    found = []
    for row, node in enumerate(nodes):
        at = len(placed)
        placed.append(_Placed(node, parent, row, []))
        placed[at].children = _place(node.children, at, placed)
        found.append(at)
    return found


def _shape(placed: Sequence[_Placed]) -> list[tuple[str, int | None]]:
    return [(one.node.key, one.parent) for one in placed]


def _said(look: RowLook) -> str:
    return " ".join(part for part in (look.number, look.title, look.aside, *look.notes) if part)
