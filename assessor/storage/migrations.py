"""Bringing files of earlier layouts up to date, on a copy, the old file kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from assessor.storage import schema
from assessor.storage.connection import check_all_pages, check_small_tables, connect_new
from assessor.storage.content import read_content
from assessor.storage.database import Conversion, Migration, convert
from assessor.storage.layout_2 import to_layout_2

MIGRATIONS: Mapping[int, Migration] = {1: to_layout_2}
"""By the number they start from. Layout 1 is the first there ever was."""


def migrate(
    connection: sqlite3.Connection,
    path: Path,
    version: int,
    migrations: Mapping[int, Migration] = MIGRATIONS,
) -> Path:
    """Put an up-to-date copy in the place of the file behind `connection`; see `convert`."""
    how = Conversion(schema.VERSION, migrations, connect_new, _check)
    return convert(connection, path, version, how)


def _check(copy: sqlite3.Connection, path: Path) -> None:
    check_all_pages(copy, path)
    check_small_tables(copy, path)
    read_content(copy, path)
