"""The gates: state cells that the verdict's formulas read."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.formulas import Binary, Name, Node, Text
from assessor.reports.build.sheets_cells import Cells
from assessor.reports.build.sheets_tables import table_of
from assessor.reports.build.source import ReportSource
from assessor.reports.table import Cell, Row, Table
from assessor.rubrics.gates import DimensionFloorCheck, FormulaCheck, Gate, ResultFloorCheck
from assessor.rules import names
from assessor.rules.card import GateScore
from assessor.rules.trees import (
    SHOWN_DIGITS,
    blank,
    compare,
    either,
    number,
    rounded,
    when,
)

STATES = (names.PASSED, names.FAILED, names.UNKNOWN)
_PASSED, _FAILED, _UNKNOWN = (Text(state) for state in STATES)


class Gates:
    """Builds the table of gates."""

    def __init__(self, source: ReportSource, cells: Cells) -> None:
        self.source = source
        self.cells = cells
        self.words = cells.words

    def table(self) -> Table:
        """Return the table; states the figures decide are formulas, the others can be chosen."""
        return table_of("gates", self.words, [self._row(score) for score in self.source.card.gates])

    def _row(self, score: GateScore) -> Row:
        gate = score.gate
        clause = self.words.of(gate.clause)
        return Row(
            (
                Cell(self.words.of(gate.title)),
                Cell("\n".join(filter(None, (self.words.of(gate.question), clause)))),
                Cell(self.words(f"workbook.severity_{gate.severity}")),
                Cell(
                    self.words(
                        "workbook.gate_blocks" if score.blocks else f"workbook.gate_{gate.default}"
                    )
                ),
                self._state(score),
                Cell("\n".join(self._remarks(score))),
                Cell(self.words(f"workbook.basis_{score.basis}"), tone="muted"),
            )
        )

    def _state(self, score: GateScore) -> Cell:
        name = names.gate(score.gate.id)
        tree = floor_tree(score.gate, self.cells)
        if tree is not None:
            return self.cells.computed(tree, name=name)
        choices = tuple(self.words.token(state) for state in STATES)
        return self.cells.answer(name, self.words.token(score.state), choices)

    def _remarks(self, score: GateScore) -> Iterator[str]:
        if score.reason is not None:
            yield self.words.of(score.reason)
        answer = self.source.assessment.gates.get(score.gate.id)
        if answer is None:
            return
        if isinstance(score.gate.check, FormulaCheck):
            for field in score.gate.check.inputs:
                if given := answer.inputs.get(field.id):
                    unit = self.words.of(field.unit)
                    yield self.words(
                        "workbook.gate_input",
                        name=self.words.of(field.name),
                        value=given,
                        unit=unit,
                    )
        if answer.note:
            yield answer.note
        if answer.confidence is not None:
            yield self.words(f"workbook.confidence_{answer.confidence}")


def floor_tree(gate: Gate, cells: Cells) -> Node | None:
    """Return the state as a formula where figures decide it; `None` where somebody states it."""
    match gate.check:
        case DimensionFloorCheck() as check if cells.has(names.dimension_maximum(check.dimension)):
            return _dimension_floor(check)
        case ResultFloorCheck() as check if cells.has(names.result(check.criterion)):
            result = names.result(check.criterion)
            met = compare(Name(result), ">=", number(check.minimum))
            return when(blank(result), _UNKNOWN, when(met, _PASSED, _FAILED))
        case _:
            return None


def _dimension_floor(check: DimensionFloorCheck) -> Node:
    most = names.dimension_maximum(check.dimension)
    least = names.dimension_sum("lowest", check.dimension)
    still = names.dimension_sum("highest", check.dimension)
    floor = number(check.share)
    missed = when(compare(_share(still, most), "<", floor), _FAILED, _UNKNOWN)
    open_ = when(blank(still), _UNKNOWN, missed)
    decided = when(compare(_share(least, most), ">=", floor), _PASSED, open_)
    with_maximum = when(compare(Name(most), "=", number(0)), _UNKNOWN, decided)
    return when(either(blank(least), blank(most)), _UNKNOWN, with_maximum)


def _share(part: str, most: str) -> Node:
    share = Binary("*", Binary("/", Name(part), Name(most)), number(100))
    return rounded(share, SHOWN_DIGITS)
