"""Computing the cells of a program for one assessment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from assessor.assessment import Answer, Assessment
from assessor.formulas import Given, Scope, evaluate
from assessor.rubrics.base import decimal_from_text
from assessor.rubrics.criterion import Table
from assessor.rubrics.models import Rubric
from assessor.rules import names
from assessor.rules.gates import GateFound, check_gate
from assessor.rules.item import Cell
from assessor.rules.program import Entry, Program, Situation

Columns = dict[tuple[str, str], list[Decimal | str | bool | None]]
Signature = tuple[object, ...]


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
    """All cells of `program` for one assessment.

    `memo` remembers the figures of each entry with what they were computed from, so that after one
    edit only what it touches is computed again. The result is the same without it.
    """

    def __init__(
        self,
        program: Program,
        assessment: Assessment,
        memo: dict[str, tuple[Signature, dict[str, Given]]],
    ) -> None:
        self.program = program
        self.assessment = assessment
        self.memo = memo
        self.values: dict[str, Given] = {}
        self.gates: dict[str, GateFound] = {}
        columns = table_columns(program.rubric, assessment)
        self.scope = Scope(values=self.values, columns=columns)

    def compute(self) -> Mapping[str, Given]:
        """Compute all cells in order and return them by name."""
        self._enter_answers()
        self._enter_platform_scores()
        self._compute(self.program.before)
        tables = tuple(self.assessment.tables.values())
        for entry in self.program.entries:
            self._compute_entry(entry, tables)
        self._compute(self.program.after)
        self._check_gates()
        self._compute(self.program.states)
        return self.values

    def _compute(self, cells: Iterable[Cell]) -> None:
        for cell in cells:
            self.values[cell.name] = evaluate(cell.tree, self.scope)

    def _enter_answers(self) -> None:
        for entry in self.program.entries:
            for leaf in entry.leaves:
                answer = self.assessment.answers.get(leaf.key)
                if answer is None:
                    continue
                self.values[names.answer(leaf.key)] = answer_token(answer)
                for name, value in (answer.inputs or {}).items():
                    self.values[names.entry(leaf.key, name)] = value

    def _enter_platform_scores(self) -> None:
        for outcome, result in self.assessment.platform_results.items():
            if result.issued is not None and result.evidence:
                self.values[names.platform(outcome)] = result.score

    def _compute_entry(self, entry: Entry, tables: tuple[object, ...]) -> None:
        signature = self._signature(entry, tables)
        known = self.memo.get(entry.criterion.id)
        if known is not None and _same(known[0], signature):
            self.values.update(known[1])
            return
        cells = [cell for leaf in entry.leaves for cell in leaf.cells] + [*entry.cells]
        self._compute(cells)
        self.memo[entry.criterion.id] = (signature, {c.name: self.values[c.name] for c in cells})

    def _signature(self, entry: Entry, tables: tuple[object, ...]) -> Signature:
        parts: list[object] = list(tables) if entry.whole.raw.inputs else []
        for leaf in entry.leaves:
            parts.append(self.assessment.answers.get(leaf.key))
            parts += [self.values.get(name) for name in leaf.reads]
        if entry.whole.factor is not None:
            parts.append(self.values.get(entry.whole.factor))
        return tuple(parts)

    def _check_gates(self) -> None:
        rubric = self.program.rubric
        cycle = next((c for c in rubric.cycles if c.id == self.assessment.cycle), None)
        for gate in rubric.gates:
            if gate.default == "off":
                continue
            found = check_gate(gate, self.assessment.gates.get(gate.id), cycle, self.values)
            self.gates[gate.id] = found
            self.values[names.gate(gate.id)] = found.state


def _same(one: Signature, other: Signature) -> bool:
    """Compare what an entry was computed from: answers by identity, figures by value."""
    return len(one) == len(other) and all(
        a is b or (isinstance(a, Decimal | str) and a == b) for a, b in zip(one, other, strict=True)
    )


def known(values: Mapping[str, Given], name: str) -> Decimal | None:
    """Return the figure of a cell, `None` when it has none."""
    value = values.get(name)
    return value if isinstance(value, Decimal) else None
