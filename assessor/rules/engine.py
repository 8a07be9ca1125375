"""Computes the cells of a program, and after an edit only those that the edit reaches."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from decimal import Decimal

from assessor.formulas import (
    Column,
    ColumnValues,
    Given,
    Name,
    Node,
    NotComputable,
    Scope,
    evaluate,
    walk,
)
from assessor.rules.item import Cell
from assessor.rules.remembered import Remembered
from assessor.rules.running_sums import KeptSums, RunningSum, is_long_sum

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
        parts = [list(walk(cell.tree)) for cell in self._cells]
        self._dependents = _dependents(self._cells, parts)
        self._sums = {
            index: KeptSums(cell.tree)
            for index, cell in enumerate(self._cells)
            if any(map(is_long_sum, parts[index]))
        }
        self._summands = _summands(self._sums.values())
        self._remembered = Remembered(parts)
        self._columns: ColumnMap = {}
        self._values: dict[str, Given] = {}
        self._dirty = set(range(len(self._cells)))
        self._changed: set[str] = set()
        self.evaluations = 0

    def enter_columns(self, columns: ColumnMap) -> None:
        """Replace all table columns; cells that read what differs become dirty."""
        for column in self._columns.keys() | columns.keys():
            before, now = self._columns.get(column), columns.get(column)
            if before is not now and before != now:
                self._dirty.update(self._dependents.get(_column_name(*column), ()))
        self._columns = columns

    def enter(self, name: str, value: Given) -> None:
        """Enter one value; `None` takes it back. Cells that read it become dirty."""
        if not self._is(name, value):
            self._put(name, value)
            self._dirty.update(self._dependents.get(name, ()))

    def compute(self, stage: int) -> None:
        """Compute the dirty cells of one stage, in order."""
        scope = self.scope
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
        self.evaluations += 1
        cell = self._cells[index]
        kept = self._sums.get(index)
        new = (
            self._remembered.evaluated(index, cell.tree, scope)
            if kept is None
            else _with_sums(cell, kept, scope)
        )
        if self._is(cell.name, new):
            return ()
        self._put(cell.name, new)
        return self._dependents.get(cell.name, ())

    def _is(self, name: str, value: Given) -> bool:
        return _same(self._values.get(name), value)

    def _put(self, name: str, value: Given) -> None:
        if value is None:
            del self._values[name]
        else:
            self._values[name] = value
        self._changed.add(name)
        for kept, place in self._summands.get(name, ()):
            kept.put(place, value)


def _with_sums(cell: Cell, kept: KeptSums, scope: Scope) -> Given:
    """Compute a cell from its kept sums; if that gives no value, in full to find out why."""
    totals = kept.totals()
    if totals is not None:
        values = {name: scope.values.get(name) for name in kept.others} | totals
        found = evaluate(kept.tree, Scope(values, scope.columns))
        if not isinstance(found, NotComputable):
            return found
    return evaluate(cell.tree, scope)


def _summands(sums: Iterable[KeptSums]) -> dict[str, list[tuple[RunningSum, int]]]:
    found: dict[str, list[tuple[RunningSum, int]]] = {}
    for kept in sums:
        for name, places in kept.parts.items():
            found.setdefault(name, []).extend(places)
    return found


def _dependents(cells: list[Cell], parts: list[list[Node]]) -> dict[str, tuple[int, ...]]:
    """Return for each name and column the cells that read it; `parts` are the nodes of each."""
    found: dict[str, dict[int, None]] = {cell.name: {} for cell in cells}
    for index, nodes in enumerate(parts):
        for node in nodes:
            if isinstance(node, Name):
                found.setdefault(node.id, {})[index] = None
            elif isinstance(node, Column):
                found.setdefault(_column_name(node.table, node.column), {})[index] = None
    return {name: tuple(indices) for name, indices in found.items()}


def _column_name(table: str, column: str) -> str:
    return f"column:{table}:{column}"


def _same(one: Given, other: Given) -> bool:
    if isinstance(one, NotComputable) or isinstance(other, NotComputable):
        return one is other or one == other
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        # Digits count too: 12.50 typed over 12.5 is shown as typed.
        return not one.compare_total(other)
    return type(one) is type(other) and one == other
