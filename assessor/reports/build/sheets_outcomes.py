"""What the visit ends with: readings against their lines, and the verdict, as formulas."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.formulas import Name, Node, Text
from assessor.reports.build.sheets_cells import TWO_DIGITS, WHOLE, Cells, constant
from assessor.reports.build.sheets_tables import table_of
from assessor.reports.build.sheets_words import Words
from assessor.reports.build.source import ReportSource
from assessor.reports.table import Cell, Row, Table
from assessor.rubrics.outcomes import (
    CountReading,
    Outcome,
    PlatformScore,
    PointsReading,
    Reading,
    TotalReading,
    unit_of,
)
from assessor.rubrics.provenance import effective_basis
from assessor.rules import names
from assessor.rules.card import OutcomeScore, ReadingScore
from assessor.rules.outcome import MISSED, OPEN, REACHED
from assessor.rules.readings import asked_sum, counted_by
from assessor.rules.trees import blank, compare, either, number, sum_of, when

_EMPTY = Cell()
HUNDRED = Decimal(100)


def outcome_label(outcome: str) -> str:
    """The cell with the name of an outcome."""
    return f"label:outcome:{outcome}"


def state_tree(outcome: str, words: Words) -> Node:
    """Return an outcome's state in words."""
    state = Name(names.outcome_state(outcome))
    missed = compare(state, "=", number(MISSED))
    tree = when(
        missed, Text(words("workbook.state_not_reached")), Text(words("workbook.state_undecided"))
    )
    return when(compare(state, "=", number(REACHED)), Text(words("workbook.state_reached")), tree)


def result_tree(source: ReportSource, words: Words) -> Node:
    """Return the highest outcome reached, else whether anything is still open."""
    outcomes = source.card.program.outcomes
    states = [Name(names.outcome_state(outcome.id)) for outcome in outcomes]
    still_open = either(*(compare(state, "=", number(OPEN)) for state in states))
    tree: Node = when(
        still_open,
        Text(words("workbook.result_undecided")),
        Text(words("workbook.result_not_reached")),
    )
    for outcome, state in zip(outcomes, states, strict=True):
        reached = compare(state, "=", number(REACHED))
        tree = when(reached, Name(outcome_label(outcome.id)), tree)
    return tree


class Outcomes:
    """Builds the table of outcomes with their readings."""

    def __init__(self, source: ReportSource, cells: Cells) -> None:
        self.source = source
        self.cells = cells
        self.words = cells.words

    def table(self) -> Table:
        """Return the table."""
        rows = [row for score in self.source.card.outcomes for row in self._outcome(score)]
        return table_of("outcomes", self.words, rows, self.words("workbook.caption_outcomes"))

    def _outcome(self, score: OutcomeScore) -> Iterator[Row]:
        outcome = score.outcome
        state = (
            Cell(self.words("workbook.state_not_assessed"))
            if score.state == "not_assessed"
            else self.cells.computed(state_tree(outcome.id, self.words), strong=True)
        )
        title = self.cells.label(outcome_label(outcome.id), self.words.of(outcome.name))
        basis = Cell(
            self.words("workbook.outcome_basis", basis=self.words(f"workbook.basis_{score.basis}"))
        )
        yield Row((_EMPTY, title, basis, state, *([_EMPTY] * 5)), "total")
        if score.state == "not_assessed":
            return
        for reading in score.readings:
            yield self._reading(outcome, reading)
        if outcome.platform_score is not None:
            yield self._platform(outcome, outcome.platform_score)

    def _reading(self, outcome: Outcome, score: ReadingScore) -> Row:
        reading = score.reading
        views = {view: names.reading(outcome.id, reading.id, view) for view in names.VIEWS}
        digits = WHOLE if unit_of(reading) == "items" else TWO_DIGITS
        return Row(
            (
                _EMPTY,
                Cell(self.words.of(reading.name)),
                self._role("decides" if score.decides else "informs", reading),
                self._line_state(reading, views["lowest"], views["highest"]),
                constant(reading.line, digits),
                self.cells.figure(views["points"], digits, strong=True),
                self._maximum(reading),
                self.cells.figure(views["lowest"], digits),
                self.cells.figure(views["highest"], digits),
            )
        )

    def _line_state(self, reading: Reading, lowest: str, highest: str) -> Cell:
        if reading.line is None:
            return Cell(self.words("workbook.line_none"), tone="muted")
        line, still_open = number(reading.line), Text(self.words("workbook.line_open"))
        missed = when(
            compare(Name(highest), "<", line), Text(self.words("workbook.line_missed")), still_open
        )
        met = when(compare(Name(lowest), ">=", line), Text(self.words("workbook.line_met")), missed)
        unknown = either(blank(lowest), blank(highest))
        return self.cells.computed(when(unknown, still_open, met))

    def _maximum(self, reading: Reading) -> Cell:
        if isinstance(reading, TotalReading):
            return _EMPTY
        if isinstance(reading, CountReading):
            entries = self.source.card.program.entries
            wholes = [entry.whole for entry in entries]
            counted = counted_by(reading, wholes, self.source.rubric)
            return self.cells.computed(asked_sum(counted, [Decimal(1)] * len(counted)), WHOLE)
        if not isinstance(reading, PointsReading):
            return constant(HUNDRED)
        maxima = [
            Name(names.maximum(entry.whole.key))
            for entry in self.source.card.program.entries
            if entry.criterion.asked.get(reading.target) == "required"
        ]
        return self.cells.computed(sum_of(maxima))

    def _role(self, role: str, entry: Reading | PlatformScore) -> Cell:
        basis = effective_basis(entry.provenance, self.source.rubric.source_by_id)
        words = self.words(
            "workbook.role",
            role=self.words(f"workbook.{role}"),
            basis=self.words(f"workbook.basis_{basis}"),
        )
        return Cell(words, tone="muted")

    def _platform(self, outcome: Outcome, platform: PlatformScore) -> Row:
        name = names.platform(outcome.id)
        return Row(
            (
                _EMPTY,
                Cell(self.words.of(platform.name)),
                self._role("platform", platform),
                _EMPTY,
                constant(platform.line),
                self.cells.answer(name, self.cells.number(name)),
                constant(platform.maximum),
                _EMPTY,
                _EMPTY,
            )
        )
