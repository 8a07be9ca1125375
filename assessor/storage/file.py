"""One .assessment file: made, opened, committed to, read from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from assessor.assessment import Assessment
from assessor.errors import Problem
from assessor.i18n import message
from assessor.storage import blobs, chain, history
from assessor.storage import connection as connections
from assessor.storage.atomic import aside, ensure_new, journal_of, put_new_in_place
from assessor.storage.backups.record import RecordCopy, take_record
from assessor.storage.blobs import BlobSource, StoredBlob
from assessor.storage.chain import Head
from assessor.storage.checking import HistoryCheck, end_is_sound
from assessor.storage.content import Content, read_content, write_rows, write_rubric
from assessor.storage.copying import copy_open
from assessor.storage.database import Migration, transaction
from assessor.storage.errors import (
    DamagedError,
    MissingError,
    ReadOnlyError,
    StorageError,
    translated,
)
from assessor.storage.history import EditNote, LoggedEdit
from assessor.storage.migrations import MIGRATIONS, migrate
from assessor.storage.owner import leave_note, note_path
from assessor.storage.parts import NOTHING, difference
from assessor.storage.schema import VERSION, create_tables


class AssessmentFile:
    """An open file. While it is open for writing nobody else can read or write it.

    To be used from the thread that opened it. `assessment` and `rubric_json` are what is on disk;
    they can still be had when the file is `closed`.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        content: Content,
        note: Path | None,
    ) -> None:
        self.path = path
        self.assessment = content.assessment
        self.rubric_json = content.rubric_json
        self._connection = connection
        self._parts = content.parts
        self._note = note
        self._in_doubt = False
        self.closed = False

    @property
    def read_only(self) -> bool:
        """Whether the file was opened only to be looked at."""
        return self._note is None

    def commit(
        self,
        new: Assessment,
        note: EditNote,
        sources: Iterable[BlobSource] = (),
        rubric_json: str | None = None,
    ) -> int:
        """Make `new` and the bytes of new evidence durable together; return the step's number.

        When this returns, the step survives a loss of power. Only rows that differ are written;
        nothing is written and 0 returned when none does. `rubric_json` comes with a change of the
        rubric. Raises `StorageError`, after which `assessment` is as before, and the file too;
        only where the very last confirmation of the disk failed it may hold the step all the same,
        and the next one takes it back. `ValueError` for evidence without bytes or a rubric of
        another digest.
        """
        if self.read_only:
            raise ReadOnlyError(message("storage.opened_read_only", path=str(self.path)))
        if self._in_doubt:
            with translated(self.path):
                self._parts = read_content(self._connection, self.path).parts
        change = difference(self._parts, new)
        if not (self._in_doubt or change.before or change.after):
            return 0
        rubric = self.rubric_json if rubric_json is None else rubric_json
        # Until it is through: a commit that failed may still have reached the file.
        self._in_doubt = True
        with translated(self.path), transaction(self._connection):
            write_rubric(self._connection, new.rubric.digest, rubric)
            _write_evidence(self._connection, new, self.assessment, sources)
            write_rows(self._connection, change.before, change.after)
            if change.before or change.after:
                sequence = history.log(self._connection, note, change.before, change.after)
            else:
                sequence = self._confirm()
        self.assessment, self._parts, self.rubric_json = new, change.parts, rubric
        self._in_doubt = False
        return sequence

    def _confirm(self) -> int:
        """Have the disk confirm what it holds, by a write that changes nothing."""
        self._connection.execute(f"PRAGMA user_version = {VERSION}")
        head = chain.read_head(self._connection)
        return head.entries if head else 0

    def read_blob(self, sha256: str) -> bytes:
        """Return the bytes of a piece of evidence, checked; raises `KeyError`, `DamagedError`."""
        with translated(self.path):
            return blobs.read_blob(self._connection, self.path, sha256)

    def blob_chunks(self, sha256: str) -> Iterator[bytes]:
        """Yield the bytes of a piece of evidence in pieces of at most 1 MB, unchecked."""
        with translated(self.path):
            yield from blobs.blob_chunks(self._connection, sha256)

    def stored_blobs(self) -> Mapping[str, StoredBlob]:
        """Return digest -> size and media type of all bytes inside, without reading them."""
        with translated(self.path):
            return blobs.stored_blobs(self._connection)

    def history(self) -> Iterator[LoggedEdit]:
        """Yield all committed steps from the first to the last; raises `DamagedError`."""
        with translated(self.path):
            try:
                yield from history.history(self._connection)
            except (ValueError, RecursionError) as error:
                raise connections.damaged(self.path, "edit") from error

    def take_record(self) -> RecordCopy:
        """Return all that the file holds except the bytes of evidence, to be kept elsewhere."""
        with translated(self.path):
            return take_record(self._connection)

    def copy_to(self, target: Path) -> None:
        """Write everything inside, its history too, as another file; raises `StorageError`.

        What stands at `target` is replaced, by a copy that has been read and compared.
        """
        with translated(self.path):
            copy_open(self._connection, self.path, target)

    def history_head(self) -> Head | None:
        """Return where the history ends, `None` where somebody took the row away that says so."""
        with translated(self.path):
            return chain.read_head(self._connection)

    def history_digests(self) -> Mapping[int, str]:
        """Return number -> digest of all entries of the history, as they stand in the file."""
        with translated(self.path):
            return chain.stored_digests(self._connection)

    def history_check(self) -> HistoryCheck:
        """Return a check of the whole history, to be done in slices beside other work."""
        return HistoryCheck(self._connection, self.path)

    def verify_history(self) -> tuple[Problem, ...]:
        """Check the whole history: every entry by its digest, the record against all entries.

        Return what is wrong, each entry named; raises `StorageError` when it cannot be read.
        """
        with translated(self.path):
            return self.history_check().run()

    def history_ends_well(self) -> bool:
        """Whether the end of the history is whole; costs the same however long it is."""
        with translated(self.path):
            return end_is_sound(self._connection)

    def drop_unused_blobs(self) -> int:
        """Overwrite and drop bytes that no evidence refers to any more; return how many.

        To be called when nothing can be undone any more, so when the file is closed. After a step
        that failed nothing is dropped: the file may refer to more than `assessment` does.
        """
        if self._in_doubt:
            return 0
        used = {item.sha256 for item in self.assessment.evidence}
        unused = [(sha256,) for sha256 in self.stored_blobs() if sha256 not in used]
        if unused:
            with translated(self.path), transaction(self._connection):
                self._connection.executemany("DELETE FROM blob WHERE sha256 = ?", unused)
        return len(unused)

    def check_whole(self) -> tuple[Problem, ...]:
        """Check every page, the history and every piece of evidence; return what is wrong.

        Takes as long as reading the whole file does.
        """
        try:
            connections.check_all_pages(self._connection, self.path)
            return (*self.verify_history(), *self._evidence_problems())
        except StorageError as error:
            return (Problem(error.message, file=str(self.path)),)

    def close(self) -> None:
        """Give the file back to others. Everything committed is on disk already."""
        self.closed = True
        with translated(self.path), closing(self._connection):
            if self._note is not None:
                # Before the lock goes, or the note would be the next owner's.
                self._note.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _evidence_problems(self) -> Iterator[Problem]:
        stored = self.stored_blobs()
        for item in self.assessment.evidence:
            with translated(self.path):
                found = stored.get(item.sha256)
                sound = found is not None and blobs.is_sound(self._connection, item.sha256)
            if not sound:
                error = blobs.damaged_blob(self.path, item.file_name)
                yield Problem(error.message, file=str(self.path), subject=item.id)


def create(
    path: Path,
    assessment: Assessment,
    rubric_json: str,
    note: EditNote,
    sources: Iterable[BlobSource] = (),
) -> AssessmentFile:
    """Make a new file and open it; it appears under its name complete or not at all.

    `rubric_json` is the canonical JSON of the whole rubric, so that the visit is always scored with
    the rubric it was made for. Raises `StorageError`; `ValueError` for a rubric of another digest
    or evidence without bytes.
    """
    ensure_new(path)
    with translated(path), aside(path) as draft:
        with closing(connections.connect_new(draft)) as connection:
            _fill(connection, assessment, rubric_json, note, sources)
        with closing(connections.connect(draft, read_only=True)) as connection:
            if read_content(connection, path).assessment != assessment:
                raise DamagedError(message("storage.written_wrongly", path=str(path)))
        journal_of(path).unlink(missing_ok=True)
        put_new_in_place(draft, path)
    try:
        return open_file(path)
    except BaseException:
        _discard(path)
        raise


def _discard(path: Path) -> None:
    """Remove a file that was just made, with its journal and note; what cannot be removed stays."""
    for remains in (path, journal_of(path), note_path(path)):
        with suppress(OSError):
            remains.unlink()


def open_file(
    path: Path, *, read_only: bool = False, migrations: Mapping[int, Migration] = MIGRATIONS
) -> AssessmentFile:
    """Open a file; one of an earlier layout is brought up to date first, the old one kept.

    Raises `StorageError` (of the kind that says why) and changes nothing then.
    """
    if not path.is_file():
        raise MissingError(message("storage.missing", path=str(path)))
    connection = connections.connect(path, read_only=read_only)
    try:
        version = connections.version_of(connection, path)
        if version < VERSION:
            if read_only:
                raise ReadOnlyError(message("storage.old_read_only", path=str(path)))
            migrate(connection, path, version, migrations)
            connection = connections.connect(path, read_only=False)
        connections.check_small_tables(connection, path)
        content = read_content(connection, path)
        note = None if read_only else _leave_note(path)
        return AssessmentFile(connection, path, content, note)
    except BaseException:
        connection.close()
        raise


def _leave_note(path: Path) -> Path:
    """Leave the note; where that fails no journal could be written either."""
    with translated(path.parent):
        return leave_note(path)


def _fill(
    connection: sqlite3.Connection,
    assessment: Assessment,
    rubric_json: str,
    note: EditNote,
    sources: Iterable[BlobSource],
) -> None:
    rows = difference(NOTHING, assessment).after
    with transaction(connection):
        create_tables(connection)
        write_rubric(connection, assessment.rubric.digest, rubric_json)
        _write_evidence(connection, assessment, None, sources)
        write_rows(connection, {}, rows)
        chain.start_chain(connection, chain.new_file_id())
        history.log(connection, note, {}, rows)


def _write_evidence(
    connection: sqlite3.Connection,
    new: Assessment,
    old: Assessment | None,
    sources: Iterable[BlobSource],
) -> None:
    for source in sources:
        blobs.write_blob(connection, source)
    known = {item.sha256 for item in old.evidence} if old else set()
    wanted = {item.sha256 for item in new.evidence} - known
    if wanted and (missing := wanted - blobs.stored_blobs(connection).keys()):
        raise ValueError(f"evidence without bytes: {sorted(missing)}")
