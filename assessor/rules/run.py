"""One assessment put into the cells of a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessor.assessment import Answer, Assessment
from assessor.formulas import Given, Scope
from assessor.rubrics.gates import Cycle
from assessor.rules import names
from assessor.rules.engine import Engine
from assessor.rules.gate_memory import GateMemory
from assessor.rules.gates import GateFound
from assessor.rules.item import ItemProgram
from assessor.rules.program import Program, Situation
from assessor.rules.table_columns import TableColumns


def situation_of(assessment: Assessment, *, count_excluded: bool = False) -> Situation:
    """Return the situation an assessment is scored in."""
    return Situation(
        profile=assessment.profile,
        target=assessment.target,
        units=tuple(
            (repeat, tuple(unit.id for unit in units)) for repeat, units in assessment.units.items()
        ),
        filled_tables=frozenset(name for name, rows in assessment.tables.items() if rows),
        count_excluded=count_excluded,
    )


def answer_token(answer: Answer) -> str:
    """Return what stands in the answer's cell."""
    if answer.na:
        return names.NOT_APPLICABLE
    if answer.none:
        return names.NONE
    if answer.no_baseline:
        return names.NO_BASELINE
    if answer.inputs is not None:
        return names.MEASURED
    return answer.option or ",".join(answer.options or ())


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the assessment before: cells by name, answers by key.

    An answer can differ where no cell does, in its note for instance.
    """

    cells: frozenset[str]
    answers: frozenset[str]


class Run:
    """All figures of `program` for one assessment after another."""

    def __init__(self, program: Program) -> None:
        self.program = program
        items = [cell for entry in program.entries for cell in entry.all_cells]
        self._engine = Engine([(*program.before, *items, *program.after), program.states])
        self._cycles = {cycle.id: cycle for cycle in program.rubric.cycles}
        self._leaves = {leaf.key: leaf for entry in program.entries for leaf in entry.leaves}
        self._answers: dict[str, Answer | None] = dict.fromkeys(self._leaves)
        self._answered: set[str] = set()
        self._gates = [GateMemory(gate) for gate in program.rubric.gates if gate.default != "off"]
        self._computed_gates = [memory for memory in self._gates if memory.reads]
        self._gates_seen: tuple[object, Cycle | None] | None = None
        self._tables: object = None
        self._columns = TableColumns(program.rubric)
        self.gates: dict[str, GateFound] = {}

    def compute(self, assessment: Assessment) -> Mapping[str, Given]:
        """Compute all cells and return their figures by name."""
        if assessment.tables is not self._tables:
            self._engine.enter_columns(self._columns.of(assessment.tables))
            self._tables = assessment.tables
        self._enter_answers(assessment)
        for outcome in self.program.rubric.outcomes:
            result = assessment.platform_results.get(outcome.id)
            counts = result is not None and result.issued is not None and result.evidence
            score = result.score if result and counts else None
            self._engine.enter(names.platform(outcome.id), score)
        self._engine.compute(0)
        self._check_gates(assessment)
        self._engine.compute(1)
        return self._engine.figures()

    def take_changes(self) -> Changes:
        """Return what changed since this was last asked."""
        answered, self._answered = frozenset(self._answered), set()
        return Changes(self._engine.take_changed(), answered)

    @property
    def evaluations(self) -> int:
        """How many cells were computed so far, the same one as often as it was."""
        return self._engine.evaluations

    @property
    def scope(self) -> Scope:
        """The values and table columns as last computed."""
        return self._engine.scope

    def _enter_answers(self, assessment: Assessment) -> None:
        """Enter those answers that are other objects than before; edits keep all the rest."""
        given = assessment.answers.get
        other = [key for key, before in self._answers.items() if given(key) is not before]
        for key in other:
            before, after = self._answers[key], given(key)
            leaf = self._leaves[key]
            values = _entered(leaf, after)
            for name in _entered(leaf, before).keys() - values.keys():
                self._engine.enter(name, None)
            for name, value in values.items():
                self._engine.enter(name, value)
            self._answers[key] = after
        self._answered.update(other)

    def _check_gates(self, assessment: Assessment) -> None:
        cycle = self._cycles.get(assessment.cycle)
        seen = self._gates_seen
        same = seen is not None and seen[0] is assessment.gates and seen[1] is cycle
        figures = self._engine.scope.values
        for memory in self._computed_gates if same else self._gates:
            gate = memory.gate
            found = memory.check(assessment.gates.get(gate.id), cycle, figures)
            self.gates[gate.id] = found
            self._engine.enter(names.gate(gate.id), found.state)
        self._gates_seen = (assessment.gates, cycle)


def _entered(leaf: ItemProgram, answer: Answer | None) -> dict[str, Given]:
    """Return the cells that are entered for one answer."""
    if answer is None:
        return {}
    values: dict[str, Given] = {names.answer(leaf.key): answer_token(answer)}
    computed = {name for name, _ in leaf.raw.inputs}
    for name, value in (answer.inputs or {}).items():
        if names.entry(leaf.key, name) not in computed:
            values[names.entry(leaf.key, name)] = value
    return values


def known(values: Mapping[str, Given], name: str) -> Decimal | None:
    """Return the figure of a cell, `None` when it has none."""
    value = values.get(name)
    return value if isinstance(value, Decimal) else None
