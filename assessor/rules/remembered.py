"""Results of cells by what they read, so that a value met before is not computed again.

Most cells read one answer or a few figures, and answers are few: going from one visit to another,
nearly everything has been computed before. What a cell gives depends on the values it reads alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assessor.formulas import Column, Given, Name, Node, NotComputable, Scope, evaluate

MOST_READ = 6
"""Cells that read more names than this meet the same values too seldom."""
MOST_KEPT = 8_000

Key = tuple[str | bytes | bool | int | None, ...]


class Remembered:
    """Evaluates cells, given by their index and the nodes of their trees, and remembers."""

    def __init__(self, parts: Sequence[Sequence[Node]]) -> None:
        self._reads = [_reads(nodes) for nodes in parts]
        self._results: dict[Key, Given] = {}
        self._older: dict[Key, Given] = {}

    def evaluated(self, index: int, tree: Node, scope: Scope) -> Given:
        """Return what the cell `index` with this tree gives in `scope`."""
        key = self._key(index, scope)
        if key is None:
            return evaluate(tree, scope)
        if key in self._results:
            return self._results[key]
        if len(self._results) >= MOST_KEPT:
            # What is met again and again comes back from there; what was met once is let go.
            self._older, self._results = self._results, {}
        found = self._older[key] if key in self._older else evaluate(tree, scope)
        self._results[key] = found
        return found

    def _key(self, index: int, scope: Scope) -> Key | None:
        """Return what the result hangs on, `None` where remembering is of no use."""
        reads = self._reads[index]
        if reads is None:
            return None
        key: list[str | bytes | bool | int | None] = [index]
        get = scope.values.get
        for name in reads:
            value = get(name)
            if isinstance(value, Decimal):
                # Digits count: 12.50 and 12.5 are shown as they were typed.
                key.append(str(value).encode())
            elif isinstance(value, NotComputable):
                return None
            else:
                key.append(value)
        return tuple(key)


def _reads(nodes: Sequence[Node]) -> tuple[str, ...] | None:
    """Return the names a cell reads, `None` when it reads columns or too many names."""
    if any(isinstance(node, Column) for node in nodes):
        return None
    names = tuple(dict.fromkeys(node.id for node in nodes if isinstance(node, Name)))
    return names if len(names) <= MOST_READ else None
