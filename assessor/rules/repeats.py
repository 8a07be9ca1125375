"""Repeated blocks: one criterion answered for several workshops or lines, made one figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assessor.formulas import Binary, Call, Name, Node
from assessor.rubrics.criterion import Repeat
from assessor.rules import names
from assessor.rules.item import NOT_RANKED, Cell
from assessor.rules.trees import LEAF_DIGITS, compare, number, rounded, when

_BEYOND_ANY = Decimal(10**12)
"""More than any points or tier, so that a unit left out is never the lowest."""


@dataclass(frozen=True, slots=True)
class Units:
    """The answers of one criterion in its units; `left_out` when a unit may be not applicable and
    is then taken out of the combination."""

    criterion: str
    keys: tuple[str, ...]
    repeat: Repeat
    left_out: bool


def asked_cell(units: Units) -> Cell:
    """Return whether the criterion counts: it does while it counts in any unit."""
    asked = tuple[Node, ...](Name(names.asked(key)) for key in units.keys)
    return Cell(names.asked(units.criterion), Call("max", asked))


def combined_cells(units: Units, *, ranked: bool) -> list[Cell]:
    """Return the cells of the criterion itself, computed from those of its units.

    Points are combined as the block says and rounded to a leaf's digits; the tier is the lowest any
    unit reaches, because the criterion holds for the whole enterprise.
    """
    maxima = tuple[Node, ...](Name(names.maximum(key)) for key in units.keys)
    cells = [Cell(names.maximum(units.criterion), Call("max", maxima))]
    for view in names.VIEWS:
        points = [Name(names.leaf(view, key)) for key in units.keys]
        cells.append(Cell(names.leaf(view, units.criterion), _combined(units, points)))
        if ranked:
            ranks = [Name(names.rank(view, key)) for key in units.keys]
            lowest = _unless_left_out(units, _lowest(units, ranks), NOT_RANKED)
            cells.append(Cell(names.rank(view, units.criterion), lowest))
    return cells


def _combined(units: Units, points: list[Name]) -> Node:
    if units.repeat.combine == "minimum":
        return _unless_left_out(units, _lowest(units, points), 0)
    if units.repeat.combine == "maximum":
        return Call("max", tuple(points))
    # Nothing is scored in a unit that is left out, so it only has to leave the count.
    counting = tuple[Node, ...](Name(names.asked(key)) for key in units.keys)
    count: Node = Call("sum", counting) if units.left_out else number(len(points))
    mean = rounded(Binary("/", Call("sum", tuple(points)), count), LEAF_DIGITS)
    return _unless_left_out(units, mean, 0)


def _lowest(units: Units, values: list[Name]) -> Node:
    parts: list[Node] = [*values]
    if units.left_out:
        parts = [
            when(_is_out(key), number(_BEYOND_ANY), value)
            for key, value in zip(units.keys, values, strict=True)
        ]
    return Call("min", tuple(parts))


def _unless_left_out(units: Units, tree: Node, otherwise: int) -> Node:
    if not units.left_out:
        return tree
    return when(_is_out(units.criterion), number(otherwise), tree)


def _is_out(key: str) -> Node:
    return compare(Name(names.asked(key)), "=", number(0))
