"""`assessor carry`: a dry run first, then a file of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assessor.storage.file import open_file
from tests.unit.cli.shell import TEN, Shell, written

ANSWERS = {"planning": {"option": "C"}, "execution": {"option": "L1"}}


@pytest.fixture
def newer(visit: Path, shell: Shell) -> Path:
    """The next version of the ten-item rubric, without `execution`; the visit is partly filled."""
    data: Any = json.loads(TEN.read_bytes())
    data["version"] = "2.0.0"
    data["criteria"] = [one for one in data["criteria"] if one["id"] != "execution"]
    assert shell("fill", visit, written("answers.json", {"answers": ANSWERS})).code == 0
    return written("newer.json", data)


def test_a_dry_run_tells_everything_and_writes_nothing(
    shell: Shell, visit: Path, newer: Path, language: str
) -> None:
    before = visit.read_bytes()
    said = shell("carry", visit, "--to", newer)
    assert said.code == 0
    assert "execution" in said.out
    assert ("试算" if language == "zh" else "dry run") in said.out
    assert [path.name for path in Path().glob("*.assessment")] == [visit.name]
    shell("carry", visit, "--to", newer, "-o", "new.assessment", "--dry-run")
    assert not Path("new.assessment").exists()
    assert visit.read_bytes() == before


def test_the_new_file_holds_the_answers_and_the_reason(
    shell: Shell, visit: Path, newer: Path
) -> None:
    before = visit.read_bytes()
    said = shell("carry", visit, "--to", newer, "-o", "new.assessment", "--reason", "市局换表")
    assert said.code == 0
    assert visit.read_bytes() == before
    with open_file(Path("new.assessment"), read_only=True) as file:
        assert set(file.assessment.answers) == {"planning"}
        assert file.assessment.rubric.version == "2.0.0"
        assert file.assessment.revision == 2
    assert "市局换表" in shell("history", "new.assessment").out
    assert shell("score", "new.assessment").code in (0, 1)


def test_the_data_name_each_part_once(shell: Shell, visit: Path, newer: Path) -> None:
    data: Any = shell("carry", visit, "--to", newer, "--json").json
    told = {(entry["part"], entry["key"]): entry for entry in data["entries"]}
    assert told["answer", "planning"]["how"] == "carried"
    assert told["answer", "execution"]["code"] == "carry.criterion_removed"
    assert data["written"] is None


def test_what_cannot_be_done_is_said(shell: Shell, visit: Path, newer: Path) -> None:
    assert shell("carry", visit, "--to", TEN).code == 2
    assert shell("carry", visit, "--to", "nb.digital_workshop").code == 2
    said = shell("carry", visit, "--to", newer, "--map", written("map.json", {"criterion": {}}))
    assert said.code == 2
    assert "map.json" in said.err
