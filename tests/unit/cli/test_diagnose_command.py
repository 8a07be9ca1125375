"""`diagnose`: the report for the enterprise, as PDF and workbook, the same bytes twice."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assessor.reports.pdf_text import drawn_texts
from tests.unit.cli.shell import Shell, written
from tests.unit.cli.test_result_commands import ANSWERS


@pytest.fixture
def filled(shell: Shell, visit: Path) -> Path:
    assert shell("fill", visit, written("answers.json", ANSWERS)).code == 0
    return visit


def test_pdf_and_workbook_say_the_same_and_are_the_same_bytes_twice(
    shell: Shell, filled: Path
) -> None:
    said = shell("diagnose", filled, "-o", "one.pdf", "-o", "one.xlsx")
    assert said.code == 0
    assert shell("diagnose", filled, "-o", "two.pdf", "-o", "two.xlsx").code == 0
    for ending in ("pdf", "xlsx"):
        assert Path(f"one.{ending}").read_bytes() == Path(f"two.{ending}").read_bytes()
    printed = "".join(drawn_texts(Path("one.pdf")))
    assert "不是评价结论" in printed
    assert "改进路线" in printed
    with closing(load_workbook("one.xlsx")) as book:
        assert len(book.sheetnames) >= 4
        words = {str(c.value) for sheet in book for row in sheet.iter_rows() for c in row}
    assert any("已证明没有更省的组合" in word for word in words)


def test_english_is_complete(shell: Shell, filled: Path) -> None:
    assert shell("diagnose", filled, "-o", "en.pdf", "--lang", "en", "--to", "good").code == 0
    assert "no part of the verdict" in " ".join(drawn_texts(Path("en.pdf")))


def test_another_ending_is_refused_and_nothing_is_left(shell: Shell, filled: Path) -> None:
    before = sorted(Path().iterdir())
    said = shell("diagnose", filled, "-o", "one.docx")
    assert said.code == 2
    assert sorted(Path().iterdir()) == before
