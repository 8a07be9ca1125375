"""Verdicts put into the register: one line in the log, and a visit with its figures."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from assessor.bureau.packing import finding_to_data, record_to_json
from assessor.bureau.records import FileVerdict, VisitRecord
from assessor.bureau.register.figures import nearest, packed, shape_of
from assessor.bureau.register.queries import millionths
from assessor.canonical import canonical_json

_VISIT = """
INSERT INTO visit (visit_id, revision, newest, verdict, file_name, file_sha256, payload_digest,
  name, credit_code, district, industry, cycle, year, visit_date, rubric, rubric_version, profile,
  target, role, assessors, tier, score, maximum, self_score, signature, key_id, first_seen, record)
VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING
"""


def put(connection: sqlite3.Connection, verdicts: Iterable[FileVerdict]) -> int:
    """Put verdicts in; return how many visits are new. The same again changes nothing."""
    new = 0
    for verdict in verdicts:
        _log(connection, verdict)
        if verdict.record is not None:
            new += _visit(connection, verdict, verdict.record)
    return new


def _log(connection: sqlite3.Connection, verdict: FileVerdict) -> None:
    record = verdict.record
    connection.execute(
        "INSERT INTO log (name, sha256, size, verdict, first_seen, findings, visit_id, revision)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            verdict.name,
            verdict.sha256,
            verdict.size,
            verdict.verdict.value,
            verdict.first_seen.isoformat(),
            canonical_json([finding_to_data(one) for one in verdict.findings]),
            record.visit_id if record else "",
            record.revision if record else 0,
        ),
    )


def _visit(connection: sqlite3.Connection, verdict: FileVerdict, record: VisitRecord) -> int:
    cursor = connection.execute(_VISIT, _values(verdict, record))
    if cursor.rowcount < 1:
        return 0
    number = cursor.lastrowid or 0
    _figures(connection, number, record)
    # The newest revision counts; an older one that comes late stays behind it.
    connection.execute(
        "UPDATE visit SET newest ="
        " (revision = (SELECT max(revision) FROM visit WHERE visit_id = ?)) WHERE visit_id = ?",
        (record.visit_id, record.visit_id),
    )
    return 1


def _values(verdict: FileVerdict, record: VisitRecord) -> tuple[object, ...]:
    enterprise = record.enterprise
    day = record.visit_date
    return (
        record.visit_id,
        record.revision,
        verdict.verdict.value,
        verdict.name,
        verdict.sha256,
        record.payload_digest,
        enterprise.name,
        enterprise.credit_code,
        enterprise.district,
        enterprise.industry_code,
        record.cycle,
        day.year if day else 0,
        day.isoformat() if day else "",
        record.rubric.id,
        record.rubric.version,
        record.profile,
        record.target,
        record.role,
        json.dumps(record.assessors, ensure_ascii=False),
        record.tier,
        millionths(record.score),
        millionths(record.maximum),
        millionths(record.self_score),
        record.signature,
        record.key_id,
        verdict.first_seen.isoformat(),
        record_to_json(record),
    )


def _figures(connection: sqlite3.Connection, number: int, record: VisitRecord) -> None:
    shape = shape_of(record)
    names = shape.to_text()
    connection.execute("INSERT INTO shape (names) VALUES (?) ON CONFLICT DO NOTHING", (names,))
    connection.execute(
        "INSERT INTO figures (visit, shape, near, packed)"
        " SELECT ?, number, ?, ? FROM shape WHERE names = ?",
        (number, nearest(record), packed(record, shape), names),
    )
    connection.executemany(
        "INSERT INTO cluster (visit, cluster) VALUES (?, ?) ON CONFLICT DO NOTHING",
        ((number, name) for name in record.enterprise.clusters),
    )
