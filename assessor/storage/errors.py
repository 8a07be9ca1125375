"""What can go wrong with a file, told apart; and SQLite's and the system's words for it."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.storage.owner import read_owner


class StorageError(AssessorError):
    """A file cannot be read or written; the content on disk is what it was before."""


class MissingError(StorageError):
    """There is no such file or folder."""


class ExistsError(StorageError):
    """The file to be made is there already."""


class ForeignError(StorageError):
    """The file is not an assessment."""


class NewerError(StorageError):
    """The file comes from a later version of the program."""


class DamagedError(StorageError):
    """The file is an assessment whose content is broken."""


class InUseError(StorageError):
    """Somebody else has the file open."""


class ReadOnlyError(StorageError):
    """The file or its folder must not be written to."""


class DiskFullError(StorageError):
    """There is no room left."""


class MediumError(StorageError):
    """The disk, stick or network share does not do as it is told."""


_BY_SQLITE: dict[int, tuple[type[StorageError], str]] = {
    sqlite3.SQLITE_NOTADB: (ForeignError, "storage.not_an_assessment"),
    sqlite3.SQLITE_CORRUPT: (DamagedError, "storage.damaged"),
    sqlite3.SQLITE_TOOBIG: (DamagedError, "storage.damaged"),
    sqlite3.SQLITE_READONLY: (ReadOnlyError, "storage.read_only"),
    sqlite3.SQLITE_PERM: (ReadOnlyError, "storage.no_permission"),
    sqlite3.SQLITE_CANTOPEN: (ReadOnlyError, "storage.no_permission"),
    sqlite3.SQLITE_FULL: (DiskFullError, "storage.disk_full"),
    sqlite3.SQLITE_IOERR: (MediumError, "storage.medium"),
}
_BY_ERRNO: dict[int, tuple[type[StorageError], str]] = {
    errno.ENOENT: (MissingError, "storage.missing"),
    errno.EACCES: (ReadOnlyError, "storage.no_permission"),
    errno.EPERM: (ReadOnlyError, "storage.no_permission"),
    errno.EROFS: (ReadOnlyError, "storage.read_only"),
    errno.ENOSPC: (DiskFullError, "storage.disk_full"),
    errno.EDQUOT: (DiskFullError, "storage.disk_full"),
    errno.EFBIG: (DiskFullError, "storage.disk_full"),
}
_BROKEN = ("unsupported file format", "no such rowid")
"""What SQLite says of broken files with the code it has for wrong SQL."""
_PRIMARY = 0xFF
"""SQLite's extended codes carry the kind of error in their lowest byte."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and the system about `path` into a `StorageError`.

    What points to a mistake in the program (wrong SQL, wrong thread) passes through.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _from_sqlite(error, path) from error
    except UnicodeDecodeError as error:
        raise DamagedError(message("storage.damaged", path=str(path), detail="UTF-8")) from error
    except OSError as error:
        kind, key = _BY_ERRNO.get(error.errno or 0, (MediumError, "storage.medium"))
        raise kind(message(key, path=str(path), detail=error.strerror or "")) from error


def in_use(path: Path) -> InUseError:
    """Return the error for a file that somebody has open, naming them where they left a note."""
    owner = read_owner(path)
    if owner is None:
        return InUseError(message("storage.in_use", path=str(path)))
    said = message(
        "storage.in_use_by", path=str(path), user=owner.user, host=owner.host, since=owner.since
    )
    return InUseError(said)


def _from_sqlite(error: sqlite3.Error, path: Path) -> Exception:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return in_use(path)
    if not code and isinstance(error, sqlite3.OperationalError):
        # Python's own complaint about a text that is not UTF-8.
        code = sqlite3.SQLITE_CORRUPT
    if code == sqlite3.SQLITE_ERROR and str(error).startswith(_BROKEN):
        code = sqlite3.SQLITE_CORRUPT
    if code not in _BY_SQLITE:
        return error
    kind, key = _BY_SQLITE[code]
    return kind(message(key, path=str(path), detail=getattr(error, "sqlite_errorname", "")))
