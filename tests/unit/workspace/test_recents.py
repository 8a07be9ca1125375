"""The list of recent visits: read, remembered, honest about files that are gone or broken."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessor.assessment import Answer, Enterprise, Visit
from assessor.commands.answers import set_answer
from assessor.workspace import recents
from assessor.workspace.recents import RecentVisits, summarise
from assessor.workspace.visits import new_visit, opened
from tests.strategies.visits import shipped


def clock() -> datetime:
    return datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def visit(tmp_path: Path) -> Path:
    path = tmp_path / "one.assessment"
    enterprise = Enterprise(name="宁波示例精密机械有限公司")
    return new_visit(path, shipped("digital_workshop"), enterprise, Visit(), clock=clock)


@pytest.fixture
def list_(tmp_path: Path) -> RecentVisits:
    return RecentVisits(tmp_path / "kept" / "recent.json")


def test_a_visit_is_read_as_a_card_shows_it(visit: Path, list_: RecentVisits) -> None:
    with opened(visit) as one:
        one.do(set_answer("a5-monitoring-visualisation", Answer(option="L2")))
    (found,) = list_.read([visit])
    assert found.state == "fine"
    assert found.summary is not None
    assert found.summary.enterprise == "宁波示例精密机械有限公司"
    assert found.summary.done == 1
    assert found.summary.asked > 20
    assert not found.summary.complete
    assert not found.summary.signed
    assert found.changed is not None


def test_an_unchanged_file_is_not_opened_again(
    visit: Path, list_: RecentVisits, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = list_.read([visit])
    monkeypatch.setattr(recents, "summarise", lambda file: pytest.fail("it was opened"))
    assert list_.read([visit]) == (first,)


def test_a_changed_file_is_read_anew(visit: Path, list_: RecentVisits) -> None:
    list_.read([visit])
    with opened(visit) as one:
        one.do(set_answer("a5-monitoring-visualisation", Answer(option="L2")))
    (found,) = list_.read([visit])
    assert found.summary is not None
    assert found.summary.done == 1


def test_a_missing_file_keeps_its_name(visit: Path, list_: RecentVisits) -> None:
    list_.read([visit])
    visit.unlink()
    (found,) = list_.read([visit])
    assert found.state == "missing"
    assert found.summary is not None
    assert found.summary.enterprise == "宁波示例精密机械有限公司"


def test_a_damaged_file_says_why(visit: Path, list_: RecentVisits) -> None:
    visit.write_bytes(b"no database at all")
    (found,) = list_.read([visit])
    assert found.state == "unreadable"
    assert found.summary is None
    assert found.problem is not None
    assert found.problem.key == "storage.not_an_assessment"


def test_a_file_somebody_has_open_is_told_apart(visit: Path, list_: RecentVisits) -> None:
    list_.read([visit])
    with opened(visit) as one:
        one.do(set_answer("a5-monitoring-visualisation", Answer(option="L2")))
        (found,) = list_.read([visit])
    assert found.state == "in_use"
    assert found.summary is not None


def test_what_is_remembered_needs_no_file(visit: Path, list_: RecentVisits) -> None:
    (read,) = list_.read([visit])
    visit.unlink()
    (known,) = list_.known([visit])
    assert known.summary == read.summary
    (unknown,) = list_.known([visit.with_name("other.assessment")])
    assert unknown.summary is None


@pytest.mark.parametrize("content", [b"", b"[]", b'{"entries": 3}', b"\xff\xfe", b"x" * 1_000_001])
def test_a_broken_memory_is_forgotten(visit: Path, list_: RecentVisits, content: bytes) -> None:
    list_.path.parent.mkdir()
    list_.path.write_bytes(content)
    (found,) = list_.read([visit])
    assert found.summary == summarise(visit)


def test_nowhere_to_remember_is_no_failure(visit: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    (found,) = RecentVisits(tmp_path / "file" / "recent.json").read([visit])
    assert found.summary is not None
