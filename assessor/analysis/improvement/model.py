"""A visit with its answers open: the programme to solve, and the exact check of what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from assessor.analysis.improvement.blocks import Block, Effort, Way, block_of, tied, unit_of
from assessor.analysis.improvement.linear import Linear, fixed, total
from assessor.analysis.improvement.meanings import (
    Fixed,
    Local,
    Meaning,
    Meanings,
    States,
    needed,
)
from assessor.analysis.improvement.moves import moves_of
from assessor.analysis.improvement.programme import Programme
from assessor.analysis.improvement.translate import Translator
from assessor.assessment import Assessment
from assessor.formulas import Given, Scope, evaluate
from assessor.formulas import names as names_in
from assessor.rubrics.gates import DimensionFloorCheck, Gate
from assessor.rubrics.models import Rubric
from assessor.rules import names
from assessor.rules.card import ScoreCard
from assessor.rules.gate_memory import GateMemory
from assessor.rules.gates import check_gate
from assessor.rules.item import Cell, ItemProgram
from assessor.rules.outcome import REACHED

HUNDRED = Decimal(100)
_HALF_A_DIGIT = Decimal("0.005")
_NO_EFFORT: Effort = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way for every block, and all figures the goal hangs on under it."""

    ways: tuple[Way, ...]
    figures: Mapping[str, Given]
    reached: bool

    @property
    def cost(self) -> int:
        """The cost in whole units."""
        return sum(way.cost for way in self.ways)

    @property
    def changes(self) -> int:
        """How many answers are raised."""
        return sum(way.changes for way in self.ways)


class Model:
    """The open visit. Gates that are still unknown count as passed; `assumed` names them."""

    def __init__(
        self,
        rubric: Rubric,
        assessment: Assessment,
        card: ScoreCard,
        outcome: str,
        effort: Effort = _NO_EFFORT,
    ) -> None:
        self._goal = names.outcome_state(outcome)
        self._assessment = assessment
        self._cycle = next((c for c in rubric.cycles if c.id == assessment.cycle), None)
        program = card.program
        self._gates = {names.gate(gate.id): gate for gate in rubric.gates if gate.default != "off"}
        reads = {name: GateMemory(gate).reads for name, gate in self._gates.items()}
        items = [cell for entry in program.entries for cell in entry.all_cells]
        cells = [*program.before, *items, *program.after, *program.states]
        self._cells = needed(self._goal, cells, reads)
        self._states = {cell.name for cell in program.states}
        touched = {self._goal, *(name for cell in self._cells for name in names_in(cell.tree))}
        self._gates = {name: gate for name, gate in self._gates.items() if name in touched}
        # With the gates' own figures: a gate that looks at a measured result opens its criterion.
        touched |= {name for gate in self._gates for name in reads[gate]}
        self._figures = dict(card.figures)
        self._effort = effort
        self.assumed = self._assume()
        self.unit = unit_of(effort.values())
        self.blocks = self._blocks(rubric, card, touched)
        self.programme = Programme()
        self._meanings = Meanings(self.programme, self.blocks, self._figures)
        self._build()

    def _blocks(self, rubric: Rubric, card: ScoreCard, touched: Set[str]) -> list[Block]:
        """Open the answers that the goal hangs on."""
        leaves = [
            leaf
            for entry in card.program.entries
            for leaf in entry.leaves
            if touched & {cell.name for cell in (*leaf.before, *leaf.cells)}
        ]
        answers, ranks = self._assessment.answers, rubric.tier_rank
        moves = {
            leaf.key: moves_of(leaf, answers.get(leaf.key), card.figures, ranks) for leaf in leaves
        }
        return [block_of(group, moves, self._effort, self.unit) for group in tied(leaves)]

    def _assume(self) -> tuple[str, ...]:
        """Let gates nobody has answered pass; those that answers decide are left open."""
        assumed = []
        for name, gate in self._gates.items():
            if not GateMemory(gate).reads and self._figures.get(name) == names.UNKNOWN:
                self._figures[name] = names.PASSED
                assumed.append(gate.id)
        return tuple(assumed)

    # --- the programme ----------------------------------------------------------------------------

    def _build(self) -> None:
        translator = Translator(self._meanings)
        for cell in self._in_order(lambda: self._learn_gates(translator)):
            if cell.name not in self._meanings.entered:
                self._meanings.learn(cell.name, self._meaning(cell, translator))
        goal = self._meanings.of(self._goal)
        reached = goal if isinstance(goal, Linear) else self._of_one_block(goal)
        self.programme.keep_at_least(reached, Decimal(REACHED))

    def _in_order(self, look_at_gates: Callable[[], None]) -> Iterator[Cell]:
        """Yield the cells; before the first state of an outcome the gates are looked at."""
        looked = False
        for cell in self._cells:
            if cell.name in self._states and not looked:
                looked = True
                look_at_gates()
            yield cell

    def _meaning(self, cell: Cell, translator: Translator) -> Meaning:
        if not any(self._is_open(name) for name in names_in(cell.tree)):
            return Fixed(self._figures.get(cell.name))
        return self._meanings.close_at_hand(cell.tree) or translator.line(cell.tree)

    def _is_open(self, name: str) -> bool:
        return not isinstance(self._meanings.of(name), Fixed) or name in self._gates

    def _of_one_block(self, goal: Meaning) -> Linear:
        if isinstance(goal, Local):
            return self._meanings.chosen(goal, [_number(value) for value in goal.values])
        return fixed(_number(goal.value) if isinstance(goal, Fixed) else Decimal(0))

    def _learn_gates(self, translator: Translator) -> None:
        for name, gate in self._gates.items():
            self._meanings.learn(name, self._gate(gate, translator))

    def _gate(self, gate: Gate, translator: Translator) -> Meaning:
        reads = GateMemory(gate).reads
        found = {name: self._meanings.of(name) for name in reads}
        blocks = {one.block for one in found.values() if isinstance(one, Local)}
        if all(isinstance(one, Fixed) for one in found.values()):
            return Fixed(self._figures.get(names.gate(gate.id)))
        if len(blocks) == 1 and all(isinstance(one, Fixed | Local) for one in found.values()):
            return self._gate_of_one_block(gate, found, blocks.pop())
        if isinstance(gate.check, DimensionFloorCheck):
            return self._floor(gate.check, translator)
        return States({names.PASSED: fixed(Decimal(1))})

    def _gate_of_one_block(self, gate: Gate, reads: Mapping[str, Meaning], block: int) -> Local:
        states = []
        for way in range(len(self.blocks[block].ways)):
            figures = {
                name: one.values[way] if isinstance(one, Local) else self._figures.get(name)
                for name, one in reads.items()
            }
            states.append(self._state(gate, figures))
        return Local(block, tuple(states))

    def _floor(self, check: DimensionFloorCheck, translator: Translator) -> States:
        """The least share of a dimension, with the room its rounding leaves."""
        most = _number(self._figures.get(names.dimension_maximum(check.dimension)))
        views = [names.dimension_sum(view, check.dimension) for view in ("lowest", "highest")]
        least, still = (self._sum(name).times(HUNDRED) for name in views)
        line = fixed((check.share - _HALF_A_DIGIT) * most)
        return States(
            {
                names.PASSED: translator.at_least_nothing(least.minus(line)),
                names.FAILED: translator.at_least_nothing(line.minus(still)),
            }
        )

    def _sum(self, name: str) -> Linear:
        meaning = self._meanings.of(name)
        return meaning if isinstance(meaning, Linear) else self._of_one_block(meaning)

    # --- the exact check --------------------------------------------------------------------------

    def ways_in(self, values: Sequence[float]) -> tuple[int, ...]:
        """Return the number of the way taken in each block by a solution."""
        return tuple(
            max(range(len(choices)), key=lambda way: values[_only(choices[way])])
            for choices in self._meanings.choices
        )

    def attempt(self, taken: Sequence[int]) -> Attempt:
        """Compute exactly what taking these ways gives."""
        ways = tuple(block.ways[way] for block, way in zip(self.blocks, taken, strict=True))
        figures = dict(self._figures)
        entered: dict[str, Given] = {}
        for way in ways:
            entered |= way.entered
        figures |= entered
        moved = set(entered)

        def look() -> None:
            for name, gate in self._gates.items():
                if GateMemory(gate).reads:
                    figures[name] = self._state(gate, figures)
                    moved.add(name)
                elif gate.id in self.assumed:
                    moved.add(name)

        for cell in self._in_order(look):
            if cell.name in entered or moved.isdisjoint(names_in(cell.tree)):
                continue
            figures[cell.name] = evaluate(cell.tree, Scope(figures))
            moved.add(cell.name)
        return Attempt(ways, figures, figures.get(self._goal) == Decimal(REACHED))

    def cost_of(self, criterion: str, steps: int) -> Decimal:
        """Return what so many steps of a criterion cost."""
        return self._effort.get(criterion, Decimal(1)) * steps

    def leaf_after(self, leaf: ItemProgram, way: Way) -> Mapping[str, Given]:
        """Return all figures of one leaf when its block is answered that way."""
        figures = dict(self._figures) | dict(way.entered)
        for cell in (*leaf.before, *leaf.cells):
            if cell.name not in way.entered:
                figures[cell.name] = evaluate(cell.tree, Scope(figures))
        return figures

    def forbid(self, taken: Sequence[int]) -> None:
        """Rule out exactly this solution."""
        picked = self._meanings.choices
        together = total([choices[way] for choices, way in zip(picked, taken, strict=True)])
        self.programme.keep_at_most(together, Decimal(len(picked)) - 1)

    def _state(self, gate: Gate, figures: Mapping[str, Given]) -> str:
        answer = self._assessment.gates.get(gate.id)
        return check_gate(gate, answer, self._cycle, figures).state


def _only(choice: Linear) -> int:
    (number,) = choice.terms
    return number


def _number(value: Given) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)
