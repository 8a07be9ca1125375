"""`compare`: two records in words, as data, as PDF and as workbook."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from assessor.reports.pdf_text import page_texts
from tests.unit.cli.shell import Shell, written
from tests.unit.cli.test_result_commands import ANSWERS


@pytest.fixture
def files(shell: Shell, visit: Path) -> list[Path]:
    """Two records of one enterprise that differ in item 7 (10 points)."""
    assert shell("fill", visit, written("answers.json", ANSWERS)).code == 0
    other = Path("other.assessment")
    shutil.copy(visit, other)
    changed = {"answers": {"7": {"option": "no"}}}
    assert shell("fill", other, written("changed.json", changed)).code == 0
    return [visit, other]


def test_the_difference_as_data(shell: Shell, files: list[Path]) -> None:
    found: Any = shell("compare", *files, "--json").json
    assert found["kind"] == "time"
    assert found["counts"]["lower"] == 1
    first = found["items"][0]
    assert (first["standing"], plain(first["difference"])) == ("lower", "-10")
    assert found["left_out"] == []


def plain(value: str) -> str:
    return value.rstrip("0").rstrip(".")


def test_the_difference_in_words(shell: Shell, files: list[Path], language: str) -> None:
    said = shell("compare", *files)
    assert said.code == 0
    assert "69.50 → 59.50" in said.out
    assert ("较低" if language == "zh" else "lower") in said.out


@pytest.mark.parametrize("ending", [".pdf", ".xlsx"])
def test_a_comparison_is_written_and_read_back(
    shell: Shell, files: list[Path], ending: str
) -> None:
    path = Path(f"compared{ending}")
    assert shell("compare", *files, "-o", path).code == 0
    if ending == ".pdf":
        told = "".join(page_texts(path))
    else:
        book = load_workbook(path)
        try:
            cells = [cell.value for sheet in book for row in sheet for cell in row]
        finally:
            book.close()
        told = " ".join(str(value) for value in cells if value is not None)
        assert -10 not in cells
    assert "59.5" in told
    assert "较低" in told


def test_a_record_without_a_self_assessment_or_another_ending_is_refused(
    shell: Shell, files: list[Path]
) -> None:
    assert "自评" in shell("compare", files[0]).err
    said = shell("compare", *files, "-o", "compared.txt")
    assert said.code == 2
    assert not Path("compared.txt").exists()


def test_the_self_assessment_is_compared_with_what_was_verified(
    shell: Shell, files: list[Path]
) -> None:
    own = written("own.json", {"answers": {"7": {"option": "yes"}, "5": {"option": "L1"}}})
    assert shell("fill", files[1], own, "--self").code == 0
    found: Any = shell("compare", files[1], "--json").json
    assert found["kind"] == "own"
    standing = {one["id"]: one["standing"] for one in found["items"]}
    assert sorted(standing.values()).count("lower") == 1
    assert "higher" in standing.values()
