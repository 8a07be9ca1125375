"""The lists of a register in words: its log, its visits, one visit whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from assessor.bureau.bulletin.grid import Grid, Kind, shown
from assessor.bureau.bulletin.naming import Naming
from assessor.bureau.bulletin.register_grids import log_grid, visit_grid
from assessor.bureau.packing import record_to_json
from assessor.bureau.records import Verdict, VisitRecord
from assessor.bureau.register import Decision, DecisionKind, Filter, open_register
from assessor.bureau.statistics.plan import enterprise_of
from assessor.errors import AssessorError
from assessor.i18n import Language, message, text
from assessor.workspace.bureau_register import known_rubrics

__all__ = [
    "VisitRecord",
    "intake_log",
    "latest_decisions",
    "record_json",
    "visit_in_words",
    "visit_list",
    "visit_shown",
]

_SCORES: tuple[tuple[str, Kind], ...] = (
    ("score", "points"),
    ("maximum", "points"),
    ("self_score", "points"),
)


def intake_log(path: Path, verdict: str, language: Language) -> Grid:
    """Return the log, of one verdict or all; raises `AssessorError` for another word."""
    names = [one.value for one in Verdict]
    if verdict and verdict not in names:
        said = ", ".join(names)
        raise AssessorError(message("bureau_stats.no_name", name=verdict, names=said))
    with open_register(path, read_only=True) as register:
        return log_grid(register.log(Verdict(verdict) if verdict else None), _naming(language))


def visit_list(path: Path, wanted: Filter, language: Language) -> tuple[Grid, Mapping[int, str]]:
    """Return the visits meant with their results, and their ids by number."""
    with open_register(path, read_only=True) as register:
        visits = tuple(register.visits(wanted))
        decisions = latest_decisions(register.decisions())
    found = visit_grid(visits, _naming(language), decisions)
    return found, {visit.number: visit.visit_id for visit in visits}


def latest_decisions(decisions: tuple[Decision, ...]) -> Mapping[tuple[str, str], Decision]:
    """Return the latest decision by rubric and enterprise; of one day the gravest."""
    order = list(DecisionKind)
    ordered = sorted(decisions, key=lambda one: (one.decided, order.index(one.kind)))
    return {(one.rubric, enterprise_of(one)): one for one in ordered}


def visit_shown(path: Path, visit_id: str) -> tuple[VisitRecord, tuple[int, ...]]:
    """Return the newest revision of a visit, and all its revisions; raises `AssessorError`."""
    with open_register(path, read_only=True) as register:
        try:
            record = register.record(visit_id)
        except KeyError as error:
            raise AssessorError(message("bureau_stats.no_visit", visit=visit_id)) from error
        found = (one.revision for one in register.seen_visits() if one.visit_id == visit_id)
        return record, tuple(sorted(found))


def record_json(record: VisitRecord) -> dict[str, Any]:
    """Return a record as JSON-ready data, figures as text."""
    found: dict[str, Any] = json.loads(record_to_json(record))
    return found


def visit_in_words(record: VisitRecord, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what is known of a visit as label and words."""
    naming, rubric = _naming(language), record.rubric.id

    def label(key: str) -> str:
        return text(f"bureau_grid.column_{key}", language)

    yield label("enterprise"), record.enterprise.name
    yield label("credit_code"), record.enterprise.credit_code
    yield label("district"), naming.unstated(record.enterprise.district)
    yield label("industry"), naming.industry(record.enterprise.industry_code)
    yield label("cycle"), record.cycle
    yield label("visit_date"), record.visit_date.isoformat() if record.visit_date else ""
    yield label("rubric"), f"{naming.rubric(rubric)} {record.rubric.version}"
    yield label("role"), text(f"bureau_grid.role_{record.role}", language)
    yield label("assessors"), ", ".join(record.assessors)
    yield label("tier"), naming.tier(rubric, record.tier)
    for key, kind in _SCORES:
        yield label(key), shown(getattr(record, key), kind, language)
    yield label("signature"), text(f"bureau_grid.signature_{record.signature}", language)
    yield (
        label("visit_id"),
        f"{record.visit_id} " + text("bureau_stats.revision", language, revision=record.revision),
    )
    yield text("bureau_stats.dimensions", language), ""
    for name, one in record.dimensions.items():
        yield f"  {naming.dimension(rubric, name)}", _of(one.points, one.maximum, language)
    yield text("bureau_stats.items", language), ""
    for name, item in record.items.items():
        yield f"  {naming.item(rubric, name)}", _of(item.points, item.maximum, language)


def _of(points: Decimal | None, maximum: Decimal | None, language: Language) -> str:
    return f"{shown(points, 'points', language)} / {shown(maximum, 'points', language)}"


def _naming(language: Language) -> Naming:
    return Naming(language, known_rubrics())
