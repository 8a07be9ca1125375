"""Making one backup: evidence first, then the record, opened again before older ones go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from assessor.assessment import Assessment, EvidenceItem
from assessor.i18n import message
from assessor.storage.backups.evidence_folder import EvidenceFolder
from assessor.storage.backups.library import BackupFolder, KeptRecord, VisitBackups
from assessor.storage.backups.reading import open_record
from assessor.storage.backups.record import RecordCopy, write_record
from assessor.storage.backups.thinning import kept
from assessor.storage.errors import DamagedError, StorageError, translated

_ROUNDS = 16
"""Of the evidence that is there already a sixteenth is read again at each backup."""

Check = Callable[[], None]
"""Called between the pieces of evidence; what it raises ends the work."""


@dataclass(frozen=True)
class Original:
    """A visit at one moment; `read` fetches bytes by digest and raises `DamagedError` or
    `KeyError` where the visit itself lacks them."""

    copy: RecordCopy
    assessment: Assessment
    read: Callable[[str], bytes]


@dataclass(frozen=True)
class Made:
    """A backup that was made and opened. `missing` is evidence that the visit itself lacks."""

    record: KeptRecord
    missing: tuple[EvidenceItem, ...] = ()
    thinned: int = 0


def make_backup(folder: BackupFolder, original: Original, at: datetime, check: Check) -> Made:
    """Keep a visit and thin out older backups of it; raises `StorageError`.

    Nothing older is dropped unless the new backup opens, says the same as the visit and has all
    its evidence. Where nothing changed since the latest backup, that one is checked and returned.
    """
    backups = folder.of(original.assessment.id)
    with translated(backups.folder):
        backups.folder.mkdir(parents=True, exist_ok=True)
    missing = tuple(_keep_evidence(folder.evidence, original, at, check))
    record = _unchanged(backups, original) or _write(backups, original, at)
    thinned = 0 if missing else _thin(folder, backups, record, at)
    return Made(record, missing, thinned)


def _keep_evidence(
    evidence: EvidenceFolder, original: Original, at: datetime, check: Check
) -> Iterator[EvidenceItem]:
    """Keep what is not kept yet; yield what can be had neither here nor there."""
    turn = int(at.timestamp() // 3600) % _ROUNDS
    items: Mapping[str, EvidenceItem] = {one.sha256: one for one in original.assessment.evidence}
    for sha256, item in items.items():
        check()
        held = evidence.holds(sha256, item.size)
        if held and int(sha256[0], _ROUNDS) == turn:
            held = evidence.is_sound(sha256)
        if held:
            evidence.use(sha256)
            continue
        try:
            evidence.put(sha256, original.read(sha256))
        except (DamagedError, KeyError):
            yield item


def _unchanged(backups: VisitBackups, original: Original) -> KeptRecord | None:
    for latest in backups.records()[:1]:
        try:
            if open_record(latest.path).copy == original.copy:
                return latest
        except StorageError:
            # A record that went bad is no reason not to write a good one.
            return None
    return None


def _write(backups: VisitBackups, original: Original, at: datetime) -> KeptRecord:
    record = backups.free_place(at)
    write_record(original.copy, record.path)
    if open_record(record.path).copy != original.copy:
        raise DamagedError(message("storage.written_wrongly", path=str(record.path)))
    return record


def _thin(folder: BackupFolder, backups: VisitBackups, record: KeptRecord, at: datetime) -> int:
    """Drop the backups that need not stay, and evidence that nothing refers to any more."""
    records = backups.records()
    stay = kept([one.at for one in records], at) | {record.at}
    going = [one for one in records if one.at not in stay]
    if not going:
        return 0
    candidates = set(_digests(going, whole=False)) - set(_digests([record]))
    with translated(backups.folder):
        for one in going:
            one.path.unlink(missing_ok=True)
    if candidates:
        _drop_evidence(folder, candidates, at)
    folder.evidence.drop_remains(at)
    return len(going)


def _drop_evidence(folder: BackupFolder, candidates: set[str], at: datetime) -> None:
    """Drop those contents no backup of any visit refers to; none while a backup is unreadable."""
    try:
        records = chain.from_iterable(visit.records() for visit in folder.visits())
        used = set(_digests(records))
    except StorageError:
        return
    folder.evidence.drop(candidates - used, at)


def _digests(records: Iterable[KeptRecord], *, whole: bool = True) -> Iterator[str]:
    """Yield the evidence of backups; unless the `whole` is wanted, unreadable ones are skipped."""
    for record in records:
        try:
            yield from (item.sha256 for item in open_record(record.path).assessment.evidence)
        except StorageError:
            if whole:
                raise
