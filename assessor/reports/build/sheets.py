"""The workbook of a visit: sheets for people whose formulas recompute the result."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.reports.build.form_sheets import FormSheets
from assessor.reports.build.panel import panel_blocks
from assessor.reports.build.sheets_calc import Calculation
from assessor.reports.build.sheets_cells import Cells
from assessor.reports.build.sheets_cover import CoverSheet
from assessor.reports.build.sheets_detail import Detail
from assessor.reports.build.sheets_dictionary import dictionary_blocks
from assessor.reports.build.sheets_explain import explanation_table
from assessor.reports.build.sheets_gates import Gates
from assessor.reports.build.sheets_inputs import Inputs
from assessor.reports.build.sheets_lists import evidence_table, findings_table, visit_table
from assessor.reports.build.sheets_outcomes import Outcomes
from assessor.reports.build.sheets_words import Words
from assessor.reports.build.source import ReportOptions, ReportSource
from assessor.reports.build.wording import Wording
from assessor.reports.document import Block, Heading, Paragraph, Sheet
from assessor.reports.table import Table


def build_sheets(source: ReportSource, options: ReportOptions) -> tuple[Sheet, ...]:
    """Return the sheets of the workbook, equal for equal arguments.

    Cells carry the rules' own formulas: whoever changes an answer sees points, sums, readings and
    verdict follow. Every cell of the rules stands on exactly one sheet.
    """
    builder = _Builder(source, options)
    return tuple(builder.form() if source.rubric.collects else builder.sheets())


class _Builder:
    def __init__(self, source: ReportSource, options: ReportOptions) -> None:
        self.source = source
        self.words = Words(options.language)
        self.cells = Cells(source, self.words)
        status = source.rubric.status
        self.notice = self.words.of(status.notice) if status.derived else ""

    def sheets(self) -> Iterator[Sheet]:
        """Yield the sheets for people in their order.

        Cells are handed out in another order: formulas need the words they refer to beforehand, and
        the helper sheet takes what no other has taken.
        """
        detail, calculation = Detail(self.source, self.cells), Calculation(self.source, self.cells)
        tiers = calculation.tiers()
        outcomes = Outcomes(self.source, self.cells).table()
        items, gates = detail.items(), Gates(self.source, self.cells).table()
        inputs, live = Inputs(self.source, self.cells).table(), detail.live()
        cover = CoverSheet(self.source, self.cells).blocks()
        yield Sheet("cover", self.words("workbook.sheet_cover"), cover, self.notice)
        yield self._sheet("detail", live, items, outcomes)
        if inputs is not None:
            yield self._sheet("inputs", inputs)
        yield self._sheet("gates", gates)
        yield from self._recorded()
        yield from self._explained()
        yield self._sheet("calculation", *calculation.leftover(), tiers)

    def form(self) -> Iterator[Sheet]:
        """Yield the sheets of a rubric that only collects: no points, no outcomes."""
        form, calculation = (
            FormSheets(self.source, self.cells),
            Calculation(self.source, self.cells),
        )
        items = form.items()
        gates = Gates(self.source, self.cells).table() if self.source.card.gates else None
        inputs = Inputs(self.source, self.cells).table()
        tables = (form.summary(), form.dimensions())
        cover = CoverSheet(self.source, self.cells).form_blocks(tables)
        yield Sheet("cover", self.words("workbook.sheet_cover"), cover, self.notice)
        yield self._sheet("form", items)
        if inputs is not None:
            yield self._sheet("inputs", inputs)
        if gates is not None:
            yield self._sheet("gates", gates)
        yield from self._recorded()
        yield from self._explained()
        yield self._sheet("calculation", *calculation.leftover())

    def _explained(self) -> Iterator[Sheet]:
        explanation = explanation_table(self.source, self.words)
        yield self._sheet("explanation", explanation)
        yield self._sheet("dictionary", *dictionary_blocks(self.source, self.words))

    def _recorded(self) -> Iterator[Sheet]:
        for table in self.source.rubric.tables:
            block = visit_table(self.source, self.words, table)
            title = self.words.of(table.name)
            yield Sheet(f"table:{table.id}", title, self._filled(title, block), self.notice)
        yield self._sheet("evidence", evidence_table(self.source, self.words))
        yield self._sheet("findings", findings_table(self.source, self.words))
        panel = panel_blocks(self.source, Wording(self.words.language))
        if panel:
            yield Sheet("panel", self.words("workbook.sheet_panel"), panel, self.notice)

    def _sheet(self, key: str, *blocks: Block) -> Sheet:
        title = self.words(f"workbook.sheet_{key}")
        lead = Paragraph(self.words(f"workbook.lead_{key}"), "muted")
        return Sheet(key, title, (Heading(1, title), lead, *self._with_empty(blocks)), self.notice)

    def _filled(self, title: str, table: Table) -> tuple[Block, ...]:
        return (Heading(1, title), *self._with_empty((table,)))

    def _with_empty(self, blocks: tuple[Block, ...]) -> Iterator[Block]:
        """Yield the blocks, and under an empty table that there is nothing."""
        for block in blocks:
            yield block
            if isinstance(block, Table) and not block.rows:
                yield Paragraph(self.words("workbook.nothing"), "muted")
