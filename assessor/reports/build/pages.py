"""The printed report: its sections in their order."""

from __future__ import annotations

from assessor.reports.build.appendix import appendix
from assessor.reports.build.beside import beside_chapter
from assessor.reports.build.comparison import comparison_chapter
from assessor.reports.build.context import Context
from assessor.reports.build.cover import cover
from assessor.reports.build.criteria import criteria_chapter
from assessor.reports.build.dimensions import dimension_chapter
from assessor.reports.build.evidence import evidence_list
from assessor.reports.build.findings import finding_chapter
from assessor.reports.build.form_pages import form_pages
from assessor.reports.build.gates import gate_chapter
from assessor.reports.build.indicators import indicator_chapter
from assessor.reports.build.ledger import ledger_chapter
from assessor.reports.build.panel import panel_blocks
from assessor.reports.build.readings import outcome_chapter
from assessor.reports.build.signing import signing_page
from assessor.reports.build.source import ReportOptions, ReportSource
from assessor.reports.build.sources import source_chapter
from assessor.reports.build.steps import step_chapter
from assessor.reports.build.verdict import verdict_page
from assessor.reports.document import Block, PageBreak


def build_pages(source: ReportSource, options: ReportOptions) -> tuple[Block, ...]:
    """Return the blocks of the printed report.

    Equal source and options give equal blocks. Sections with nothing to say are left out.
    """
    return context_pages(Context(source, options))


def context_pages(context: Context) -> tuple[Block, ...]:
    """Return the blocks of the printed report of one context."""
    if context.source.rubric.collects:
        return form_pages(context)
    return (
        cover(context),
        PageBreak(),
        *verdict_page(context),
        *outcome_chapter(context),
        *gate_chapter(context),
        *dimension_chapter(context),
        *step_chapter(context),
        *finding_chapter(context),
        *comparison_chapter(context),
        *panel_blocks(context.source, context.words),
        *beside_chapter(context),
        *criteria_chapter(context),
        *indicator_chapter(context),
        *ledger_chapter(context),
        *evidence_list(context),
        *signing_page(context),
        *source_chapter(context),
        *appendix(context),
    )
