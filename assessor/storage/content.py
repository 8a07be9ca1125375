"""What a .assessment file says: its record and rubric read as values, changes of them written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assessor.assessment import Assessment
from assessor.canonical import digest_of_bytes
from assessor.i18n import message
from assessor.storage.connection import damaged
from assessor.storage.errors import DamagedError, translated
from assessor.storage.parts import Parts, Place, Row, Rows, parts_from

MOST_TEXT = 256 * 1024 * 1024
"""Characters of all rows of a record together; more is an attack, not a visit."""


@dataclass(frozen=True)
class Content:
    """The record, its parts, and the canonical JSON of its rubric."""

    assessment: Assessment
    parts: Parts
    rubric_json: str


def read_content(connection: sqlite3.Connection, path: Path) -> Content:
    """Read the record and its rubric; raises `DamagedError` when they don't fit together."""
    with translated(path):
        try:
            parts = parts_from(dict(stored_rows(connection)))
        except (ValueError, TypeError, RecursionError) as error:
            raise damaged(path, "entry") from error
        assessment = parts.record
        return Content(assessment, parts, _rubric(connection, path, assessment.rubric.digest))


def write_rows(connection: sqlite3.Connection, before: Rows, after: Rows) -> None:
    """Write the rows `after`, and drop those that were there `before` and are not any more."""
    connection.executemany(
        "DELETE FROM entry WHERE section = ? AND key = ?", before.keys() - after.keys()
    )
    connection.executemany(
        "INSERT INTO entry (section, key, position, value) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET position = excluded.position, value = excluded.value",
        ((*place, row.position, row.value) for place, row in after.items()),
    )


def write_rubric(connection: sqlite3.Connection, digest: str, rubric_json: str) -> None:
    """Keep a rubric; raises `ValueError` when it is not the canonical text of that digest."""
    if digest_of_bytes(rubric_json.encode("utf-8")) != digest:
        raise ValueError("the rubric is not the one the record names")
    connection.execute(
        "INSERT INTO rubric (digest, body) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (digest, rubric_json),
    )


def stored_rows(connection: sqlite3.Connection) -> Iterator[tuple[Place, Row]]:
    """Yield the rows of the record; raises `ValueError` for more text than a visit can have."""
    total = 0
    for section, key, position, value in connection.execute(
        "SELECT section, key, position, value FROM entry"
    ):
        total += len(value)
        if total > MOST_TEXT:
            raise ValueError("too much text")
        yield (section, key), Row(position, value)


def _rubric(connection: sqlite3.Connection, path: Path, digest: str) -> str:
    found = connection.execute("SELECT body FROM rubric WHERE digest = ?", (digest,)).fetchone()
    if found is None or digest_of_bytes(found[0].encode("utf-8")) != digest:
        raise DamagedError(message("storage.damaged_rubric", path=str(path)))
    return str(found[0])
