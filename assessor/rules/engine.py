"""Computes the cells of a program, and after an edit only those that the edit reaches."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping

from assessor.formulas import ColumnValues, Given, NotComputable, Scope, columns, evaluate
from assessor.formulas import names as names_in
from assessor.rules.item import Cell

ColumnMap = Mapping[tuple[str, str], ColumnValues]


class Engine:
    """Cells in the order they are computed, with their latest figures.

    The figures depend on the entered values and columns alone; what was computed before only saves
    work. Cells of `stages` are computed stage by stage, so that values entered between two stages
    (the states of gates) are seen by the later one.
    """

    def __init__(self, stages: Iterable[tuple[Cell, ...]]) -> None:
        self._stages: list[range] = []
        self._cells: list[Cell] = []
        for stage in stages:
            start = len(self._cells)
            self._cells += stage
            self._stages.append(range(start, len(self._cells)))
        self._dependents = _dependents(self._cells)
        self._entered: dict[str, Given] = {}
        self._columns: ColumnMap = {}
        self._values: dict[str, Given] = {}
        self._dirty = set(range(len(self._cells)))
        self._changed: set[str] = set()

    def enter(self, values: Mapping[str, Given], columns: ColumnMap) -> None:
        """Replace all entered values and columns; cells that read what differs become dirty."""
        for name in self._entered.keys() - values.keys():
            self._forget(name)
        for name, value in values.items():
            self.set(name, value)
        self._entered = dict(values)
        for column in self._columns.keys() | columns.keys():
            if self._columns.get(column) != columns.get(column):
                self._dirty.update(self._dependents.get(_column_name(*column), ()))
        self._columns = columns

    def set(self, name: str, value: Given) -> None:
        """Enter one value."""
        if name not in self._values or not _same(self._values[name], value):
            self._values[name] = value
            self._changed.add(name)
            self._dirty.update(self._dependents.get(name, ()))

    def compute(self, stage: int) -> None:
        """Compute the dirty cells of one stage, in order."""
        scope = Scope(values=self._values, columns=self._columns)
        inside = self._stages[stage]
        queue = [index for index in self._dirty if index in inside]
        heapq.heapify(queue)
        waiting = set(queue)
        while queue:
            index = heapq.heappop(queue)
            waiting.discard(index)
            self._dirty.discard(index)
            for dependent in self._evaluated(index, scope):
                self._dirty.add(dependent)
                if dependent in inside and dependent not in waiting:
                    waiting.add(dependent)
                    heapq.heappush(queue, dependent)

    def figures(self) -> dict[str, Given]:
        """Return all values by name, as they are now."""
        return dict(self._values)

    def take_changed(self) -> frozenset[str]:
        """Return the names whose value changed since this was last asked."""
        changed, self._changed = frozenset(self._changed), set()
        return changed

    @property
    def scope(self) -> Scope:
        """The values and columns as they are now."""
        return Scope(values=self._values, columns=self._columns)

    def _evaluated(self, index: int, scope: Scope) -> tuple[int, ...]:
        """Compute one cell and return who must be computed because it changed."""
        cell = self._cells[index]
        new = evaluate(cell.tree, scope)
        if cell.name in self._values and _same(self._values[cell.name], new):
            return ()
        self._values[cell.name] = new
        self._changed.add(cell.name)
        return self._dependents.get(cell.name, ())

    def _forget(self, name: str) -> None:
        if name in self._values:
            del self._values[name]
            self._changed.add(name)
            self._dirty.update(self._dependents.get(name, ()))


def _dependents(cells: list[Cell]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        found.setdefault(cell.name, [])
        for name in names_in(cell.tree):
            found.setdefault(name, []).append(index)
        for column in columns(cell.tree):
            found.setdefault(_column_name(column.table, column.column), []).append(index)
    return {name: tuple(indices) for name, indices in found.items()}


def _column_name(table: str, column: str) -> str:
    return f"column:{table}:{column}"


def _same(one: Given, other: Given) -> bool:
    if isinstance(one, NotComputable) or isinstance(other, NotComputable):
        return one is other or one == other
    return type(one) is type(other) and one == other
