"""Whether a register is what it should be, and what is said when it is not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assessor.bureau.register import layout
from assessor.i18n import message
from assessor.storage.database import is_cut_off
from assessor.storage.errors import DamagedError, ForeignError, translated


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and the system about a register into a `StorageError` about it."""
    try:
        with translated(path):
            yield
    except (ForeignError, DamagedError) as error:
        if error.message.key == "storage.not_an_assessment":
            said = message("bureau_register.not_a_register", path=str(path))
            raise ForeignError(said) from error
        if error.message.key == "storage.damaged":
            raise damaged(path, str(error.message.values["detail"])) from error
        raise


@contextmanager
def understanding(path: Path) -> Iterator[None]:
    """Take content that is not what we write for damage; registers come from strangers, too."""
    try:
        yield
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise damaged(path, type(error).__name__) from error


def damaged(path: Path, detail: str) -> DamagedError:
    """Return the error for broken content; `detail` names the part, for a report to us."""
    return DamagedError(message("bureau_register.damaged", path=str(path), detail=detail))


def check_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a register whose length, layout or pages are not as they should be."""
    if is_cut_off(connection):
        raise damaged(path, "size")
    check_inside(connection, path)


def check_inside(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a register whose layout or pages are not as they should be."""
    if not layout.is_expected(connection):
        raise damaged(path, "schema")
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise damaged(path, "quick_check")
