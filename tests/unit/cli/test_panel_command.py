"""`panel agreement`: figures in words and as data, from files of several experts."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from assessor.workspace.panel_edits import merge_files
from assessor.workspace.panel_files import bring_in, own_member
from assessor.workspace.visits import opened
from tests.unit.cli.shell import Shell, written
from tests.unit.cli.test_result_commands import ANSWERS


@pytest.fixture
def files(shell: Shell, visit: Path) -> list[Path]:
    """Two experts' files that differ in one answer."""
    assert shell("fill", visit, written("answers.json", ANSWERS)).code == 0
    other = Path("other.assessment")
    shutil.copy(visit, other)
    key, answer = next((k, a) for k, a in ANSWERS["answers"].items() if "option" in a)
    changed = {"answers": {key: {"option": "A" if answer["option"] != "A" else "B"}}}
    assert shell("fill", other, written("changed.json", changed)).code == 0
    return [visit, other]


def test_the_figures_as_data(shell: Shell, files: list[Path]) -> None:
    said = shell("panel", "agreement", *files, "--json")
    found: Any = said.json
    assert said.code == 0
    assert len(found["experts"]) == 2
    overall = found["overall"]
    assert overall["shared"] - overall["alike"] == 1
    assert overall["percent"]["exact"] == f"{overall['alike']}/{overall['shared']}"
    assert set(overall) >= {"kappa", "fleiss", "nominal", "ordinal", "interval"}
    differing = [one for one in found["items"] if one["percent"]["exact"] == "0"]
    assert len(differing) == 1
    assert len(found["pairs"]) == 1


def test_the_figures_in_words(shell: Shell, files: list[Path], language: str) -> None:
    said = shell("panel", "agreement", *files)
    assert said.code == 0
    assert "Krippendorff" in said.out
    assert ("无法计算" if language == "zh" else "not defined") in said.out


def test_one_file_alone_is_refused_in_words(shell: Shell, files: list[Path]) -> None:
    said = shell("panel", "agreement", files[0])
    assert said.code == 2
    assert "其他专家" in said.err


def test_the_report_of_a_merged_panel_prints_the_agreement_and_verifies(
    shell: Shell, files: list[Path]
) -> None:
    own, other = files
    with opened(own) as visit:
        (brought,) = [bring_in(other, visit.assessment)]
        posting = merge_files(visit.assessment, own_member(visit.assessment, "本人"), [brought])
        edit = posting.make_edit(visit.assessment)
        assert edit is not None
        assert visit.do(edit, posting.sources)
    assert shell("panel", "agreement", own).code == 0
    assert shell("report", own, "-o", "out").code == 0
    (book,) = Path("out").glob("*.xlsx")
    workbook = load_workbook(book)
    try:
        assert "专家组" in workbook.sheetnames
    finally:
        workbook.close()
    made = [*Path("out").glob("*.xlsx"), *Path("out").glob("*.pdf")]
    assert shell("verify", *made, "--against", own).code == 0
