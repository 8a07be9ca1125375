"""The tables of the visit, summed up, and the figures that are counted from them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.formulas import columns as columns_in
from assessor.formulas import parse
from assessor.reports.build.answers import input_name, input_text, input_value
from assessor.reports.build.context import Context
from assessor.reports.document import Block, Cell, Column, Heading, Row
from assessor.reports.document import Table as Grid
from assessor.reports.table import Align
from assessor.rubrics.base import decimal_from_text
from assessor.rubrics.criterion import Table, TableColumn
from assessor.rubrics.rule_models import QuantityInput, QuantityRule
from assessor.rules import names
from assessor.rules.card import ItemScore


_ALIGN: dict[str, Align] = {"count": "right", "number": "right"}


def ledger_chapter(context: Context) -> tuple[Block, ...]:
    """Return a summary of each table that has rows; nothing when none has."""
    blocks: list[Block] = []
    for table in context.source.rubric.tables:
        rows = context.source.assessment.tables.get(table.id, ())
        if rows:
            blocks += _summary(context, table, rows)
    title = context.words.say("tables")
    return (Heading(1, title, "sec-tables"), *blocks) if blocks else ()


def _summary(context: Context, table: Table, rows: tuple[dict[str, str], ...]) -> Iterator[Block]:
    words = context.words
    yield Heading(
        2, words.pick(table.name), f"table-{table.id}", words.say("rows", count=len(rows))
    )
    totals = [
        Row((Cell(words.pick(column.name)), Cell(told)))
        for column in table.columns
        if (told := _column_total(context, column, rows))
    ]
    if totals:
        columns = (
            Column(words.say("column"), Decimal(2)),
            Column(words.say("sum"), Decimal(1), "right"),
        )
        yield Grid(columns, tuple(totals), f"totals-{table.id}")
    if context.source.rubric.collects:
        yield _listed(context, table, rows)
    fed = [row for item in context.card.items for row in _fed(context, item, table.id)]
    if fed:
        three = (
            Column(words.say("item"), Decimal("2.2")),
            Column(words.say("input"), Decimal("2.4")),
            Column(words.say("counted"), Decimal("1.2"), "right"),
        )
        yield Grid(three, tuple(fed), f"counted-{table.id}", words.say("counted_note"))


def _listed(context: Context, table: Table, rows: tuple[dict[str, str], ...]) -> Grid:
    """The rows themselves: of a form they are what was asked for."""
    words = context.words
    weights = {"text": "2", "count": "1", "number": "1", "yes_no": "1", "date": "1.2"}
    columns = tuple(
        Column(words.pick(one.name), Decimal(weights[one.type]), _ALIGN.get(one.type, "left"))
        for one in table.columns
    )
    listed = tuple(
        Row(tuple(Cell(_shown(context, one, row.get(one.id, ""))) for one in table.columns))
        for row in rows
    )
    return Grid(columns, listed, f"rows-{table.id}")


def _shown(context: Context, column: TableColumn, given: str) -> str:
    if column.type == "yes_no" and given.strip():
        return context.words.told(f"form.answer_{given.strip()}")
    return given.strip()


def _column_total(context: Context, column: TableColumn, rows: tuple[dict[str, str], ...]) -> str:
    """Counts are added up, yes is counted; other columns have no total."""
    given = [row.get(column.id, "").strip() for row in rows]
    if column.type == "yes_no":
        return context.words.say("yes_rows", count=given.count(names.YES), rows=len(rows))
    if column.type != "count":
        return ""
    return context.words.quantity(sum((decimal_from_text(t) for t in given if t), Decimal(0)))


def _fed(context: Context, item: ItemScore, table: str) -> Iterator[Row]:
    rule = item.criterion.rule
    if not isinstance(rule, QuantityRule):
        return
    for entry in rule.measure.inputs:
        if _reads(entry, table):
            value = input_value(context.card, item.keys[0], entry)
            title = f"{item.criterion.number} {context.words.pick(item.criterion.title)}"
            figure = Cell(input_text(context, entry, value), value)
            yield Row((Cell(title), Cell(input_name(context, entry)), figure))


def _reads(entry: QuantityInput, table: str) -> bool:
    if entry.from_table is None:
        return False
    return any(column.table == table for column in columns_in(parse(entry.from_table)))
