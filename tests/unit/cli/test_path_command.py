"""`path`: the cheapest way to an outcome, in text and as data, and why there is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.shell import Shell, written
from tests.unit.cli.test_result_commands import ANSWERS


@pytest.fixture
def filled(shell: Shell, visit: Path) -> Path:
    assert shell("fill", visit, written("answers.json", ANSWERS)).code == 0
    return visit


def test_the_way_as_data_reaches_what_it_promises(shell: Shell, filled: Path) -> None:
    said = shell("path", filled, "--to", "good", "--json")
    found: Any = said.json
    assert (said.code, found["exists"], found["outcome"]) == (0, True, "good")
    assert found["assumed_gates"] == ["window"]
    steps = sum(change["steps"] for change in found["changes"])
    assert found["cost"] == str(steps)
    aims = {change["key"]: change["after"] for change in found["changes"]}
    raised = {
        key: {name: value for name, value in aim.items() if value is not None}
        for key, aim in aims.items()
    }
    assert all(set(aim) <= {"option", "options", "result"} for aim in raised.values())


def test_the_way_in_words(shell: Shell, filled: Path) -> None:
    said = shell("path", filled, "--to", "good")
    assert said.code == 0
    assert "已证明没有更省的" in said.out
    assert "→" in said.out


def test_effort_changes_what_is_cheapest(shell: Shell, filled: Path) -> None:
    plain: Any = shell("path", filled, "--to", "good", "--json").json
    dear = {change["criterion"]: "100" for change in plain["changes"]}
    effort = written("effort.json", dear)
    other: Any = shell("path", filled, "--to", "good", "--effort", effort, "--json").json
    assert [c["criterion"] for c in other["changes"]] != [c["criterion"] for c in plain["changes"]]


def test_effort_may_be_given_by_the_printed_number(shell: Shell, filled: Path) -> None:
    effort = written("effort.json", {"1": "2.5"})
    assert shell("path", filled, "--to", "good", "--effort", effort).code == 0


@pytest.mark.parametrize("data", [[1], {"no-such": "1"}, {"1": "x"}, "text"])
def test_an_effort_file_that_makes_no_sense_is_refused(
    shell: Shell, filled: Path, data: object
) -> None:
    said = shell("path", filled, "--to", "good", "--effort", written("effort.json", data))
    assert said.code == 2
    assert "effort.json" in said.err or "必须是大于 0 的数" in said.err


def test_a_failed_gate_is_said_as_the_reason(shell: Shell, filled: Path) -> None:
    failed = written("gates.json", {"gates": {"entity": {"pass": False}}})
    assert shell("fill", filled, failed).code == 0
    said = shell("path", filled, "--to", "good")
    assert said.code == 1
    assert "门槛" in said.out


def test_an_unknown_outcome_is_refused_with_the_known_ones(shell: Shell, filled: Path) -> None:
    said = shell("path", filled, "--to", "nonsense")
    assert said.code == 2
    assert "good" in said.err
