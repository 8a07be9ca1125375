"""Copies of visits: made when something changed, whole, never of a file somebody writes to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assessor.assessment import Answer, Enterprise, Visit
from assessor.commands.answers import set_answer
from assessor.errors import AssessorError
from assessor.workspace.backups import back_up, copy_path
from assessor.workspace.visits import new_visit, opened
from tests.strategies.visits import shipped

ITEM = "a5-monitoring-visualisation"


@pytest.fixture
def visit(tmp_path: Path) -> Path:
    enterprise = Enterprise(name="宁波甬示精密模具有限公司")
    path = tmp_path / "visit.assessment"
    return new_visit(path, shipped("digital_workshop"), enterprise, Visit())


def answer(visit: Path) -> None:
    with opened(visit) as one:
        one.do(set_answer(ITEM, Answer(option="L2")))
    # The next step may come within the same tick of a coarse clock.
    status = visit.stat()
    os.utime(visit, (status.st_atime, status.st_mtime + 10))


def test_a_copy_holds_what_the_visit_holds(visit: Path, tmp_path: Path) -> None:
    (copy,) = back_up([visit], tmp_path / "copies")
    with opened(visit, read_only=True) as one, opened(copy, read_only=True) as other:
        assert one.assessment == other.assessment


def test_only_what_changed_is_copied_again(visit: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    (copy,) = back_up([visit], folder)
    assert back_up([visit], folder) == ()
    answer(visit)
    assert back_up([visit], folder) == (copy,)
    with opened(copy, read_only=True) as kept:
        assert ITEM in kept.assessment.answers
    assert [entry.name for entry in folder.iterdir()] == [copy.name]


def test_a_copy_is_no_second_name_of_the_file(visit: Path, tmp_path: Path) -> None:
    (copy,) = back_up([visit], tmp_path / "copies")
    answer(visit)
    with opened(copy, read_only=True) as kept:
        assert kept.assessment.answers == {}


def test_files_of_one_name_have_a_copy_each(tmp_path: Path) -> None:
    one, other = tmp_path / "a" / "v.assessment", tmp_path / "b" / "v.assessment"
    assert copy_path(one, tmp_path) != copy_path(other, tmp_path)


def test_what_cannot_be_read_is_left_for_the_next_time(visit: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    broken = tmp_path / "broken.assessment"
    broken.write_bytes(b"x")
    with opened(visit):
        assert back_up([visit, broken, tmp_path / "gone.assessment"], folder) == ()
    assert back_up([visit], folder) != ()


def test_a_damaged_visit_does_not_replace_its_good_copy(visit: Path, tmp_path: Path) -> None:
    (copy,) = back_up([visit], tmp_path / "copies")
    visit.write_bytes(b"x" * 5000)
    assert back_up([visit], tmp_path / "copies") == ()
    with opened(copy, read_only=True) as kept:
        assert kept.assessment.enterprise.name == "宁波甬示精密模具有限公司"


def test_no_place_for_copies_is_said(visit: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(AssessorError):
        back_up([visit], tmp_path / "file")
