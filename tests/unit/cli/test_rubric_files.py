"""`rubric workbook` and `rubric from-workbook`, as an author types them."""

from __future__ import annotations

import json
from pathlib import Path

from openpyxl import load_workbook

from tests.unit.cli.shell import TEN, Shell


def test_there_and_back(shell: Shell, language: str) -> None:
    assert shell("rubric", "workbook", TEN, "-o", "ten.xlsx", "--lang", language).code == 0
    said = shell("rubric", "from-workbook", "ten.xlsx", "-o", "again.json")
    assert said.code == 0
    assert json.loads(Path("again.json").read_bytes()) == json.loads(TEN.read_bytes())


def test_findings_are_named_by_cell_and_bad_cells_refused(shell: Shell) -> None:
    shell("rubric", "workbook", TEN, "-o", "ten.xlsx", "--lang", "en")
    workbook = load_workbook("ten.xlsx")
    names = [cell.value for cell in workbook["Criteria"][3]]
    cell = workbook["Criteria"].cell(4, names.index("maximum") + 1)
    cell.value = "3"
    workbook.save("ten.xlsx")
    said = shell("rubric", "from-workbook", "ten.xlsx", "-o", "again.json")
    assert said.code == 1
    total = next(row[2] for row in workbook["Information"].iter_rows() if row[0].value == "total")
    assert f"Information {total.coordinate}" in said.out
    cell.value = "three"
    workbook.save("ten.xlsx")
    workbook.close()
    Path("again.json").unlink()
    said = shell("rubric", "from-workbook", "ten.xlsx", "-o", "again.json")
    assert said.code == 2
    assert f"Criteria {cell.coordinate}" in said.err
    assert not Path("again.json").exists()


def test_a_standard_is_drafted_and_checked(shell: Shell, language: str) -> None:
    said = shell("rubric", "standard", TEN, "-o", "draft.pdf", "--lang", language)
    assert said.code == 0
    assert Path("draft.pdf").read_bytes().startswith(b"%PDF-")
    Path("folder").mkdir()
    assert shell("rubric", "standard", TEN, "-o", "folder").code == 2
    assert shell("rubric", "standard", "no.such", "-o", "other.pdf").code == 2
    assert not Path("other.pdf").exists()
