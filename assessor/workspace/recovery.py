"""What a crash left behind: visits whose note says they are open although nobody has them open."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assessor.errors import AssessorError
from assessor.storage.owner import note_path, read_owner
from assessor.workspace.clock import user_name
from assessor.workspace.visits import opened

_UNKNOWN_USER = "?"


@dataclass(frozen=True)
class LeftOpen:
    """A visit that was not closed: `last` is the time of the last step that is in the file."""

    path: Path
    enterprise: str
    answered: int
    last: datetime | None


def left_open(files: Iterable[Path]) -> tuple[LeftOpen, ...]:
    """Return those of `files` that this account on this machine had open when the program ended.

    A file is left behind when its note is still there and the lock is not: the lock ends with the
    process. A note from another machine proves nothing, since a lock need not be seen across a
    synchronised folder. Files that cannot be read are left out.
    """
    return tuple(found for file in files if (found := _left(file)) is not None)


def forget(file: Path) -> None:
    """Take the note of a crash away, so that the file is not offered again."""
    if _is_ours(file):
        note_path(file).unlink(missing_ok=True)


def _left(file: Path) -> LeftOpen | None:
    if not _is_ours(file):
        return None
    try:
        with opened(file, read_only=True) as visit:
            steps = [step.at for step in visit.file.history()]
            record = visit.assessment
    except AssessorError:
        return None
    last = steps[-1] if steps else None
    return LeftOpen(file, record.enterprise.name, len(record.answers), last)


def _is_ours(file: Path) -> bool:
    owner = read_owner(file)
    if owner is None or not owner.host:
        return False
    same_user = owner.user == (user_name() or _UNKNOWN_USER)
    return same_user and platform.node().startswith(owner.host)
