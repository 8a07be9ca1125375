"""The note beside an open file that tells others who has it open.

The lock itself is SQLite's and ends with the process; the note only lends it a name. One left
behind by a crash does no harm: it is replaced at the next opening.
"""

from __future__ import annotations

import getpass
import json
import platform
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

_LIMIT = 2_000
_LONGEST = 60


@dataclass(frozen=True)
class Owner:
    """Who has a file open: the account, the machine, local time in ISO 8601 to the minute."""

    user: str
    host: str
    since: str


def note_path(path: Path) -> Path:
    """Return where the note about `path` lies."""
    return path.with_name(f".{path.name}.lock")


def leave_note(path: Path) -> Path:
    """Write that this account has `path` open, and return where that is noted.

    Raises `OSError` where the folder must not be written to.
    """
    since = datetime.now().astimezone().isoformat(" ", "minutes")
    owner = Owner(_account(), platform.node(), since)
    note = note_path(path)
    note.write_text(json.dumps(asdict(owner), ensure_ascii=False), encoding="utf-8")
    return note


def read_owner(path: Path) -> Owner | None:
    """Return who has `path` open, None when no readable note says so."""
    try:
        with note_path(path).open(encoding="utf-8") as file:
            data = json.loads(file.read(_LIMIT))
        return Owner(*(_plain(data[name]) for name in ("user", "host", "since")))
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def _plain(value: object) -> str:
    """Keep what a foreign note says short and on one line."""
    return "".join(letter for letter in str(value) if letter.isprintable())[:_LONGEST]
