"""Merging: never with itself, twice like once, nothing that is here is replaced silently."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assessor.bureau.register import (
    Decision,
    DecisionKind,
    Expected,
    PlanTarget,
    Published,
    Register,
    merge,
    open_register,
)
from assessor.bureau.register.layout import VERSION
from assessor.cli.app import run
from assessor.storage.errors import DamagedError
from tests.unit.bureau.register.records import accepted, rejected, visit

EXPECTED = Expected("2026", "code-0001", "甲", "海曙区", date(2026, 9, 30))
DECISION = Decision(
    "2026",
    "code-0001",
    "甲",
    "海曙区",
    "nb",
    "good",
    DecisionKind.RECOGNISED,
    date(2026, 12, 1),
    "1号",
)
TARGET = PlanTarget("nb", "good", 2026, "", 1000, "city plan")
PUBLISHED = Published("nb", "2026-Q3", "district", "海曙区", frozenset({"visit-1", "visit-2"}))


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return filled(tmp_path / "city.register", EXPECTED, DECISION, TARGET)


def filled(path: Path, expected: Expected, decision: Decision, target: PlanTarget) -> Path:
    with open_register(path, create=True) as register:
        register.add([accepted(visit(1)), rejected(f"{path.stem}.xlsx")])
        register.expect([expected])
        register.decide([decision])
        register.plan([target])
        register.publish([PUBLISHED])
    return path


def entered(register: Register) -> tuple[Sequence[object], ...]:
    return (
        register.expected(),
        register.decisions(),
        register.plan_targets(),
        register.published(),
        [(line.name, line.sha256, line.verdict) for line in register.log()],
    )


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = run(["bureau", "merge", *(str(one) for one in arguments)])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_what_is_here_stays_and_is_told(here: Path, tmp_path: Path) -> None:
    there = filled(
        tmp_path / "there.register",
        replace(EXPECTED, due=date(2026, 10, 31)),
        replace(DECISION, document="9号"),
        replace(TARGET, target=40, source="district plan"),
    )
    with open_register(there) as register:
        register.expect([replace(EXPECTED, name="乙")])
    with open_register(here) as register:
        report = merge(register, there)
        assert [(one.kind, one.here, one.there) for one in report.conflicts] == [
            ("expected", "2026-09-30", "2026-10-31"),
            ("decision", "1号", "9号"),
            ("target", "1000, city plan", "40, district plan"),
        ]
        assert report.entries == 1
        assert register.expected() == (replace(EXPECTED, name="乙"), EXPECTED)
        assert register.decisions() == (DECISION,)
        assert register.plan_targets() == (TARGET,)
        assert register.published() == (PUBLISHED,)


def test_merging_twice_is_merging_once(
    capsys: pytest.CaptureFixture[str], here: Path, tmp_path: Path
) -> None:
    there = filled(tmp_path / "there.register", EXPECTED, DECISION, TARGET)
    code, out, _ = said(capsys, here, there, there)
    assert code == 0
    first, second = out.splitlines()
    assert "没有新内容" not in first
    assert "没有新内容" in second
    with open_register(here, read_only=True) as register:
        before = entered(register)
    assert said(capsys, here, there)[0] == 0
    with open_register(here, read_only=True) as register:
        assert entered(register) == before


@pytest.mark.parametrize("how", ["its name", "another name", "a link"])
def test_a_register_is_not_merged_with_itself(
    capsys: pytest.CaptureFixture[str], here: Path, how: str
) -> None:
    other = here
    if how == "another name":
        other = here.parent / "." / "x" / ".." / here.name
        (here.parent / "x").mkdir()
    if how == "a link":
        other = here.with_name("link.register")
        os.link(here, other)
    before = here.read_bytes()
    code, _, err = said(capsys, here, other)
    assert code == 2
    assert "本身" in err
    assert here.read_bytes() == before


def test_a_slip_of_the_finger_makes_no_register(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, _, err = said(capsys, tmp_path / "new.register", tmp_path / "none.register")
    assert code == 2
    assert "none.register" in err
    assert list(tmp_path.iterdir()) == []


def test_a_newer_register_is_named_and_nothing_is_taken(
    capsys: pytest.CaptureFixture[str], here: Path, tmp_path: Path
) -> None:
    newer = filled(tmp_path / "newer.register", EXPECTED, DECISION, TARGET)
    with closing(sqlite3.connect(newer)) as raw:
        raw.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = here.read_bytes()
    code, _, err = said(capsys, here, newer)
    assert code == 2
    assert str(newer) in err
    assert str(VERSION + 1) in err
    assert here.read_bytes() == before


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE visit SET record = '{}'",
        "UPDATE visit SET verdict = 'splendid'",
        "UPDATE log SET findings = '[1]' WHERE verdict = 'rejected'",
        "UPDATE log SET name = 'other'",
        "UPDATE decision SET kind = 'sold'",
        "UPDATE roster SET due = 'soon'",
        "UPDATE published SET visits = '7'",
    ],
)
def test_a_stranger_register_with_strange_content_is_damaged(
    here: Path, tmp_path: Path, sql: str
) -> None:
    there = filled(tmp_path / "there.register", EXPECTED, DECISION, TARGET)
    with closing(sqlite3.connect(there, isolation_level=None)) as raw:
        raw.execute(sql)
    before = here.read_bytes()
    with open_register(here) as register, pytest.raises(DamagedError, match=r"there\.register"):
        merge(register, there)
    assert here.read_bytes() == before


def test_a_file_passed_over_later_is_merged_with_its_first_verdict(
    here: Path, tmp_path: Path
) -> None:
    there = tmp_path / "there.register"
    taken = accepted(visit(7))
    with open_register(there, create=True) as register:
        register.add([taken, replace(rejected(taken.name), sha256=taken.sha256, size=1)])
    with open_register(here) as register:
        merge(register, there)
        lines = [line for line in register.log() if line.name == taken.name]
    assert [(line.verdict.value, len(line.findings)) for line in lines] == [
        ("accepted", 0),
        ("rejected", 1),
    ]
