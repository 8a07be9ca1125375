"""The session: safe before shown, undo and redo, listeners."""

from __future__ import annotations

import pytest

from assessor.assessment import Answer, Assessment
from assessor.commands.answers import set_answer
from assessor.commands.edit import Edit
from assessor.commands.entries import EditRefusedError
from assessor.commands.record import set_field
from assessor.commands.remarks import set_note
from assessor.i18n import render
from assessor.session import Session
from tests.unit.storage.samples import bare_record


class Disk:
    """Remembers what it was given, or refuses."""

    def __init__(self) -> None:
        self.values: list[Assessment] = []
        self.said: list[str] = []
        self.full = False

    def commit(self, value: Assessment, edit: Edit) -> None:
        if self.full:
            raise OSError("full")
        self.values.append(value)
        self.said.append(render(edit.description, "en"))


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def session(disk: Disk) -> Session:
    return Session(bare_record(), disk.commit)


def answer(option: str, key: str = "1") -> Edit:
    return set_answer(key, Answer(option=option))


def test_an_edit_is_committed_and_then_heard_of(session: Session, disk: Disk) -> None:
    heard: list[tuple[Assessment, int]] = []
    session.listen(lambda value, _: heard.append((value, len(disk.values))))
    assert session.do(answer("A"))
    assert session.assessment.answers["1"].option == "A"
    assert disk.values == [session.assessment]
    assert heard == [(session.assessment, 1)]


@pytest.mark.parametrize("step", ["do", "undo", "redo"])
def test_what_is_not_safe_is_not_shown(session: Session, disk: Disk, step: str) -> None:
    session.do(answer("A"))
    session.do(answer("B"))
    session.undo()
    before = session.assessment
    heard: list[Assessment] = []
    session.listen(lambda value, _: heard.append(value))
    disk.full = True
    steps = {"do": lambda: session.do(answer("C")), "undo": session.undo, "redo": session.redo}
    with pytest.raises(OSError, match="full"):
        steps[step]()
    assert session.assessment == before
    assert not heard
    disk.full = False
    assert session.redo()
    assert session.assessment.answers["1"].option == "B"


def test_undo_and_redo_go_through_all_values(session: Session) -> None:
    values = [session.assessment]
    for edit in (answer("A"), answer("B"), set_field("enterprise", "address", "北仑")):
        session.do(edit)
        values.append(session.assessment)
    for value in reversed(values[:-1]):
        assert session.undo()
        assert session.assessment == value
    assert not session.undo()
    for value in values[1:]:
        assert session.redo()
        assert session.assessment == value
    assert not session.redo()


def test_a_new_edit_ends_redo(session: Session) -> None:
    session.do(answer("A"))
    session.undo()
    session.do(answer("B"))
    assert not session.redo()
    assert session.next_redo is None


def test_typing_is_one_step_and_redo_brings_all_of_it(session: Session) -> None:
    session.do(answer("A"))
    for text in ("看", "看到", "看到设备"):
        session.do(set_note(session.assessment, "1", text))
    session.undo()
    assert session.assessment.answers["1"].note == ""
    session.redo()
    assert session.assessment.answers["1"].note == "看到设备"


def test_typing_after_an_undo_is_a_step_of_its_own(session: Session) -> None:
    for text in ("a", "ab"):
        session.do(set_field("enterprise", "address", text))
    session.do(set_field("enterprise", "district", "x"))
    session.undo()
    session.do(set_field("enterprise", "address", "abc"))
    session.undo()
    assert session.assessment.enterprise.address == "ab"


def test_an_edit_that_changes_nothing_is_no_step(session: Session, disk: Disk) -> None:
    session.do(answer("A"))
    assert not session.do(answer("A"))
    assert len(disk.values) == 1


def test_a_refused_edit_reaches_no_disk(session: Session, disk: Disk) -> None:
    with pytest.raises(EditRefusedError):
        session.do(set_field("enterprise", "name", ""))
    assert not disk.values
    assert session.next_undo is None


def test_undo_says_what_it_takes_back(session: Session, disk: Disk) -> None:
    session.do(answer("A"))
    assert session.next_undo is not None
    assert render(session.next_undo, "zh") == "1 选 A"
    session.undo()
    session.redo()
    assert disk.said == ["Choose A for 1", "Undo: Choose A for 1", "Redo: Choose A for 1"]


def test_one_step_may_be_committed_in_another_way(session: Session, disk: Disk) -> None:
    other = Disk()
    session.do(answer("A"), other.commit)
    session.undo()
    assert (len(other.values), len(disk.values)) == (1, 1)


def test_a_listener_can_leave_and_must_not_edit(session: Session) -> None:
    heard: list[Assessment] = []
    leave = session.listen(lambda value, _: heard.append(value))
    session.do(answer("A"))
    leave()
    session.do(answer("B"))
    assert len(heard) == 1
    session.listen(lambda _, __: session.do(answer("D")) and None)
    with pytest.raises(RuntimeError, match="listener"):
        session.do(answer("C"))
    assert session.assessment.answers["1"].option == "C"
