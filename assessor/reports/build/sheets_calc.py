"""The helper cells: one row per answer, one column per kind of helper, and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assessor.reports.build.sheets_cells import TWO_DIGITS, WHOLE, Cells
from assessor.reports.build.sheets_detail import tier_label
from assessor.reports.build.source import ReportSource
from assessor.reports.table import Cell, Column, Row, Table
from assessor.rules.item import NOT_RANKED

_POINTS = ("capped", "points", "lowest", "highest", "maximum", "applicable", "dimension", "total")
_KINDS = ("asked", "effective", "rank", "at", "capped")


class Calculation:
    """Builds the tables of the sheet; `leftover` must be the last that takes cells."""

    def __init__(self, source: ReportSource, cells: Cells) -> None:
        self.source = source
        self.cells = cells
        self.words = cells.words

    def tiers(self) -> Table:
        """Return the words for tiers, which formulas refer to."""
        target_names = {
            self.source.rubric.tier_rank[target.id]: self.words.of(target.name)
            for target in self.source.rubric.ladder
        }
        labels = {
            NOT_RANKED: self.words("workbook.token_na"),
            0: self.words("workbook.tier_none"),
            **target_names,
        }
        rows = [
            Row((Cell(str(rank)), self.cells.label(tier_label(rank), label)))
            for rank, label in labels.items()
        ]
        return Table(self._columns("rank", "tier"), tuple(rows), "tiers")

    def leftover(self) -> list[Table]:
        """Return all cells that stand nowhere else."""
        left = self.cells.leftover()
        by_key, others = self._by_key(left)
        tables = [self._matrix(by_key)] if by_key else []
        rows = [self._single(name) for name in others]
        rows += [self._unasked(name) for name in self.cells.unasked()]
        if rows:
            tables.append(Table(self._columns("cell", "value"), tuple(rows), "others"))
        return tables

    def _columns(self, *keys: str) -> tuple[Column, ...]:
        return tuple(Column(self.words(f"workbook.col_{key}"), Decimal(14)) for key in keys)

    def _by_key(self, left: Sequence[str]) -> tuple[dict[str, dict[str, str]], list[str]]:
        """Sort names by the answer they belong to: key -> kind -> name; and those of none."""
        keys = {
            key
            for entry in self.source.card.program.entries
            for key in (entry.criterion.id, *(leaf.key for leaf in entry.leaves))
        }
        by_key: dict[str, dict[str, str]] = {}
        others = []
        for name in left:
            kind, _, key = name.rpartition(":")
            if key in keys and not kind.startswith("dimension"):
                by_key.setdefault(key, {})[kind] = name
            else:
                others.append(name)
        return by_key, others

    def _matrix(self, by_key: dict[str, dict[str, str]]) -> Table:
        kinds = list(dict.fromkeys(kind for row in by_key.values() for kind in row))
        columns = [Column(self.words("workbook.col_cell"), Decimal(40))]
        columns += [Column(self._kind(kind), Decimal(10), "right") for kind in kinds]
        rows = [
            Row(
                (Cell(key), *(self._figure(row[kind]) if kind in row else Cell() for kind in kinds))
            )
            for key, row in by_key.items()
        ]
        return Table(tuple(columns), tuple(rows), "helpers")

    def _kind(self, kind: str) -> str:
        """Return what the cells of a kind such as `capped:lowest:2` hold."""
        base, view, rank = (*kind.split(":"), "", "")[:3]
        if base not in _KINDS:
            return kind
        tiers = {str(rank): target for target, rank in self.source.rubric.tier_rank.items()}
        tier = next((t.name for t in self.source.rubric.ladder if t.id == tiers.get(rank)), None)
        shown = self.words(f"workbook.view_{view}") if view else ""
        return self.words(f"workbook.kind_{base}", view=shown, tier=self.words.of(tier))

    def _single(self, name: str) -> Row:
        return Row((Cell(name), self._figure(name)))

    def _unasked(self, name: str) -> Row:
        """Formulas look at an answer that nobody is asked for here: a cell that stays empty."""
        return Row((Cell(name), self.cells.answer(name, None)))

    def _figure(self, name: str) -> Cell:
        kind = name.partition(":")[0]
        return self.cells.figure(name, TWO_DIGITS if kind in _POINTS else WHOLE)
