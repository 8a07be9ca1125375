"""`assessor history`: what was done, in words and as data, and the code when it is not whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assessor.assessment import Answer
from assessor.commands.answers import set_answer
from assessor.storage import chain, schema
from assessor.workspace.sign_off import Declaration, reopen, sign
from assessor.workspace.visits import OpenVisit, opened
from tests.unit.cli.shell import Shell

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def answer(visit: OpenVisit, option: str) -> None:
    item = visit.loaded.rubric.criteria[0].id
    edit = set_answer(item, Answer(option=option, note="看了现场"))
    assert visit.commit(edit.apply(visit.assessment), edit.description)


def tampered(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.executescript("DROP TRIGGER edit_is_not_changed; DROP TRIGGER edit_is_not_deleted")
        raw.execute(sql)
        for statement in schema.APPEND_ONLY:
            raw.execute(statement)


def test_it_tells_who_did_what_and_from_what_to_what(
    language: str, shell: Shell, visit: Path
) -> None:
    with opened(visit) as one:
        answer(one, "A")
        answer(one, "B")
    said = shell("history", visit, "--verify")
    assert said.code == 0
    if language == "zh":
        assert "题 选项: A → B" in said.out
        assert "备注: – → 看了现场" in said.out
    else:
        assert "option: A → B" in said.out
        assert "note: – → 看了现场" in said.out
    assert "+00:00" not in said.out
    assert ("完整" if language == "zh" else "is whole: 3 entries") in said.out


def test_only_the_last_entries_are_shown_when_asked(shell: Shell, visit: Path) -> None:
    with opened(visit) as one:
        for option in "ABAB":
            answer(one, option)
    lines = shell("history", visit, "--limit", 2).out.splitlines()
    assert [line.split()[0] for line in lines if line[:6].strip().isdigit()] == ["4", "5"]
    told: Any = shell("history", visit, "--json").json
    assert [step["number"] for step in told["steps"]] == [1, 2, 3, 4, 5]
    assert told["verified"] is None
    assert told["head"]["digest"] == told["steps"][-1]["digest"]
    assert shell("history", visit, "--limit", 0).code == 2


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("UPDATE edit SET author = 'x' WHERE sequence = 2", "Entry 2 "),
        ("UPDATE edit SET what = '[]' WHERE sequence = 2", "Entry 2 "),
        ("DELETE FROM edit WHERE sequence = 3", "entry 3 is missing"),
    ],
)
def test_what_was_done_to_it_is_named_and_the_code_says_so(
    shell: Shell, visit: Path, sql: str, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESSOR_LANG", "en")
    with opened(visit) as one:
        answer(one, "A")
        answer(one, "B")
    tampered(visit, sql)
    said = shell("history", visit, "--verify")
    assert said.code == 1
    assert named in said.out
    told: Any = shell("history", visit, "--verify", "--json").json
    assert told["verified"] is False
    assert len(told["problems"]) == 1


def test_the_reason_for_reopening_is_kept(shell: Shell, visit: Path) -> None:
    signing = sign(Declaration("李工", "组长", "属实"))
    with opened(visit) as one:
        one.do(signing.make_edit(one.assessment), signing.sources)
        one.do(reopen("复核时发现记错")(one.assessment))
    told: Any = shell("history", visit, "--json", "--verify").json
    assert [step["reason"] for step in told["steps"]] == ["", "", "复核时发现记错"]
    assert told["verified"] is True
    assert "复核时发现记错" in shell("history", visit).out


def test_a_clock_that_was_set_back_is_noticed(
    shell: Shell, visit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESSOR_LANG", "en")
    wall = iter([START, START - timedelta(hours=1)])
    passed = iter([1_000_000, 61_000_000])
    monkeypatch.setattr(chain, "monotonic_time", lambda: next(passed))
    with opened(visit, clock=lambda: next(wall)) as one:
        answer(one, "A")
        answer(one, "B")
    said = shell("history", visit)
    assert said.out.count("set back by about 61 min") == 1


def test_a_terminal_is_not_written_to_by_an_author(shell: Shell, visit: Path) -> None:
    tampered(visit, "UPDATE edit SET author = char(27) || '[2J' WHERE sequence = 1")
    assert "\x1b" not in shell("history", visit).out
