"""The figures that are computed from a table, each with the rows that count for it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor.assessment import TableRow
from assessor.formulas import Call, Column, Node, Scope, Text, evaluate, parse, walk
from assessor.rubrics.base import LocalText
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.rule_models import QuantityRule
from assessor.rules import names
from assessor.rules.card import ScoreCard
from assessor.rules.quantity import result_tree
from assessor.rules.run import known
from assessor.rules.same_rows import same_ends


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
    digits: int = 2


class Rates:
    """The rates that come from a table, for one state of its rows after another.

    Rows that stay the very same are not looked at again. Not for use by two threads at once.
    """

    def __init__(self, table_id: str) -> None:
        self._table = table_id
        self._counts: dict[str, RowCount] = {}

    def of(self, rows: Sequence[TableRow], card: ScoreCard) -> tuple[Rate, ...]:
        """Return the rates by the rubric's order; `rows` are on record and scored in `card`."""
        return tuple(
            self._rate(item.criterion, item.criterion.rule, rows, card)
            for item in card.items
            if isinstance(item.criterion.rule, QuantityRule)
            and _from_table(item.criterion.rule, self._table)
        )

    def _rate(
        self, criterion: Criterion, rule: QuantityRule, rows: Sequence[TableRow], card: ScoreCard
    ) -> Rate:
        measure, inputs, values = rule.measure, [], {}
        for one in measure.inputs:
            cell = names.entry(criterion.id, one.id)
            value = known(card.figures, cell)
            counted = self._counted(one.from_table, rows) if one.from_table else ()
            inputs.append(CountedInput(one.name, value if rows else None, counted))
            values[cell] = value
        found = evaluate(result_tree(measure, criterion.id), Scope(values=values)) if rows else None
        value = found if isinstance(found, Decimal) else None
        every = sorted(set[int]().union(*(one.rows for one in inputs)))
        unit, digits = measure.result_unit, measure.digits
        return Rate(criterion, unit, value, tuple(inputs), tuple(every), digits)

    def _counted(self, formula: str, rows: Sequence[TableRow]) -> tuple[int, ...]:
        if formula not in self._counts:
            self._counts[formula] = RowCount(parse(formula), self._table)
        return self._counts[formula].of(rows)


class RowCount:
    """The rows whose cells count in one formula over a table.

    A blank cell counts in no sum; beside a condition only the rows that meet it do.
    """

    def __init__(self, tree: Node, table_id: str) -> None:
        calls = [part for part in walk(tree) if isinstance(part, Call)]
        self._calls = [found for call in calls if (found := _read(call, table_id)).columns]
        self._rows: Sequence[TableRow] = ()
        self._counted: tuple[int, ...] = ()

    def of(self, rows: Sequence[TableRow]) -> tuple[int, ...]:
        """Return the rows (from 0) that count, in order."""
        if rows is not self._rows:
            head, tail = same_ends(self._rows, rows)
            end, moved = len(rows) - tail, len(rows) - len(self._rows)
            first = bisect_left(self._counted, head)
            after = self._counted[bisect_left(self._counted, end - moved) :]
            new = (at for at in range(head, end) if self._counts(rows[at]))
            later = (at + moved for at in after) if moved else after
            self._rows, self._counted = rows, (*self._counted[:first], *new, *later)
        return self._counted

    def _counts(self, row: TableRow) -> bool:
        return any(call.counts(row) for call in self._calls)


@dataclass(frozen=True)
class _Reading:
    """What one function of a formula reads of a row, and the word it wants there."""

    columns: tuple[str, ...]
    wanted: str | None

    def counts(self, row: TableRow) -> bool:
        if any(not row.get(column, "").strip() for column in self.columns):
            return False
        return self.wanted is None or row[self.columns[0]].lower() == self.wanted


def _read(call: Call, table_id: str) -> _Reading:
    columns = [arg for arg in call.args if isinstance(arg, Column) and arg.table == table_id]
    wanted = next((arg.value.lower() for arg in call.args if isinstance(arg, Text)), None)
    return _Reading(tuple(column.column for column in columns), wanted)


def _from_table(rule: QuantityRule, table_id: str) -> bool:
    trees = [parse(one.from_table) for one in rule.measure.inputs if one.from_table]
    return any(
        isinstance(part, Column) and part.table == table_id for tree in trees for part in walk(tree)
    )
