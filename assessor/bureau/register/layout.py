"""How a register is laid out inside: an SQLite database with marks of its own in its header.

Points are kept in millionths as whole numbers, so that sums over a whole city are exact. `visit`
has a row for every accepted visit and revision; `newest` marks the one that counts. Its figures by
criterion and dimension are packed, see `figures`. What a bureau enters itself (roster, decisions,
targets) stands beside what came in files, never in it. `published` keeps which visits stood behind
every group of a bulletin that was given out, so that a later one does not give single ones away.
"""

from __future__ import annotations

import sqlite3

from assessor.storage.database import objects_in, objects_made_by

APPLICATION_ID = 0x41535247
"""The letters ASRG."""
VERSION = 2
UNIT = 1_000_000
"""Points are kept in this part of one."""

LAYOUT_1 = """
CREATE TABLE log (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  findings TEXT NOT NULL,
  visit_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  UNIQUE (name, sha256, verdict, findings)
) STRICT;
CREATE INDEX log_by_digest ON log (sha256);
CREATE TABLE visit (
  number INTEGER PRIMARY KEY,
  visit_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  newest INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  payload_digest TEXT NOT NULL,
  name TEXT NOT NULL,
  credit_code TEXT NOT NULL,
  district TEXT NOT NULL,
  industry TEXT NOT NULL,
  cycle TEXT NOT NULL,
  year INTEGER NOT NULL,
  visit_date TEXT NOT NULL,
  rubric TEXT NOT NULL,
  rubric_version TEXT NOT NULL,
  profile TEXT NOT NULL,
  target TEXT NOT NULL,
  role TEXT NOT NULL,
  assessors TEXT NOT NULL,
  tier TEXT NOT NULL,
  score INTEGER,
  maximum INTEGER,
  self_score INTEGER,
  signature TEXT NOT NULL,
  key_id TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (visit_id, revision)
) STRICT;
CREATE INDEX visit_by_enterprise ON visit (credit_code, name);
CREATE INDEX visit_by_group ON visit (newest, rubric, cycle, district);
CREATE TABLE shape (
  number INTEGER PRIMARY KEY,
  names TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE figures (
  visit INTEGER PRIMARY KEY REFERENCES visit (number) ON DELETE CASCADE,
  shape INTEGER NOT NULL REFERENCES shape (number),
  near INTEGER,
  packed BLOB NOT NULL
) STRICT;
CREATE TABLE cluster (
  visit INTEGER NOT NULL REFERENCES visit (number) ON DELETE CASCADE,
  cluster TEXT NOT NULL,
  PRIMARY KEY (visit, cluster)
) STRICT, WITHOUT ROWID;
CREATE TABLE roster (
  cycle TEXT NOT NULL,
  credit_code TEXT NOT NULL,
  name TEXT NOT NULL,
  district TEXT NOT NULL,
  due TEXT NOT NULL,
  PRIMARY KEY (cycle, credit_code, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE decision (
  cycle TEXT NOT NULL,
  credit_code TEXT NOT NULL,
  name TEXT NOT NULL,
  district TEXT NOT NULL,
  rubric TEXT NOT NULL,
  tier TEXT NOT NULL,
  kind TEXT NOT NULL,
  decided TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (credit_code, name, rubric, tier, kind, decided)
) STRICT, WITHOUT ROWID;
CREATE TABLE plan_target (
  rubric TEXT NOT NULL,
  tier TEXT NOT NULL,
  year INTEGER NOT NULL,
  district TEXT NOT NULL,
  target INTEGER NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (rubric, tier, year, district)
) STRICT, WITHOUT ROWID;
"""

PUBLISHED = """CREATE TABLE published (
  number INTEGER PRIMARY KEY,
  rubric TEXT NOT NULL,
  period TEXT NOT NULL,
  grouping TEXT NOT NULL,
  name TEXT NOT NULL,
  visits TEXT NOT NULL,
  UNIQUE (rubric, period, grouping, name, visits)
) STRICT"""

WRITING = {
    "locking_mode": "exclusive",
    "journal_mode": "delete",
    "synchronous": 3,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
}
"""One owner, one file, nothing lost when the power fails (3 is EXTRA)."""

READING = {"trusted_schema": 0, "cell_size_check": 1, "query_only": 1}


def create_tables(connection: sqlite3.Connection) -> None:
    """Lay out an empty database; commits."""
    connection.executescript(
        f"PRAGMA application_id = {APPLICATION_ID}; {LAYOUT_1} {PUBLISHED};"
        f" PRAGMA user_version = {VERSION};"
    )


def is_expected(
    connection: sqlite3.Connection, tables: tuple[str, ...] = (LAYOUT_1, PUBLISHED)
) -> bool:
    """Whether the database holds exactly our tables and indexes, and nothing that could act."""
    return objects_in(connection) == objects_made_by(tables)


def to_layout_2(connection: sqlite3.Connection) -> None:
    """Add the list of what was published; raises `ValueError` for tables not of layout 1."""
    if not is_expected(connection, (LAYOUT_1,)):
        raise ValueError("not the tables of layout 1")
    connection.execute(PUBLISHED)


STEPS = {1: to_layout_2}
"""What brings registers of earlier layouts up to date, by the number it starts from."""
