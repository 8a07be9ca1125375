"""Turning a backup into a visit file again: always a new file, complete and checked, or none."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from assessor.assessment import Assessment, EvidenceItem
from assessor.errors import Problem, ProblemsError
from assessor.i18n import message
from assessor.storage.atomic import ensure_new, journal_of, put_new_in_place
from assessor.storage.backups.evidence_folder import EvidenceFolder
from assessor.storage.backups.reading import open_record
from assessor.storage.blobs import ChangedError, write_blob
from assessor.storage.connection import connect
from assessor.storage.database import transaction
from assessor.storage.errors import translated
from assessor.storage.file import open_file


def restore(record: Path, evidence: EvidenceFolder, target: Path) -> Assessment:
    """Write a backup as a new visit file at `target`; return what it holds.

    The file is put together aside, opened, checked whole and compared with the backup before it
    gets its name. Raises `ExistsError` when something is there already, `ProblemsError` naming the
    evidence that is missing or damaged, `StorageError` for anything else; no file is left then.
    """
    ensure_new(target)
    opened = open_record(record)
    _refuse_missing(record, opened.missing(evidence))
    with (
        translated(target),
        tempfile.TemporaryDirectory(
            dir=target.parent, prefix=".restoring-", ignore_cleanup_errors=True
        ) as place,
    ):
        draft = Path(place) / target.name
        shutil.copyfile(record, draft)
        _add_evidence(draft, record, opened.assessment.evidence, evidence)
        # One of an earlier layout is brought up to date by opening it; what that keeps goes too.
        open_file(draft).close()
        _check(draft, opened.assessment)
        journal_of(target).unlink(missing_ok=True)
        put_new_in_place(draft, target)
    return opened.assessment


def _add_evidence(
    draft: Path, record: Path, items: tuple[EvidenceItem, ...], evidence: EvidenceFolder
) -> None:
    damaged: list[EvidenceItem] = []
    with closing(connect(draft, read_only=False)) as connection, transaction(connection):
        for item in items:
            source = evidence.source(item.sha256, item.size, item.media_type, item.file_name)
            try:
                write_blob(connection, source)
            except ChangedError:
                damaged.append(item)
    _refuse_missing(record, tuple(damaged))


def _refuse_missing(record: Path, items: tuple[EvidenceItem, ...]) -> None:
    if items:
        why = message("backup.evidence_missing", record=record.name, count=len(items))
        raise ProblemsError(why, tuple(_problem(item) for item in items))


def _problem(item: EvidenceItem) -> Problem:
    return Problem(message("backup.piece_missing", name=item.file_name), subject=item.id)


def _check(draft: Path, expected: Assessment) -> None:
    with open_file(draft, read_only=True) as file:
        problems = file.check_whole()
        same = file.assessment == expected
    if problems or not same:
        raise ProblemsError(message("backup.restored_wrongly"), problems)
