"""Backups of visits: where they are kept, how they are made, listed and restored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from assessor.assessment import Assessment
from assessor.errors import AssessorError
from assessor.i18n import Message, message
from assessor.paths import user_folder
from assessor.settings import Settings
from assessor.storage.backups.library import About, BackupFolder, KeptRecord, VisitBackups
from assessor.storage.backups.making import Made, Original, make_backup
from assessor.storage.backups.reading import open_record
from assessor.storage.backups.record import RecordCopy
from assessor.storage.backups.restoring import restore
from assessor.storage.errors import MissingError
from assessor.storage.file import open_file
from assessor.workspace.clock import Clock, now
from assessor.workspace.live import LiveVisit
from assessor.workspace.visits import OpenVisit

OWN_FOLDER = "backups"
"""The folder beside the settings where backups go until the person chooses another."""

_STAMP = "%Y%m%d-%H%M"


@dataclass(frozen=True)
class BackupPlace:
    """Where backups are kept. A folder the person chose is never made anew: when it is gone, a
    drive is not plugged in, and a folder of its name would be somewhere else."""

    folder: Path
    chosen: bool

    def ready(self) -> BackupFolder:
        """Return the folder to write to; raises `MissingError` when a chosen one is gone."""
        if self.chosen and not self.folder.is_dir():
            raise MissingError(message("backup.folder_gone", folder=str(self.folder)))
        return BackupFolder(self.folder)


def backup_place(settings: Settings, own: Path | None = None) -> BackupPlace:
    """Return the folder of the settings, without one the person's own (`own` holds it)."""
    if settings.backup_folder:
        return BackupPlace(Path(settings.backup_folder), chosen=True)
    return BackupPlace((own or user_folder()) / OWN_FOLDER, chosen=False)


class LiveBackups:
    """Backups of a visit that is open in a window, made on any thread but the visit's own.

    The visit's thread only reads its rows, and one piece of evidence at a time: edits go between.
    """

    def __init__(self, live: LiveVisit, clock: Clock = now) -> None:
        self._live = live
        self._clock = clock
        self._one_at_a_time = Lock()
        self._over = False

    def make(self, place: BackupPlace, check: Callable[[], None] = lambda: None) -> Made | None:
        """Make a backup now, `None` when the visit is closed; raises `AssessorError`."""
        with self._one_at_a_time:
            return None if self._over else self._make(place, check)

    def finish(self, place: BackupPlace | None) -> Made | None:
        """Make the last one, if a place is given: the visit is about to be closed."""
        with self._one_at_a_time:
            self._over = True
            return self._make(place, lambda: None) if place else None

    def _make(self, place: BackupPlace, check: Callable[[], None]) -> Made:
        folder = place.ready()
        copy, assessment = self._live.run(_taken).result()
        original = Original(copy, assessment, self._read)
        return _made(folder, original, self._live.path, self._clock(), check)

    def _read(self, sha256: str) -> bytes:
        return self._live.run(lambda visit: visit.read_blob(sha256)).result()


def back_up(file: Path, place: BackupPlace, clock: Clock = now) -> Made:
    """Make a backup of a visit nobody has open; raises `AssessorError`."""
    folder = place.ready()
    with open_file(file, read_only=True) as opened:
        original = Original(opened.take_record(), opened.assessment, opened.read_blob)
        return _made(folder, original, file, clock(), lambda: None)


@dataclass(frozen=True)
class BackedUp:
    """A visit that has backups, the latest first; `file` is where it was copied from last."""

    visit_id: str
    enterprise: str
    file: Path | None
    records: tuple[KeptRecord, ...]


@dataclass(frozen=True)
class BackupContent:
    """What a backup holds, or the `problem` that keeps it from being restored."""

    record: KeptRecord
    enterprise: str = ""
    answered: int = 0
    evidence: int = 0
    signed: bool = False
    problem: Message | None = None


def backed_up(place: BackupPlace) -> tuple[BackedUp, ...]:
    """Return the visits that have backups, the one backed up last first; raises `AssessorError`."""
    found = [_listed(visit) for visit in place.ready().visits()]
    full = [visit for visit in found if visit.records]
    return tuple(sorted(full, key=lambda visit: visit.records[0].at, reverse=True))


def look_into(record: KeptRecord, place: BackupPlace) -> BackupContent:
    """Open a backup and return what it holds; evidence is looked for, its bytes are not read."""
    try:
        opened = open_record(record.path)
        held = opened.assessment
        missing = opened.missing(place.ready().evidence)
    except AssessorError as error:
        return BackupContent(record, problem=error.message)
    problem = message("backup.pieces_missing", count=len(missing)) if missing else None
    counts = len(held.answers), len(held.evidence), bool(held.sign_offs)
    return BackupContent(record, held.enterprise.name, *counts, problem)


def restore_backup(record: KeptRecord, place: BackupPlace, target: Path) -> Assessment:
    """Write a backup as a new file and verify it; nothing is ever overwritten.

    Raises `AssessorError`; there is no file then.
    """
    return restore(record.path, place.ready().evidence, target)


def restored_name(file: Path, record: KeptRecord) -> Path:
    """Return a free name beside `file` that says from when the content is (local time)."""
    stamp = record.at.astimezone().strftime(_STAMP)
    first = file.with_name(f"{file.stem}-{stamp}{file.suffix}")
    name, number = first, 1
    while name.exists():
        number += 1
        name = first.with_name(f"{first.stem}-{number}{first.suffix}")
    return name


def find_visit(place: BackupPlace, which: str) -> BackedUp:
    """Return the visit that is meant by its id, the beginning of it, or its file.

    Raises `AssessorError` when that is none or more than one.
    """
    visits = [visit for visit in backed_up(place) if _is_meant(visit, which)]
    if len(visits) != 1:
        raise AssessorError(message("backup.which_visit", which=which, count=len(visits)))
    return visits[0]


def find_backup(place: BackupPlace, which: str, at: str = "") -> KeptRecord:
    """Return a backup of the visit that is meant as in `find_visit`.

    `at` is the beginning of the backup's name, such as `20260310`; without it the latest is meant.
    Raises `AssessorError` when there is none.
    """
    visit = find_visit(place, which)
    fitting = [record for record in visit.records if record.path.name.startswith(at)]
    if not fitting:
        raise AssessorError(message("backup.no_such_time", at=at, visit=visit.visit_id))
    return fitting[0]


def _is_meant(visit: BackedUp, which: str) -> bool:
    same_file = visit.file is not None and visit.file == Path(which).absolute()
    return same_file or visit.visit_id.startswith(which)


def _listed(visit: VisitBackups) -> BackedUp:
    records, about = visit.records(), visit.about()
    if about is not None:
        return BackedUp(visit.visit_id, about.enterprise, Path(about.file), records)
    return BackedUp(visit.visit_id, _enterprise(records), None, records)


def _enterprise(records: tuple[KeptRecord, ...]) -> str:
    for record in records:
        try:
            return open_record(record.path).assessment.enterprise.name
        except AssessorError:
            continue
    return ""


def _taken(visit: OpenVisit) -> tuple[RecordCopy, Assessment]:
    return visit.file.take_record(), visit.assessment


def _made(
    folder: BackupFolder, original: Original, file: Path, at: datetime, check: Callable[[], None]
) -> Made:
    made = make_backup(folder, original, at, check)
    record = original.assessment
    about = About(visit=record.id, enterprise=record.enterprise.name, file=str(file.absolute()))
    folder.of(record.id).write_about(about)
    return made
