"""The sheet with every answer and its points: change an answer and the result follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assessor.formulas import Call, Name, Node
from assessor.reports.build.sheets_answers import allowed_text, answer_cell, unit_name
from assessor.reports.build.sheets_cells import WHOLE, Cells, constant
from assessor.reports.build.sheets_outcomes import result_tree
from assessor.reports.build.sheets_tables import columns_of, group_row, table_of
from assessor.reports.build.source import ReportSource
from assessor.reports.table import Cell, Row, Table, Tone
from assessor.rules import names
from assessor.rules.card import DimensionScore, ItemScore
from assessor.rules.item import NOT_RANKED, ItemProgram
from assessor.rules.program import Entry
from assessor.rules.trees import compare, number, sum_of, when

_EMPTY = Cell()
_MANY = 200
_TONES: tuple[Tone, ...] = ("accent", "text", "muted")
"""By depth of the dimension."""
_BESIDE = ("optional", "bonus", "deduction")


def tier_label(rank: int) -> str:
    """The cell with the words for a tier."""
    return f"label:tier:{rank}"


class Detail:
    """Builds the tables of the sheet; `live` must come after `items` and the outcomes."""

    def __init__(self, source: ReportSource, cells: Cells) -> None:
        self.source = source
        self.cells = cells
        self.words = cells.words
        self.entries = {entry.criterion.id: entry for entry in source.card.program.entries}
        self.tiers = [
            rank
            for rank in source.rubric.tier_rank.values()
            if any(reached > 0 for entry in self.entries.values() for reached in _ranks(entry))
        ]

    def items(self) -> Table:
        """Return the table of all items, by dimension with its sums, then those beside the sum."""
        rows = [row for top in self.source.card.dimensions for row in self._dimension(top)]
        for role in _BESIDE:
            beside = [item for item in self.source.card.items if item.role == role]
            if beside:
                rows.append(group_row(self.words(f"workbook.group_{role}")))
                rows += [row for item in beside for row in self._item(item)]
        without = () if self.tiers else ("tier",)
        return Table(columns_of("detail", self.words, without=without), tuple(rows), "detail")

    def live(self) -> Table:
        """Return the totals that follow every change."""
        rows = [self._total_row(names.TOTAL, "total")]
        if self.source.rubric.bonus or self.source.rubric.deductions:
            rows.append(self._total_row(names.BASE_TOTAL, "base"))
        if self.source.rubric.bonus:
            rows.append(self._total_row(names.BONUS_TOTAL, "bonus"))
        if self.source.rubric.deductions:
            rows.append(self._total_row(names.DEDUCTION_TOTAL, "deductions"))
        return table_of("live", self.words, rows)

    # --- items ------------------------------------------------------------------------------------

    def _dimension(self, score: DimensionScore) -> Iterator[Row]:
        if not score.asked:
            return
        dimension, tone = score.dimension, _TONES[min(score.depth, len(_TONES) - 1)]
        yield Row(
            (
                Cell(dimension.number or "", strong=True),
                Cell(self.words.of(dimension.name), tone=tone, strong=True),
                *([_EMPTY] * 3),
                self.cells.figure(names.dimension_sum("points", dimension.id), strong=True),
                self.cells.figure(names.dimension_maximum(dimension.id), strong=True),
                self.cells.figure(names.dimension_sum("lowest", dimension.id)),
                self.cells.figure(names.dimension_sum("highest", dimension.id)),
                *([_EMPTY] if self.tiers else []),
            ),
            "total",
        )
        for item in score.items:
            if item.role == "required":
                yield from self._item(item)
        for child in score.children:
            yield from self._dimension(child)

    def _item(self, item: ItemScore) -> Iterator[Row]:
        entry = self.entries[item.criterion.id]
        title = self.words.of(item.criterion.title)
        if not entry.repeated:
            yield self._row(entry, entry.whole, title)
            return
        yield self._row(entry, entry.whole, title, combined=True)
        for leaf in entry.leaves:
            name = unit_name(self.source.assessment, leaf.key)
            yield self._row(entry, leaf, self.words("workbook.unit", name=name))

    def _row(self, entry: Entry, leaf: ItemProgram, title: str, *, combined: bool = False) -> Row:
        given = self.source.assessment.answers.get(leaf.key)
        answer = _EMPTY if combined else answer_cell(self.cells, leaf, given)
        choices = self.words("workbook.combined") if combined else allowed_text(leaf, self.words)
        dimension = self._dimension_name(entry.criterion.dimension)
        return Row(
            (
                Cell(entry.criterion.number),
                Cell(title),
                Cell(dimension, tone="muted"),
                answer,
                Cell(choices, tone="muted"),
                self.cells.figure(names.leaf("points", leaf.key), strong=True),
                self.cells.figure(names.maximum(leaf.key)),
                self.cells.figure(names.leaf("lowest", leaf.key)),
                self.cells.figure(names.leaf("highest", leaf.key)),
                *([self._tier(leaf)] if self.tiers else []),
            )
        )

    def _tier(self, leaf: ItemProgram) -> Cell:
        if leaf.raw.rank is None:
            return _EMPTY
        rank = Name(names.rank("points", leaf.key))
        tree: Node = Name(tier_label(self.tiers[-1]))
        for tier in (*reversed(self.tiers[:-1]), 0, NOT_RANKED):
            tree = when(compare(rank, "=", number(tier)), Name(tier_label(tier)), tree)
        return self.cells.computed(tree)

    def _dimension_name(self, dimension: str) -> str:
        for known, _ in self.source.rubric.walk_dimensions():
            if known.id == dimension:
                return self.words.of(known.name)
        return ""

    # --- totals -----------------------------------------------------------------------------------

    def _total_row(self, part: str, title: str) -> Row:
        whole = part == names.TOTAL
        return Row(
            (
                _EMPTY,
                Cell(self.words(f"workbook.total_{title}"), strong=whole),
                self.cells.computed(result_tree(self.source, self.words), strong=True)
                if whole
                else _EMPTY,
                self.cells.computed(answered_tree(self.source), WHOLE) if whole else _EMPTY,
                constant(Decimal(self.source.card.asked), WHOLE) if whole else _EMPTY,
                self.cells.figure(names.total("points", part), strong=True),
                self._maximum(part),
                self.cells.figure(names.total("lowest", part)),
                self.cells.figure(names.total("highest", part)),
            ),
            "total" if whole else "body",
        )

    def _maximum(self, part: str) -> Cell:
        if part == names.DEDUCTION_TOTAL:
            return _EMPTY
        if part == names.BONUS_TOTAL and self.source.rubric.bonus:
            return constant(self.source.rubric.bonus.cap)
        return self.cells.computed(maximum_tree(self.source))


def maximum_tree(source: ReportSource) -> Node:
    """Return the most the dimensions can give together."""
    return sum_of([Name(names.dimension_maximum(top.id)) for top in source.rubric.tree])


def answered_tree(source: ReportSource) -> Node:
    """Return how many of the items that count have been answered."""
    points = tuple(
        Name(names.leaf("points", entry.whole.key))
        for entry in source.card.program.entries
        if entry.role == "required"
    )
    return counted(points)


def counted(cells: Sequence[Node]) -> Node:
    """Return how many of `cells` have a number, however many there are."""
    if not cells:
        return number(0)
    chunks = [tuple(cells[start : start + _MANY]) for start in range(0, len(cells), _MANY)]
    counts = [Call("count_known", chunk) for chunk in chunks]
    return counts[0] if len(counts) == 1 else sum_of(counts)


def _ranks(entry: Entry) -> list[int]:
    return [rank for _, rank in entry.whole.raw.values]
