"""`assessor doctor`: lines for people and programs, an archive, and the exit code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assessor.workspace.doctor import checkup
from tests.unit.cli.shell import Shell


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the trial export, which is tested where it is made."""
    monkeypatch.setattr(checkup, "CHECKS", checkup.CHECKS[:-1])


def test_it_tells_people_and_programs(language: str, shell: Shell) -> None:
    said = shell("doctor")
    assert said.code == 0
    assert "SQLite" in said.out
    assert ("[正常]" if language == "zh" else "[ok]") in said.out
    told: Any = shell("doctor", "--json").json
    assert {line["state"] for line in told["lines"]} <= {"ok", "warning"}


def test_a_problem_sets_the_exit_code(shell: Shell, tmp_path: Path) -> None:
    own = tmp_path / "user"
    own.write_text("in the way")
    assert shell("doctor").code == 1


def test_the_archive_is_written(shell: Shell) -> None:
    said = shell("doctor", "--bundle", "support.zip")
    assert said.code == 0
    assert Path("support.zip").is_file()
    assert shell("doctor", "--bundle", "support.zip").code == 2
