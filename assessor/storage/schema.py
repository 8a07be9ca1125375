"""How a .assessment file is laid out inside: tables, marks in the header, safety settings.

It is an SQLite database with the application id 0x41534D54 ("ASMT") and the layout's number as
`user_version`. `entry` holds the record, one row per answer, field, table row, piece of evidence
and so on; `rubric` the full rubrics it was ever answered against, by digest; `blob` the bytes of
the evidence by SHA-256; `edit` every committed step, chained by digests, which triggers keep from
being changed or deleted; `head` where that chain ends.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from assessor.storage.database import objects_in, objects_made_by

APPLICATION_ID = 0x41534D54
VERSION = 2

ENTRY = """CREATE TABLE entry (
  section TEXT NOT NULL,
  key TEXT NOT NULL,
  position INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (section, key)
) STRICT, WITHOUT ROWID"""
RUBRIC = """CREATE TABLE rubric (
  digest TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID"""
BLOB = """CREATE TABLE blob (
  sha256 TEXT NOT NULL PRIMARY KEY,
  size INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT"""
EDIT = """CREATE TABLE edit (
  sequence INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  run TEXT NOT NULL,
  monotonic INTEGER NOT NULL,
  author TEXT NOT NULL,
  what TEXT NOT NULL,
  reason TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  previous TEXT NOT NULL,
  digest TEXT NOT NULL
) STRICT"""
HEAD = """CREATE TABLE head (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  file TEXT NOT NULL,
  entries INTEGER NOT NULL,
  digest TEXT NOT NULL
) STRICT"""
APPEND_ONLY = (
    """CREATE TRIGGER edit_is_not_changed BEFORE UPDATE ON edit
BEGIN SELECT RAISE(ABORT, 'the log of edits is append-only'); END""",
    """CREATE TRIGGER edit_is_not_deleted BEFORE DELETE ON edit
BEGIN SELECT RAISE(ABORT, 'the log of edits is append-only'); END""",
)
TABLES = (ENTRY, RUBRIC, BLOB, EDIT, HEAD, *APPEND_ONLY)
"""Everything there is in the database, as the statements that make it."""

SMALL_TABLES = ("entry", "rubric", "edit", "head")
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
    """Lay out an empty database."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in TABLES:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def is_expected(connection: sqlite3.Connection, tables: Iterable[str] = TABLES) -> bool:
    """Whether the database holds exactly these tables and triggers, and nothing else that could
    act.

    A foreign file may carry triggers or views that run when we write.
    """
    return objects_in(connection) == objects_made_by(tuple(tables))
