"""Backups of visits: found again by id, by file, by time; made while somebody works."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assessor.assessment import Answer
from assessor.commands.answers import set_answer
from assessor.errors import AssessorError
from assessor.settings import Settings
from assessor.workspace.backups import (
    BackupPlace,
    LiveBackups,
    back_up,
    backed_up,
    backup_place,
    find_backup,
    look_into,
    restore_backup,
    restored_name,
)
from assessor.workspace.evidence import attach
from assessor.workspace.live import LiveVisit
from assessor.workspace.visits import opened
from tests.unit.storage.samples import noise_jpeg
from tests.unit.workspace.visit_files import new_file

ITEM = "a5-monitoring-visualisation"
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def visit(tmp_path: Path) -> Path:
    return new_file(tmp_path)


@pytest.fixture
def place(tmp_path: Path) -> BackupPlace:
    return BackupPlace(tmp_path / "backups", chosen=False)


def answer(visit: Path, option: str = "L2") -> None:
    with opened(visit) as one:
        one.do(set_answer(ITEM, Answer(option=option)))


def test_the_folder_of_the_settings_counts(tmp_path: Path) -> None:
    chosen = backup_place(Settings(backup_folder=str(tmp_path)))
    assert chosen == BackupPlace(tmp_path, chosen=True)
    own = backup_place(Settings(), tmp_path)
    assert own == BackupPlace(tmp_path / "backups", chosen=False)


def test_a_chosen_folder_that_is_gone_is_not_made_anew(visit: Path, tmp_path: Path) -> None:
    gone = tmp_path / "stick"
    with pytest.raises(AssessorError, match="stick"):
        back_up(visit, BackupPlace(gone, chosen=True))
    assert not gone.exists()


def test_a_renamed_visit_keeps_its_backups(visit: Path, place: BackupPlace) -> None:
    back_up(visit, place, lambda: NOON)
    moved = visit.rename(visit.with_name("other name.assessment"))
    answer(moved)
    back_up(moved, place, lambda: NOON + timedelta(days=1))
    (one,) = backed_up(place)
    assert [record.at for record in one.records] == [NOON + timedelta(days=1), NOON]
    assert one.file == moved
    assert one.enterprise == "宁波甬示精密机械有限公司"


def test_a_backup_says_what_it_holds(visit: Path, place: BackupPlace) -> None:
    answer(visit)
    record = back_up(visit, place, lambda: NOON).record
    content = look_into(record, place)
    assert (content.answered, content.evidence, content.problem) == (1, 0, None)
    record.path.write_bytes(b"x")
    assert look_into(record, place).problem is not None


def test_it_is_found_by_id_file_and_time(visit: Path, place: BackupPlace) -> None:
    first = back_up(visit, place, lambda: NOON).record
    answer(visit)
    second = back_up(visit, place, lambda: NOON + timedelta(days=1)).record
    with opened(visit, read_only=True) as one:
        name = one.assessment.id
    assert find_backup(place, name[:12]) == find_backup(place, str(visit)) == second
    assert find_backup(place, name, "20260310") == first
    for which, at in ((name, "2025"), ("nobody", ""), ("", "x")):
        with pytest.raises(AssessorError):
            find_backup(place, which, at)


def test_restoring_writes_a_new_file(visit: Path, place: BackupPlace) -> None:
    record = back_up(visit, place, lambda: NOON).record
    answer(visit)
    target = restored_name(visit, record)
    restore_backup(record, place, target)
    assert target != visit
    assert restored_name(visit, record) not in (target, visit)
    with opened(target) as restored, opened(visit) as present:
        assert restored.assessment.id == present.assessment.id
        assert restored.assessment.answers == {}
        assert present.assessment.answers


def test_edits_go_on_while_a_backup_is_made(visit: Path, place: BackupPlace) -> None:
    """The backup waits in the middle; an edit is durable before it goes on."""
    photo = visit.with_name("photo.jpg")
    photo.write_bytes(noise_jpeg(40, 30))
    with opened(visit) as one:
        attach(one, ITEM, [photo])
    reached, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        reached.set()
        go_on.wait()

    live = LiveVisit(visit, lambda _: None)
    backups = LiveBackups(live, lambda: NOON)
    worker = threading.Thread(target=lambda: backups.make(place, wait))
    worker.start()
    reached.wait()
    assert live.post(lambda _: set_answer(ITEM, Answer(option="L3"))).result()
    go_on.set()
    worker.join()
    (one_visit,) = backed_up(place)
    # It shows the visit as it was when the backup began.
    assert look_into(one_visit.records[0], place).answered == 0
    last = backups.finish(place)
    live.close()
    assert last is not None
    assert look_into(last.record, place).answered == 1


def test_a_closed_visit_is_left_alone(visit: Path, place: BackupPlace) -> None:
    live = LiveVisit(visit, lambda _: None)
    backups = LiveBackups(live)
    assert backups.finish(None) is None
    live.close()
    assert backups.make(place) is None
    assert backed_up(place) == ()
