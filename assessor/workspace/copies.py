"""The visit that is open as a file elsewhere: a whole copy, or what can still be had of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assessor.assessment import Assessment, EvidenceItem
from assessor.commands.proofs import remove_evidence
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.storage.atomic import aside, put_in_place
from assessor.storage.blobs import BlobSource
from assessor.storage.errors import (
    DamagedError,
    MediumError,
    MissingError,
    StorageError,
    translated,
)
from assessor.storage.file import create
from assessor.workspace.visits import OpenVisit


@dataclass(frozen=True)
class SavedCopy:
    """A copy that was written and read again; `left_out` names the evidence that is not in it."""

    path: Path
    left_out: tuple[str, ...] = ()


def save_copy(visit: OpenVisit, target: Path, reachable: bool = True) -> SavedCopy:
    """Write the visit as a file of its own; a file that stands there is replaced.

    The copy is whole, with its history. Where the visit's own file cannot be read any more
    (`reachable` says that it is no use to try), it holds everything that was acknowledged, and of
    the evidence what can still be read. Raises `AssessorError` when `target` cannot be written.
    """
    if _same(visit.path, target):
        raise AssessorError(message("mishap.copy_onto_itself", path=str(target)))
    if not target.parent.is_dir():
        raise MissingError(message("storage.folder_missing", folder=str(target.parent)))
    if reachable:
        try:
            visit.file.copy_to(target)
            return SavedCopy(target)
        except (MediumError, DamagedError):
            # The fault may lie with the file that is read; if it does not, it shows again below.
            pass
    return _rescued(visit, target, reachable)


def _rescued(visit: OpenVisit, target: Path, reachable: bool) -> SavedCopy:
    read = visit.file.read_blob if reachable else _unreadable
    kept, lost = _sorted_out(visit.assessment, read)
    record = _without(visit.assessment, lost)
    names = tuple(item.file_name for item in lost)
    what = message("mishap.rescued", path=str(visit.path), count=len(lost))
    sources = [_source(item, read) for item in kept]
    with translated(target), aside(target) as draft:
        create(draft, record, visit.file.rubric_json, visit.note(what), sources).close()
        put_in_place(draft, target)
    return SavedCopy(target, names)


def _sorted_out(
    record: Assessment, read: Callable[[str], bytes]
) -> tuple[list[EvidenceItem], list[EvidenceItem]]:
    """Return the evidence whose bytes can be read, and that whose bytes cannot."""
    kept: list[EvidenceItem] = []
    lost: list[EvidenceItem] = []
    for item in record.evidence:
        try:
            read(item.sha256)
        except (StorageError, KeyError):
            lost.append(item)
        else:
            kept.append(item)
    return kept, lost


def _without(record: Assessment, lost: list[EvidenceItem]) -> Assessment:
    """Return the record without some evidence; signatures stay, their drawings may be gone."""
    gone = {item.id for item in lost}
    for item in lost:
        record = remove_evidence(record, item.id).apply(record)
    signed = tuple(
        entry.model_copy(update={"signature": None}) if entry.signature in gone else entry
        for entry in record.sign_offs
    )
    return record.model_copy(update={"sign_offs": signed})


def _source(item: EvidenceItem, read: Callable[[str], bytes]) -> BlobSource:
    def again() -> BinaryIO:
        return io.BytesIO(read(item.sha256))

    return BlobSource(item.sha256, item.size, item.media_type, item.file_name, again)


def _unreadable(sha256: str) -> bytes:
    raise KeyError(sha256)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve()
    except OSError:
        return one.absolute() == other.absolute()
