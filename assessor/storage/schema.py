"""How a .assessment file is laid out inside: tables, marks in the header, safety settings.

It is an SQLite database with the application id 0x41534D54 ("ASMT") and the layout's number as
`user_version`. `entry` holds the record, one row per answer, field, piece of evidence and so on;
`rubric` the full rubrics it was ever answered against, by digest; `blob` the bytes of the evidence
by SHA-256; `edit` every committed step, which triggers keep from being changed or deleted.
"""

from __future__ import annotations

import sqlite3
from functools import cache

APPLICATION_ID = 0x41534D54
VERSION = 1

_TABLES = """
CREATE TABLE entry (
  section TEXT NOT NULL,
  key TEXT NOT NULL,
  position INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (section, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE rubric (
  digest TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE blob (
  sha256 TEXT NOT NULL PRIMARY KEY,
  size INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE TABLE edit (
  sequence INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  author TEXT NOT NULL,
  what TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL
) STRICT;
CREATE TRIGGER edit_is_not_changed BEFORE UPDATE ON edit
BEGIN SELECT RAISE(ABORT, 'the log of edits is append-only'); END;
CREATE TRIGGER edit_is_not_deleted BEFORE DELETE ON edit
BEGIN SELECT RAISE(ABORT, 'the log of edits is append-only'); END;
"""
SMALL_TABLES = ("entry", "rubric", "edit")
"""The tables whose pages are checked at every opening; evidence takes too long for that."""

WRITING = {
    "locking_mode": "exclusive",
    "journal_mode": "delete",
    "synchronous": 3,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
}
"""Settings of a connection that writes: one owner; no file but the journal beside it; power may
fail at any time (3 is EXTRA); removed evidence is overwritten; nothing in the file is trusted."""

READING = {"trusted_schema": 0, "cell_size_check": 1, "query_only": 1}
"""Settings of a connection that only reads."""


def create_tables(connection: sqlite3.Connection) -> None:
    """Lay out an empty database; commits."""
    connection.executescript(f"PRAGMA application_id = {APPLICATION_ID}; {_TABLES}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def is_expected(connection: sqlite3.Connection) -> bool:
    """Whether the database holds exactly our tables and triggers, and nothing else that could act.

    A foreign file may carry triggers or views that run when we write.
    """
    return _objects(connection) == _expected()


@cache
def _expected() -> frozenset[tuple[str, str, str]]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        create_tables(connection)
        return _objects(connection)
    finally:
        connection.close()


def _objects(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")
    return frozenset((kind, name, sql) for kind, name, sql in rows)
