"""What each cell of the score means while the answers are open: fixed, one block's, or a sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor.analysis.improvement.blocks import Block
from assessor.analysis.improvement.linear import Linear, fixed, total
from assessor.analysis.improvement.programme import Programme
from assessor.formulas import Given, Node, Scope, Value, evaluate, names
from assessor.rules.item import Cell


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same whatever is answered."""

    value: Given


@dataclass(frozen=True, slots=True)
class Local:
    """Decided by one block: its value for each of the block's ways."""

    block: int
    values: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class States:
    """A text that several blocks decide: for each text a sum that is 1 when it is that one."""

    texts: Mapping[str, Linear]


Meaning = Fixed | Local | Linear | States


class Meanings:
    """The cells computed so far, and the choices of the programme that stand for the ways."""

    def __init__(
        self, programme: Programme, blocks: Sequence[Block], figures: Mapping[str, Given]
    ) -> None:
        self.programme = programme
        self.figures = figures
        self.choices = [_choices(programme, block) for block in blocks]
        self._known: dict[str, Meaning] = {}
        for number, block in enumerate(blocks):
            changed = {name for way in block.ways for name in way.entered}
            for name in changed:
                values = tuple(way.entered.get(name, figures.get(name)) for way in block.ways)
                self._known[name] = Local(number, values)
        self.entered = frozenset(self._known)

    def of(self, name: str) -> Meaning:
        """Return what a cell means; one that nothing open decides is fixed."""
        return self._known.get(name) or Fixed(self.figures.get(name))

    def learn(self, name: str, meaning: Meaning) -> None:
        """Keep what a cell means."""
        self._known[name] = meaning

    def close_at_hand(self, tree: Node) -> Fixed | Local | None:
        """Compute a tree that at most one block decides; `None` when several do."""
        used = {name: self.of(name) for name in names(tree)}
        if any(isinstance(meaning, Linear | States) for meaning in used.values()):
            return None
        local = {name: found for name, found in used.items() if isinstance(found, Local)}
        blocks = {found.block for found in local.values()}
        if len(blocks) > 1:
            return None
        still = {name: found.value for name, found in used.items() if isinstance(found, Fixed)}
        if not blocks:
            return Fixed(evaluate(tree, Scope(still)))
        (block,) = blocks
        ways = len(next(iter(local.values())).values)
        values = tuple(
            evaluate(
                tree, Scope(still | {name: found.values[way] for name, found in local.items()})
            )
            for way in range(ways)
        )
        same = all(type(value) is type(values[0]) and value == values[0] for value in values)
        return Fixed(values[0]) if same else Local(block, values)

    def chosen(self, meaning: Local, values: Sequence[Decimal]) -> Linear:
        """Return the sum that is the value of whichever way is chosen."""
        terms = {
            number: value
            for choice, value in zip(self.choices[meaning.block], values, strict=True)
            for number in choice.terms
            if value
        }
        return Linear(Decimal(0), terms, min(values), max(values))


def _choices(programme: Programme, block: Block) -> list[Linear]:
    """One choice per way, exactly one of which is taken."""
    choices = [programme.choice(way.cost) for way in block.ways]
    programme.keep_exactly(total(choices), Decimal(1))
    return choices


def needed(goal: str, cells: Sequence[Cell], also: Mapping[str, Sequence[str]]) -> list[Cell]:
    """Return the cells a goal hangs on, in order; `also` are cells that gates look at."""
    wanted = {goal}
    found: list[Cell] = []
    for cell in reversed(cells):
        for gate, reads in also.items():
            if gate in wanted:
                wanted.update(reads)
        if cell.name in wanted:
            wanted.update(names(cell.tree))
            found.append(cell)
    return found[::-1]


def as_fixed(value: Value) -> Linear | None:
    """Return a number or truth as a sum; `None` for a text."""
    if isinstance(value, bool):
        return fixed(Decimal(int(value)))
    return fixed(value) if isinstance(value, Decimal) else None
