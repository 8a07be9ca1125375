"""The fill-in workbook comes back as it was filled in, or with every faulty cell named."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from assessor.assessment import Answer
from assessor.errors import AssessorError, Problem, ProblemsError
from assessor.exchange.answers_workbook import read_answers_workbook
from assessor.exchange.imported import ImportedAnswers
from assessor.exchange.template import template_workbook
from assessor.rubrics.rule_models import LevelsRule, SelectionRule
from tests.unit.exchange.filling import Entries, filled, ledger_sheet, where
from tests.unit.exchange.office import resaved
from tests.unit.exchange.samples import FACTORY, WORKSHOP, loaded, visit

RUBRIC = loaded()
FULL: dict[str, object] = {
    "answers/planning/option": "C",
    "answers/planning/option#remark": "=2+3 不是公式",
    "answers/planning/option#confidence": "高",
    "answers/execution/option": "l2",
    "answers/backup/option": "是",
    "answers/equipment_kinds/items/a": "是",
    "answers/equipment_kinds/items/b": "否",
    "answers/equipment_kinds/items/c": "√",
    "answers/labels/items/1": "否",
    "answers/labels/items/2": "no",
    "answers/services/items/D": "是",
    "answers/services/items/D#remark": "备件预测",
    "answers/services/items/A": "否",
    "answers/services/items/B": "否",
    "answers/services/items/C": "否",
    "answers/nc_rate/inputs/nc": 12,
    "answers/nc_rate/inputs/total": "２０",
    "answers/cost/inputs/cost_before": 0.1,
    "answers/cost/inputs/cost_after": "0.05",
    "answers/cost/industry": "是",
    "answers/cost/note#remark": "口径一致",
    "answers/warehouse/na": "是",
    "answers/warehouse/na#remark": "没有仓库",
    "gates/entity/pass": "否",
    "gates/entity/pass#remark": "待核",
    "gates/window/inputs/started": "2025年3月",
    "gates/window/inputs/finished": datetime.date(2026, 1, 15),
    "indicators/defects/inputs/rate_before": "2.50",
    "indicators/defects/no_baseline": "否",
    "enterprise/name": "甬江齿轮有限公司",
    "enterprise/credit_code": "91350100M000100Y43",
    "enterprise/employees": 350,
    "enterprise/contact/phone": "13800000000",
    "enterprise/form/founded": 2004,
    "visit/date_from": datetime.date(2026, 3, 2),
    "visit/date_to": "2026.3.4",
    "visit/application_type": "lead",
    "filled/by": "王五",
    "filled/on": "20260301",
}
LEDGER: list[list[object]] = [
    ["E-1", 3, 2, "是"],
    [None, None, None, None],
    ["E-2", "４", None, "N"],
    ["合计", 7, 2, None],
]


def read(path: Path, **fields: object) -> ImportedAnswers:
    return read_answers_workbook(path, RUBRIC, visit(RUBRIC, **{"profile": "process"} | fields))


def problems_of(path: Path, **fields: object) -> dict[str, Problem]:
    with pytest.raises(ProblemsError) as caught:
        read(path, **fields)
    return {problem.place: problem for problem in caught.value.problems}


def check_full(imported: ImportedAnswers) -> None:
    answers = imported.answers
    assert answers["planning"] == Answer(option="C", note="=2+3 不是公式", confidence="high")
    assert answers["execution"] == Answer(option="L2")
    assert answers["backup"] == Answer(option="yes")
    assert answers["equipment_kinds"] == Answer(options=("a", "c"))
    assert answers["labels"] == Answer(none=True)
    assert answers["services"] == Answer(options=("D",), other="备件预测")
    assert answers["nc_rate"].inputs == {"nc": Decimal(12), "total": Decimal(20)}
    assert answers["cost"].inputs == {
        "cost_before": Decimal("0.1"),
        "cost_after": Decimal("0.05"),
    }
    assert answers["cost"].industry_baseline
    assert answers["cost"].note == "口径一致"
    assert answers["warehouse"] == Answer(na=True, reason="没有仓库")
    assert set(answers) == {
        "planning", "execution", "backup", "equipment_kinds", "labels", "services", "nc_rate",
        "cost", "warehouse",
    }  # fmt: skip
    assert imported.gates["entity"].confirmed is False
    assert imported.gates["entity"].note == "待核"
    assert imported.gates["window"].inputs == {"started": "2025-03", "finished": "2026-01"}
    assert imported.indicators["defects"].inputs == {"rate_before": Decimal("2.5")}
    assert imported.enterprise["employees"] == 350
    assert getattr(imported.enterprise["contact"], "phone", "") == "13800000000"
    assert imported.enterprise["form"] == {"founded": "2004"}
    assert imported.visit["date_from"] == datetime.date(2026, 3, 2)
    assert imported.visit["date_to"] == datetime.date(2026, 3, 4)
    assert imported.filled_by == "王五"
    assert imported.filled_on == datetime.date(2026, 3, 1)
    assert imported.tables["ledger"] == (
        {"asset": "E-1", "quantity": "3", "networked": "2", "controlled": "yes"},
        {"asset": "E-2", "quantity": "4", "controlled": "no"},
    )
    assert [problem.code for problem in imported.warnings] == ["import.total_row"]


def test_filled_in_with_openpyxl(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.xlsx", RUBRIC, FULL, LEDGER, profile="process")
    check_full(read(path))


def test_saved_again_by_libreoffice(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.xlsx", RUBRIC, FULL, LEDGER, profile="process")
    check_full(read(resaved(path)))


def test_saved_with_dates_counted_from_1904(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.xlsx", RUBRIC, FULL, LEDGER, profile="process")
    book = openpyxl.load_workbook(path)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.save(path)
    check_full(read(path))


def test_the_english_workbook_reads_the_same(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.xlsx", RUBRIC, FULL, LEDGER, profile="process", language="en")
    check_full(read(path))


def test_an_empty_workbook_says_nothing(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.xlsx", RUBRIC, {}, profile="process")
    imported = read(path)
    assert imported.empty
    assert imported.warnings == ()


@pytest.mark.parametrize("path", [WORKSHOP, FACTORY])
@pytest.mark.parametrize("profile", ["discrete", "process"])
def test_every_criterion_of_the_shipped_rubrics_can_be_filled_in(
    tmp_path: Path, path: Path, profile: str
) -> None:
    rubric = loaded(path)
    entries: dict[str, object] = {}
    for item in rubric.rubric.every_criterion:
        if profile not in item.profiles:
            continue
        if isinstance(item.rule, LevelsRule):
            entries[f"answers/{item.id}/option"] = item.rule.options[-1].key
        elif isinstance(item.rule, SelectionRule):
            for option in item.rule.options:
                entries[f"answers/{item.id}/items/{option.key}"] = "否"
    made = filled(tmp_path / "a.xlsx", rubric, entries, profile=profile)
    imported = read_answers_workbook(made, rubric, visit(rubric, profile=profile))
    expected = {key.split("/")[1] for key in entries}
    assert set(imported.answers) == expected
    assert imported.warnings == ()


@pytest.mark.parametrize(
    ("entries", "key", "said"),
    [
        ({"answers/planning/option": "E"}, "answers/planning/option", "A, B, C, D"),
        ({"answers/planning/option": 3}, "answers/planning/option", "“3”"),
        ({"answers/planning/option": "=1+1"}, "answers/planning/option", "公式"),
        ({"answers/planning/option": "#N/A"}, "answers/planning/option", "N/A"),
        ({"answers/backup/option": "也许"}, "answers/backup/option", "也许"),
        ({"answers/labels/items/1": "部分"}, "answers/labels/items/1", "部分"),
        ({"answers/labels/note": "是"}, "answers/labels/note", "不用填写"),
        ({"answers/nc_rate/inputs/nc": "十二台"}, "answers/nc_rate/inputs/nc", "十二台"),
        ({"answers/nc_rate/inputs/nc": -1}, "answers/nc_rate/inputs/nc", "不能小于"),
        ({"answers/nc_rate/inputs/nc": 1.5}, "answers/nc_rate/inputs/nc", "整数"),
        ({"answers/cost/inputs/cost_after": "12%"}, "answers/cost/inputs/cost_after", "12%"),
        ({"answers/cost/inputs/cost_after": 1e30}, "answers/cost/inputs/cost_after", "数字"),
        ({"gates/entity/pass": "待定"}, "gates/entity/pass", "待定"),
        ({"gates/window/inputs/started": "2025-13"}, "gates/window/inputs/started", "2025-13"),
        ({"visit/date_from": "2026-02-30"}, "visit/date_from", "2026-02-30"),
        ({"visit/application_type": "follow"}, "visit/application_type", "lead"),
        ({"filled/on": "昨天"}, "filled/on", "昨天"),
        ({"enterprise/employees": "很多"}, "enterprise/employees", "很多"),
        ({"enterprise/employees": 1.5}, "enterprise/employees", "整数"),
        (
            {"enterprise/credit_code": "91350100M000100Y4Z"},
            "enterprise/credit_code",
            "91350100M000100Y43",
        ),
        ({"enterprise/credit_code": 913501000001000943}, "enterprise/credit_code", "存成了数字"),
        (
            {"enterprise/credit_code": "91330201123456780B"},
            "enterprise/credit_code",
            "91330201123456780B",
        ),
    ],
)
def test_faults_are_named_by_cell(tmp_path: Path, entries: Entries, key: str, said: str) -> None:
    path = filled(tmp_path / "a.xlsx", RUBRIC, entries, profile="process")
    found = problems_of(path)
    problem = found[where(path, key)]
    words = problem.message.pick("zh") + (problem.fix.pick("zh") if problem.fix else "")
    assert said in words
    assert problem.file == "a.xlsx"


@pytest.mark.parametrize(
    ("entries", "key", "part", "said"),
    [
        (
            {"answers/planning/option": "C", "answers/planning/option#confidence": "很高"},
            "answers/planning/option",
            "confidence",
            "很高",
        ),
        ({"answers/warehouse/na": "是"}, "answers/warehouse/na", "remark", "理由"),
        (
            {
                "answers/warehouse/na": "是",
                "answers/warehouse/na#remark": "无",
                "answers/warehouse/option": "L1",
            },
            "answers/warehouse/na",
            "",
            "一种方式",
        ),
        (
            {"answers/nc_rate/inputs/nc": 5, "answers/nc_rate/inputs/total": 4},
            "answers/nc_rate/inputs/nc",
            "",
            "超过总数",
        ),
        (
            {"answers/services/items/A": "是", "answers/services/items/B": "是"},
            "answers/services/items/A",
            "",
            "同选",
        ),
        ({"answers/services/items/D": "是"}, "answers/services/items/A", "", "其他"),
        (
            {"visit/date_from": "2026-03-02", "visit/date_to": "2026-03-01"},
            "visit/date_from",
            "",
            "早于",
        ),
    ],
)
def test_what_does_not_go_together_is_named_by_cell(
    tmp_path: Path, entries: Entries, key: str, part: str, said: str
) -> None:
    path = filled(tmp_path / "a.xlsx", RUBRIC, entries, profile="process")
    assert said in problems_of(path)[where(path, key, part)].message.pick("zh")


@pytest.mark.parametrize(
    ("row", "cell", "said"),
    [
        (["E-1", -3, None, "是"], "B4", "负数"),
        (["E-1", "三", None, "是"], "B4", "三"),
        (["E-1", 2.5, None, "是"], "B4", "整数"),
        (["E-1", 3, 4, "是"], "A4", "不能超过"),
        (["E-1", 3, 1, "半"], "D4", "半"),
        (["E-1", 3, 1, None], "D4", "缺少"),
        (["E-1", "=1+2", 1, "是"], "B4", "公式"),
    ],
)
def test_faults_of_the_ledger_are_named_by_cell(
    tmp_path: Path, row: list[object], cell: str, said: str
) -> None:
    path = filled(tmp_path / "a.xlsx", RUBRIC, {}, [row], profile="process")
    found = problems_of(path)
    assert list(found) == [f"装备台账!{cell}"]
    assert said in found[f"装备台账!{cell}"].message.pick("zh")


def test_all_faults_are_listed_and_nothing_is_handed_on(tmp_path: Path) -> None:
    entries = {"answers/planning/option": "Z", "answers/backup/option": "？"}
    path = filled(tmp_path / "a.xlsx", RUBRIC, entries, [["x", -1, None, "是"]], profile="process")
    places = {where(path, key) for key in entries} | {"装备台账!B4"}
    assert set(problems_of(path)) == places


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"answers/labels/items/1": "是"}, "import.ticks_blank"),
        ({"answers/labels/items/1": "否"}, "import.ticks_unclear"),
        ({"answers/planning/option#remark": "待核"}, "import.note_alone"),
        ({"gates/entity/pass#remark": "待核"}, "import.note_alone"),
        ({"answers/warehouse/na#remark": "待核"}, "import.na_alone"),
    ],
)
def test_half_filled_questions_are_warned_of(tmp_path: Path, entries: Entries, code: str) -> None:
    imported = read(filled(tmp_path / "a.xlsx", RUBRIC, entries, profile="process"))
    assert [problem.code for problem in imported.warnings] == [code]
    assert "!" in imported.warnings[0].place


def test_workbook_for_another_rubric_version_or_profile_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.xlsx", RUBRIC, {}, profile="process")
    with pytest.raises(AssessorError, match="process") as caught:
        read(path, profile="discrete")
    assert "discrete" in str(caught.value)
    other = loaded(WORKSHOP)
    with pytest.raises(AssessorError, match="ten-items") as caught:
        read_answers_workbook(path, other, visit(other))
    assert other.rubric.id in str(caught.value)
    book = openpyxl.load_workbook(path)
    book["assessor_template"]["B3"] = "9.9.9"
    book.save(path)
    with pytest.raises(AssessorError, match=r"9\.9\.9.*1\.0\.0"):
        read(path)


def test_another_target_is_only_warned_of(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.xlsx", RUBRIC, {}, profile="process")
    imported = read(path, target=RUBRIC.rubric.targets[0].id)
    assert [problem.code for problem in imported.warnings] == ["import.template_target"]


def test_another_enterprise_is_refused(tmp_path: Path) -> None:
    entries = {"enterprise/credit_code": "91350100M000100Y43"}
    path = filled(tmp_path / "a.xlsx", RUBRIC, entries, profile="process")
    enterprise = {"name": "乙公司", "credit_code": "91330201123456780B"}
    problem = problems_of(path, enterprise=enterprise)[where(path, "enterprise/credit_code")]
    assert "91330201123456780B" in problem.message.pick("zh")


def test_unknown_template_or_profile_is_said() -> None:
    with pytest.raises(AssessorError, match="discrete"):
        template_workbook(RUBRIC, profile="mixed")
    with pytest.raises(AssessorError, match="advanced"):
        template_workbook(RUBRIC, target="gold")


def test_ledger_may_go_on_below_the_prepared_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [[f"E-{n}", 1, 1, "是"] for n in range(400)]
    path = filled(tmp_path / "a.xlsx", RUBRIC, {}, rows, profile="process")
    assert len(read(path).tables["ledger"]) == 400


def test_only_cells_to_fill_are_open_and_the_structure_is_locked(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.xlsx", RUBRIC, {}, profile="process")
    book = openpyxl.load_workbook(path)
    assert book.security.lockStructure
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    ledger = ledger_sheet(book, RUBRIC)
    assert not ledger["A4"].protection.locked
    assert ledger["A3"].protection.locked
    sheet = book["评价指标"]
    opened = [
        cell for row in sheet.iter_rows(min_row=4) for cell in row if not cell.protection.locked
    ]
    assert opened
    assert {cell.column for cell in opened} == {4, 6, 7}
    assert all(cell.value is None for cell in opened)
    assert all(cell.number_format != "General" for cell in opened)


def test_lists_fit_into_a_validation(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.xlsx", loaded(FACTORY), {})
    for sheet in openpyxl.load_workbook(path).worksheets:
        for validation in sheet.data_validations.dataValidation:
            assert len(validation.formula1) <= 257


def test_the_rubrics_standing_is_on_every_sheet(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.xlsx", RUBRIC, {}, profile="process")
    notice = RUBRIC.rubric.status.notice.zh
    for sheet in openpyxl.load_workbook(path).worksheets:
        if sheet.sheet_state == "visible":
            assert notice in (sheet["A1"].value, sheet["A2"].value)
