"""One assessment put into the cells of a program."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from assessor.assessment import Answer, Assessment
from assessor.formulas import Given, Scope
from assessor.rubrics.base import decimal_from_text
from assessor.rubrics.criterion import Table
from assessor.rubrics.models import Rubric
from assessor.rules import names
from assessor.rules.engine import Engine
from assessor.rules.gates import GateFound, check_gate
from assessor.rules.program import Program, Situation

Columns = dict[tuple[str, str], list[Decimal | str | bool | None]]


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


def table_columns(rubric: Rubric, assessment: Assessment) -> Columns:
    """Return the columns of all filled tables; numbers as decimals, blank cells as `None`."""
    columns: Columns = {}
    for table in rubric.tables:
        rows = assessment.tables.get(table.id, ())
        if rows:
            columns |= _columns(table, rows)
    return columns


def _columns(table: Table, rows: tuple[dict[str, str], ...]) -> Columns:
    return {
        (table.id, column.id): [_cell(row.get(column.id, ""), column.type) for row in rows]
        for column in table.columns
    }


def _cell(text: str, kind: str) -> Decimal | str | None:
    if not text.strip():
        return None
    return decimal_from_text(text.strip()) if kind in ("count", "number") else text.strip()


class Run:
    """All figures of `program` for one assessment after another."""

    def __init__(self, program: Program) -> None:
        self.program = program
        items = [cell for entry in program.entries for cell in entry.all_cells]
        self._engine = Engine([(*program.before, *items, *program.after), program.states])
        self._cycles = {cycle.id: cycle for cycle in program.rubric.cycles}
        self._gates = [gate for gate in program.rubric.gates if gate.default != "off"]
        self._tables: object = None
        self._columns: Columns = {}
        self.gates: dict[str, GateFound] = {}

    def compute(self, assessment: Assessment) -> Mapping[str, Given]:
        """Compute all cells and return their figures by name."""
        if assessment.tables is not self._tables:
            self._columns = table_columns(self.program.rubric, assessment)
            self._tables = assessment.tables
        self._engine.enter(self._entered(assessment), self._columns)
        self._engine.compute(0)
        self._check_gates(assessment)
        self._engine.compute(1)
        return self._engine.figures()

    def take_changed(self) -> frozenset[str]:
        """Return the names of the cells whose figure changed since this was last asked."""
        return self._engine.take_changed()

    @property
    def scope(self) -> Scope:
        """The values and table columns as last computed."""
        return self._engine.scope

    def _entered(self, assessment: Assessment) -> dict[str, Given]:
        values: dict[str, Given] = {}
        for entry in self.program.entries:
            for leaf in entry.leaves:
                answer = assessment.answers.get(leaf.key)
                if answer is None:
                    continue
                values[names.answer(leaf.key)] = answer_token(answer)
                computed = {name for name, _ in leaf.raw.inputs}
                for name, value in (answer.inputs or {}).items():
                    if names.entry(leaf.key, name) not in computed:
                        values[names.entry(leaf.key, name)] = value
        for outcome, result in assessment.platform_results.items():
            if result.issued is not None and result.evidence:
                values[names.platform(outcome)] = result.score
        return values

    def _check_gates(self, assessment: Assessment) -> None:
        cycle = self._cycles.get(assessment.cycle)
        figures = self._engine.scope.values
        for gate in self._gates:
            found = check_gate(gate, assessment.gates.get(gate.id), cycle, figures)
            self.gates[gate.id] = found
            self._engine.set(names.gate(gate.id), found.state)


def known(values: Mapping[str, Given], name: str) -> Decimal | None:
    """Return the figure of a cell, `None` when it has none."""
    value = values.get(name)
    return value if isinstance(value, Decimal) else None
