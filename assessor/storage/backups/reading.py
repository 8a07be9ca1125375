"""Opening a backup: what it holds, and whether all its evidence is there."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assessor.assessment import Assessment, EvidenceItem
from assessor.storage.backups.evidence_folder import EvidenceFolder
from assessor.storage.backups.record import RecordCopy, take_record
from assessor.storage.connection import (
    check_all_pages,
    check_small_tables,
    connect,
    version_of,
)
from assessor.storage.content import read_content
from assessor.storage.schema import VERSION


@dataclass(frozen=True)
class OpenedRecord:
    """A backup that was opened and checked: its rows, and the record they make."""

    copy: RecordCopy
    assessment: Assessment

    def missing(self, evidence: EvidenceFolder) -> tuple[EvidenceItem, ...]:
        """Return the evidence whose content is not there in its full size."""
        items = self.assessment.evidence
        return tuple(item for item in items if not evidence.holds(item.sha256, item.size))


def open_record(path: Path) -> OpenedRecord:
    """Open a backup and check all of it; raises `StorageError` of the kind that says why not.

    Records of earlier layouts can be opened: they are brought up to date when they are restored.
    """
    with closing(connect(path, read_only=True)) as connection:
        if version_of(connection, path) == VERSION:
            check_small_tables(connection, path)
        check_all_pages(connection, path)
        content = read_content(connection, path)
        return OpenedRecord(take_record(connection), content.assessment)
