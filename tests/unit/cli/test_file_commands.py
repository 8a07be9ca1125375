"""`report`, `verify`, `template`: files that are written, read again and told from forgeries."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from assessor.paths import user_folder
from tests.unit.cli.shell import TEN, Shell, written

ANSWERS = {"answers": {"4": {"option": "C"}, "6": {"option": "L1"}}}
"""6.67 and 0.6 * 15 = 9: 15.67 in all."""


@pytest.fixture
def filled(shell: Shell, visit: Path) -> Path:
    """A visit under a rubric that lies in the person's own folder, where `verify` looks for it."""
    own = user_folder() / "rubrics"
    own.mkdir(parents=True)
    shutil.copy(TEN, own)
    assert shell("fill", visit, written("answers.json", ANSWERS)).code == 0
    return visit


def files(folder: str) -> dict[str, Path]:
    return {path.suffix: path for path in Path(folder).iterdir()}


def test_both_reports_are_written_and_verify(shell: Shell, filled: Path, language: str) -> None:
    before = filled.read_bytes()
    said = shell("report", filled, "-o", "out", "--lang", language)
    assert (said.code, said.err) == (0, "")
    assert filled.read_bytes() == before
    made = files("out")
    assert set(made) == {".pdf", ".xlsx"}
    assert all(str(path) in said.out for path in made.values())
    checked = shell("verify", made[".xlsx"])
    assert checked.code == 0
    assert ("签名" if language == "zh" else "sign") in checked.out
    for against in (made[".xlsx"], filled):
        assert shell("verify", made[".pdf"], "--against", against).code == 0


@pytest.mark.parametrize(("option", "suffix"), [("--pdf", ".pdf"), ("--xlsx", ".xlsx")])
def test_only_the_kind_that_was_asked_for(
    shell: Shell, filled: Path, option: str, suffix: str
) -> None:
    assert shell("report", filled, "-o", "out", option).code == 0
    assert set(files("out")) == {suffix}


def test_a_rubric_that_is_not_here_is_said(shell: Shell, filled: Path) -> None:
    shell("report", filled, "-o", "out", "--xlsx")
    (user_folder() / "rubrics" / TEN.name).unlink()
    said = shell("verify", files("out")[".xlsx"])
    assert said.code == 1
    assert "ten-items" in said.out


def test_a_changed_figure_is_found_and_named(shell: Shell, filled: Path) -> None:
    shell("report", filled, "-o", "out", "--xlsx")
    path = files("out")[".xlsx"]
    book = load_workbook(path)
    sheet = book.worksheets[0]
    cell = next(
        cell
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("甬江")
    )
    cell.value = "别的企业"
    book.save(path)
    said = shell("verify", path)
    assert said.code == 1
    assert cell.coordinate in said.out
    data: Any = shell("verify", path, "--json").json
    assert cell.coordinate in str(data)


def test_a_pdf_of_another_state_of_the_visit_does_not_verify(shell: Shell, filled: Path) -> None:
    shell("report", filled, "-o", "out", "--pdf")
    shell("fill", filled, written("more.json", {"answers": {"4": {"option": "D"}}}))
    said = shell("verify", files("out")[".pdf"], "--against", filled)
    assert said.code == 1


def test_a_pdf_needs_something_to_verify_it_against(shell: Shell, filled: Path) -> None:
    shell("report", filled, "-o", "out", "--pdf")
    said = shell("verify", files("out")[".pdf"])
    assert said.code == 2
    assert "--against" in said.out


def test_what_is_no_report_is_refused_by_name(shell: Shell) -> None:
    Path("note.txt").write_text("x", encoding="utf-8")
    Path("fake.xlsx").write_text("x", encoding="utf-8")
    Path("fake.pdf").write_text("x", encoding="utf-8")
    for name in ("note.txt", "fake.xlsx", "none.xlsx"):
        said = shell("verify", name)
        assert said.code == 2
        assert name in said.out
    assert shell("verify", "fake.pdf", "--against", "fake.xlsx").code == 2


def test_an_untouched_fill_in_workbook_has_nothing_to_fill(shell: Shell, visit: Path) -> None:
    assert shell("template", TEN, "-o", "form.xlsx", "--profile", "discrete").code == 0
    before = visit.read_bytes()
    said = shell("fill", visit, "form.xlsx")
    assert (said.code, said.out) == (2, "")
    assert "form.xlsx" in said.err
    assert visit.read_bytes() == before
