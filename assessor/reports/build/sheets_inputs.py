"""Measured figures: the inputs that can be changed and the result they give."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.reports.build.sheets_answers import title_of
from assessor.reports.build.sheets_cells import Cells, format_for
from assessor.reports.build.sheets_tables import group_row, table_of
from assessor.reports.build.source import ReportSource
from assessor.reports.table import Cell, Row, Table
from assessor.rubrics.models import Indicator
from assessor.rubrics.rule_models import Measure, QuantityInput, QuantityRule
from assessor.rules import names
from assessor.rules.item import ItemProgram
from assessor.rules.quantity import input_cells, result_tree

_EMPTY = Cell()


def indicator_key(indicator: str) -> str:
    """The key of a reported indicator's cells; no criterion's key has a slash."""
    return f"indicator/{indicator}"


class Inputs:
    """Builds the table of measured figures, scored ones first, then those only reported."""

    def __init__(self, source: ReportSource, cells: Cells) -> None:
        self.source = source
        self.cells = cells
        self.words = cells.words

    def table(self) -> Table | None:
        """Return the table, `None` where nothing is measured."""
        rows = [row for leaf in self._measured() for row in self._leaf(leaf)]
        if self.source.rubric.indicators:
            rows.append(group_row(self.words("workbook.group_indicators")))
        for indicator in self.source.rubric.indicators:
            rows += self._indicator(indicator)
        return table_of("inputs", self.words, rows) if rows else None

    def _measured(self) -> Iterator[ItemProgram]:
        for entry in self.source.card.program.entries:
            yield from (leaf for leaf in entry.leaves if leaf.raw.result is not None)

    def _leaf(self, leaf: ItemProgram) -> Iterator[Row]:
        rule = leaf.criterion.rule
        if not isinstance(rule, QuantityRule):
            return
        number = leaf.criterion.number
        title = title_of(self.source.assessment, leaf.criterion, leaf.key, self.words)
        answer = self.source.assessment.answers.get(leaf.key)
        given = answer.inputs if answer and answer.inputs else {}
        for item in rule.measure.inputs:
            name = names.entry(leaf.key, item.id)
            counted = self.cells.has(name)
            value = (
                self.cells.figure(name, _format_of(self.cells.number(name)))
                if counted
                else self.cells.answer(name, given.get(item.id))
            )
            yield self._input(number, title, item, value, counted=counted)
        result = self.cells.figure(
            names.result(leaf.key), format_for(rule.measure.digits), strong=True
        )
        yield self._result(number, title, rule.measure, result)

    def _indicator(self, indicator: Indicator) -> Iterator[Row]:
        key, title = indicator_key(indicator.id), self.words.of(indicator.name)
        answer = self.source.assessment.indicators.get(indicator.id)
        given = answer.inputs if answer and answer.inputs else {}
        filled = frozenset(name for name, rows in self.source.assessment.tables.items() if rows)
        counted = dict(input_cells(indicator, key, filled))
        for item in indicator.inputs:
            name = names.entry(key, item.id)
            if name in counted:
                value = self.cells.computed(counted[name], "", name=name)
            else:
                value = self.cells.answer(name, given.get(item.id))
            yield self._input("", title, item, value, counted=name in counted)
        tree = result_tree(indicator, key)
        result = self.cells.computed(
            tree, format_for(indicator.digits), name=names.result(key), strong=True
        )
        yield self._result("", title, indicator, result)

    def _input(
        self, number: str, title: str, item: QuantityInput, value: Cell, *, counted: bool
    ) -> Row:
        variant = item.by_profile.get(self.source.assessment.profile, item)
        return Row(
            (
                Cell(number),
                Cell(title, tone="muted"),
                Cell(self.words.of(variant.name)),
                value,
                Cell(self.words.of(item.unit)),
                Cell(
                    self.words("workbook.origin_counted" if counted else "workbook.origin_entered"),
                    tone="muted",
                ),
            )
        )

    def _result(self, number: str, title: str, measure: Measure, result: Cell) -> Row:
        return Row(
            (
                Cell(number, strong=True),
                Cell(title, strong=True),
                Cell(self.words("workbook.result", formula=self.words.of(measure.formula_text))),
                result,
                Cell(self.words.of(measure.result_unit)),
                Cell(self.words("workbook.origin_formula"), tone="muted"),
            ),
            "total",
        )


def _format_of(value: Decimal | None) -> str:
    """Return a format with the decimals a counted figure has."""
    exponent = value.normalize().as_tuple().exponent if value is not None else 0
    return format_for(max(0, -exponent if isinstance(exponent, int) else 0))
