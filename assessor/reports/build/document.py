"""The whole report of one visit as a Document."""

from __future__ import annotations

from assessor.reports.build.context import Context
from assessor.reports.build.pages import context_pages
from assessor.reports.build.sheets import build_sheets
from assessor.reports.build.source import ReportOptions, ReportSource
from assessor.reports.build.verdict import report_title
from assessor.reports.document import Document, Meta


def build_document(source: ReportSource, options: ReportOptions) -> Document:
    """Return the Document from which the report of `source` is written and verified.

    Equal source and options give an equal Document.
    """
    context = Context(source, options)
    return Document(report_meta(context), context_pages(context), build_sheets(source, options))


def report_meta(context: Context) -> Meta:
    """Return what the report is about and made from."""
    source = context.source
    return Meta(
        title=report_title(context),
        subject=source.assessment.enterprise.name,
        language=context.options.language,
        payload_digest=source.payload_digest,
        rubric_id=source.rubric.id,
        rubric_version=source.rubric.version,
        rubric_digest=source.rubric_digest,
        generated=source.program,
        options=context.options.as_pairs(),
        signed=source.signed,
    )
