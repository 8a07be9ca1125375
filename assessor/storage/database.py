"""What every database of ours needs, whatever lies in it.

It is opened by its path on any system, its settings are read back, its lock is taken, and there is
nothing inside but what was laid out. Files of an earlier layout are converted on a copy.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from assessor.i18n import message
from assessor.storage.atomic import aside, keep_copy, put_in_place
from assessor.storage.errors import DamagedError, ReadOnlyError, StorageError, translated

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


def opened(
    connect: Callable[[bool], sqlite3.Connection], path: Path, *, read_only: bool
) -> sqlite3.Connection:
    """Open by `connect` (told whether only to read), also what a crash left half-written.

    That is taken back first, which a reader cannot do: the file is opened for writing for a moment.
    """
    try:
        return connect(read_only)
    except ReadOnlyError:
        if not read_only or not path.with_name(f"{path.name}-journal").exists():
            raise
    connect(False).close()
    return connect(True)


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


def take(connection: sqlite3.Connection, version: int) -> None:
    """Take the lock now; in exclusive mode it stays until the connection closes.

    The write that is taken back (of the layout's present number) fails where the file or its folder
    is read-only, which the lock alone does not.
    """
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute("ROLLBACK")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Make everything inside durable together, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may have rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def is_cut_off(connection: sqlite3.Connection) -> bool:
    """Notice a copy that broke off: SQLite takes what is missing of the last page for zeros."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    (_, _, file) = connection.execute("PRAGMA database_list").fetchone()
    return Path(file).stat().st_size < int(pages) * int(page_size)


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


# --- earlier layouts ------------------------------------------------------------------------------

Migration = Callable[[sqlite3.Connection], None]
"""Turns the layout of one number into the next; runs inside a transaction."""


@dataclass(frozen=True)
class Conversion:
    """How databases of one kind are brought to the present layout, `version`.

    `steps` are by the number they start from, `make` gives an empty database to convert in, `check`
    raises when the outcome is not as it should be.
    """

    version: int
    steps: Mapping[int, Migration]
    make: Callable[[Path], sqlite3.Connection]
    check: Callable[[sqlite3.Connection, Path], object]


def convert(connection: sqlite3.Connection, path: Path, found: int, how: Conversion) -> Path:
    """Put an up-to-date copy in the place of the file behind `connection`, which is closed.

    Returns where the old file is kept: `<name>.v<found>-backup`. Raises `DamagedError` when no way
    leads from layout `found` to the present one or the copy does not read well; the file is as it
    was then.
    """
    with translated(path), closing(connection), aside(path) as draft:
        with closing(how.make(draft)) as copy:
            bring_up_to_date(connection, copy, path, found, how)
        backup = _backup_name(path, found)
        connection.close()
        keep_copy(path, backup)
        put_in_place(draft, path)
    return backup


def bring_up_to_date(
    source: sqlite3.Connection, copy: sqlite3.Connection, path: Path, found: int, how: Conversion
) -> None:
    """Copy a database of an earlier layout and bring the copy up to date, checked.

    `path` is for errors to name. Raises `DamagedError`.
    """
    source.backup(copy)
    for number in range(found, how.version):
        _step(copy, path, number, how.steps)
    how.check(copy, path)


def _step(
    copy: sqlite3.Connection, path: Path, number: int, steps: Mapping[int, Migration]
) -> None:
    if number not in steps:
        raise DamagedError(message("storage.unknown_version", path=str(path), found=number))
    with transaction(copy):
        try:
            steps[number](copy)
        except (ValueError, TypeError, RecursionError) as error:
            detail = f"layout {number}"
            raise DamagedError(message("storage.damaged", path=str(path), detail=detail)) from error
        copy.execute(f"PRAGMA user_version = {number + 1}")


def _backup_name(path: Path, version: int) -> Path:
    """Return a name that is still free, so that no earlier backup is lost."""
    first = path.with_name(f"{path.name}.v{version}-backup")
    taken, number = first, 1
    while taken.exists():
        number += 1
        taken = first.with_name(f"{first.name}-{number}")
    return taken
