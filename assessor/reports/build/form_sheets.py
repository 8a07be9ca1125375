"""The workbook of a form that only collects: figures to fill in, distances that follow."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.formulas import Name, Node, Text
from assessor.reports.build.sheets_answers import allowed_text, answer_cell
from assessor.reports.build.sheets_cells import WHOLE, Cells, constant, format_for
from assessor.reports.build.sheets_detail import answered_tree, counted
from assessor.reports.build.sheets_tables import group_row, table_of
from assessor.reports.build.source import ReportSource
from assessor.reports.table import Cell, Row, Table
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.progress import TargetFigure
from assessor.rubrics.rule_models import QuantityRule
from assessor.rules import names
from assessor.rules.card import DimensionScore, ItemScore
from assessor.rules.item import ItemProgram
from assessor.rules.target_words import baseline_said, target_said, unit_of
from assessor.rules.trees import blank, compare, number, sum_of, when

_EMPTY = Cell()


class FormSheets:
    """Builds the tables that stand in place of points and verdict."""

    def __init__(self, source: ReportSource, cells: Cells) -> None:
        self.source = source
        self.cells = cells
        self.words = cells.words
        self.leaves = {entry.criterion.id: entry.leaves for entry in source.card.program.entries}

    def items(self) -> Table:
        """Return every item with its answer and, a row each, its targets."""
        rows = [row for top in self.source.card.dimensions for row in self._dimension(top)]
        return table_of("form", self.words, rows)

    def summary(self) -> Table:
        """Return what is collected and how many targets are reached; after `items`."""
        asked = constant(Decimal(self.source.card.asked), WHOLE)
        answered = self.cells.computed(answered_tree(self.source), WHOLE, strong=True)
        rows = [self._line("collected", answered, asked)]
        targets = list(self._targets())
        if targets:
            known = [Name(names.distance(key, target.id)) for key, target, _ in targets]
            met = sum_of([found for _, _, found in targets])
            whole = constant(Decimal(len(targets)), WHOLE)
            rows.append(self._line("targets_met", self.cells.computed(met, WHOLE), whole))
            figures = self.cells.computed(counted(known), WHOLE)
            rows.append(self._line("targets_known", figures, whole))
        return table_of("verdict", self.words, rows)

    def dimensions(self) -> Table:
        """Return how much is collected in each dimension; after `items`."""
        rows = [self._count(entry) for entry in self.source.card.dimensions if entry.asked]
        return table_of("form_dimensions", self.words, rows)

    def _count(self, entry: DimensionScore) -> Row:
        inside = [Name(names.leaf("points", item.criterion.id)) for item in _within(entry)]
        done = self.cells.computed(counted(inside), WHOLE)
        asked = constant(Decimal(entry.asked), WHOLE)
        return Row((Cell(self.words.of(entry.dimension.name)), done, asked))

    def _line(self, key: str, value: Cell, most: Cell) -> Row:
        means = Cell(self.words(f"workbook.part_{key}_means"), tone="muted")
        return Row((Cell(self.words(f"workbook.part_{key}")), value, most, means))

    def _targets(self) -> Iterator[tuple[str, TargetFigure, Node]]:
        """Yield every target with its item and 1 once it is reached, as a tree."""
        for item in self.source.card.items:
            key = item.criterion.id
            for score in item.targets:
                gap = Name(names.distance(key, score.target.id))
                reached = compare(gap, "<" if score.target.beyond else "<=", number(0))
                once = when(reached, number(1), number(0))
                yield key, score.target, when(blank(gap.id), number(0), once)

    # --- items ------------------------------------------------------------------------------------

    def _dimension(self, entry: DimensionScore) -> Iterator[Row]:
        if not entry.asked:
            return
        yield group_row(" ".join(filter(None, (entry.dimension.number, self._name(entry)))))
        for child in entry.children:
            yield from self._dimension(child)
        for item in entry.items:
            for leaf in self.leaves[item.criterion.id]:
                yield from self._item(item, leaf)

    def _name(self, entry: DimensionScore) -> str:
        return self.words.of(entry.dimension.name)

    def _item(self, item: ItemScore, leaf: ItemProgram) -> Iterator[Row]:
        criterion, words = item.criterion, self.words
        given = self.source.assessment.answers.get(leaf.key)
        progress = criterion.progress_in(self.source.card.profile)
        start = progress.baseline if progress else None
        lead = (
            Cell(criterion.number),
            Cell(words.of(criterion.title)),
            answer_cell(self.cells, leaf, given),
            Cell(allowed_text(leaf, words), tone="muted"),
            self._figure(leaf),
            Cell(words.of(unit_of(criterion))),
            Cell(words.of(baseline_said(start, criterion)) if start else "", tone="muted"),
        )
        if not item.targets:
            yield Row((*lead, *([_EMPTY] * 4)))
        for at, score in enumerate(item.targets):
            first = lead if at == 0 else (_EMPTY,) * len(lead)
            yield Row((*first, *self._target(item, leaf.key, score.target)))

    def _figure(self, leaf: ItemProgram) -> Cell:
        """The result, which stands on the sheet of inputs, once more."""
        if leaf.raw.result is None:
            return _EMPTY
        return self.cells.computed(Name(names.result(leaf.key)), _format(leaf.criterion))

    def _target(self, item: ItemScore, key: str, target: TargetFigure) -> tuple[Cell, ...]:
        name, criterion = names.distance(key, target.id), item.criterion
        way = names.way(key, target.id)
        return (
            Cell(self.words.of(target_said(target, criterion))),
            self.cells.figure(name, _format(criterion)),
            self.cells.figure(way) if self.cells.has(way) else _EMPTY,
            self.cells.computed(self._state(name, target)),
        )

    def _state(self, distance: str, target: TargetFigure) -> Node:
        reached = compare(Name(distance), "<" if target.beyond else "<=", number(0))
        told = when(reached, Text(self.words("form.met")), Text(self.words("form.col_short")))
        return when(blank(distance), Text(self.words("form.open")), told)


def _format(criterion: Criterion) -> str:
    """As many decimals as the figure has; a yes or no is a whole number."""
    rule = criterion.rule
    return format_for(rule.measure.digits) if isinstance(rule, QuantityRule) else WHOLE


def _within(entry: DimensionScore) -> Iterator[ItemScore]:
    yield from (item for item in entry.items if item.role == "required")
    for child in entry.children:
        yield from _within(child)
