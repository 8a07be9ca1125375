"""The printed report of a form that only collects: figures and targets, no points, no verdict."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.reports.build.appendix import appendix
from assessor.reports.build.context import Context
from assessor.reports.build.cover import cover
from assessor.reports.build.criteria import criteria_chapter
from assessor.reports.build.evidence import evidence_list
from assessor.reports.build.findings import finding_chapter
from assessor.reports.build.form_overview import (
    form_headline,
    overview_table,
    progress_note,
    progress_table,
)
from assessor.reports.build.gates import gate_chapter
from assessor.reports.build.indicators import indicator_chapter
from assessor.reports.build.ledger import ledger_chapter
from assessor.reports.build.signing import signing_page
from assessor.reports.build.sources import source_chapter
from assessor.reports.build.verdict import masthead
from assessor.reports.document import Block, Heading, PageBreak


def form_pages(context: Context) -> tuple[Block, ...]:
    """Return the blocks of the printed report of a rubric without outcomes."""
    words = context.words
    return (
        cover(context),
        PageBreak(),
        masthead(context),
        form_headline(context),
        Heading(2, words.told("form.overview"), "sec-glance"),
        overview_table(context),
        *_progress(context),
        *(gate_chapter(context) if context.card.gates else ()),
        *finding_chapter(context),
        *criteria_chapter(context),
        *indicator_chapter(context),
        *ledger_chapter(context),
        *evidence_list(context),
        *signing_page(context),
        *source_chapter(context),
        *appendix(context),
    )


def _progress(context: Context) -> Iterator[Block]:
    yield Heading(1, context.words.told("form.progress"), "sec-progress")
    yield progress_note(context)
    for entry in context.main_dimensions:
        number = f"{entry.dimension.number} " if entry.dimension.number else ""
        title = number + context.words.pick(entry.dimension.name)
        yield Heading(2, title, f"progress-{entry.dimension.id}")
        yield progress_table(context, entry)
