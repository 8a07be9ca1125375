"""A visit that can only be looked at: its own file, or a copy of one that somebody has open."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assessor.errors import AssessorError
from assessor.storage.copying import copy_in_use
from assessor.storage.errors import InUseError, translated
from assessor.storage.file import open_file
from assessor.workspace.clock import Clock, now


@dataclass(frozen=True)
class Look:
    """What is looked at: `file` is the visit itself, or a copy that was taken at `taken`."""

    file: Path
    taken: datetime | None = None

    def end(self) -> None:
        """Take away the copy, if there is one."""
        if self.taken is not None:
            shutil.rmtree(self.file.parent, ignore_errors=True)


def look_at(path: Path, clock: Clock = now) -> Look:
    """Return what can be looked at in place of `path`: itself, or a copy where it is in use.

    The copy has been read as a whole. Only for files that are not open in this process. Raises
    `AssessorError` saying why there is nothing to look at.
    """
    with suppress(InUseError), open_file(path, read_only=True):
        return Look(path)
    with translated(Path(tempfile.gettempdir())):
        folder = Path(tempfile.mkdtemp(prefix="assessor-"))
    look = Look(folder / path.name, clock())
    try:
        _take(path, look.file)
    except BaseException:
        look.end()
        raise
    return look


def _take(path: Path, copy: Path) -> None:
    with translated(copy):
        copy_in_use(path, copy)
    with open_file(copy, read_only=True) as file:
        problems = file.check_whole()
    if problems:
        raise AssessorError(problems[0].message)
