"""Shapes: what the workbooks of visits that are alike have in common, planned once for all of them.

A workbook that agrees with its shape is one the careful comparison would find nothing in. One that
does not agree is compared carefully, so a shape never decides against anybody.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from assessor import __version__
from assessor.bureau.intake.explained import ExplainedRows
from assessor.bureau.intake.facts import facts_of, marked, pattern_of
from assessor.bureau.intake.own_rows import OwnRows, own_rows, prepared
from assessor.bureau.intake.payload_part import Carried
from assessor.bureau.intake.people_sheets import report_source
from assessor.bureau.intake.plain_book import PlainBook
from assessor.bureau.intake.plans import Live, Said, SheetPlan, plan_of
from assessor.bureau.intake.templates import Templates, is_planned
from assessor.exchange.envelope import SHEET_NAME
from assessor.formulas import Given, Scope, evaluate
from assessor.reports.build.sheets import build_sheets
from assessor.reports.build.sheets_cells import Cells
from assessor.reports.build.sheets_gates import Gates
from assessor.reports.build.sheets_inputs import indicator_key
from assessor.reports.build.sheets_lists import evidence_table, findings_table, visit_table
from assessor.reports.build.sheets_words import Words
from assessor.reports.build.source import ReportOptions, ReportSource
from assessor.reports.excel_formulas import Formulas
from assessor.reports.excel_layout import Layout, Placed, lay_out
from assessor.reports.table import Table
from assessor.rules import names
from assessor.rules.run import situation_of

MOST_SHAPES = 24
_TABLE = "table:"
_EXPLANATION = "explanation"
_REPORTED = indicator_key("")
"""What the names of reported indicators have in them; the score has no figures of those."""


def _gates_table(source: ReportSource, words: Words) -> Table:
    return Gates(source, Cells(source, words)).table()


_LISTS: Mapping[str, Callable[[ReportSource, Words], Table]] = {
    "gates": _gates_table,
    "evidence": evidence_table,
    "findings": findings_table,
}
"""Sheets whose rows are the visit's own: they are made anew for each, as its tables are."""


@dataclass(frozen=True)
class Shape:
    """The plans of the sheets that visits have in common, and the frames of those they have not."""

    titles: tuple[str, ...]
    plans: tuple[SheetPlan, ...]
    own: tuple[OwnRows, ...]
    explanation: OwnRows
    explained: ExplainedRows
    labels: Mapping[str, str]
    layout: Layout
    words: Words
    templates: Templates = field(default_factory=Templates)

    def agrees(self, source: ReportSource, book: PlainBook) -> bool:
        """Whether a workbook says exactly what its payload says."""
        if tuple(book.titles) != (*self.titles, SHEET_NAME):
            return False
        tables = [(sheet, _own_table(sheet.key, source, self.words)) for sheet in self.own]
        areas = {name: area for sheet, table in tables for name, area in sheet.areas(table)}
        formulas = Formulas(Layout(self.layout.sheets, self.layout.names, areas))
        values = self.values(source)
        explained = self.explanation.plan(self.explained.rows(source))
        own = (
            sheet.plan([prepared(row, sheet.head.title, formulas) for row in table.rows])
            for sheet, table in tables
        )
        return all(self._fits(plan, formulas, values, book) for plan in self.plans) and all(
            is_planned(plan, [], formulas, book) for plan in (explained, *own)
        )

    def values(self, source: ReportSource) -> _Values:
        """Return what the live cells of a visit say."""
        tokens = self.words.tokens
        named: dict[str, Given] = {
            name: tokens.get(value, value) if isinstance(value, str) else value
            for name, value in source.card.figures.items()
        }
        named |= self.labels
        named |= _reported(source)
        # No unnamed cell is computed from a table; if one were, no shape would be made.
        return _Values(Scope(named), facts_of(source, self.words))

    def _fits(self, plan: SheetPlan, formulas: Formulas, values: _Values, book: PlainBook) -> bool:
        said = [values.of(live) for live in plan.live]
        return self.templates.fits(plan, said, formulas, book)


@dataclass(frozen=True)
class _Values:
    """What live cells say for one visit."""

    scope: Scope = field(default_factory=lambda: Scope({}))
    facts: Mapping[str, str] = field(default_factory=dict)

    def of(self, live: Live) -> Said:
        """Return the number or text of a live cell, the empty text where it has none."""
        if live.text:
            return _filled(live.text, self.facts)
        if live.tree is None or (live.name is not None and _REPORTED not in live.name):
            value = self.scope.values.get(live.name or "")
        else:
            value = evaluate(live.tree, self.scope)
        return value if not isinstance(value, bool) and isinstance(value, Said) else ""


@dataclass
class Shapes:
    """The shapes met so far, the latest of them kept."""

    _kept: OrderedDict[object, Shape | None] = field(default_factory=OrderedDict)

    def agree(self, carried: Carried, book: PlainBook) -> bool:
        """Whether a workbook agrees with the shape of its visit, as far as that can be told."""
        program = carried.payload.program
        if program.version != __version__:
            return False
        source = report_source(carried)
        options = ReportOptions.from_pairs(carried.envelope.options)
        shape = self._shape(source, options)
        return shape is not None and shape.agrees(source, book)

    def _shape(self, source: ReportSource, options: ReportOptions) -> Shape | None:
        assessment = source.assessment
        key = (
            source.rubric_digest,
            options,
            situation_of(assessment),
            assessment.cycle,
            pattern_of(source),
        )
        if key in self._kept:
            self._kept.move_to_end(key)
        else:
            self._kept[key] = _made(source, options)
            if len(self._kept) > MOST_SHAPES:
                self._kept.popitem(last=False)
        return self._kept[key]


def _made(source: ReportSource, options: ReportOptions) -> Shape | None:
    """Return the shape of a visit, `None` when it cannot even say that visit's own sheets."""
    example = marked(source)
    layout = lay_out(build_sheets(example, options))
    words = Words(options.language)
    formulas, marks = Formulas(layout), frozenset(facts_of(example, words))
    nothing = words("workbook.nothing")
    explained = next(sheet for sheet in layout.sheets if sheet.key == _EXPLANATION)
    explanation = own_rows(explained, nothing)
    shape = Shape(
        titles=tuple(sheet.title for sheet in layout.sheets),
        plans=tuple(
            plan_of(placed, formulas, marks)
            for placed in layout.sheets
            if placed.key != _EXPLANATION and not _is_own(placed.key)
        ),
        own=tuple(own_rows(placed, nothing) for placed in layout.sheets if _is_own(placed.key)),
        explanation=explanation,
        explained=ExplainedRows(explanation.head.title, words, formulas),
        labels=dict(_labels(layout)),
        layout=layout,
        words=words,
    )
    return shape if _says_itself(shape, example, layout) else None


def _is_own(key: str) -> bool:
    return key in _LISTS or key.startswith(_TABLE)


def _labels(layout: Layout) -> Iterator[tuple[str, str]]:
    for _, _, placed in layout.placed():
        if placed.cell.name is not None and placed.cell.name.startswith("label:"):
            yield placed.cell.name, placed.cell.text


def _reported(source: ReportSource) -> dict[str, Given]:
    """Return the inputs of indicators, which are no figures of the score."""
    given = source.assessment.indicators
    return {
        names.entry(indicator_key(name), entry): value
        for name, answer in given.items()
        for entry, value in (answer.inputs or {}).items()
    }


def _says_itself(shape: Shape, example: ReportSource, layout: Layout) -> bool:
    """Whether the live cells come out as the builder of the sheets has them."""
    values = shape.values(example)
    sheets = {sheet.title: sheet for sheet in layout.sheets}
    for plan in shape.plans:
        cells = {(one.row, one.column): one for one in sheets[plan.title].cells}
        for live in plan.live:
            if values.of(live) != _built(cells[live.place]):
                return False
    return True


def _built(placed: Placed) -> Said:
    cell = placed.cell
    if cell.value is not None:
        return cell.value
    return "" if cell.formula is not None else cell.text


def _filled(text: str, facts: Mapping[str, str]) -> str:
    for mark, fact in facts.items():
        text = text.replace(mark, fact)
    return text


def _own_table(key: str, source: ReportSource, words: Words) -> Table:
    if key in _LISTS:
        return _LISTS[key](source, words)
    name = key.removeprefix(_TABLE)
    wanted = next(table for table in source.rubric.tables if table.id == name)
    return visit_table(source, words, wanted)
