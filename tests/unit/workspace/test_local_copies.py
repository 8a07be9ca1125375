"""Local copies of visits in a synchronised folder: taken, followed, given back, never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.assessment import Answer
from assessor.commands.answers import set_answer
from assessor.errors import AssessorError
from assessor.storage.errors import DamagedError, InUseError
from assessor.workspace import local_copies
from assessor.workspace.local_copies import REGISTER, ChangedMeanwhileError, LocalCopies
from assessor.workspace.visits import opened
from tests.unit.workspace.visit_files import new_file

ITEM = "a5-monitoring-visualisation"


@pytest.fixture
def original(tmp_path: Path) -> Path:
    (tmp_path / "cloud").mkdir()
    return new_file(tmp_path / "cloud")


@pytest.fixture
def copies(tmp_path: Path) -> LocalCopies:
    return LocalCopies(tmp_path / "own")


def work(path: Path, option: str = "L2") -> None:
    with opened(path) as visit:
        visit.do(set_answer(ITEM, Answer(option=option)))


def chosen(path: Path) -> str | None:
    with opened(path, read_only=True) as visit:
        answer = visit.assessment.answers.get(ITEM)
        return answer.option if answer else None


def test_a_copy_is_worked_on_and_given_back(copies: LocalCopies, original: Path) -> None:
    copy = copies.take(original)
    assert copy.path.read_bytes() == original.read_bytes()
    assert not copies.is_changed(copy)
    work(copy.path)
    assert copies.is_changed(copy)
    assert chosen(original) is None
    assert copies.give_back(copy) == original
    assert chosen(original) == "L2"
    assert copies.all() == ()
    assert not copy.path.exists()
    assert list(original.parent.iterdir()) == [original]


def test_taking_again_goes_on_with_what_was_begun(copies: LocalCopies, original: Path) -> None:
    copy = copies.take(original)
    work(copy.path)
    assert copies.take(original) == copy
    assert copies.take(copy.path) == copy
    assert chosen(copy.path) == "L2"


def test_a_copy_nobody_worked_on_follows_the_original(copies: LocalCopies, original: Path) -> None:
    first = copies.take(original)
    work(original, "L3")
    second = copies.take(original)
    assert (second.path, chosen(second.path)) == (first.path, "L3")
    assert copies.all() == (second,)


def test_what_was_changed_meanwhile_is_not_overwritten(copies: LocalCopies, original: Path) -> None:
    copy = copies.take(original)
    work(copy.path, "L2")
    work(original, "L3")
    with pytest.raises(ChangedMeanwhileError, match="未作覆盖"):
        copies.give_back(copy)
    assert (chosen(original), chosen(copy.path)) == ("L3", "L2")
    beside = copies.put_beside(copy)
    assert beside.parent == original.parent
    assert (chosen(original), chosen(beside)) == ("L3", "L2")


def test_a_copy_is_given_back_also_where_the_original_is_gone(
    copies: LocalCopies, original: Path
) -> None:
    copy = copies.take(original)
    work(copy.path)
    original.unlink()
    assert copies.take(original) == copy
    assert chosen(copies.give_back(copy)) == "L2"


def test_what_did_not_arrive_whole_is_not_taken_for_the_copy(
    copies: LocalCopies, original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copies.take(original)
    work(copy.path)
    before = original.read_bytes()

    def broken(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:-1])

    monkeypatch.setattr(local_copies.shutil, "copyfile", broken)
    with pytest.raises(DamagedError):
        copies.give_back(copy)
    assert original.read_bytes() == before
    assert chosen(copy.path) == "L2"
    assert copies.all() == (copy,)


def test_a_visit_that_is_open_is_neither_taken_nor_given_back(
    copies: LocalCopies, original: Path
) -> None:
    with opened(original), pytest.raises(InUseError):
        copies.take(original)
    copy = copies.take(original)
    work(copy.path)
    with opened(copy.path), pytest.raises(InUseError):
        copies.give_back(copy)
    with opened(original), pytest.raises(InUseError):
        copies.give_back(copy)


def test_idle_copies_go(copies: LocalCopies, original: Path) -> None:
    copy = copies.take(original)
    assert copies.drop_unchanged() == (copy,)
    assert (copies.all(), copy.path.exists()) == ((), False)
    again = copies.take(original)
    work(again.path)
    assert copies.drop_unchanged() == ()


@pytest.mark.parametrize("content", [b"", b"[]", b'{"copies": [{"local": 1}]}', b"\xff"])
def test_a_broken_register_holds_nothing(
    copies: LocalCopies, original: Path, content: bytes
) -> None:
    first = copies.take(original)
    work(first.path)
    (original.parents[1] / "own" / REGISTER).write_bytes(content)
    assert copies.all() == ()
    assert copies.take(original).path.is_file()
    assert chosen(first.path) == "L2"


def test_a_folder_that_is_gone_is_said(copies: LocalCopies, original: Path) -> None:
    copy = copies.take(original)
    work(copy.path)
    original.unlink()
    original.parent.rmdir()
    with pytest.raises(AssessorError, match="不存在"):
        copies.give_back(copy)
    assert chosen(copy.path) == "L2"
