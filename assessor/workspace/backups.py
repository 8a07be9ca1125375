"""Copies of visits in a folder of the person's choice, best on another disk."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from assessor.errors import AssessorError
from assessor.storage.atomic import aside, put_in_place
from assessor.storage.errors import translated
from assessor.workspace.reports import make_folder
from assessor.workspace.visits import opened

_DIGITS = 8
_CLOCK_STEP = 2
"""Seconds; memory sticks count time in such steps."""


def back_up(files: Iterable[Path], folder: Path) -> tuple[Path, ...]:
    """Copy those of `files` that changed since their last copy; return the copies that were made.

    A copy appears complete and readable or not at all, and takes the place of the former one. A
    file that cannot be read, or that somebody has open, is left for the next time. Raises
    `AssessorError` when the folder cannot be written to.
    """
    make_folder(folder)
    return tuple(copy for file in files if (copy := _copied(file, folder)) is not None)


def copy_path(file: Path, folder: Path) -> Path:
    """Return where the copy of a file lies: files of one name in two folders have a copy each."""
    place = hashlib.sha256(str(file.parent.absolute()).encode("utf-8")).hexdigest()[:_DIGITS]
    return folder / f"{file.stem}.{place}{file.suffix}"


def _copied(file: Path, folder: Path) -> Path | None:
    copy = copy_path(file, folder)
    if _same(file, copy) or not _readable(file):
        return None
    with translated(copy), aside(copy) as draft:
        shutil.copy2(file, draft)
        # Somebody may have begun to write in the middle of it.
        if not _readable(draft):
            return None
        put_in_place(draft, copy)
    return copy


def _same(file: Path, copy: Path) -> bool:
    try:
        one, other = file.stat(), copy.stat()
    except OSError:
        return False
    return one.st_size == other.st_size and abs(one.st_mtime - other.st_mtime) <= _CLOCK_STEP


def _readable(file: Path) -> bool:
    try:
        with opened(file, read_only=True):
            return True
    except AssessorError:
        return False
