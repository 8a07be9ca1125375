"""Nothing acknowledged is lost: killed programs, full disks, locks, folders that are read-only."""

from __future__ import annotations

import os
import secrets
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assessor.assessment import Answer
from assessor.canonical import digest_of_bytes
from assessor.commands.answers import set_answer
from assessor.commands.proofs import add_evidence
from assessor.storage.errors import DiskFullError, InUseError, ReadOnlyError
from assessor.storage.file import AssessmentFile, open_file
from assessor.storage.owner import note_path, read_owner
from tests.unit.storage.editing_child import photo_bytes
from tests.unit.storage.samples import (
    bare_record,
    evidence,
    full_record,
    new_file,
    note,
    photo_source,
)

KILLS = 15
ROOT = Path(__file__).parents[3]
NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "a.assessment"
    new_file(place).close()
    return place


def start_child(path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.unit.storage.editing_child", str(path)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def acknowledged_until_killed(path: Path, patience: float) -> list[int]:
    """Let a child edit, kill it after `patience` seconds of editing, return what it printed."""
    child = start_child(path)
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(patience)
    child.kill()
    rest, _ = child.communicate()
    return [int(line) for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]


def check_everything_is_there(file: AssessmentFile, numbers: list[int]) -> None:
    record = file.assessment
    pictures = {item.id: item.sha256 for item in record.evidence}
    for number in numbers:
        if number % 3 == 2:
            assert file.read_blob(pictures[f"e{number}"]) == photo_bytes(number)
        else:
            assert record.answers[f"k{number}"].note == str(number)


def test_no_acknowledged_edit_is_lost_when_the_program_is_killed(path: Path) -> None:
    printed: list[int] = []
    for _ in range(KILLS):
        printed += acknowledged_until_killed(path, secrets.randbelow(120) / 1000)
        with open_file(path) as file:
            check_everything_is_there(file, printed)
            edits = len(list(file.history())) - 1
        assert edits in {len(printed), printed[-1] + 1, printed[-1] + 2}
    assert printed == sorted(set(printed))
    assert len(printed) > KILLS
    with open_file(path) as file:
        assert file.check_whole() == ()


@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_open_in_another_process_is_refused_with_its_owner(
    path: Path, read_only: bool
) -> None:
    child = start_child(path)
    assert child.stdout is not None
    try:
        child.stdout.readline()
        owner = read_owner(path)
        assert owner is not None
        with pytest.raises(InUseError) as refusal:
            open_file(path, read_only=read_only)
        said = refusal.value.text("en")
        assert all(word in said for word in (str(path), owner.user, owner.host, "close it there"))
    finally:
        child.kill()
        child.communicate()
    assert note_path(path).exists()
    with open_file(path) as file:
        assert file.assessment.answers
    assert not note_path(path).exists()


def test_a_lock_without_a_note_is_refused_too(path: Path) -> None:
    with open_file(path):
        note_path(path).write_bytes(b"\xff[[[")
        with pytest.raises(InUseError, match="其他程序"):
            open_file(path)


def fill_up(file: AssessmentFile) -> None:
    """Let the disk seem full: the database may not grow by a single page any more."""
    (pages,) = file._connection.execute("PRAGMA page_count").fetchone()
    file._connection.execute(f"PRAGMA max_page_count = {pages}")


def test_a_full_disk_keeps_the_old_content_and_the_file_usable(path: Path) -> None:
    data = photo_bytes(1)
    with open_file(path) as file:
        before = file.assessment
        record = add_evidence([evidence("e1", data)]).apply(before)
        fill_up(file)
        with pytest.raises(DiskFullError, match="磁盘空间不足"):
            file.commit(record, note(), [photo_source(data)])
        assert file.assessment == before
        assert file.stored_blobs() == {}
        file._connection.execute("PRAGMA max_page_count = 1000000")
        file.commit(record, note(), [photo_source(data)])
    with open_file(path) as file:
        assert file.assessment == record
        assert file.read_blob(digest_of_bytes(data)) == data


if sys.platform != "win32":
    import resource

    @contextmanager
    def largest_file(size: int) -> Iterator[None]:
        """Let the system refuse to write beyond `size` bytes of any file."""
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    def test_a_write_the_system_refuses_loses_nothing(path: Path) -> None:
        data = photo_bytes(1)
        with open_file(path) as file:
            before = file.assessment
            record = add_evidence([evidence("e1", data)]).apply(before)
            with largest_file(path.stat().st_size + 50_000), pytest.raises(Exception, match=r"a\."):
                file.commit(record, note(), [photo_source(data)])
            assert file.assessment == before
        with open_file(path) as file:
            assert file.assessment == before
            assert file.check_whole() == ()

    def test_no_room_to_create_leaves_nothing(tmp_path: Path) -> None:
        with largest_file(20_000), pytest.raises(Exception, match=r"new\.assessment"):
            new_file(tmp_path / "new.assessment", full_record())
        assert list(tmp_path.iterdir()) == []

    @contextmanager
    def without_privileges() -> Iterator[None]:
        """Be an ordinary user: the administrator may write anywhere."""
        me = os.geteuid()
        if me == 0:
            os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(me)

    @pytest.fixture
    def shared(path: Path) -> Iterator[Path]:
        """A copy of the file in a folder that everybody can look into."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            copy = folder / "a.assessment"
            copy.write_bytes(path.read_bytes())
            folder.chmod(0o755)
            copy.chmod(0o666)
            yield copy
            folder.chmod(0o755)

    def test_a_read_only_file_is_read_and_not_written(shared: Path) -> None:
        shared.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        shared.parent.chmod(0o777)
        with without_privileges():
            with pytest.raises(ReadOnlyError, match="只读"):
                open_file(shared)
            with open_file(shared, read_only=True) as file:
                assert file.assessment.id == "v1"

    def test_a_read_only_folder_is_read_and_not_written(shared: Path) -> None:
        shared.parent.chmod(0o555)
        before = shared.read_bytes()
        with without_privileges():
            with pytest.raises(ReadOnlyError) as refusal:
                open_file(shared)
            assert str(shared.parent) in refusal.value.text("en")
            with open_file(shared, read_only=True) as file:
                assert file.assessment.id == "v1"
            with pytest.raises(ReadOnlyError, match=r"new\.assessment"):
                new_file(shared.with_name("new.assessment"))
        assert shared.read_bytes() == before
        assert list(shared.parent.iterdir()) == [shared]

    def test_a_file_nobody_may_read_is_named(shared: Path) -> None:
        shared.chmod(0)
        with without_privileges(), pytest.raises(ReadOnlyError, match=r"a\.assessment"):
            open_file(shared, read_only=True)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_journal_left_by_a_crash_is_rolled_back(path: Path, read_only: bool) -> None:
    crash_while_editing(path)
    with open_file(path, read_only=read_only) as file:
        assert file.assessment == bare_record()
        assert file.check_whole() == ()


def test_the_journal_of_a_file_that_is_gone_is_not_played_into_a_new_one(path: Path) -> None:
    crash_while_editing(path)
    path.unlink()
    assert path.with_name(f"{path.name}-journal").exists()
    record = full_record()
    with new_file(path, record) as file:
        assert file.assessment == record
        assert file.check_whole() == ()


def crash_while_editing(path: Path) -> None:
    """Stop in the middle of writing pages: a cache of one page writes them before the commit."""
    before = path.read_bytes()
    program = (
        "import os, sys; from pathlib import Path;"
        "from assessor.storage.connection import connect;"
        "c = connect(Path(sys.argv[1]), read_only=False);"
        "c.execute('PRAGMA cache_size = 1'); c.execute('BEGIN');"
        "c.execute(\"UPDATE entry SET value = '1'\");"
        'c.execute("INSERT INTO rubric SELECT hex(randomblob(20)), hex(randomblob(9000))'
        ' FROM pragma_compile_options");'
        "os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], cwd=ROOT, check=False)
    assert done.returncode == 9
    assert path.read_bytes() != before, "the crash came before anything was written"


def test_typing_goes_to_disk_each_time(path: Path) -> None:
    with open_file(path) as file:
        record = set_answer("1", Answer(option="A")).apply(file.assessment)
        file.commit(record, note())
        on_disk = path.read_bytes()
    assert b'{"option":"A"}' in on_disk
