"""Making and swapping whole files so that a half-made one never stands under the real name."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
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
        draft.unlink(missing_ok=True)
        draft.with_name(f"{draft.name}-journal").unlink(missing_ok=True)


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
