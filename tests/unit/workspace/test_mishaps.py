"""A visit whose file is away, replaced, in use, read-only, or on a full disk: nothing is lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from assessor.assessment import Answer
from assessor.commands.answers import set_answer
from assessor.commands.proofs import add_evidence
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.storage import copying
from assessor.storage import file as files
from assessor.storage.errors import InUseError, MediumError, ReadOnlyError
from assessor.storage.file import open_file
from assessor.storage.owner import note_path
from assessor.storage.presence import GoneError, journal_kept
from assessor.workspace.live import Event, LiveVisit, Published, Refused
from assessor.workspace.looking import look_at
from assessor.workspace.visits import opened
from tests.unit.storage.samples import evidence, photo_source
from tests.unit.workspace.visit_files import clock, new_file

ROOT = Path(__file__).parents[3]
ITEM = "a5-monitoring-visualisation"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def path(stick: Path) -> Path:
    return new_file(stick)


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
def live(path: Path, events: list[Event]) -> Iterator[LiveVisit]:
    visit = LiveVisit(path, events.append, clock)
    yield visit
    visit.close()


def choose(live: LiveVisit, option: str) -> bool:
    return live.post(lambda _: set_answer(ITEM, Answer(option=option))).result()


def attach(live: LiveVisit) -> None:
    edit = add_evidence([evidence("e1", criteria=(ITEM,))])
    assert live.post(lambda _: edit, [photo_source()]).result()


def chosen(path: Path) -> str | None:
    with opened(path, read_only=True) as visit:
        answer = visit.assessment.answers.get(ITEM)
        return answer.option if answer else None


def shown(events: list[Event]) -> Mapping[str, Answer]:
    """The answers a window would show now."""
    return [event for event in events if isinstance(event, Published)][-1].assessment.answers


def last_refusal(live: LiveVisit, events: list[Event]) -> Refused:
    live.check().result()
    return [event for event in events if isinstance(event, Refused)][-1]


# --- away and back --------------------------------------------------------------------------------


def test_an_edit_while_the_folder_is_away_is_refused_and_told(
    live: LiveVisit, events: list[Event], stick: Path
) -> None:
    choose(live, "L2")
    stick.rename(stick.with_name("elsewhere"))
    with pytest.raises(GoneError):
        choose(live, "L3")
    refused = last_refusal(live, events)
    assert refused.mishap == "away"
    assert "stick" in refused.message.values["path"]
    assert shown(events)[ITEM].option == "L2"
    live.close()
    assert chosen(stick.with_name("elsewhere") / "visit.assessment") == "L2"


def test_work_goes_on_when_the_folder_is_back_and_undo_still_reaches_before(
    live: LiveVisit, events: list[Event], stick: Path, path: Path
) -> None:
    choose(live, "L2")
    away = stick.with_name("elsewhere")
    stick.rename(away)
    assert live.check().result() == "away"
    assert live.check().result() == "away"
    with pytest.raises(GoneError):
        live.run(lambda visit: visit.score()).result()
    away.rename(stick)
    assert live.check().result() == "back"
    assert live.check().result() == "there"
    assert choose(live, "L4")
    live.undo().result()
    live.undo().result()
    assert shown(events) == {}
    live.close()
    assert chosen(path) is None
    assert list(stick.iterdir()) == [path]


def test_a_refused_edit_can_be_made_again(
    live: LiveVisit, events: list[Event], stick: Path, path: Path
) -> None:
    away = stick.with_name("elsewhere")
    stick.rename(away)
    with pytest.raises(GoneError):
        choose(live, "L3")
    again = last_refusal(live, events).again
    assert again is not None
    away.rename(stick)
    assert again().result()
    live.close()
    assert chosen(path) == "L3"


def test_a_copy_of_the_same_content_is_taken_for_the_file(
    live: LiveVisit, stick: Path, path: Path
) -> None:
    """Another stick, or the same one with other numbers for its files."""
    choose(live, "L2")
    away = stick.with_name("elsewhere")
    stick.rename(away)
    assert live.check().result() == "away"
    shutil.copytree(away, stick)
    assert choose(live, "L3")
    live.close()
    assert chosen(path) == "L3"
    assert chosen(away / path.name) == "L2"


def test_another_file_in_its_place_is_not_written_to(
    live: LiveVisit, stick: Path, path: Path, tmp_path: Path
) -> None:
    before = path.read_bytes()
    attach(live)
    choose(live, "L2")
    stick.rename(stick.with_name("elsewhere"))
    stick.mkdir()
    path.write_bytes(before)
    assert live.check().result() == "away"
    assert live.check().result() == "replaced"
    with pytest.raises(AssessorError, match="另一份内容不同"):
        choose(live, "L3")
    saved = live.save_copy(tmp_path / "rescued.assessment").result()
    assert saved.left_out == ("e1.jpg",)
    live.close()
    assert path.read_bytes() == before
    assert chosen(tmp_path / "rescued.assessment") == "L2"


def test_a_failing_medium_is_opened_again(
    live: LiveVisit, events: list[Event], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(live, "L2")

    def broken(connection: object) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_IOERR, "SQLITE_IOERR"
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(files, "transaction", broken)
        with pytest.raises(MediumError):
            choose(live, "L3")
    assert last_refusal(live, events).mishap == "away"
    assert choose(live, "L3")
    live.close()
    assert chosen(path) == "L3"


def test_closing_while_away_leaves_nothing_running(live: LiveVisit, stick: Path) -> None:
    stick.rename(stick.with_name("elsewhere"))
    live.close()
    assert live.look is None


def test_a_journal_of_somebody_else_is_kept(tmp_path: Path) -> None:
    journal = tmp_path / "a.assessment-journal"
    journal.write_bytes(b"theirs")
    with journal_kept(tmp_path / "a.assessment"):
        assert not journal.exists()
    assert journal.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [journal]


# --- copies elsewhere -----------------------------------------------------------------------------


def test_a_copy_is_whole_with_its_history(live: LiveVisit, tmp_path: Path) -> None:
    attach(live)
    choose(live, "L2")
    target = tmp_path / "copy.assessment"
    target.write_bytes(b"what stood there")
    assert live.save_copy(target).result().left_out == ()
    with open_file(target) as copy:
        assert copy.check_whole() == ()
        assert len(tuple(copy.history())) == 3
    assert chosen(target) == "L2"
    assert choose(live, "L3")


def test_a_copy_is_made_also_while_the_file_is_away(
    live: LiveVisit, stick: Path, tmp_path: Path
) -> None:
    attach(live)
    choose(live, "L2")
    stick.rename(stick.with_name("elsewhere"))
    assert live.check().result() == "away"
    target = tmp_path / "copy.assessment"
    live.save_copy(target).result()
    assert chosen(target) == "L2"


def test_evidence_that_cannot_be_read_is_named_and_the_rest_is_saved(
    live: LiveVisit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(live)
    choose(live, "L2")

    def dead(*_: object) -> bytes:
        raise MediumError(message("storage.medium", path="x", detail=""))

    monkeypatch.setattr("assessor.storage.file.AssessmentFile.copy_to", dead)
    monkeypatch.setattr("assessor.storage.file.AssessmentFile.read_blob", dead)
    target = tmp_path / "rescued.assessment"
    target.write_bytes(b"what stood there")
    assert live.save_copy(target).result().left_out == ("e1.jpg",)
    monkeypatch.undo()
    with open_file(target, read_only=True) as copy:
        assert copy.check_whole() == ()
        assert copy.assessment.evidence == ()
        assert copy.assessment.answers[ITEM].option == "L2"
        (step,) = copy.history()
    assert step.what.key == "mishap.rescued"


@pytest.mark.parametrize("place", ["visit.assessment", "nowhere/copy.assessment"])
def test_a_place_that_will_not_do_is_refused(live: LiveVisit, stick: Path, place: str) -> None:
    with pytest.raises(AssessorError, match="请"):
        live.save_copy(stick / place).result()
    assert choose(live, "L2")


# --- only to look at ------------------------------------------------------------------------------


def test_a_file_that_is_only_looked_at_refuses_edits(path: Path, events: list[Event]) -> None:
    live = LiveVisit(path, events.append, clock, look=look_at(path))
    with pytest.raises(ReadOnlyError):
        choose(live, "L2")
    assert last_refusal(live, events).mishap == "read_only"
    live.close()
    assert not note_path(path).exists()
    assert chosen(path) is None


OTHER_WINDOW = f"""
import sys
from pathlib import Path
from assessor.assessment import Answer
from assessor.commands.answers import set_answer
from assessor.workspace.visits import opened

with opened(Path(sys.argv[1])) as visit:
    visit.do(set_answer("{ITEM}", Answer(option="L2")))
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def busy(path: Path) -> Iterator[Path]:
    """A visit that another process has open and has edited."""
    command = [sys.executable, "-c", OTHER_WINDOW, str(path)]
    child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout is not None
    try:
        assert child.stdout.readline().strip() == b"open"
        yield path
    finally:
        child.communicate()
    assert child.returncode == 0


def test_a_copy_of_a_file_in_use_is_looked_at(busy: Path, events: list[Event]) -> None:
    look = look_at(busy, clock)
    assert look.taken == clock()
    live = LiveVisit(busy, events.append, clock, look=look)
    assert live.path == busy
    assert chosen(look.file) == "L2"
    live.close()
    assert not look.file.exists()
    with pytest.raises(InUseError, match="始于"):
        open_file(busy)


def test_a_file_that_is_being_written_is_not_copied_in_between(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(copying, "PAUSE", 0)
    path.with_name(f"{path.name}-journal").write_bytes(b"\xd9\xd5\x05\xf9")
    with pytest.raises(InUseError):
        copying.copy_in_use(path, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
