"""Facts of a visit that stand on its cover, and marks that stand for them while it is planned.

A plan is made from a visit in which every fact is a mark; wherever a mark turns up on a sheet, the
fact of the visit at hand has to stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from assessor.assessment import Assessment, Enterprise, PanelMember, Visit
from assessor.canonical import digest_of
from assessor.exchange.payload import HistoryRef
from assessor.reports.build.sheets_words import Words
from assessor.reports.build.source import ReportSource

_DIGITS = 16
_FIRST, _LAST = date(1111, 11, 11), date(1212, 12, 12)
_PAYLOAD, _HEAD, _ENTRIES = "7ace" * 16, "beef" * 16, 987_654_321


def facts_of(source: ReportSource, words: Words) -> Mapping[str, str]:
    """Return the facts of a visit, in `words`, by the marks that stand for them."""
    enterprise, visit = source.assessment.enterprise, source.assessment.visit
    facts = {
        _mark("name"): enterprise.name,
        _mark("code"): enterprise.credit_code,
        _mark("district"): enterprise.district,
        _mark("industry"): enterprise.industry_code,
        _mark("project"): visit.project_name,
        _mark("workshop"): visit.workshop,
        _mark("program"): source.program,
        _mark("panel"): words.listed(one.name for one in visit.panel),
        _FIRST.isoformat(): visit.date_from.isoformat() if visit.date_from else "",
        _LAST.isoformat(): visit.date_to.isoformat() if visit.date_to else "",
        _PAYLOAD[:_DIGITS]: source.payload_digest[:_DIGITS],
    }
    if source.history is not None:
        facts[_HEAD[:_DIGITS]] = source.history.head[:_DIGITS]
        facts[str(_ENTRIES)] = str(source.history.entries)
    return facts


def pattern_of(source: ReportSource) -> tuple[object, ...]:
    """Return which facts there are: visits of one pattern have covers of one shape."""
    enterprise, visit = source.assessment.enterprise, source.assessment.visit
    texts = (enterprise.credit_code, enterprise.district, enterprise.industry_code)
    return (
        *map(bool, (*texts, visit.project_name, visit.workshop)),
        visit.kind,
        bool(visit.date_from),
        bool(visit.date_to),
        visit.date_from == visit.date_to,
        bool(visit.panel),
        source.history is not None,
        _of_one_visit(source.assessment),
    )


def _of_one_visit(assessment: Assessment) -> str:
    """Return a digest of what is printed in full and no other visit has; mostly there is none."""
    if not assessment.opinions and not assessment.calibrations:
        return ""
    return digest_of(assessment.model_dump(mode="json", include={"opinions", "calibrations"}))


def marked(source: ReportSource) -> ReportSource:
    """Return the visit with a mark in the place of every fact it has."""
    assessment = source.assessment
    changes = {"enterprise": _enterprise(assessment), "visit": _visit(assessment.visit)}
    history = source.history
    return replace(
        source,
        assessment=assessment.model_copy(update=changes),
        payload_digest=_PAYLOAD,
        program=_mark("program"),
        history=HistoryRef(file="-", entries=_ENTRIES, head=_HEAD) if history else None,
    )


def _enterprise(assessment: Assessment) -> Enterprise:
    given = assessment.enterprise
    return Enterprise(
        name=_mark("name"),
        credit_code=_mark("code") if given.credit_code else "",
        district=_mark("district") if given.district else "",
        industry_code=_mark("industry") if given.industry_code else "",
    )


def _visit(given: Visit) -> Visit:
    last = _FIRST if given.date_from == given.date_to else _LAST
    return Visit(
        kind=given.kind,
        project_name=_mark("project") if given.project_name else "",
        workshop=_mark("workshop") if given.workshop else "",
        date_from=_FIRST if given.date_from else None,
        date_to=last if given.date_to else None,
        panel=(PanelMember(id="p", name=_mark("panel")),) if given.panel else (),
    )


def _mark(name: str) -> str:
    # Private characters: no text of a rubric or of the catalogue has them.
    return f"\ue000{name}\ue001"
