"""Rows of the register as values, and which of them are asked for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from assessor.bureau.packing import finding_from_data
from assessor.bureau.records import Finding, Verdict
from assessor.bureau.register.layout import UNIT

VISIT_COLUMNS = (
    "number, visit_id, revision, newest, verdict, file_name, name, credit_code, district, industry,"
    " cycle, year, visit_date, rubric, rubric_version, profile, target, role, assessors, tier,"
    " score, maximum, self_score, signature, key_id"
)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which visits are meant; what is empty does not restrict.

    `text` is looked for in names, credit codes and file names. Older revisions are left out unless
    `all_revisions`.
    """

    rubric: str = ""
    cycle: str = ""
    district: str = ""
    industry: str = ""
    cluster: str = ""
    tier: str = ""
    role: str = ""
    verdict: str = ""
    year: int | None = None
    text: str = ""
    all_revisions: bool = False


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit in the register; figures in points, `None` where none exists."""

    number: int
    visit_id: str
    revision: int
    newest: bool
    verdict: Verdict
    file_name: str
    name: str
    credit_code: str
    district: str
    industry: str
    cycle: str
    year: int
    visit_date: str
    rubric: str
    rubric_version: str
    profile: str
    target: str
    role: str
    assessors: tuple[str, ...]
    tier: str
    score: Decimal | None
    maximum: Decimal | None
    self_score: Decimal | None
    signature: str
    key_id: str

    @property
    def enterprise(self) -> str:
        """What tells enterprises apart: the credit code, the name where there is none."""
        return self.credit_code or self.name


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of the intake's log."""

    number: int
    name: str
    sha256: str
    size: int
    verdict: Verdict
    first_seen: datetime
    findings: tuple[Finding, ...]
    visit_id: str
    revision: int


def condition(wanted: Filter) -> tuple[str, list[object]]:
    """Return the SQL condition of a filter and its values; texts never become SQL."""
    parts: list[str] = [] if wanted.all_revisions else ["newest = 1"]
    values: list[object] = []
    for column in ("rubric", "cycle", "district", "tier", "role", "verdict"):
        value = getattr(wanted, column)
        if value:
            parts.append(f"{column} = ?")
            values.append(value)
    if wanted.industry:
        parts.append("substr(industry, 1, ?) = ?")
        values += [len(wanted.industry), wanted.industry]
    if wanted.cluster:
        parts.append("number IN (SELECT visit FROM cluster WHERE cluster = ?)")
        values.append(wanted.cluster)
    if wanted.year is not None:
        parts.append("year = ?")
        values.append(wanted.year)
    if wanted.text:
        parts.append("(instr(name, ?) OR instr(credit_code, ?) OR instr(file_name, ?))")
        values += [wanted.text] * 3
    return " AND ".join(parts) or "1", values


def visit_rows(connection: sqlite3.Connection, wanted: Filter) -> Iterator[VisitRow]:
    """Yield the visits meant, by district, name, visit and revision."""
    where, values = condition(wanted)
    rows = connection.execute(
        f"SELECT {VISIT_COLUMNS} FROM visit WHERE {where}"  # noqa: S608 (fixed texts only)
        " ORDER BY district, name, visit_id, revision",
        values,
    )
    return map(_visit_row, rows)


def _visit_row(row: sqlite3.Row) -> VisitRow:
    # By place in VISIT_COLUMNS: a hundred thousand rows are read while somebody waits.
    values: list[Any] = list(row)
    values[3], values[4] = bool(values[3]), _VERDICTS[values[4]]
    values[18] = _names(values[18])
    values[20:23] = map(points, values[20:23])
    return VisitRow(*values)


_VERDICTS = {verdict.value: verdict for verdict in Verdict}


@lru_cache(maxsize=4096)
def _names(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def points(value: object) -> Decimal | None:
    """Return points from the millionths they are kept in."""
    return Decimal(value) / UNIT if isinstance(value, int) else None


def millionths(value: Decimal | None) -> int | None:
    """Return points as whole millionths; figures of a score never have more than six digits."""
    return None if value is None else int((value * UNIT).to_integral_value())


def log_rows(connection: sqlite3.Connection, verdict: Verdict | None = None) -> Iterator[LogRow]:
    """Yield the intake's log in the order things came in."""
    only = "" if verdict is None else verdict.value
    rows = connection.execute(
        "SELECT number, name, sha256, size, verdict, first_seen, findings, visit_id, revision"
        " FROM log WHERE verdict = ? OR ? = '' ORDER BY number",
        (only, only),
    )
    for number, name, sha256, size, verdict_text, seen, findings, visit_id, revision in rows:
        yield LogRow(
            number,
            name,
            sha256,
            size,
            Verdict(verdict_text),
            datetime.fromisoformat(seen),
            tuple(finding_from_data(one) for one in json.loads(findings)),
            visit_id,
            revision,
        )
