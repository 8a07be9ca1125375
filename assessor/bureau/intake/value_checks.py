"""What in a readable payload calls for a look: dates, unnamed assessors, characters, the code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from assessor.assessment import Assessment, Enterprise
from assessor.bureau.intake.reasons import rejected, warned
from assessor.bureau.intake.record_of import visit_day
from assessor.bureau.records import Finding
from assessor.credit_code import CreditCodeCheck, check_credit_code
from assessor.exchange.envelope import SHEET_NAME
from assessor.exchange.payload import Payload

LONG_PAST = timedelta(days=3 * 366)
"""A visit longer ago than this belongs to no cycle that is still open."""

_ACTING = re.compile(
    "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x7f-\x9f]"
    r"|\\(?:u00(?:0[0-8bcef]|1[0-9a-f])|[bf])"
)
"""What canonical JSON may have acting characters for, which it partly writes as escapes. A hit is
looked at again: an escaped backslash before a letter looks like an escape."""
_CONTROL = re.compile(
    "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f]"
)
_AS_NUMBER = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,2}|[0-9]{15}0{3}(?:\.0)?")
"""A code that went through a cell for numbers: with an exponent, or its last digits lost."""


def value_findings(payload: Payload, text: str, today: date, cell: str) -> Iterator[Finding]:
    """Yield the remarks on a payload whose canonical text is `text`; `cell` is where it begins."""
    assessment = payload.assessment
    yield from _dates(assessment, today, cell)
    people = [one for one in assessment.visit.panel if one.role != "observer"]
    if not people and assessment.visit.kind != "self":
        yield warned("values", "no_assessor", SHEET_NAME, cell)
    place = _first_place(payload.to_json()) if _may_act(text) else ""
    if place:
        yield warned("values", "odd_characters", SHEET_NAME, cell, place=place)
    yield from _credit_code(assessment.enterprise, cell)


def _may_act(text: str) -> bool:
    """Whether characters that act are in a canonical text; mostly one quick look is enough."""
    plain = text.isprintable() and "\\" not in text
    return not plain and _ACTING.search(text) is not None


def _dates(assessment: Assessment, today: date, cell: str) -> Iterator[Finding]:
    day = visit_day(assessment.visit)
    if day is None:
        yield warned("values", "no_date", SHEET_NAME, cell)
    elif day > today:
        yield warned("values", "future_date", SHEET_NAME, cell, day=day.isoformat())
    elif day < today - LONG_PAST:
        yield warned("values", "long_past", SHEET_NAME, cell, day=day.isoformat())


def _credit_code(enterprise: Enterprise, cell: str) -> Iterator[Finding]:
    given = enterprise.credit_code.strip()
    if not given:
        yield warned("identity", "code_missing", SHEET_NAME, cell)
        return
    found = check_credit_code(enterprise.credit_code)
    if not found.acceptable and _AS_NUMBER.fullmatch(given):
        yield rejected("identity", "code_as_number", SHEET_NAME, cell, given=given)
    elif found.fault is not None:
        yield _faulty(found, cell)


def _faulty(found: CreditCodeCheck, cell: str) -> Finding:
    values = {"given": found.given, "code": found.code}
    match found.fault:
        case "organisation_check":
            return warned("identity", "organisation_check", SHEET_NAME, cell, **values)
        case "written_oddly":
            return warned("identity", "written_oddly", SHEET_NAME, cell, **values)
        case "check":
            return rejected("identity", "check_digit", SHEET_NAME, cell, **values)
        case _:
            return rejected("identity", "no_code", SHEET_NAME, cell, given=found.given)


def _first_place(value: object, at: str = "") -> str:
    """Return the path of the first text with an acting character, empty when there is none."""
    if isinstance(value, str):
        return at if _CONTROL.search(value) else ""
    parts: Iterator[tuple[str, object]] = iter(())
    if isinstance(value, Mapping):
        parts = ((f"{at}.{key}" if at else str(key), part) for key, part in value.items())
    elif isinstance(value, (list, tuple)):
        parts = ((f"{at}[{number}]", part) for number, part in enumerate(value))
    return next(filter(None, (_first_place(part, where) for where, part in parts)), "")
