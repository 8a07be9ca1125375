"""Criteria and gates as a list to tick: which of them the chosen evidence serves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from assessor.assessment import EvidenceItem

Index = QModelIndex | QPersistentModelIndex
CheckState = Qt.CheckState


@dataclass(frozen=True)
class Served:
    """What evidence can serve: a criterion or a gate, by its id."""

    kind: Literal["criterion", "gate"]
    id: str


@dataclass(frozen=True)
class Choosable:
    """One criterion or gate: the words it is found by, and what a step of undo calls it."""

    what: Served
    text: str
    called: object


class CriteriaChoice(QAbstractListModel):
    """Criteria and gates to tick; those that are ticked come first.

    Signals: `tie_asked(object, bool)` a `Choosable`, and whether it is to be served. Nothing is
    ticked by itself.
    """

    tie_asked = Signal(object, bool)

    def __init__(self, choosable: Sequence[Choosable], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = tuple(choosable)
        self._search = ""
        self._states: Mapping[Served, CheckState] = {}
        self._first: frozenset[Served] = frozenset()
        self._shown: tuple[Choosable, ...] = self._all

    def set_search(self, text: str) -> None:
        """Show only what contains every word."""
        self._search = text.casefold()
        self._arrange()

    def set_items(self, items: Sequence[EvidenceItem], anew: bool) -> None:
        """Show what these pieces serve; with `anew` the ticked ones move to the top."""
        self._states = states_of(items)
        if anew:
            self._first = frozenset(self._states)
            self._arrange()
        elif self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def _arrange(self) -> None:
        wanted = self._search.split()
        self.beginResetModel()
        found = [one for one in self._all if all(w in one.text.casefold() for w in wanted)]
        self._shown = tuple(sorted(found, key=lambda one: one.what not in self._first))
        self.endResetModel()

    def choosable(self, index: Index) -> Choosable:
        """Return the criterion or gate of a row."""
        return self._shown[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """As many rows as are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be chosen and ticked."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.NoItemFlags
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return words and tick."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        one = self._shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return one.text
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._states.get(one.what, CheckState.Unchecked)
        return None

    def setData(  # noqa: N802
        self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Ask for a tick to be set or taken away; it shows when that is on record."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        tied = self.data(index, role) != CheckState.Checked
        self.tie_asked.emit(self._shown[index.row()], tied)
        return False


def states_of(items: Sequence[EvidenceItem]) -> dict[Served, CheckState]:
    """Return what all of the pieces serve (checked), and what only some do (partially)."""
    serving: dict[Served, int] = {}
    for item in items:
        for what in _served(item):
            serving[what] = serving.get(what, 0) + 1
    whole = len(items)
    return {
        what: CheckState.Checked if count == whole else CheckState.PartiallyChecked
        for what, count in serving.items()
    }


def _served(item: EvidenceItem) -> frozenset[Served]:
    criteria = (Served("criterion", key.partition("@")[0]) for key in item.criteria)
    return frozenset((*criteria, *(Served("gate", gate) for gate in item.gates)))
