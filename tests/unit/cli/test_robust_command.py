"""`robust`: how sure a result is, in words and as data."""

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


def test_it_says_how_often_the_result_holds_and_what_is_assumed(
    language: str, shell: Shell, filled: Path
) -> None:
    said = shell("robust", filled, "--draws", 20)
    assert said.code == 0
    assert "20" in said.out
    assert ("不是主管部门的规定" if language == "zh" else "no rule of any authority") in said.out


def test_the_same_seed_gives_the_same_data(shell: Shell, filled: Path) -> None:
    first: Any = shell("robust", filled, "--draws", 30, "--seed", 5, "--json").json
    again: Any = shell("robust", filled, "--draws", 30, "--seed", 5, "--json").json
    assert first == again
    assert (first["draws"], first["seed"]) == (30, 5)
    assert 0 <= first["held"] <= 30
    assert {line["outcome"] for line in first["lines"]} == set(first["held_by_outcome"])


def test_no_draw_is_bad_input(shell: Shell, filled: Path) -> None:
    assert shell("robust", filled, "--draws", 0).code == 2
