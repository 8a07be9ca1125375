"""The writer thread: acknowledged only when on disk, in order, gone when closed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from assessor.assessment import Answer, Assessment
from assessor.commands.answers import set_answer
from assessor.storage.errors import InUseError, MissingError
from assessor.storage.file import AssessmentFile, open_file
from assessor.storage.writer import Writer
from tests.unit.storage.samples import bare_record, new_file, note


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "a.assessment"
    new_file(place).close()
    return place


def values(count: int) -> list[Assessment]:
    made = [bare_record()]
    for number in range(count):
        made.append(set_answer(f"k{number}", Answer(option="A")).apply(made[-1]))
    return made[1:]


def test_commits_are_done_in_order_on_one_thread(path: Path) -> None:
    threads: set[str] = set()

    def name(_: AssessmentFile) -> None:
        threads.add(threading.current_thread().name)

    with Writer(path) as writer:
        futures = []
        for number, value in enumerate(values(20)):
            futures.append(writer.commit(value, note(number)))
            writer.submit(name)
        assert [future.result() for future in futures] == list(range(2, 22))
    assert len(threads) == 1
    with open_file(path, read_only=True) as file:
        assert file.assessment == values(20)[-1]


def test_what_was_put_off_waits_for_edits_and_sees_those_before_it(path: Path) -> None:
    begun, go = threading.Event(), threading.Event()
    done: list[str] = []

    def hold(_: AssessmentFile) -> None:
        begun.set()
        assert go.wait(60)

    with Writer(path) as writer:
        writer.submit(hold)
        assert begun.wait(60)
        (value,) = values(1)
        reads = [writer.put_off(lambda file, n=n: done.append(f"read {n}")) for n in range(3)]
        writer.commit(value, note()).add_done_callback(lambda _: done.append("edit"))
        seen = writer.put_off(lambda file: file.assessment)
        go.set()
        assert seen.result() == value
    assert all(read.done() for read in reads)
    assert done == ["edit", "read 0", "read 1", "read 2"]


def test_an_error_of_what_was_put_off_reaches_its_caller(path: Path) -> None:
    def fails(_: AssessmentFile) -> None:
        raise LookupError("nothing there")

    with Writer(path) as writer:
        with pytest.raises(LookupError):
            writer.put_off(fails).result()
        cancelled = writer.put_off(lambda file: file.assessment)
        cancelled.cancel()
        assert writer.put_off(lambda file: file.assessment).result() == bare_record()


def test_what_is_queued_is_done_before_closing(path: Path) -> None:
    writer = Writer(path)
    futures = [writer.commit(value, note()) for value in values(5)]
    writer.close()
    writer.close()
    assert all(future.done() for future in futures)
    with open_file(path) as file:
        assert len(file.assessment.answers) == 5


def test_a_failed_commit_tells_its_caller_and_the_thread_goes_on(path: Path) -> None:
    first, second = values(2)
    with Writer(path) as writer:
        failed = writer.commit(first, note(), rubric_json="{}")
        with pytest.raises(ValueError, match="rubric"):
            failed.result()
        assert writer.commit(second, note()).result() == 2


def test_no_thread_stays_when_opening_fails(path: Path) -> None:
    before = threading.active_count()
    with pytest.raises(MissingError) as missing:
        Writer(path.with_name("none.assessment"))
    with open_file(path), pytest.raises(InUseError) as in_use:
        Writer(path)
    # Both errors still hold on to the half-made writers.
    assert missing.tb is not None
    assert in_use.tb is not None
    assert threading.active_count() == before
