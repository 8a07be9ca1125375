"""The rows of the gates, remembered: a row hangs on one gate, its answer and a few figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assessor.assessment import GateAnswer
from assessor.bureau.intake.own_rows import Prepared, prepared
from assessor.formulas import Given
from assessor.formulas import names as names_in
from assessor.reports.build.sheets_cells import Cells
from assessor.reports.build.sheets_gates import Gates
from assessor.reports.build.sheets_words import Words
from assessor.reports.build.source import ReportSource
from assessor.reports.excel_formulas import Formulas
from assessor.reports.table import Row
from assessor.rules.card import GateScore

MOST_KEPT = 2_000


@dataclass
class GateRows:
    """The rows of one shape's sheet of gates, called `title`; `_reads` are the figures that the
    formula of each gate reads.
    """

    title: str
    words: Words
    formulas: Formulas
    _kept: dict[tuple[object, ...], Prepared] = field(default_factory=dict)
    _reads: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def rows(self, source: ReportSource) -> list[Prepared]:
        """Return the rows of a visit in their order."""
        scores = source.card.gates
        if any(score.gate.id not in self._reads for score in scores):
            made = self._made(source, scores)
            self._reads = {
                score.gate.id: _read_by(row) for score, row in zip(scores, made, strict=True)
            }
        return [self._row(score, source) for score in scores]

    def _row(self, score: GateScore, source: ReportSource) -> Prepared:
        figures, answer = source.card.figures, source.assessment.gates.get(score.gate.id)
        key = (*_key(score, answer), *self._figures(score, figures))
        if key not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            (row,) = self._made(source, (score,))
            self._kept[key] = prepared(row, self.title, self.formulas)
        return self._kept[key]

    def _made(self, source: ReportSource, scores: tuple[GateScore, ...]) -> tuple[Row, ...]:
        part = replace(source, card=replace(source.card, gates=scores))
        return tuple(Gates(part, Cells(part, self.words)).table().rows)

    def _figures(self, score: GateScore, figures: Mapping[str, Given]) -> list[str]:
        return [str(figures.get(name)) for name in self._reads[score.gate.id]]


def _read_by(row: Row) -> tuple[str, ...]:
    """Return the names that the formulas of a row read."""
    trees = [cell.formula for cell in row.cells if cell.formula is not None]
    return tuple(name for tree in trees for name in names_in(tree))


def _key(score: GateScore, answer: GateAnswer | None) -> tuple[object, ...]:
    reason = None if score.reason is None else repr(score.reason)
    remarks = None if answer is None else (answer.note, answer.confidence)
    given = None if answer is None else (tuple(answer.inputs.items()), remarks)
    return (score.gate.id, score.state, score.blocks, score.basis, reason, given)
