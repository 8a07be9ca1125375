"""Long sums that are kept while their parts change one by one.

Most of a score's work is sums over a hundred cells and more, of which an edit touches one or two. A
kept sum is a tree of pairwise sums, so a changed part costs a handful of additions. Additions are
exact, so the figure never depends on the order or on what stood there before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from assessor.formulas import Binary, Call, Given, Name, Node, Unary, Value, exact, names
from assessor.formulas.exact import Exact
from assessor.formulas.tree import is_sane

LONG = 8
"""Sums of fewer parts are added up anew."""
_NOTHING: Exact = Decimal(0)


class RunningSum:
    """The sum of those of `count` (at least two) values that are usable numbers."""

    def __init__(self, count: int) -> None:
        self._count = count
        # Node n is the sum of nodes 2n and 2n + 1; the parts stand at count and above.
        self._nodes: list[Exact] = [_NOTHING] * (2 * count)
        self._stale: set[int] = set()
        self._total: Exact = _NOTHING
        self._is_kept = True

    def put(self, place: int, value: Given) -> None:
        """Set one value; what is no usable number counts as nothing."""
        known = value if isinstance(value, Decimal) and is_sane(value) else _NOTHING
        self._nodes[self._count + place] = known
        self._stale.add(self._count + place)

    def total(self) -> Exact:
        """Return the exact sum of the values as they are now."""
        if self._stale:
            self._total = self._all_anew() if self._most_are_stale() else self._few_anew()
            self._stale.clear()
        return self._total

    def _most_are_stale(self) -> bool:
        return len(self._stale) * self._count.bit_length() > self._count

    def _all_anew(self) -> Exact:
        """Add up all values; the sums between are made when they are of use."""
        self._is_kept = False
        return exact.total(self._nodes[self._count :])

    def _few_anew(self) -> Exact:
        if self._is_kept:
            for place in self._stale:
                self._add_up(_above(place))
        else:
            self._add_up(range(self._count - 1, 0, -1))
            self._is_kept = True
        return self._nodes[1]

    def _add_up(self, nodes: Iterator[int] | range) -> None:
        for node in nodes:
            self._nodes[node] = exact.add(self._nodes[2 * node], self._nodes[2 * node + 1])


def _above(node: int) -> Iterator[int]:
    while node > 1:
        node //= 2
        yield node


def is_long_sum(node: Node) -> bool:
    """Return whether `node` is a sum of names that is worth keeping."""
    return (
        isinstance(node, Call)
        and node.function == "sum_known"
        and len(node.args) >= LONG
        and all(isinstance(arg, Name) for arg in node.args)
    )


class KeptSums:
    """The long sums of one tree, and the `tree` with a name in place of each.

    `others` are the names it reads besides.
    """

    def __init__(self, tree: Node) -> None:
        self._sums: dict[str, RunningSum] = {}
        self._parts: dict[str, list[tuple[RunningSum, int]]] = {}
        self.tree = self._shortened(tree)
        self.others = tuple(name for name in names(self.tree) if name not in self._sums)

    @property
    def parts(self) -> Mapping[str, Sequence[tuple[RunningSum, int]]]:
        """Each name that is added up, with the sums and places it goes to."""
        return self._parts

    def totals(self) -> dict[str, Value] | None:
        """Return the sums by the names that stand for them, `None` if one cannot be a value."""
        found: dict[str, Value] = {}
        for name, kept in self._sums.items():
            total = kept.total()
            if not isinstance(total, Decimal) or not is_sane(total):
                return None
            found[name] = total
        return found

    def _shortened(self, node: Node) -> Node:
        match node:
            case Call(args=args) if is_long_sum(node):
                return self._kept([arg.id for arg in args if isinstance(arg, Name)])
            case Call(function=function, args=args):
                return Call(function, tuple(self._shortened(arg) for arg in args))
            case Binary(operator=operator, left=left, right=right):
                return Binary(operator, self._shortened(left), self._shortened(right))
            case Unary(operand=operand):
                return Unary(self._shortened(operand))
            case _:
                return node

    def _kept(self, summands: Sequence[str]) -> Name:
        name = f"kept sum {len(self._sums)}"
        kept = self._sums[name] = RunningSum(len(summands))
        for place, summand in enumerate(summands):
            self._parts.setdefault(summand, []).append((kept, place))
        return Name(name)
