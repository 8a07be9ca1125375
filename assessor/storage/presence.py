"""Whether an open file is still the one that its name leads to.

A file whose folder was renamed, or that was replaced by a synchronising program, can be written to
for as long as it is open, and nobody would ever see what was written. So the name is looked at
before anything is acknowledged.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assessor.i18n import message
from assessor.storage.errors import MissingError, StorageError

Mark = tuple[int, int]
"""What tells one file from another: device and number of the file there."""


class GoneError(MissingError):
    """The open file is no longer where it was opened."""


class OtherContentError(StorageError):
    """Where the file was there is one again, and it says something else."""


def mark_of(path: Path) -> Mark | None:
    """Return the mark of the file that `path` leads to now, `None` where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino)


def ensure_there(path: Path, mark: Mark | None) -> None:
    """Raise `GoneError` unless `path` still leads to the file with that mark."""
    found = mark_of(path)
    if found is None or found != mark:
        raise gone(path)


def gone(path: Path) -> GoneError:
    """Return the error for an open file that cannot be reached."""
    return GoneError(message("mishap.gone", path=str(path)))


@contextmanager
def journal_kept(path: Path) -> Iterator[None]:
    """Keep the journal beside `path` while a connection to a former file of that name is closed.

    That connection would drop it by its name, although it may be what a crash left of the file that
    is there now.
    """
    journal = path.with_name(f"{path.name}-journal")
    kept = path.with_name(f"{path.name}-journal.kept")
    try:
        journal.rename(kept)
        moved = True
    except OSError:
        moved = False
    try:
        yield
    finally:
        if moved:
            kept.replace(journal)
