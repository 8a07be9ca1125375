"""The figures that are computed from a table, each with the rows that count for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor.assessment import TableRow
from assessor.formulas import Call, Column, Node, Scope, Text, evaluate, parse, walk
from assessor.rubrics.base import LocalText
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import QuantityRule
from assessor.rules import names
from assessor.rules.card import ScoreCard
from assessor.rules.quantity import result_tree
from assessor.rules.run import known


@dataclass(frozen=True)
class CountedInput:
    """One figure of a rate and the rows (from 0) that make it."""

    name: LocalText
    value: Decimal | None
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Rate:
    """One measured criterion whose figures come from the table.

    `value` is the rate, rounded as the rubric says, `None` while it cannot be computed. `rows` are
    all that count for any of its figures.
    """

    criterion: Criterion
    unit: LocalText
    value: Decimal | None
    inputs: tuple[CountedInput, ...]
    rows: tuple[int, ...]


def rates_of(
    rubric: Rubric, table_id: str, rows: Sequence[TableRow], card: ScoreCard
) -> tuple[Rate, ...]:
    """Return the rates that come from a table, by the rubric's order; `rows` are on record."""
    return tuple(
        _rate(item.criterion, item.criterion.rule, table_id, rows, card)
        for item in card.items
        if isinstance(item.criterion.rule, QuantityRule)
        and _from_table(item.criterion.rule, table_id)
    )


def _from_table(rule: QuantityRule, table_id: str) -> bool:
    trees = [parse(one.from_table) for one in rule.measure.inputs if one.from_table]
    return any(
        isinstance(part, Column) and part.table == table_id for tree in trees for part in walk(tree)
    )


def _rate(
    criterion: Criterion,
    rule: QuantityRule,
    table_id: str,
    rows: Sequence[TableRow],
    card: ScoreCard,
) -> Rate:
    measure, inputs, values = rule.measure, [], {}
    for one in measure.inputs:
        cell = names.entry(criterion.id, one.id)
        value = known(card.figures, cell)
        counted = counted_rows(parse(one.from_table), table_id, rows) if one.from_table else ()
        inputs.append(CountedInput(one.name, value if rows else None, counted))
        values[cell] = value
    found = evaluate(result_tree(measure, criterion.id), Scope(values=values)) if rows else None
    value = found if isinstance(found, Decimal) else None
    every = sorted({row for one in inputs for row in one.rows})
    return Rate(criterion, measure.result_unit, value, tuple(inputs), tuple(every))


def counted_rows(tree: Node, table_id: str, rows: Sequence[TableRow]) -> tuple[int, ...]:
    """Return the rows (from 0) whose cells count in a formula over a table.

    A blank cell counts in no sum; beside a condition only the rows that meet it do.
    """
    calls = [part for part in walk(tree) if isinstance(part, Call) and _columns(part, table_id)]
    return tuple(
        at for at, row in enumerate(rows) if any(_counts(call, table_id, row) for call in calls)
    )


def _columns(call: Call, table_id: str) -> list[Column]:
    return [arg for arg in call.args if isinstance(arg, Column) and arg.table == table_id]


def _counts(call: Call, table_id: str, row: TableRow) -> bool:
    columns = _columns(call, table_id)
    if any(not row.get(column.column, "").strip() for column in columns):
        return False
    wanted = next((arg.value for arg in call.args if isinstance(arg, Text)), None)
    return wanted is None or row[columns[0].column].lower() == wanted.lower()
