"""Repeated blocks: one criterion answered for several workshops or lines, made one figure."""

from __future__ import annotations

from assessor.formulas import Binary, Call, Name, Node
from assessor.rubrics.criterion import Repeat
from assessor.rules import names
from assessor.rules.item import Cell
from assessor.rules.trees import LEAF_DIGITS, number, rounded


def combined_cells(
    criterion: str, keys: tuple[str, ...], repeat: Repeat, ranked: bool
) -> list[Cell]:
    """Return the cells of the criterion itself, computed from those of its units.

    Points are combined as the block says and rounded to a leaf's digits; the tier is the lowest any
    unit reaches, because the criterion holds for the whole enterprise.
    """
    cells = [Cell(names.maximum(criterion), Name(names.maximum(keys[0])))]
    for view in names.VIEWS:
        parts = tuple[Node, ...](Name(names.leaf(view, key)) for key in keys)
        cells.append(Cell(names.leaf(view, criterion), _combine(repeat, parts)))
        if ranked:
            ranks = tuple[Node, ...](Name(names.rank(view, key)) for key in keys)
            cells.append(Cell(names.rank(view, criterion), Call("min", ranks)))
    return cells


def _combine(repeat: Repeat, parts: tuple[Node, ...]) -> Node:
    if repeat.combine == "minimum":
        return Call("min", parts)
    if repeat.combine == "maximum":
        return Call("max", parts)
    return rounded(Binary("/", Call("sum", parts), number(len(parts))), LEAF_DIGITS)
