"""Roster, decisions and targets from workbooks: whole, or refused with every cell named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from assessor.bureau.entered import read_decisions, read_roster, read_targets
from assessor.bureau.register import Decision, DecisionKind, Expected, PlanTarget
from assessor.errors import AssessorError, ProblemsError
from assessor.rubrics.models import Rubric
from assessor.workspace.bureau_register import known_rubrics

CODE = "91350100M000100Y43"
RUBRIC = "nb.digital_workshop"


@pytest.fixture(scope="module")
def rubrics() -> Mapping[str, Rubric]:
    return known_rubrics()


def table(folder: Path, *rows: Sequence[object]) -> Path:
    path = folder / "table.xlsx"
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名单"
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    book.close()
    return path


def faults(error: pytest.ExceptionInfo[ProblemsError]) -> dict[str, str]:
    return {problem.place: problem.code for problem in error.value.problems}


def test_a_roster_below_a_title(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ["2026 年应报名单"],
        ["序号", "企业名称", "统一社会信用代码", "区县", "批次", "截止日"],
        [1, "甬江齿轮", CODE.lower(), "海曙区", "2026", date(2026, 9, 30)],
        [],
        [2, "无代码企业", None, "鄞州区", "2026", "2026年10月1日"],
    )
    assert read_roster(path) == (
        Expected("2026", CODE, "甬江齿轮", "海曙区", date(2026, 9, 30)),
        Expected("2026", "", "无代码企业", "鄞州区", date(2026, 10, 1)),
    )


def test_every_faulty_cell_is_told_and_nothing_entered(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ["企业名称", "信用代码", "批次", "截止日"],
        ["甲", 913501000000010043, "2026", None],
        ["乙", "91350100M000100Y4Z", "2026", None],
        ["丙", CODE, "", None],
        ["丁", CODE, "2026", "月底"],
        ["戊", CODE, "2026", "2026-02-30"],
        ["己", CODE, "2026", None],
    )
    with pytest.raises(ProblemsError) as error:
        read_roster(path)
    assert faults(error) == {
        "名单!B2": "bureau_stats.entered_code_is_number",
        "名单!B3": "bureau_stats.entered_code_wrong",
        "名单!C4": "bureau_stats.entered_empty",
        "名单!D5": "bureau_stats.entered_no_date",
        "名单!D6": "bureau_stats.entered_no_date",
    }


def test_decisions_name_rubric_and_tier_as_people_do(
    tmp_path: Path, rubrics: Mapping[str, Rubric]
) -> None:
    path = table(
        tmp_path,
        ["enterprise", "credit code", "rubric", "tier", "decision", "decided", "document"],
        ["甬江齿轮", CODE, "数字化车间", "良好", "已认定", "2026/6/1", "甬经信〔2026〕1号"],
        ["甬江齿轮", CODE, RUBRIC, "good", "withdrawn", "2026.7.1", ""],
    )
    first, second = read_decisions(path, rubrics)
    assert first == Decision(
        "",
        CODE,
        "甬江齿轮",
        "",
        RUBRIC,
        "good",
        DecisionKind.RECOGNISED,
        date(2026, 6, 1),
        "甬经信〔2026〕1号",
    )
    assert (second.kind, second.decided) == (DecisionKind.WITHDRAWN, date(2026, 7, 1))


def test_unknown_words_in_decisions_are_told(tmp_path: Path, rubrics: Mapping[str, Rubric]) -> None:
    path = table(
        tmp_path,
        ["企业", "细则", "等级", "决定", "决定日期"],
        ["甲", "没有的细则", "良好", "已认定", "2026-06-01"],
        ["乙", RUBRIC, "特等", "已认定", "2026-06-01"],
        ["丙", RUBRIC, "良好", "大概", "2026-06-01"],
        ["丁", RUBRIC, "良好", "已认定", None],
    )
    with pytest.raises(ProblemsError) as error:
        read_decisions(path, rubrics)
    assert faults(error) == {
        "名单!B2": "bureau_stats.entered_no_rubric",
        "名单!C3": "bureau_stats.entered_no_tier",
        "名单!D4": "bureau_stats.entered_no_kind",
        "名单!E5": "bureau_stats.entered_empty",
    }


def test_targets(tmp_path: Path, rubrics: Mapping[str, Rubric]) -> None:
    heads = ["细则", "等级", "年度", "区县", "目标", "出处"]
    path = table(tmp_path, heads, [RUBRIC, "良好", 2026, "慈溪市", 10, "年度计划"])
    assert read_targets(path, rubrics) == (
        PlanTarget(RUBRIC, "good", 2026, "慈溪市", 10, "年度计划"),
    )
    path = table(tmp_path, heads, [RUBRIC, "良好", 2026, "", -3, ""])
    with pytest.raises(ProblemsError) as error:
        read_targets(path, rubrics)
    assert faults(error) == {"名单!E2": "bureau_stats.entered_no_number"}


def test_a_table_without_headings_or_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssessorError, match="表头"):
        read_roster(table(tmp_path, ["甲", "乙"]))
    with pytest.raises(AssessorError, match="没有内容"):
        read_roster(table(tmp_path, ["企业名称", "批次"]))
