"""One line of the check-up, and where it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from assessor.i18n import Message, message
from assessor.settings import load_settings
from assessor.workspace.backups import BackupPlace, backup_place
from assessor.workspace.clock import Clock, now

State = Literal["ok", "warning", "problem"]


@dataclass(frozen=True)
class Line:
    """What was found in one area and what to do about it.

    `facts` are for the support bundle: figures and names of software alone, never a path, a name of
    a person or anything of a visit. `said` may hold paths: it is for the person at this machine.
    """

    area: str
    state: State
    said: Message
    advice: Message | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> Message:
        """The name of the area."""
        return message(f"doctor.area_{self.area}")


@dataclass(frozen=True)
class Machine:
    """What is looked at: the person's own folder, the settings in it, the time."""

    own: Path
    settings: Path
    clock: Clock = now

    def backups(self) -> BackupPlace:
        """Return where backups go by the settings as they are."""
        return backup_place(load_settings(self.settings).settings, self.own)


def fine(area: str, said: Message, **facts: str) -> Line:
    """Return a line without anything to do."""
    return Line(area, "ok", said, facts=facts)


def advised(area: str, state: State, said: Message, advice: str, **facts: str) -> Line:
    """Return a line with something to do; `advice` is a key of the catalogue."""
    return Line(area, state, said, message(f"doctor.{advice}_advice"), facts)
