"""The first page: what this is, about whom, made when, by whom, and how far it may be trusted."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.reports.build.context import Context
from assessor.reports.build.verdict import cycle_name, report_title, visit_dates
from assessor.reports.document import Cover, Field, Photo
from assessor.rubrics.body import Body, BodyField


def cover(context: Context) -> Cover:
    """Return the cover; a derived rubric says so here."""
    words, record = context.words, context.source.assessment
    status = context.source.rubric.status
    fields = [Field(label, told) for label, told in _facts(context) if told]
    return Cover(
        words.join([cycle_name(context), words.pick(context.profile.name)], "dot"),
        report_title(context),
        record.enterprise.name,
        tuple(fields),
        _notice(context) if status.derived else "",
        _logo(context),
    )


def _logo(context: Context) -> Photo | None:
    logo = context.options.logo
    if logo is None:
        return None
    return Photo(logo.sha256, context.words.say("logo"), logo.width, logo.height)


def _notice(context: Context) -> str:
    """The rubric's own notice, behind the plain words for a draft where it lacks them."""
    words = context.words
    notice = words.pick(context.source.rubric.status.notice)
    if words.say("draft").lower() in notice.lower():
        return notice
    return words.say("derived_notice", notice=notice)


def _facts(context: Context) -> Iterator[tuple[str, str]]:
    words, rubric = context.words, context.source.rubric
    told = _of_enterprise(context) if rubric.body is None else _of_body(context, rubric.body)
    yield from told
    visit = context.source.assessment.visit
    aim = "" if rubric.collects else words.pick(context.target.name)
    yield words.say("aim"), aim
    yield words.say("application_type"), _application_type(context)
    yield words.say("visit_dates"), visit_dates(context)
    yield words.say("panel"), words.join([member.name for member in visit.panel], "name")
    edition = words.say("rubric_edition", title=rubric.title, version=rubric.version)
    yield words.say("rubric"), edition


def _of_enterprise(context: Context) -> Iterator[tuple[str, str]]:
    words, record = context.words, context.source.assessment
    enterprise, visit = record.enterprise, record.visit
    yield words.say("credit_code"), enterprise.credit_code
    yield words.say("industry"), enterprise.industry_code
    yield words.say("place"), words.join([enterprise.district, enterprise.address], "dot")
    yield words.say("main_products"), enterprise.main_products
    yield words.say("project"), visit.project_name
    yield words.say("workshop"), visit.workshop


def _of_body(context: Context, body: Body) -> Iterator[tuple[str, str]]:
    """The facts of another body than an enterprise, under the names the rubric gives them."""
    record = context.source.assessment
    contact = record.enterprise.contact
    facts: dict[BodyField, str] = {
        "credit_code": record.enterprise.credit_code,
        "district": record.enterprise.district,
        "cluster": record.enterprise.cluster,
        "address": record.enterprise.address,
        "main_products": record.enterprise.main_products,
        "contact": context.words.join([contact.name, contact.title, contact.phone], "dot"),
        "project_name": record.visit.project_name,
        "workshop": record.visit.workshop,
    }
    for field, label in body.fields.items():
        yield context.words.pick(label), facts.get(field, "")


def _application_type(context: Context) -> str:
    wanted = context.source.assessment.visit.application_type
    for kind in context.source.rubric.application_types:
        if kind.id == wanted:
            return context.words.pick(kind.name)
    return ""
