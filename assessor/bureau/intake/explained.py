"""The rows of the explanation, remembered: very many visits have the same answers.

A row says what was answered and why it gives what it gives. But for its note and the number of its
pieces of evidence it hangs on the criterion, the answer and what came of it alone; rows that hang
on more are made anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assessor.assessment import Answer
from assessor.bureau.intake.own_rows import Prepared, prepared
from assessor.bureau.intake.plans import said
from assessor.reports.build.sheets_explain import explanation_table, note_of
from assessor.reports.build.sheets_words import Words
from assessor.reports.build.source import ReportSource
from assessor.reports.excel_formulas import Formulas
from assessor.reports.table import Cell
from assessor.rules.card import ItemScore

MOST_KEPT = 5_000
_NOTE, _EVIDENCE = 5, 6
"""The columns of a row that belong to the visit."""


@dataclass
class ExplainedRows:
    """The rows of one shape's explanation sheet, called `title`."""

    title: str
    words: Words
    formulas: Formulas
    _kept: dict[tuple[object, ...], Prepared] = field(default_factory=dict)
    _confident: dict[str | None, bytes] = field(default_factory=dict)

    def rows(self, source: ReportSource) -> list[Prepared]:
        """Return the rows of a visit in their order."""
        items = source.card.items
        if any(item.keys != (item.criterion.id,) for item in items):
            return list(self._made(source, items))
        asked = [(_key(item), item) for item in items]
        missing = [(key, item) for key, item in asked if key not in self._kept]
        if len(self._kept) + len(missing) > MOST_KEPT:
            self._kept.clear()
            missing = asked
        made = self._made(source, tuple(item for _, item in missing))
        self._kept.update(zip((key for key, _ in missing), made, strict=True))
        return [self._of_visit(self._kept[key], item) for key, item in asked]

    def _of_visit(self, row: Prepared, item: ItemScore) -> Prepared:
        """Return the row with the note and the number of pieces of evidence of this visit."""
        note, count = self._note(item.answers[0]), b"%d" % len(item.evidence)
        cells = row.said
        if cells[_NOTE] == note and cells[_EVIDENCE] == count:
            return row
        told = (*cells[:_NOTE], note, count, *cells[_EVIDENCE + 1 :])
        return Prepared(told, row.formats, row.formulas)

    def _note(self, answer: Answer | None) -> bytes:
        if answer is None:
            return b""
        if answer.note or answer.reason or answer.other:
            return said(Cell(note_of(answer, self.words)))
        if answer.confidence not in self._confident:
            self._confident[answer.confidence] = said(Cell(note_of(answer, self.words)))
        return self._confident[answer.confidence]

    def _made(self, source: ReportSource, items: tuple[ItemScore, ...]) -> Iterator[Prepared]:
        part = replace(source, card=replace(source.card, items=items))
        for row in explanation_table(part, self.words).rows:
            yield prepared(row, self.title, self.formulas)


def _key(item: ItemScore) -> tuple[object, ...]:
    """Return what the row of an item hangs on; with a reason of its own, on that very reason."""
    answer = item.answers[0]
    return (
        item.criterion.id,
        item.state,
        item.forced_by,
        _digits(item.span.maximum),
        _digits(item.result),
        None if item.why is None else repr(item.why),
        None if answer is None else _answered(answer),
    )


def _answered(answer: Answer) -> tuple[object, ...]:
    inputs = tuple((name, str(value)) for name, value in (answer.inputs or {}).items())
    ways = (answer.option, answer.options, answer.none, answer.na, answer.no_baseline)
    return (*ways, answer.industry_baseline, inputs)


def _digits(value: Decimal | None) -> str:
    return "" if value is None else str(value)
