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
from assessor.bureau.intake.gate_rows import GateRows
from assessor.bureau.intake.live_cells import Facts, LiveCells
from assessor.bureau.intake.own_rows import OwnRows, own_rows, prepared
from assessor.bureau.intake.payload_part import Carried
from assessor.bureau.intake.people_sheets import report_source
from assessor.bureau.intake.plain_book import PlainBook
from assessor.bureau.intake.plans import Said, SheetPlan, plan_of
from assessor.bureau.intake.templates import Templates, is_planned
from assessor.exchange.envelope import SHEET_NAME
from assessor.formulas import Given, Scope
from assessor.reports.build.sheets import build_sheets
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
_REMEMBERED: Mapping[str, type[ExplainedRows | GateRows]] = {
    "explanation": ExplainedRows,
    "gates": GateRows,
}
_LISTS: Mapping[str, Callable[[ReportSource, Words], Table]] = {
    "evidence": evidence_table,
    "findings": findings_table,
}
"""Sheets whose rows are the visit's own: they are made anew for each, as its tables are."""


@dataclass(frozen=True)
class Shape:
    """The plans of the sheets that visits have in common, and the frames of those they have not.

    The rows of `remembered` sheets come from what was met before, those of `own` are made anew.
    """

    titles: tuple[str, ...]
    plans: tuple[tuple[SheetPlan, LiveCells], ...]
    own: tuple[OwnRows, ...]
    remembered: tuple[tuple[OwnRows, ExplainedRows | GateRows], ...]
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
        facts = self.facts(source)
        return all(
            self.templates.fits(plan, live.said(facts), formulas, book) for plan, live in self.plans
        ) and all(
            is_planned(plan, formulas, book) for plan in self._lists(source, tables, formulas)
        )

    def facts(self, source: ReportSource) -> Facts:
        """Return what the live cells of a visit are made from."""
        tokens = self.words.tokens
        named: dict[str, Given] = {
            name: tokens.get(value, value) if isinstance(value, str) else value
            for name, value in source.card.figures.items()
        }
        named |= self.labels
        named |= _reported(source)
        # No unnamed cell is computed from a table; if one were, no shape would be made.
        return Facts(Scope(named), facts_of(source, self.words))

    def _lists(
        self, source: ReportSource, tables: list[tuple[OwnRows, Table]], formulas: Formulas
    ) -> Iterator[SheetPlan]:
        """Yield the plans of the sheets whose rows are the visit's."""
        for sheet, rows in self.remembered:
            yield sheet.plan(rows.rows(source))
        for sheet, table in tables:
            yield sheet.plan([prepared(row, sheet.head.title, formulas) for row in table.rows])


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
    plans = [plan_of(one, formulas, marks) for one in layout.sheets if not _has_rows(one.key)]
    shape = Shape(
        titles=tuple(sheet.title for sheet in layout.sheets),
        plans=tuple((plan, LiveCells(plan)) for plan in plans),
        own=tuple(own_rows(placed, nothing) for placed in layout.sheets if _is_own(placed.key)),
        remembered=tuple(
            (own_rows(placed, nothing), _REMEMBERED[placed.key](placed.title, words, formulas))
            for placed in layout.sheets
            if placed.key in _REMEMBERED
        ),
        labels=dict(_labels(layout)),
        layout=layout,
        words=words,
    )
    return shape if _says_itself(shape, example, layout) else None


def _has_rows(key: str) -> bool:
    """Whether the rows of a sheet are the visit's."""
    return key in _REMEMBERED or _is_own(key)


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
    facts = shape.facts(example)
    sheets = {sheet.title: sheet for sheet in layout.sheets}
    for plan, live_cells in shape.plans:
        cells = {(one.row, one.column): one for one in sheets[plan.title].cells}
        built = [_built(cells[live.place]) for live in plan.live]
        if live_cells.said(facts) != built:
            return False
    return True


def _built(placed: Placed) -> Said:
    cell = placed.cell
    if cell.value is not None:
        return cell.value
    return "" if cell.formula is not None else cell.text


def _own_table(key: str, source: ReportSource, words: Words) -> Table:
    if key in _LISTS:
        return _LISTS[key](source, words)
    name = key.removeprefix(_TABLE)
    wanted = next(table for table in source.rubric.tables if table.id == name)
    return visit_table(source, words, wanted)
