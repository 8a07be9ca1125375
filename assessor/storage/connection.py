"""Connections to .assessment files: every setting is read back before anything is trusted to it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from assessor.i18n import message
from assessor.storage import schema
from assessor.storage.database import (
    closed_on_error,
    is_cut_off,
    open_database,
    opened,
    set_and_read_back,
    take,
)
from assessor.storage.errors import (
    DamagedError,
    ForeignError,
    NewerError,
    translated,
)

LARGEST_ROW = 64 * 1024 * 1024
"""Bytes; above the largest piece of evidence. A larger row is refused instead of loaded."""

PAGE_SIZE = 8192


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Open an existing file of ours; for writing it is locked from here on.

    What a crash left half-written is taken back first, also for a reader. Raises `StorageError`
    when it cannot be opened; nothing has been changed then.
    """
    return opened(lambda reading: _connect(path, read_only=reading), path, read_only=read_only)


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    connection = _open(path, "ro" if read_only else "rw")
    with translated(path), closed_on_error(connection):
        # Before anything else: taking the lock would already write to an empty file.
        version = version_of(connection, path)
        set_and_read_back(connection, schema.READING if read_only else schema.WRITING)
        if not read_only:
            take(connection, version)
    return connection


def connect_new(path: Path) -> sqlite3.Connection:
    """Make a database at `path`, empty; it is locked from its first content on."""
    connection = _open(path, "rwc")
    with translated(path), closed_on_error(connection):
        connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        set_and_read_back(connection, schema.WRITING)
    return connection


def _open(path: Path, mode: str) -> sqlite3.Connection:
    connection = open_database(path, mode)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_ROW)
    return connection


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Return the number of the file's layout.

    Raises `ForeignError` when it is not ours at all, `NewerError` when we are too old for it.
    """
    with translated(path):
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != schema.APPLICATION_ID:
        raise ForeignError(message("storage.not_an_assessment", path=str(path)))
    if version > schema.VERSION:
        raise NewerError(
            message("storage.newer", path=str(path), found=version, known=schema.VERSION)
        )
    return int(version)


def check_small_tables(connection: sqlite3.Connection, path: Path) -> None:
    """Check layout and pages of everything but the evidence; raises `DamagedError`."""
    with translated(path):
        if is_cut_off(connection):
            raise damaged(path, "size")
        if not schema.is_expected(connection):
            raise damaged(path, "schema")
        for table in schema.SMALL_TABLES:
            (verdict,) = connection.execute(f"PRAGMA quick_check({table})").fetchone()
            if verdict != "ok":
                raise damaged(path, table)


def check_all_pages(connection: sqlite3.Connection, path: Path) -> None:
    """Check every page and index of the file; slow where there is much evidence."""
    with translated(path):
        (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise damaged(path, "integrity_check")


def damaged(path: Path, detail: str) -> DamagedError:
    """Return the error for broken content; `detail` names the part, for a report to us."""
    return DamagedError(message("storage.damaged", path=str(path), detail=detail))
