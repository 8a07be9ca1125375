"""Who stands in the log of a visit that was edited by commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.settings import Settings, save_settings, settings_path
from assessor.workspace.clock import user_name
from assessor.workspace.visits import opened
from tests.unit.cli.shell import TEN, Shell, enterprise, written


def authors(path: Path) -> list[str]:
    with opened(path, read_only=True) as visit:
        return [step.author for step in visit.file.history()]


def edited(shell: Shell) -> Path:
    """A visit made, filled and given a finding by commands."""
    path = Path("visit.assessment")
    shell("new", TEN, "-o", path, "--enterprise", enterprise(), "--cycle", "2025")
    answers = written("answers.json", {"answers": {"4": {"option": "C"}}})
    assert shell("fill", path, answers).code == 0
    assert shell("finding", "add", path, "4", "--text", "未见年度计划").code == 0
    return path


@pytest.mark.parametrize("name", ["沈评安", "  沈评安 "])
def test_the_name_chosen_in_the_settings_stands_beside_every_step(shell: Shell, name: str) -> None:
    save_settings(Settings(author=name), settings_path())
    assert authors(edited(shell)) == ["沈评安"] * 3


def test_without_a_chosen_name_it_is_the_account(shell: Shell) -> None:
    assert authors(edited(shell)) == [user_name()] * 3
