"""What every database of ours needs, whatever lies in it.

It is opened by its path on any system, its settings are read back, and there is nothing inside but
what was laid out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

from assessor.i18n import message
from assessor.storage.errors import StorageError, translated

PATIENCE = 1.0
"""Seconds to wait for somebody who only looks at the file, such as a virus scanner."""

Objects = frozenset[tuple[str, str, str]]
"""Kind, name and making statement of everything in a database."""


def open_database(path: Path, mode: str) -> sqlite3.Connection:
    """Open a database file; `mode` is SQLite's `ro`, `rw` or `rwc`. Raises `StorageError`."""
    with translated(path):
        return sqlite3.connect(
            f"{_uri(path)}?mode={mode}", uri=True, timeout=PATIENCE, isolation_level=None
        )


def _uri(path: Path) -> str:
    """Return the path as SQLite wants it, also for a drive letter or a network share."""
    text = path.absolute().as_posix()
    return "file://" + quote(text if text.startswith("/") else f"/{text}")


@contextmanager
def closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    """Close the connection when what is inside raises."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def set_and_read_back(connection: sqlite3.Connection, settings: Mapping[str, object]) -> None:
    """Make settings and read each back; raises `StorageError` for one that did not take."""
    for name, wanted in settings.items():
        connection.execute(f"PRAGMA {name} = {wanted}").fetchall()
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        if found != wanted:
            raise StorageError(message("storage.setting_refused", name=name, found=found))


def objects_in(connection: sqlite3.Connection) -> Objects:
    """Return everything a database holds: tables, indexes, triggers, views."""
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")
    return frozenset((kind, name, sql) for kind, name, sql in rows)


@cache
def objects_made_by(statements: tuple[str, ...]) -> Objects:
    """Return everything that these statements make in an empty database."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for statement in statements:
            connection.executescript(statement)
        return objects_in(connection)
    finally:
        connection.close()
