"""A form on the command line: made for a city, filled, looked at, reported, verified."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assessor.exchange.form.rows import ENTRY_COLUMN, KEY_COLUMN
from tests.unit.cli.shell import ROOT, Shell, written

CITY, FORM = "nb.industrial_internet_city", "industrial_internet_city"
ANSWERS = {
    "answers": {
        "5g-base-stations": {"inputs": {"figure": "41200"}},
        "public-data-open": {"inputs": {"figure": "27.5"}},
        "industry-brain-coverage": {"option": "no"},
    }
}


@pytest.fixture
def city(shell: Shell) -> Path:
    body = written("city.json", {"name": "宁波市", "contact": {"name": "周敏"}})
    made = shell("new", CITY, "-o", "city.assessment", "--enterprise", body, "--cycle", "2026")
    assert (made.code, made.err) == (0, "")
    assert "类型 city，批次 2026" in made.out
    assert shell("fill", "city.assessment", written("answers.json", ANSWERS)).code == 0
    return Path("city.assessment")


def test_the_score_lists_figures_and_targets_and_no_points(shell: Shell, city: Path) -> None:
    said = shell("score", city).out
    assert "只采集、不评分；没有总分，也不下结论。" in said
    assert "2026 年：45000 个 —— 还差 3800 个，完成 88.87 %" in said
    assert "得分" not in said
    found: Any = shell("score", city, "--json").json
    assert (found["total"], found["maximum"], found["result"]) == (None, None, None)
    assert (found["answered"], found["asked"], found["outcomes"]) == (3, 55, [])
    assert found["targets"][1] == {
        "criterion": "5g-base-stations",
        "target": "y2026",
        "figure": "41200.00",
        "value": "45000",
        "year": 2026,
        "distance": "3800.00",
        "way": "88.87",
        "state": "short",
    }


def test_there_is_no_way_and_the_reason_is_told(shell: Shell, city: Path) -> None:
    said = shell("path", city, "--to", "any")
    assert said.code == 2
    assert "没有可以达到的结论" in said.err


def test_the_report_verifies(shell: Shell, city: Path) -> None:
    assert shell("report", city, "-o", "out").code == 0
    for path in Path("out").iterdir():
        against = () if path.suffix == ".xlsx" else ("--against", city)
        assert shell("verify", path, *against).code == 0


def test_the_template_asks_for_what_a_city_has_and_is_read_back(shell: Shell, city: Path) -> None:
    assert shell("template", CITY, "-o", "form.xlsx", "--profile", "city").code == 0
    book = openpyxl.load_workbook("form.xlsx")
    rows = {
        str(sheet.cell(row, KEY_COLUMN).value): (sheet, row)
        for sheet in book.worksheets
        for row in range(1, sheet.max_row + 1)
    }
    assert "填报单位" in book.sheetnames
    assert {"enterprise/name", "enterprise/district", "enterprise/contact/name"} <= rows.keys()
    assert (
        not {"enterprise/credit_code", "enterprise/industry_code", "visit/workshop"} & rows.keys()
    )
    sheet, row = rows["answers/cloud-firms/inputs/figure"]
    sheet.cell(row, ENTRY_COLUMN).value = 9.5
    book.save("form.xlsx")
    book.close()
    assert shell("fill", city, "form.xlsx").code == 0
    assert "3.9 上云企业: 9.5 万家" in shell("score", city).out


def test_the_schema_beside_the_rubrics_is_not_taken_for_one(shell: Shell) -> None:
    rubrics = sorted((ROOT / "rubrics").glob("*.json"))
    assert any(path.name == "schema.json" for path in rubrics)
    said = shell("rubric", "check", *(path for path in rubrics if path.stem in ("schema", FORM)))
    assert (said.code, said.err) == (0, "")
    assert said.out.count("\n") == 1
    assert shell("rubric", "check", written("schema.json", {"$id": "other"})).code == 1


def test_two_returns_are_compared_by_their_figures(shell: Shell, city: Path) -> None:
    later = Path("later.assessment")
    shutil.copy(city, later)
    changes = {
        "5g-base-stations": {"inputs": {"figure": "44000"}},
        "public-data-open": {"inputs": {"figure": "26"}},
    }
    assert shell("fill", later, written("later.json", {"answers": changes})).code == 0
    said = shell("compare", city, later)
    assert said.code == 0
    assert "1.1 5G 基站数：41200 个 → 44000 个（较高）" in said.out
    assert "1.9 公共数据开放率：27.50 % → 26.00 %（较低）" in said.out
    assert "后者较差 1，后者较好 1" in said.out
    assert "总分" not in said.out
    for name in ("compared.pdf", "compared.xlsx"):
        assert shell("compare", city, later, "-o", name).code == 0


def test_there_is_no_result_that_could_hold(shell: Shell, city: Path) -> None:
    said = shell("robust", city)
    assert said.code == 2
    assert "没有评价结果" in said.err


def test_names_are_taken_out_of_a_form_too(shell: Shell, city: Path) -> None:
    assert shell("report", city, "-o", "out", "--anonymised").code == 0
    assert not any("宁波市" in path.name for path in Path("out").iterdir())
