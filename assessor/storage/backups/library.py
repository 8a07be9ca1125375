"""How a folder of backups is laid out: one folder a visit, named by the visit's own id.

    <folder>/assessor-backups/evidence/<2 digits>/<sha256>
    <folder>/assessor-backups/visit-<id>.backups/20260310T081500Z.record
    <folder>/assessor-backups/visit-<id>.backups/about.json

`about.json` only saves opening records to name a visit; without it everything still works.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import Field, ValidationError

from assessor.rubrics.base import Id, Model
from assessor.storage.atomic import aside, put_in_place
from assessor.storage.backups.evidence_folder import EvidenceFolder
from assessor.storage.errors import translated

NAME = "assessor-backups"
RECORD = ".record"
_ABOUT = "about.json"
_BEFORE, _AFTER = "visit-", ".backups"
_TIME = "%Y%m%dT%H%M%SZ"
_LARGEST_ABOUT = 100_000


class About(Model):
    """What names a visit in a list: whose it is, and which file it was copied from last."""

    visit: Id
    enterprise: str = Field(max_length=500)
    file: str = Field(max_length=5000)


@dataclass(frozen=True)
class KeptRecord:
    """One backup: its file, and the time it shows the visit at (UTC)."""

    path: Path
    at: datetime


class VisitBackups:
    """The backups of one visit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def visit_id(self) -> str:
        """The id of the visit, as the folder's name says."""
        return self.folder.name.removeprefix(_BEFORE).removesuffix(_AFTER)

    def records(self) -> tuple[KeptRecord, ...]:
        """Return the backups, the latest first; raises `StorageError`."""
        with translated(self.folder):
            if not self.folder.is_dir():
                return ()
            found = [_kept(path) for path in self.folder.iterdir()]
        return tuple(sorted(filter(None, found), key=lambda one: one.at, reverse=True))

    def free_place(self, at: datetime) -> KeptRecord:
        """Return where a backup of now goes; a second one within a second goes a second later."""
        moment = at.astimezone(UTC).replace(microsecond=0)
        while (path := self.folder / f"{moment.strftime(_TIME)}{RECORD}").exists():
            moment += timedelta(seconds=1)
        return KeptRecord(path, moment)

    def about(self) -> About | None:
        """Return what names the visit, None where that is not written or not readable."""
        path = self.folder / _ABOUT
        try:
            if path.stat().st_size > _LARGEST_ABOUT:
                return None
            return About.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            return None

    def write_about(self, about: About) -> None:
        """Write what names the visit; raises `StorageError`."""
        path = self.folder / _ABOUT
        with translated(path), aside(path) as draft:
            draft.write_text(about.model_dump_json(), encoding="utf-8")
            put_in_place(draft, path)


class BackupFolder:
    """A folder with backups of any number of visits."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / NAME
        self.evidence = EvidenceFolder(self.root / "evidence")

    def of(self, visit_id: str) -> VisitBackups:
        """Return the backups of a visit, of which there may be none yet."""
        return VisitBackups(self.root / f"{_BEFORE}{visit_id}{_AFTER}")

    def visits(self) -> tuple[VisitBackups, ...]:
        """Return the visits that have a folder, by id; raises `StorageError`."""
        return tuple(VisitBackups(path) for path in self._folders())

    def _folders(self) -> Iterator[Path]:
        with translated(self.root):
            if self.root.is_dir():
                yield from sorted(self.root.glob(f"{_BEFORE}*{_AFTER}"))


def _kept(path: Path) -> KeptRecord | None:
    if path.suffix != RECORD or path.name.startswith("."):
        return None
    try:
        return KeptRecord(path, datetime.strptime(path.stem, _TIME).replace(tzinfo=UTC))
    except ValueError:
        return None
