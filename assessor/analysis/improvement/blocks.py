"""Answers that hang together, and every way to give them.

Criteria tied by links are answered together: one block. What only one block decides is computed
exactly for each of its ways; only what several blocks decide is left to the solver.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

from assessor.analysis.improvement.moves import Move
from assessor.formulas import Given
from assessor.rules import names
from assessor.rules.item import ItemProgram

Effort = Mapping[str, Decimal]
"""What one step costs, by criterion; 1 where nothing is said."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to answer a whole block, with its cost in whole units and its cells."""

    moves: tuple[tuple[str, Move], ...]
    cost: int
    entered: Mapping[str, Given]

    @property
    def changes(self) -> int:
        """How many answers differ from the present ones."""
        return sum(move.steps > 0 for _, move in self.moves)


@dataclass(frozen=True, slots=True)
class Block:
    """Leaves tied by links; the first way is the present one."""

    leaves: tuple[ItemProgram, ...]
    ways: tuple[Way, ...]


def tied(leaves: Sequence[ItemProgram]) -> Iterator[tuple[ItemProgram, ...]]:
    """Yield the groups of leaves that read each other's answers, in the order of the rubric."""
    group: dict[str, str] = {leaf.key: leaf.key for leaf in leaves}

    def first(key: str) -> str:
        while group[key] != key:
            key = group[key]
        return key

    owner = {names.answer(leaf.key): leaf.key for leaf in leaves}
    for leaf in leaves:
        for name in leaf.reads:
            if name in owner:
                group[first(leaf.key)] = first(owner[name])
    members: dict[str, list[ItemProgram]] = {}
    for leaf in leaves:
        members.setdefault(first(leaf.key), []).append(leaf)
    for found in members.values():
        yield tuple(found)


def unit_of(efforts: Iterable[Decimal]) -> int:
    """Return by what all efforts are multiplied to be whole numbers."""
    unit = 1
    for effort in efforts:
        unit *= Fraction(effort * unit).denominator
    return unit


def block_of(
    leaves: tuple[ItemProgram, ...],
    moves: Mapping[str, Sequence[Move]],
    effort: Effort,
    unit: int,
) -> Block:
    """Return every way to answer `leaves`; the cheaper ones first."""
    keys = [leaf.key for leaf in leaves]
    rates = [int(effort.get(leaf.criterion.id, Decimal(1)) * unit) for leaf in leaves]
    ways = []
    for chosen in product(*(moves[key] for key in keys)):
        cost = sum(rate * move.steps for rate, move in zip(rates, chosen, strict=True))
        entered = {name: value for move in chosen for name, value in move.entered.items()}
        ways.append(Way(tuple(zip(keys, chosen, strict=True)), cost, entered))
    present, *others = ways
    return Block(leaves, (present, *sorted(others, key=lambda way: (way.cost, way.changes))))
