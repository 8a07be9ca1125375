"""Making and swapping whole files so that a half-made one never stands under the real name."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assessor.i18n import message
from assessor.storage.errors import ExistsError, MissingError


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """Give a free name beside `path` to build a file under; what is left there goes at the end."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        yield draft
    finally:
        for remains in (draft, journal_of(draft)):
            # Where even that is refused, what made it fail is what people have to know.
            with suppress(OSError):
                remains.unlink()


def journal_of(path: Path) -> Path:
    """Return where SQLite keeps what it needs to undo a step that was interrupted.

    What lies there when a file of the name is put in its place belongs to another one that is gone,
    and would be played into the new one: whoever puts a database in place removes it first.
    """
    return path.with_name(f"{path.name}-journal")


def ensure_new(path: Path) -> None:
    """Raise unless a file can be made at `path`: its folder is there, it is not."""
    if not path.parent.is_dir():
        raise MissingError(message("storage.folder_missing", folder=str(path.parent)))
    if path.exists():
        raise ExistsError(message("storage.exists", path=str(path)))


def put_in_place(draft: Path, path: Path) -> None:
    """Give a finished file its real name, in one step even if the power fails.

    What stands there already is replaced, so the caller has asked first.
    """
    _sync(draft)
    draft.replace(path)
    _sync_folder(path.parent)


def put_new_in_place(draft: Path, path: Path) -> None:
    """Give a finished file a name that must be free, in one step even if the power fails.

    Raises `ExistsError` when it is taken. When the name cannot be made durable the file goes again,
    so that whoever is told of the failure can do the same once more.
    """
    ensure_new(path)
    try:
        put_in_place(draft, path)
    except BaseException:
        if not draft.exists():
            with suppress(OSError):
                path.unlink()
        raise


def keep_copy(path: Path, backup: Path) -> None:
    """Keep the present content of `path` as `backup`, complete before it has that name."""
    with aside(backup) as draft:
        try:
            os.link(path, draft)
        except OSError:
            # Memory sticks know no second name for a file.
            shutil.copy2(path, draft)
        put_in_place(draft, backup)


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
