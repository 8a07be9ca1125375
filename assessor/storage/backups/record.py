"""The record of a visit as rows: all that its file holds, except the bytes of the evidence.

Taking it is quick and done where the file is open; writing it elsewhere is done at leisure.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assessor.storage.atomic import aside, put_in_place
from assessor.storage.connection import connect_new
from assessor.storage.database import transaction
from assessor.storage.errors import translated
from assessor.storage.schema import APPLICATION_ID

EVIDENCE_TABLE = "blob"


@dataclass(frozen=True)
class TableCopy:
    """One table: its name, its columns and all its rows, in the order they were read."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class RecordCopy:
    """A file's layout and content without evidence.

    `tables_sql` makes the tables, `other_sql` what watches over them once they are filled.
    """

    version: int
    tables_sql: tuple[str, ...]
    other_sql: tuple[str, ...]
    tables: tuple[TableCopy, ...]


def take_record(connection: sqlite3.Connection) -> RecordCopy:
    """Read everything but the evidence out of an open, checked file, as it is at one moment."""
    connection.execute("BEGIN")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        tables = _objects(connection, "type = 'table'")
        others = _objects(connection, "type <> 'table'")
        copies = tuple(_table(connection, name) for name in tables if name != EVIDENCE_TABLE)
        return RecordCopy(version, tuple(tables.values()), tuple(others.values()), copies)
    finally:
        connection.execute("ROLLBACK")


def write_record(copy: RecordCopy, path: Path) -> None:
    """Write a record as a file of its own; it appears complete or not at all.

    What stands at `path` is replaced. Raises `StorageError`.
    """
    with translated(path), aside(path) as draft:
        with closing(connect_new(draft)) as connection:
            _fill(connection, copy)
        put_in_place(draft, path)


def _fill(connection: sqlite3.Connection, copy: RecordCopy) -> None:
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    with transaction(connection):
        for statement in copy.tables_sql:
            connection.execute(statement)
        for table in copy.tables:
            names = ", ".join(_quoted(column) for column in table.columns)
            marks = ", ".join("?" for _ in table.columns)
            insert = f"INSERT INTO {_quoted(table.name)} ({names}) VALUES ({marks})"  # noqa: S608 (quoted)
            connection.executemany(insert, table.rows)
        for statement in copy.other_sql:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {copy.version}")


def _objects(connection: sqlite3.Connection, which: str) -> dict[str, str]:
    """Return name -> SQL of what the file is laid out with; SQLite's own parts have none."""
    query = f"SELECT name, sql FROM sqlite_schema WHERE {which} AND sql IS NOT NULL"  # noqa: S608 (two fixed conditions)
    found = connection.execute(query + " ORDER BY rowid").fetchall()
    return {name: sql for name, sql in found if not name.startswith("sqlite_")}


def _table(connection: sqlite3.Connection, name: str) -> TableCopy:
    cursor = connection.execute(f"SELECT * FROM {_quoted(name)}")  # noqa: S608 (quoted)
    columns = tuple(column[0] for column in cursor.description)
    return TableCopy(name, columns, tuple(cursor.fetchall()))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
