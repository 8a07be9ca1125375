"""Bringing files of earlier layouts up to date, on a copy, the old file kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from assessor.i18n import message
from assessor.storage import schema
from assessor.storage.atomic import aside, keep_copy, put_in_place
from assessor.storage.connection import (
    check_all_pages,
    check_small_tables,
    connect_new,
    damaged,
    transaction,
)
from assessor.storage.content import read_content
from assessor.storage.errors import DamagedError, translated
from assessor.storage.layout_2 import to_layout_2

Migration = Callable[[sqlite3.Connection], None]
"""Turns the layout of one number into the next; runs inside a transaction."""

MIGRATIONS: Mapping[int, Migration] = {1: to_layout_2}
"""By the number they start from. Layout 1 is the first there ever was."""


def migrate(
    connection: sqlite3.Connection,
    path: Path,
    version: int,
    migrations: Mapping[int, Migration] = MIGRATIONS,
) -> Path:
    """Put an up-to-date copy in the place of the file behind `connection`, which is closed.

    Returns where the old file is kept: `<name>.v<version>-backup`. Raises `DamagedError` when no
    way leads from `version` to ours or the copy does not read well; the file is as it was then.
    """
    with translated(path), closing(connection), aside(path) as draft:
        with closing(connect_new(draft)) as copy:
            connection.backup(copy)
            for number in range(version, schema.VERSION):
                _step(copy, path, number, migrations)
            check_all_pages(copy, path)
            check_small_tables(copy, path)
            read_content(copy, path)
        backup = _backup_name(path, version)
        connection.close()
        keep_copy(path, backup)
        put_in_place(draft, path)
    return backup


def _step(
    copy: sqlite3.Connection, path: Path, number: int, migrations: Mapping[int, Migration]
) -> None:
    if number not in migrations:
        raise DamagedError(message("storage.unknown_version", path=str(path), found=number))
    with transaction(copy):
        try:
            migrations[number](copy)
        except (ValueError, TypeError, RecursionError) as error:
            raise damaged(path, f"layout {number}") from error
        copy.execute(f"PRAGMA user_version = {number + 1}")


def _backup_name(path: Path, version: int) -> Path:
    """Return a name that is still free, so that no earlier backup is lost."""
    first = path.with_name(f"{path.name}.v{version}-backup")
    taken, number = first, 1
    while taken.exists():
        number += 1
        taken = first.with_name(f"{first.name}-{number}")
    return taken
