"""A ledger from somebody's own workbook or text file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from assessor.errors import AssessorError, Problem, ProblemsError
from assessor.exchange.ledger import read_ledger
from tests.unit.exchange.office import resaved
from tests.unit.exchange.samples import FACTORY, WORKSHOP, loaded

RUBRIC = loaded(WORKSHOP).rubric
HEADER = ["设备编号", "设备名称", "数量(台／套)", "是否关键装备", "已数控化数量", "启用日期"]
ROWS: list[list[object]] = [
    ["E-01", "数控车床", 12, "是", 12, "2021-05-06"],
    ["E-02", "冲床", "８", "否", 3, "2019/1/2"],
]
EXPECTED = (
    {
        "asset_no": "E-01",
        "name": "数控车床",
        "quantity": "12",
        "key": "yes",
        "nc_quantity": "12",
        "commissioned": "2021-05-06",
    },
    {
        "asset_no": "E-02",
        "name": "冲床",
        "quantity": "8",
        "key": "no",
        "nc_quantity": "3",
        "commissioned": "2019-01-02",
    },
)


def workbook(path: Path, rows: Sequence[Sequence[object]], sheet: str = "台账") -> Path:
    book = openpyxl.Workbook()
    active = book.worksheets[0]
    active.title = sheet
    for row in rows:
        active.append(list(row))
    book.save(path)
    return path


def problems_of(path: Path) -> dict[str, Problem]:
    with pytest.raises(ProblemsError) as caught:
        read_ledger(path, RUBRIC)
    return {problem.place: problem for problem in caught.value.problems}


def test_workbook_with_a_title_above_and_totals_below(tmp_path: Path) -> None:
    rows = [["某厂设备台账"], [], HEADER, *ROWS, ["合计", None, 20, None, 15, None]]
    found = read_ledger(workbook(tmp_path / "a.xlsx", rows), RUBRIC)
    assert found.table == "ledger"
    assert found.rows == EXPECTED
    assert [problem.code for problem in found.warnings] == ["import.total_row"]
    assert found.warnings[0].place == "台账!A6"


def test_saved_again_by_libreoffice(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [HEADER, *ROWS])
    assert read_ledger(resaved(path), RUBRIC).rows == EXPECTED


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("gb18030", "\t")]
)
def test_text_files(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = [delimiter.join(str(cell) for cell in row) for row in [HEADER, *ROWS]]
    path = tmp_path / "a.csv"
    path.write_text("\r\n".join(lines), encoding=encoding)
    assert read_ledger(path, RUBRIC).rows == EXPECTED


@pytest.mark.parametrize(
    "header",
    [
        ["asset_no", "name", "quantity", "key", "nc_quantity", "commissioned"],
        ["Asset number", "Name", "QUANTITY (sets)", "key equipment *",
         "Quantity under programmable control", "Date of first use"],
        ["设备 编号", "设备名称：", "数量", "是否关键装备？", "已数控化数量*", "启用日期"],
    ],
)  # fmt: skip
def test_headings_in_any_form(tmp_path: Path, header: list[str]) -> None:
    assert read_ledger(workbook(tmp_path / "a.xlsx", [header, *ROWS]), RUBRIC).rows == EXPECTED


def test_unknown_columns_are_left_out_and_named(tmp_path: Path) -> None:
    rows = [[*HEADER, "购入价"], [*ROWS[0], 99]]
    found = read_ledger(workbook(tmp_path / "a.xlsx", rows), RUBRIC)
    assert found.rows == EXPECTED[:1]
    assert [(p.code, p.place) for p in found.warnings] == [("import.column_ignored", "台账!G1")]


@pytest.mark.parametrize(
    ("rows", "place", "said"),
    [
        ([HEADER, ["E", "n", 3, "是", 4, None]], "台账!A2", "不得大于"),
        ([HEADER, ["E", "n", -3, "是", 1, None]], "台账!C2", "负数"),
        ([HEADER, ["E", "n", "三", "是", 1, None]], "台账!C2", "三"),
        ([HEADER, ["E", "n", "=1+2", "是", 1, None]], "台账!C2", "公式"),
        ([HEADER, ["E", "n", 3, "或许", 1, None]], "台账!D2", "或许"),
        ([HEADER, ["E", "n", 3, "是", 1, "去年"]], "台账!F2", "去年"),
        ([HEADER, ["E", "n" * 501, 3, "是", 1, None]], "台账!B2", "500"),
        ([HEADER, ["E", "n", None, "是", 1, None]], "台账!C2", "第 2 行"),
        ([["设备编号", "设备名称"], ["E", "n"]], "台账!A1", "数量"),
        ([[*HEADER, "数量"], ["E", "n", 1, None, None, None, 1]], "台账!G1", "两次"),
    ],
)
def test_faults_are_named_by_cell(
    tmp_path: Path, rows: list[list[object]], place: str, said: str
) -> None:
    found = problems_of(workbook(tmp_path / "a.xlsx", rows))
    assert said in found[place].message.pick("zh")
    assert found[place].file == "a.xlsx"


def test_every_faulty_row_is_listed(tmp_path: Path) -> None:
    rows = [HEADER, ["E", "n", 1, "是", 2, None], ["F", "n", 1, "是", 3, None]]
    assert list(problems_of(workbook(tmp_path / "a.xlsx", rows))) == ["台账!A2", "台账!A3"]


def test_files_without_a_table_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AssessorError, match="表头"):
        read_ledger(workbook(tmp_path / "a.xlsx", [["甲", "乙"], [1, 2]]), RUBRIC)
    with pytest.raises(AssessorError, match="没有数据行"):
        read_ledger(workbook(tmp_path / "b.xlsx", [HEADER]), RUBRIC)
    with pytest.raises(AssessorError, match="没有台账"):
        read_ledger(tmp_path / "b.xlsx", loaded(FACTORY).rubric)
    with pytest.raises(AssessorError, match="没有台账"):
        read_ledger(tmp_path / "b.xlsx", RUBRIC, "machines")
    with pytest.raises(AssessorError, match=r"none\.xlsx"):
        read_ledger(tmp_path / "none.xlsx", RUBRIC)
