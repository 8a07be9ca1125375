"""The tree above the criteria: sums, means and minima of dimensions, and re-weighting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from assessor.formulas import Binary, Call, Name, Node
from assessor.rubrics.criterion import Dimension
from assessor.rules import names
from assessor.rules.item import Cell, ItemProgram
from assessor.rules.trees import LEAF_DIGITS, compare, number, rounded, sum_of, when

Members = Mapping[str, Sequence[ItemProgram]]
"""Dimension id -> the counted items that hang directly in it (repeated ones once)."""

HUNDRED = Decimal(100)


def applicable_cell(dimension: str, members: Sequence[tuple[str, Decimal, bool]]) -> Cell:
    """Return the points of those items of a dimension that were not left out.

    `members` are (key, points, may be left out by re-weighting). At zero nothing applies; dividing
    by it leaves the dimension without a figure.
    """
    fixed = sum((points for _, points, open_ in members if not open_), Decimal(0))
    left: list[Node] = [number(fixed)]
    for key, points, open_ in members:
        if open_:
            left.append(Binary("*", Name(names.asked(key)), number(points)))
    return Cell(names.applicable(dimension), sum_of(left))


def dimension_cells(
    dimensions: Sequence[Dimension], members: Members, factors: frozenset[str]
) -> Iterator[Cell]:
    """Yield the cells of all dimensions, children before parents."""
    for dimension in dimensions:
        yield from dimension_cells(dimension.children, members, factors)
        yield from _one(dimension, members, factors)


def _one(dimension: Dimension, members: Members, factors: frozenset[str]) -> Iterator[Cell]:
    items = members.get(dimension.id, ())
    maxima = [Name(names.maximum(item.key)) for item in items]
    maxima += [Name(names.dimension_maximum(child.id)) for child in dimension.children]
    if dimension.combine != "sum":
        most: Node = number(dimension.weight or HUNDRED)
    elif dimension.id in factors:
        most = _whole(dimension.id, items)
    else:
        most = sum_of(maxima)
    yield Cell(names.dimension_maximum(dimension.id), most)
    for view in names.VIEWS:
        parts = [Name(names.leaf(view, item.key)) for item in items]
        parts += [Name(names.dimension_sum(view, child.id)) for child in dimension.children]
        tree = _combined(dimension, parts, maxima)
        if dimension.id in factors:
            tree = _unless_empty(dimension.id, Call("min", (tree, most)))
        yield Cell(names.dimension_sum(view, dimension.id), tree)


def _whole(dimension: str, items: Sequence[ItemProgram]) -> Node:
    """With re-weighting the maximum stays whole, unless everything was left out."""
    whole = number(sum((item.maximum for item in items), Decimal(0)))
    nothing_left = compare(Name(names.applicable(dimension)), "=", number(0))
    return when(nothing_left, number(0), whole)


def _unless_empty(dimension: str, tree: Node) -> Node:
    """Nothing in the dimension applies: no figure, not a zero. Only a division says "no figure"."""
    left = Name(names.applicable(dimension))
    return Binary("/", Binary("*", tree, left), left)


def _combined(dimension: Dimension, parts: Sequence[Name], maxima: Sequence[Name]) -> Node:
    if dimension.combine == "sum":
        return sum_of(parts)
    shares: list[Node] = [Binary("/", part, most) for part, most in zip(parts, maxima, strict=True)]
    weight = number(dimension.weight or HUNDRED)
    if dimension.combine == "minimum":
        share: Node = Call("min", tuple(shares))
    elif dimension.combine == "mean":
        share = Binary("/", Call("sum", tuple(shares)), number(len(shares)))
    else:
        share = _weighted_mean(dimension, shares)
    return rounded(Binary("*", share, weight), LEAF_DIGITS)


def _weighted_mean(dimension: Dimension, shares: Sequence[Node]) -> Node:
    weights = [child.weight or Decimal(1) for child in dimension.children]
    weights += [Decimal(1)] * (len(shares) - len(weights))
    parts = tuple[Node, ...](
        Binary("*", share, number(weight)) for share, weight in zip(shares, weights, strict=True)
    )
    return Binary("/", Call("sum", parts), number(sum(weights, Decimal(0))))
