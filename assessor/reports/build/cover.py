"""The first page: what this is, about whom, made when, by whom, and how far it may be trusted."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.reports.build.context import Context
from assessor.reports.build.verdict import cycle_name, report_title, visit_dates
from assessor.reports.document import Cover, Field


def cover(context: Context) -> Cover:
    """Return the cover; a derived rubric says so here."""
    words, record = context.words, context.source.assessment
    status = context.source.rubric.status
    fields = [Field(words.say(name), told) for name, told in _facts(context) if told]
    return Cover(
        words.join([cycle_name(context), words.pick(context.profile.name)], "dot"),
        report_title(context),
        record.enterprise.name,
        tuple(fields),
        _notice(context) if status.derived else "",
    )


def _notice(context: Context) -> str:
    """The rubric's own notice, behind the plain words for a draft where it lacks them."""
    words = context.words
    notice = words.pick(context.source.rubric.status.notice)
    if words.say("draft").lower() in notice.lower():
        return notice
    return words.say("derived_notice", notice=notice)


def _facts(context: Context) -> Iterator[tuple[str, str]]:
    words, record = context.words, context.source.assessment
    enterprise, visit, rubric = record.enterprise, record.visit, context.source.rubric
    yield "credit_code", enterprise.credit_code
    yield "industry", enterprise.industry_code
    yield "place", words.join([enterprise.district, enterprise.address], "dot")
    yield "main_products", enterprise.main_products
    yield "project", visit.project_name
    yield "workshop", visit.workshop
    yield "aim", words.pick(context.target.name)
    yield "application_type", _application_type(context)
    yield "visit_dates", visit_dates(context)
    yield "panel", words.join([member.name for member in visit.panel], "name")
    yield "rubric", words.say("rubric_edition", title=rubric.title, version=rubric.version)


def _application_type(context: Context) -> str:
    wanted = context.source.assessment.visit.application_type
    for kind in context.source.rubric.application_types:
        if kind.id == wanted:
            return context.words.pick(kind.name)
    return ""
