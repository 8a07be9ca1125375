"""SQLite as it is on this machine: its version, and the safety settings set and read back."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.storage.connection import connect_new
from assessor.storage.schema import WRITING
from assessor.workspace.doctor.line import Line, Machine, advised, fine

LEAST = (3, 37, 0)
"""The first version that knows strict tables."""


def sqlite(_: Machine) -> Iterator[Line]:
    """Look at the version."""
    found = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < LEAST:
        least = ".".join(map(str, LEAST))
        said = message("doctor.sqlite_old", version=found, least=least)
        yield advised("sqlite", "problem", said, "pragmas", version=found)
    else:
        yield fine("sqlite", message("doctor.sqlite", version=found), version=found)


def pragmas(_: Machine) -> Iterator[Line]:
    """Make a database as a visit is made, and read each safety setting back from it."""
    with tempfile.TemporaryDirectory(prefix="assessor-") as folder:
        try:
            with closing(connect_new(Path(folder) / "check-up.assessment")) as connection:
                found = {name: str(_read(connection, name)) for name in WRITING}
        except AssessorError as error:
            yield advised("pragmas", "problem", error.message, "pragmas")
            return
    settings = ", ".join(f"{name}={value}" for name, value in found.items())
    yield fine("pragmas", message("doctor.pragmas", settings=settings), **found)


def _read(connection: sqlite3.Connection, name: str) -> object:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return value
