"""`assessor backup`: what is kept is listed and comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.unit.cli.shell import Shell


def test_now_list_restore(language: str, shell: Shell, visit: Path) -> None:
    del language
    assert shell("backup", "list").code == 0
    assert shell("backup", "now", visit).code == 0
    listed: Any = shell("backup", "list", "--json").json
    (one,) = listed["visits"]
    assert one["backups"] == 1
    assert one["enterprise"] in shell("backup", "list").out
    inside: Any = shell("backup", "list", one["visit"], "--json").json
    assert inside["backups"][0]["restorable"]
    assert inside["backups"][0]["name"] in shell("backup", "list", visit).out
    said = shell("backup", "restore", one["visit"], "-o", "again.assessment")
    assert said.code == 0
    assert "again.assessment" in said.out
    before, again = (shell("score", file, "--json").json for file in (visit, "again.assessment"))
    assert before == again


def test_it_never_overwrites(shell: Shell, visit: Path) -> None:
    shell("backup", "now", visit)
    before = visit.read_bytes()
    said = shell("backup", "restore", visit, "-o", visit)
    assert said.code == 2
    assert visit.read_bytes() == before


def test_a_folder_that_is_not_there_is_said(language: str, shell: Shell, visit: Path) -> None:
    del language
    said = shell("backup", "now", visit, "--folder", "stick")
    assert said.code == 2
    assert "stick" in said.err


def test_an_unknown_visit_is_said(shell: Shell, visit: Path) -> None:
    shell("backup", "now", visit)
    said = shell("backup", "restore", "v-nobody", "-o", "again.assessment")
    assert said.code == 2
    assert "v-nobody" in said.err
