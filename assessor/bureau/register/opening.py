"""Opening a register: made if wanted, its settings read back, its layout and pages checked.

One of an earlier layout is brought up to date on a copy first and the old file kept; who only reads
gets such a copy in memory.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from assessor.bureau.register import layout
from assessor.bureau.register.checking import check_inside, check_whole, reading
from assessor.bureau.register.file import Register
from assessor.i18n import message
from assessor.storage.atomic import aside, ensure_new, put_in_place
from assessor.storage.database import (
    Conversion,
    bring_up_to_date,
    closed_on_error,
    convert,
    open_database,
    opened,
    set_and_read_back,
    take,
)
from assessor.storage.errors import ForeignError, MissingError, NewerError


def open_register(path: Path, *, read_only: bool = False, create: bool = False) -> Register:
    """Open a register; with `create` a missing one is made.

    What a crash left half-written is taken back first, also for a reader. Raises `StorageError` of
    the kind that says why: missing, not a register, of a later version, damaged, in use by somebody
    else, not to be written to (noticed now, not at the first write).
    """
    if not path.is_file():
        if not create:
            raise MissingError(message("bureau_register.missing", path=str(path)))
        _make(path)
    connection = _connect(path, read_only=read_only)
    with closed_on_error(connection), reading(path):
        found = _version_of(connection, path)
        if found < layout.VERSION:
            connection = _brought_up_to_date(connection, path, found, read_only=read_only)
    return Register(connection, path)


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    with reading(path):
        return opened(lambda only: _connected(path, read_only=only), path, read_only=read_only)


def _connected(path: Path, *, read_only: bool) -> sqlite3.Connection:
    connection = open_database(path, "ro" if read_only else "rw")
    with closed_on_error(connection), reading(path):
        # Before anything else: taking the lock would already write to an empty file.
        version = _version_of(connection, path)
        set_and_read_back(connection, layout.READING if read_only else layout.WRITING)
        if not read_only:
            take(connection, version)
        if version == layout.VERSION:
            check_whole(connection, path)
    return connection


def _brought_up_to_date(
    connection: sqlite3.Connection, path: Path, found: int, *, read_only: bool
) -> sqlite3.Connection:
    if not read_only:
        convert(connection, path, found, CONVERSION)
        return _connect(path, read_only=False)
    copy = sqlite3.connect(":memory:", isolation_level=None)
    with closing(connection), closed_on_error(copy):
        bring_up_to_date(connection, copy, path, found, CONVERSION)
    return copy


def _make(path: Path) -> None:
    ensure_new(path)
    with reading(path), aside(path) as draft:
        with closing(_empty(draft)) as connection:
            layout.create_tables(connection)
        # Of a register that was deleted: taken back into the new one it would break it.
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        put_in_place(draft, path)


def _empty(path: Path) -> sqlite3.Connection:
    connection = open_database(path, "rwc")
    with closed_on_error(connection):
        set_and_read_back(connection, layout.WRITING)
    return connection


CONVERSION = Conversion(layout.VERSION, layout.STEPS, _empty, check_inside)


def _version_of(connection: sqlite3.Connection, path: Path) -> int:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != layout.APPLICATION_ID:
        raise ForeignError(message("bureau_register.not_a_register", path=str(path)))
    if version > layout.VERSION:
        raise NewerError(
            message("bureau_register.newer", path=str(path), found=version, known=layout.VERSION)
        )
    return int(version)
