"""Backups: complete, checked, shared evidence, thinned only after a good one, restored anew."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assessor.assessment import Assessment
from assessor.canonical import digest_of_bytes
from assessor.errors import AssessorError, ProblemsError
from assessor.storage.backups.library import BackupFolder
from assessor.storage.backups.making import Made, Original, make_backup
from assessor.storage.backups.reading import open_record
from assessor.storage.backups.restoring import restore
from assessor.storage.blobs import source_of_bytes
from assessor.storage.errors import DamagedError, ExistsError, StorageError
from assessor.storage.file import AssessmentFile, create, open_file
from tests.unit.storage.samples import RUBRIC_JSON, bare_record, evidence, note

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
PHOTOS = [bytes([number]) * 5000 for number in range(1, 9)]


def original(file: AssessmentFile) -> Original:
    return Original(file.take_record(), file.assessment, file.read_blob)


def with_photos(record: Assessment, photos: list[bytes]) -> Assessment:
    items = tuple(evidence(f"e{number}", data) for number, data in enumerate(photos))
    return record.model_copy(update={"evidence": items})


@pytest.fixture
def file(tmp_path: Path) -> Iterator[AssessmentFile]:
    sources = [source_of_bytes(data, "image/jpeg", "photo.jpg") for data in PHOTOS]
    record = with_photos(bare_record(), PHOTOS)
    with create(tmp_path / "visit.assessment", record, RUBRIC_JSON, note(), sources) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> BackupFolder:
    return BackupFolder(tmp_path / "backups")


Make = Callable[[datetime], Made]


@pytest.fixture
def make(file: AssessmentFile, folder: BackupFolder) -> Make:
    """Change the visit and back it up."""
    steps = iter(range(1, 10_000))

    def made(at: datetime) -> Made:
        step = next(steps)
        enterprise = file.assessment.enterprise.model_copy(update={"address": f"{step} 号"})
        file.commit(file.assessment.model_copy(update={"enterprise": enterprise}), note(step))
        return make_backup(folder, original(file), at, lambda: None)

    return made


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def aged(folder: BackupFolder) -> None:
    """Make the evidence look as if it had not been used for long."""
    for path in folder.evidence.root.rglob("*"):
        if path.is_file():
            os.utime(path, (START.timestamp() - 1e6,) * 2)


def test_a_backup_gives_back_the_visit_with_history_and_evidence(
    file: AssessmentFile, folder: BackupFolder, make: Make, tmp_path: Path
) -> None:
    made = make(START)
    assert restore(made.record.path, folder.evidence, tmp_path / "again.assessment")
    with open_file(tmp_path / "again.assessment") as again:
        assert again.assessment == file.assessment
        assert list(again.history()) == list(file.history())
        assert again.take_record() == file.take_record()
        assert [again.read_blob(digest_of_bytes(data)) for data in PHOTOS] == PHOTOS
        assert again.check_whole() == ()


def test_many_backups_weigh_about_one(folder: BackupFolder, make: Make) -> None:
    for day in range(30):
        make(START + timedelta(days=day))
    contents = [path for path in folder.evidence.root.rglob("*") if path.is_file()]
    assert sorted(path.read_bytes() for path in contents) == PHOTOS


def test_an_unchanged_visit_has_one_backup(file: AssessmentFile, folder: BackupFolder) -> None:
    first = make_backup(folder, original(file), START, lambda: None)
    again = make_backup(folder, original(file), START + timedelta(days=1), lambda: None)
    assert again.record == first.record
    assert len(folder.of(file.assessment.id).records()) == 1


def test_older_ones_are_thinned_out(file: AssessmentFile, folder: BackupFolder, make: Make) -> None:
    thinned = [make(START + timedelta(minutes=5 * step)).thinned for step in range(8)]
    times = [one.at for one in folder.of(file.assessment.id).records()]
    assert sum(thinned) == 8 - len(times)
    assert times == [START + timedelta(minutes=minutes) for minutes in (35, 30, 0)]


def test_nothing_is_thinned_out_for_a_backup_that_lacks_evidence(
    file: AssessmentFile, folder: BackupFolder, make: Make
) -> None:
    for step in range(3):
        make(START + timedelta(minutes=step))
    before = len(folder.of(file.assessment.id).records())
    shutil.rmtree(folder.evidence.root)

    def lost(_: str) -> bytes:
        raise DamagedError(note().what)

    broken = Original(file.take_record(), file.assessment, lost)
    made = make_backup(folder, broken, START + timedelta(minutes=4), lambda: None)
    assert len(made.missing) == len(PHOTOS)
    assert made.thinned == 0
    assert len(folder.of(file.assessment.id).records()) == before


def test_evidence_goes_with_the_last_backup_that_refers_to_it(
    file: AssessmentFile, folder: BackupFolder, make: Make
) -> None:
    make(START)
    file.commit(with_photos(file.assessment, PHOTOS[:2]), note(99))
    make(START + timedelta(minutes=5))
    aged(folder)
    assert make(START + timedelta(hours=25)).thinned == 1
    names = {path.name for path in folder.evidence.root.rglob("*") if path.is_file()}
    assert names == {digest_of_bytes(data) for data in PHOTOS[:2]}


def test_evidence_used_lately_is_not_dropped(
    file: AssessmentFile, folder: BackupFolder, make: Make
) -> None:
    make(START)
    file.commit(with_photos(file.assessment, []), note(99))
    make(START + timedelta(minutes=5))
    now = START.timestamp() + 24 * 3600
    for path in folder.evidence.root.rglob("*"):
        os.utime(path, (now, now))
    assert make(START + timedelta(hours=25)).thinned == 1
    assert all(folder.evidence.is_sound(digest_of_bytes(data)) for data in PHOTOS)


def test_evidence_another_visit_refers_to_stays(
    file: AssessmentFile, folder: BackupFolder, make: Make, tmp_path: Path
) -> None:
    sources = [source_of_bytes(PHOTOS[0], "image/jpeg", "photo.jpg")]
    other = with_photos(bare_record().model_copy(update={"id": "v2"}), PHOTOS[:1])
    with create(tmp_path / "other.assessment", other, RUBRIC_JSON, note(), sources) as second:
        make_backup(folder, original(second), START, lambda: None)
    make(START)
    file.commit(with_photos(file.assessment, []), note(99))
    make(START + timedelta(minutes=5))
    aged(folder)
    assert make(START + timedelta(hours=25)).thinned == 1
    names = {path.name for path in folder.evidence.root.rglob("*") if path.is_file()}
    assert names == {digest_of_bytes(PHOTOS[0])}


def test_damaged_evidence_is_replaced_from_the_visit(folder: BackupFolder, make: Make) -> None:
    make(START)
    for data in PHOTOS:
        path = folder.evidence.path(digest_of_bytes(data))
        path.write_bytes(b"x" * len(data))
    for hour in range(16):
        make(START + timedelta(days=1, hours=hour))
    assert all(folder.evidence.is_sound(digest_of_bytes(data)) for data in PHOTOS)


def test_restoring_never_overwrites(folder: BackupFolder, make: Make, tmp_path: Path) -> None:
    made = make(START)
    target = tmp_path / "there.assessment"
    target.write_bytes(b"mine")
    with pytest.raises(ExistsError):
        restore(made.record.path, folder.evidence, target)
    assert target.read_bytes() == b"mine"


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"y" * 5000)])
def test_lacking_evidence_is_named_and_nothing_left(
    harm: Callable[[Path], object], folder: BackupFolder, make: Make, tmp_path: Path
) -> None:
    made = make(START)
    harm(folder.evidence.path(digest_of_bytes(PHOTOS[3])))
    place = tmp_path / "new"
    place.mkdir()
    with pytest.raises(ProblemsError) as caught:
        restore(made.record.path, folder.evidence, place / "again.assessment")
    assert [problem.subject for problem in caught.value.problems] == ["e3"]
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("cut", [10, 5000, -1])
def test_a_damaged_record_is_refused(
    cut: int, folder: BackupFolder, make: Make, tmp_path: Path
) -> None:
    path = make(START).record.path
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(AssessorError):
        restore(path, folder.evidence, tmp_path / "again.assessment")
    assert not (tmp_path / "again.assessment").exists()


def test_a_damaged_record_does_not_hinder_the_next(
    file: AssessmentFile, folder: BackupFolder, make: Make
) -> None:
    make(START).record.path.write_bytes(b"x")
    made = make(START + timedelta(days=1))
    assert open_record(made.record.path).assessment == file.assessment


def test_no_folder_can_be_made(file: AssessmentFile, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(AssessorError):
        make_backup(BackupFolder(tmp_path / "file"), original(file), START, lambda: None)


def test_what_interrupts_it_leaves_the_older_ones(
    file: AssessmentFile, folder: BackupFolder, make: Make
) -> None:
    make(START)

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_backup(folder, original(file), START + timedelta(days=1), stop)
    (left,) = folder.of(file.assessment.id).records()
    assert open_record(left.path).assessment == file.assessment


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("where", ["write_bytes", "replace"])
def test_a_folder_that_fails_is_said_and_what_was_there_stays(
    number: int,
    where: str,
    file: AssessmentFile,
    folder: BackupFolder,
    make: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = make(START)
    shutil.rmtree(folder.evidence.root)

    def failing(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(Path, where, failing)
        with pytest.raises(StorageError):
            make(START + timedelta(days=1))
    assert [one.at for one in folder.of(file.assessment.id).records()] == [first.record.at]
    assert [path for path in folder.root.rglob("*") if path.suffix == ".part"] == []
    # Once the folder works again, so does the next backup, with all the evidence.
    again = make(START + timedelta(days=2))
    assert open_record(again.record.path).missing(folder.evidence) == ()
