"""Copies of a whole file: of one that is open here, and of one that somebody else has open."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from assessor.i18n import message
from assessor.storage import connection as connections
from assessor.storage.atomic import aside, journal_of, put_in_place
from assessor.storage.content import read_content
from assessor.storage.errors import DamagedError, MissingError, in_use, translated

TRIES, PAUSE = 40, 0.05
"""How often, and after how many seconds, a file is looked at that is just being written to."""

Standing = tuple[int, int]
"""Size and time of the last change of a file nobody is in the middle of writing."""


def copy_open(connection: sqlite3.Connection, path: Path, target: Path) -> None:
    """Write everything inside the open file `path`, its history too, as a file of its own.

    The copy is read and compared before it has its name; what stands there is replaced, so the
    caller has asked first. Raises `StorageError` about the file that could not be read or written.
    """
    if not target.parent.is_dir():
        raise MissingError(message("storage.folder_missing", folder=str(target.parent)))
    with translated(target), aside(target) as draft:
        with closing(sqlite3.connect(draft, isolation_level=None)) as other:
            connection.backup(other)
        wanted = read_content(connection, path)
        with closing(connections.connect(draft, read_only=True)) as other:
            connections.check_all_pages(other, draft)
            found = read_content(other, draft)
            if (found.assessment, found.rubric_json) != (wanted.assessment, wanted.rubric_json):
                raise DamagedError(message("storage.written_wrongly", path=str(target)))
        journal_of(target).unlink(missing_ok=True)
        put_in_place(draft, target)


def copy_in_use(path: Path, target: Path) -> None:
    """Copy a file that another process has open, as it stands between two of its steps.

    Only for files that this process has not open itself: on some systems its lock would be lost.
    Raises `InUseError` where it is never at rest or must not be read.
    """
    for _ in range(TRIES):
        before = _at_rest(path)
        if before is not None and _copied(path, target) and _at_rest(path) == before:
            return
        time.sleep(PAUSE)
    target.unlink(missing_ok=True)
    raise in_use(path)


def _copied(path: Path, target: Path) -> bool:
    try:
        shutil.copyfile(path, target)
    except PermissionError:
        return False
    return True


def _at_rest(path: Path) -> Standing | None:
    """Return size and time of change, `None` in the middle of a step.

    The journal of a step begins with zeros, or is gone, once the step is done.
    """
    with translated(path):
        status = path.stat()
    try:
        with path.with_name(f"{path.name}-journal").open("rb") as journal:
            if journal.read(1).strip(b"\0"):
                return None
    except FileNotFoundError:
        pass
    except OSError:
        return None
    return (status.st_size, status.st_mtime_ns)
