"""Opening a register: made if wanted, its settings read back, its layout and pages checked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from assessor.bureau.register import layout
from assessor.bureau.register.checking import check_whole
from assessor.bureau.register.file import Register
from assessor.i18n import message
from assessor.storage.atomic import aside, ensure_new, put_in_place
from assessor.storage.database import closed_on_error, open_database, set_and_read_back
from assessor.storage.errors import (
    ForeignError,
    MissingError,
    NewerError,
    translated,
)


def open_register(path: Path, *, read_only: bool = False, create: bool = False) -> Register:
    """Open a register; with `create` a missing one is made.

    Raises `StorageError` of the kind that says why: missing, not a register, of a later version,
    damaged, in use by somebody else.
    """
    if not path.is_file():
        if not create:
            raise MissingError(message("bureau_register.missing", path=str(path)))
        _make(path)
    connection = open_database(path, "ro" if read_only else "rw")
    with closed_on_error(connection), translated(path):
        _check_version(connection, path)
        set_and_read_back(connection, layout.READING if read_only else layout.WRITING)
        if not read_only:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        check_whole(connection, path)
    return Register(connection, path)


def _make(path: Path) -> None:
    ensure_new(path)
    with translated(path), aside(path) as draft:
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            set_and_read_back(connection, layout.WRITING)
            layout.create_tables(connection)
        put_in_place(draft, path)


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != layout.APPLICATION_ID:
        raise ForeignError(message("bureau_register.not_a_register", path=str(path)))
    if version > layout.VERSION:
        raise NewerError(
            message("bureau_register.newer", path=str(path), found=version, known=layout.VERSION)
        )
