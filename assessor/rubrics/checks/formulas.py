"""Formulas: they can be read, know every name and leave no input unused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessor.errors import Problem
from assessor.formulas import (
    Binary,
    Call,
    Column,
    FormulaError,
    Node,
    Text,
    Truth,
    columns,
    names,
    parse,
    walk,
)
from assessor.formulas.tree import COMPARISONS
from assessor.i18n import message
from assessor.rubrics.checks.finding import Findings, finding
from assessor.rubrics.checks.lookup import NO, YES, Lookup, Part
from assessor.rubrics.criterion import Table
from assessor.rubrics.gates import FormulaCheck
from assessor.rubrics.refusals import suggestion
from assessor.rubrics.rule_models import Measure, QuantityInput

_TRUTH_CALLS = frozenset({"and", "or", "not", "has_key", "is_blank"})
_ADDING_CALLS = frozenset({"sum", "min", "max"})
_NUMERIC = frozenset({"count", "number"})

Columns = Mapping[tuple[str, str], str]
"""Table and column -> type of the column."""


@dataclass(frozen=True)
class Formula:
    """A formula of the rubric and what it may speak of; `truth` when it is a condition."""

    text: str
    place: str
    subject: str
    known: tuple[str, ...]
    truth: bool


def check(lookup: Lookup) -> Findings:
    """Check the formulas of measures, tables and gates."""
    tables: Columns = {
        (table.id, column.id): column.type
        for table in lookup.rubric.tables
        for column in table.columns
    }
    for measure in lookup.find(Measure):
        yield from _measure(measure, tables)
    for item in lookup.find(QuantityInput):
        yield from _from_table(item, tables)
    for table in lookup.find(Table):
        known = tuple(column.id for column in table.value.columns)
        for at, row in enumerate(table.value.row_checks):
            place = f"{table.place}.row_checks[{at}].condition"
            formula = Formula(row.condition, place, table.subject, known, truth=True)
            yield from _problems(formula, {})
    for gate in lookup.find(FormulaCheck):
        yield from _gate(gate)


def _measure(part: Part[Measure], tables: Columns) -> Findings:
    measure, place = part.value, part.place
    inputs = tuple(item.id for item in measure.inputs)
    formula = Formula(measure.formula, f"{place}.formula", part.subject, inputs, truth=False)
    yield from _problems(formula, tables)
    yield from _unused(
        part, measure.formula, [f"{place}.inputs[{at}]" for at in range(len(inputs))], inputs
    )
    for at, condition in enumerate(measure.checks):
        here = f"{place}.checks[{at}].condition"
        yield from _problems(
            Formula(condition.condition, here, part.subject, inputs, truth=True), {}
        )


def _gate(part: Part[FormulaCheck]) -> Findings:
    gate, place = part.value, part.place
    inputs = [(f"{place}.inputs[{at}]", item.id) for at, item in enumerate(gate.inputs)]
    given = [(f"{place}.parameters[{at}]", item.id) for at, item in enumerate(gate.parameters)]
    known = tuple(name for _, name in inputs + given)
    formula = Formula(gate.condition, f"{place}.condition", part.subject, known, truth=True)
    yield from _problems(formula, {})
    yield from _unused(part, gate.condition, [where for where, _ in inputs + given], known)


def _from_table(part: Part[QuantityInput], tables: Columns) -> Findings:
    text = part.value.from_table
    if text is None:
        return
    place = f"{part.place}.from_table"
    yield from _problems(Formula(text, place, part.subject, (), truth=False), tables)
    tree = _tree(text)
    if tree is not None and not columns(tree):
        yield finding("formula_no_table", place, part.subject)


def _tree(text: str) -> Node | None:
    try:
        return parse(text)
    except FormulaError:
        return None


def _problems(formula: Formula, tables: Columns) -> Findings:
    try:
        tree = parse(formula.text)
    except FormulaError as error:
        yield finding("formula_unreadable", formula.place, formula.subject, reason=error.message)
        return
    if _is_truth(tree) != formula.truth:
        wanted = message("rubric.a_condition" if formula.truth else "rubric.a_number")
        yield finding("formula_kind", formula.place, formula.subject, wanted=wanted)
    for name in names(tree):
        if name not in formula.known:
            yield _unknown(formula, name, formula.known)
    for column in columns(tree):
        if (column.table, column.column) not in tables:
            known = tuple(f"{table}.{name}" for table, name in tables)
            yield _unknown(formula, f"{column.table}.{column.column}", known)
    yield from _column_types(formula, tree, tables)


def _unknown(formula: Formula, name: str, known: tuple[str, ...]) -> Problem:
    advice = suggestion(name, known)
    return finding("formula_name", formula.place, formula.subject, name=name, advice=advice)


def _is_truth(tree: Node) -> bool:
    if isinstance(tree, Binary):
        return tree.operator in COMPARISONS
    return isinstance(tree, Truth) or (isinstance(tree, Call) and tree.function in _TRUTH_CALLS)


def _unused(
    part: Part[Measure] | Part[FormulaCheck], text: str, places: list[str], known: Iterable[str]
) -> Findings:
    tree = _tree(text)
    used = names(tree) if tree is not None else tuple(known)
    for place, name in zip(places, known, strict=True):
        if name not in used:
            yield finding("unused_input", place, part.subject, name=name)


def _column_types(formula: Formula, tree: Node, tables: Columns) -> Findings:
    """A sum needs numbers, and a yes/no column holds nothing but `yes` and `no`."""
    for call in walk(tree):
        if not isinstance(call, Call):
            continue
        first, last = call.args[0], call.args[-1]
        added = last if call.function in _ADDING_CALLS or call.function == "sumif" else None
        if isinstance(added, Column) and _type(added, tables) not in (None, *_NUMERIC):
            name = f"{added.table}.{added.column}"
            yield finding("column_not_number", formula.place, formula.subject, name=name)
        if call.function in ("countif", "sumif") and isinstance(first, Column):
            wanted = call.args[1]
            if _type(first, tables) == "yes_no" and wanted not in (Text(YES), Text(NO)):
                name = f"{first.table}.{first.column}"
                yield finding("column_yes_no", formula.place, formula.subject, name=name)


def _type(column: Column, tables: Columns) -> str | None:
    return tables.get((column.table, column.column))
