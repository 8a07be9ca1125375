"""Which cells of a published table stay empty so that nobody is found out, not even by subtracting.

A count below the limit is hidden. Margins would give a lone hidden cell away, so further cells are
hidden until none can be worked out. The sums of a table are a circulation: each cell flows from its
row to its column, each margin back. What a reader can know is every circulation that agrees with
the published cells and has at least one in every hidden cell (empty cells are published as 0, which
the reader knows). A small cell is safe when one of these puts the limit or more into it; another
hidden cell when it is not the same in all of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

SMALL = 5
"""Cells of fewer enterprises than this are not published."""
TOTAL = None
"""The name of the margin in a row or column."""

Name = str | None
Key = tuple[Name, Name]
"""Row and column of a cell; `TOTAL` in either place is the margin."""

_LEAST = 1
_FAR = 10**9
_Node = tuple[str, Hashable]


@dataclass(frozen=True, slots=True)
class _Arc:
    start: _Node
    end: _Node


def hidden_cells(
    counts: Mapping[tuple[str, str], int],
    limit: int = SMALL,
    also: frozenset[Key] = frozenset(),
) -> frozenset[Key]:
    """Return the cells of a table, margins among them, that must not be published.

    `counts` are the inner cells; the margins are their sums. `also` are cells to be hidden in any
    case, because another table hides them. Raises `ValueError` for a negative count.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count is negative")
    return _Table(_with_margins(counts), limit).hide(also)


def hidden_groups(
    counts: Mapping[str, int], limit: int = SMALL, also: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Return the groups of a list with a published total that must not be published.

    When the total itself has to be hidden, all groups are.
    """
    named: frozenset[Key] = frozenset((name, "") for name in also)
    hidden = hidden_cells({(name, ""): count for name, count in counts.items()}, limit, named)
    if (TOTAL, "") in hidden or (TOTAL, TOTAL) in hidden:
        return frozenset(counts)
    return frozenset(name for name, _ in hidden if name is not None)


def _with_margins(counts: Mapping[tuple[str, str], int]) -> dict[Key, int]:
    cells: dict[Key, int] = {}
    for (row, column), count in counts.items():
        for key in ((row, column), (row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
            cells[key] = cells.get(key, 0) + count
    return cells


class _Table:
    """A table with its margins, and what of it is hidden so far."""

    def __init__(self, cells: Mapping[Key, int], limit: int) -> None:
        self.cells = cells
        self.limit = limit
        self.arcs = {key: _arc(key) for key in cells}
        self.hidden: set[Key] = set()

    def hide(self, also: frozenset[Key]) -> frozenset[Key]:
        """Hide the small cells and those in `also`, then what protects them."""
        small = {key for key, count in self.cells.items() if 0 < count < self.limit}
        self.hidden = small | {key for key in also if self.cells.get(key)}
        waiting = sorted(self.hidden, key=self._order)
        while waiting:
            more = self._protect(waiting.pop())
            if more is None:
                return frozenset(key for key, count in self.cells.items() if count)
            self.hidden |= more
            waiting += sorted(more, key=self._order)
        return frozenset(self.hidden)

    def _protect(self, key: Key) -> set[Key] | None:
        """Return what else has to be hidden for a hidden cell; `None` when nothing helps."""
        more: set[Key] = set()
        if self.cells[key] >= self.limit:
            ways = (self._cheapest(key, {}, up=up) for up in (True, False))
            found = [way for way in ways if way is not None]
            return self._shown(min(found, key=self._cost)) if found else None
        moved: dict[Key, int] = {}
        for _ in range(self.limit - self.cells[key]):
            way = self._cheapest(key, moved, up=True)
            if way is None:
                return None
            for step, by in way:
                moved[step] = moved.get(step, 0) + by
            moved[key] = moved.get(key, 0) + 1
            more |= self._shown(way)
            self.hidden |= more
        return more

    def _cost(self, way: list[tuple[Key, int]]) -> int:
        return sum(self._price(key) for key, _ in way)

    def _shown(self, way: list[tuple[Key, int]]) -> set[Key]:
        return {key for key, _ in way if key not in self.hidden}

    def _cheapest(
        self, key: Key, moved: Mapping[Key, int], *, up: bool
    ) -> list[tuple[Key, int]] | None:
        """Return how other cells can change by one so that `key` changes by one, hiding least."""
        arc = self.arcs[key]
        if not up and self.cells[key] + moved.get(key, 0) <= _LEAST:
            return None
        start, goal = (arc.end, arc.start) if up else (arc.start, arc.end)
        costs: dict[_Node, int] = {start: 0}
        came: dict[_Node, tuple[_Node, Key, int]] = {}
        queue = [(0, str(start), start)]
        while queue:
            cost, _, node = heappop(queue)
            if node == goal:
                return _way(came, start, goal)
            if cost > costs[node]:
                continue
            for other, by, end in self._steps(node, moved):
                price = cost + self._price(other)
                if other != key and price < costs.get(end, _FAR):
                    costs[end] = price
                    came[end] = (node, other, by)
                    heappush(queue, (price, str(end), end))
        return None

    def _steps(self, node: _Node, moved: Mapping[Key, int]) -> list[tuple[Key, int, _Node]]:
        steps = []
        for key, arc in self.arcs.items():
            if not self.cells[key]:
                continue
            if arc.start == node:
                steps.append((key, 1, arc.end))
            elif arc.end == node and self.cells[key] + moved.get(key, 0) > _LEAST:
                steps.append((key, -1, arc.start))
        return steps

    def _price(self, key: Key) -> int:
        """Hidden cells cost nothing, large ones and margins more than small inner ones."""
        if key in self.hidden:
            return 0
        margins = sum(name is TOTAL for name in key)
        return (1 + min(self.cells[key], 9_999)) * 10 ** (0, 2, 4)[margins]

    def _order(self, key: Key) -> tuple[int, str, str]:
        return self.cells[key], str(key[0]), str(key[1])


def _way(
    came: Mapping[_Node, tuple[_Node, Key, int]], start: _Node, goal: _Node
) -> list[tuple[Key, int]]:
    way = []
    node = goal
    while node != start:
        node, key, by = came[node]
        way.append((key, by))
    return way


def _arc(key: Key) -> _Arc:
    """Return where a cell flows: rows to columns, totals from the end back to the beginning."""
    row, column = key
    if row is TOTAL and column is TOTAL:
        return _Arc(("end", ""), ("begin", ""))
    if column is TOTAL:
        return _Arc(("begin", ""), ("row", row))
    if row is TOTAL:
        return _Arc(("column", column), ("end", ""))
    return _Arc(("row", row), ("column", column))
