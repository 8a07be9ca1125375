"""A JSON file of answers: read as meant, or refused with every fault at its place."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.assessment import Answer
from assessor.errors import AssessorError, Problem, ProblemsError
from assessor.exchange.answers import read_answers
from assessor.exchange.imported import ImportedAnswers
from assessor.i18n import render
from tests.unit.exchange.samples import FACTORY, TEN, loaded, visit

RUBRIC = loaded()


def read(tmp_path: Path, content: object, rubric: Path = TEN, **fields: object) -> ImportedAnswers:
    path = tmp_path / "answers.json"
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    chosen = RUBRIC if rubric == TEN else loaded(rubric)
    return read_answers(path, chosen, visit(chosen, **fields))


def problems(tmp_path: Path, content: object, **fields: object) -> dict[str, Problem]:
    with pytest.raises(ProblemsError) as caught:
        read(tmp_path, content, **fields)
    return {problem.place: problem for problem in caught.value.problems}


def test_every_way_to_answer(tmp_path: Path) -> None:
    imported = read(
        tmp_path,
        {
            "rubric": {"id": "ten-items", "version": "1.0.0", "digest": RUBRIC.digest},
            "answers": {
                "planning": {"option": "C", "note": "ERP", "confidence": "high"},
                "2": {"options": ["a", "c"]},
                "services": {"none": True},
                "1": {"inputs": {"nc": "12", "total": 20}},
                "cost": {"no_baseline": True},
                "backup": {"option": "yes"},
                "8": {"na": True, "reason": "没有仓库"},
                "3@l1": {"options": ["1"]},
            },
            "gates": {"entity": {"pass": True}, "window": {"inputs": {"started": "2025-03"}}},
            "indicators": {"defects": {"inputs": {"rate_before": "2.50", "rate_after": "0"}}},
            "tables": {"ledger": [{"asset": "E1", "quantity": 3, "controlled": True}]},
            "units": {"lines": [{"id": "l1", "name": "一线"}]},
            "platform_results": {"good": {"score": "80.5", "issued": "2026-01-02"}},
            "enterprise": {"employees": 120, "contact": {"phone": "0574-1"}},
            "visit": {"date_from": "2026-03-01", "application_type": "lead"},
        },
        profile="process",
    )
    assert imported.answers["planning"] == Answer(option="C", note="ERP", confidence="high")
    assert imported.answers["equipment_kinds"].options == ("a", "c")
    assert imported.answers["nc_rate"].inputs == {"nc": Decimal(12), "total": Decimal(20)}
    assert imported.answers["warehouse"].na is True
    assert imported.answers["labels@l1"].options == ("1",)
    assert (imported.indicators["defects"].inputs or {})["rate_before"].as_tuple().exponent == -2
    assert imported.tables["ledger"] == ({"asset": "E1", "quantity": "3", "controlled": "yes"},)
    assert imported.gates["entity"].confirmed is True
    assert imported.enterprise["employees"] == 120
    assert imported.visit["date_from"] == date(2026, 3, 1)
    assert imported.platform_results["good"].score == Decimal("80.5")
    assert not imported.empty


def test_what_is_not_given_of_a_record_stays(tmp_path: Path) -> None:
    enterprise = {"name": "甲公司", "contact": {"name": "张三", "phone": "1"}}
    content = {"enterprise": {"contact": {"phone": "2"}}}
    imported = read(tmp_path, content, enterprise=enterprise)
    contact = imported.enterprise["contact"]
    assert (getattr(contact, "name", ""), getattr(contact, "phone", "")) == ("张三", "2")
    assert set(imported.enterprise) == {"contact"}


def test_a_number_shared_by_two_variants_means_the_one_of_the_profile(tmp_path: Path) -> None:
    rubric = loaded(FACTORY).rubric
    numbers: dict[str, list[str]] = {}
    for item in rubric.criteria:
        numbers.setdefault(item.number, []).append(item.id)
    shared = [number for number, ids in numbers.items() if len(ids) > 1]
    for number in shared:
        for profile in ("discrete", "process"):
            answers = {number: {"option": "A"}}
            try:
                imported = read(tmp_path, {"answers": answers}, FACTORY, profile=profile)
            except ProblemsError:
                continue
            (key,) = imported.answers
            assert profile in rubric.criterion_by_id[key].profiles


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        ({"answers": {"plannning": {"option": "C"}}}, "answers.plannning", "planning"),
        ({"answers": {"99": {"option": "C"}}}, "answers.99", "rubric show"),
        ({"answers": {"4": {"option": "E"}}}, "answers.4", "A, B, C, D"),
        ({"answers": {"4": {"option": 3}}}, "answers.4.option", "文本"),
        ({"answers": {"4": {"options": ["C"]}}}, "answers.4", "option"),
        ({"answers": {"4": {"option": "C", "none": True}}}, "answers.4", "一种方式"),
        ({"answers": {"4": {}}}, "answers.4", "一种方式"),
        ({"answers": {"4": "C"}}, "answers.4", "对象"),
        ({"answers": {"4": {"option": "C", "confidence": "sure"}}}, "answers.4.confidence", "high"),
        ({"answers": {"4": {"option": "C", "notes": "x"}}}, "answers.4.notes", "note"),
        (
            {"answers": {"4": {"option": "C"}, "planning": {"option": "C"}}},
            "answers.planning",
            "同一",
        ),
        ({"answers": {"8": {"na": True, "reason": "无"}}}, "answers.8", "不适用"),
        ({"answers": {"8": {"na": True}}}, "answers.8", "理由"),
        ({"answers": {"10": {"options": ["A", "B"]}}}, "answers.10", "同选"),
        ({"answers": {"10": {"options": ["D"]}}}, "answers.10", "其他"),
        ({"answers": {"1": {"inputs": {"nc": "1", "all": "2"}}}}, "answers.1.inputs.all", "total"),
        ({"answers": {"1": {"inputs": {"nc": "-1"}}}}, "answers.1.inputs.nc", "不能小于"),
        ({"answers": {"1": {"inputs": {"nc": "1.5"}}}}, "answers.1.inputs.nc", "整数"),
        ({"answers": {"1": {"inputs": {"nc": "5", "total": "4"}}}}, "answers.1.inputs", "超过总数"),
        ({"answers": {"1": {"inputs": {"nc": "一"}}}}, "answers.1.inputs.nc", "一"),
        ({"answers": {"1": {"inputs": {"nc": "1e3"}}}}, "answers.1.inputs.nc", "1e3"),
        ({"answers": {"3@l9": {"options": ["1"]}}}, "answers.3@l9", "l9"),
        ({"gates": {"entitty": {"pass": True}}}, "gates.entitty", "entity"),
        ({"gates": {"entity": {"pass": "yes"}}}, "gates.entity.pass", "true"),
        ({"gates": {"entity": {"inputs": {"a": "1"}}}}, "gates.entity", "pass"),
        ({"gates": {"window": {"pass": True}}}, "gates.window", "started"),
        (
            {"gates": {"window": {"inputs": {"started": "2025-13"}}}},
            "gates.window.inputs.started",
            "2025-13",
        ),
        ({"tables": {"ledgers": []}}, "tables.ledgers", "ledger"),
        ({"tables": {"ledger": {}}}, "tables.ledger", "列表"),
        (
            {"tables": {"ledger": [{"asset": "1", "quantity": "2"}]}},
            "tables.ledger[0].controlled",
            "缺少",
        ),
        (
            {"tables": {"ledger": [{"asset": "1", "quantity": "-2", "controlled": "yes"}]}},
            "tables.ledger[0].quantity",
            "负数",
        ),
        (
            {
                "tables": {
                    "ledger": [
                        {"asset": "1", "quantity": "2", "networked": "3", "controlled": "yes"}
                    ]
                }
            },
            "tables.ledger[0]",
            "不能超过",
        ),
        (
            {
                "tables": {
                    "ledger": [{"asset": "1", "quantity": "2", "controlled": "yes", "colour": "x"}]
                }
            },
            "tables.ledger[0].colour",
            "colour",
        ),
        ({"indicators": {"defect": {"inputs": {}}}}, "indicators.defect", "defects"),
        ({"units": {"line": []}}, "units.line", "lines"),
        (
            {"units": {"lines": [{"id": "a", "name": "x"}, {"id": "a", "name": "y"}]}},
            "units.lines",
            "相同",
        ),
        ({"platform_results": {"good": {"score": "101"}}}, "platform_results.good.score", "100"),
        (
            {"platform_results": {"qualified": {"score": "80"}}},
            "platform_results.qualified",
            "good",
        ),
        (
            {"platform_results": {"good": {"score": "80", "evidence": ["e9"]}}},
            "platform_results.good.evidence",
            "e9",
        ),
        (
            {"enterprise": {"credit_code": "91350100M000100Y4Z"}},
            "enterprise.credit_code",
            "91350100M000100Y43",
        ),
        ({"enterprise": {"credit_code": "9135"}}, "enterprise.credit_code", "18 位"),
        ({"enterprise": {"nmae": "x"}}, "enterprise.nmae", "name"),
        ({"enterprise": {"employees": -5}}, "enterprise.employees", "-5"),
        ({"enterprise": {"form": {"colour": "x"}}}, "enterprise.form", "founded"),
        ({"visit": {"date_from": "2026-03-02", "date_to": "2026-03-01"}}, "visit", "早于"),
        ({"visit": {"date_from": "2026-02-30"}}, "visit.date_from", "2026-02-30"),
        ({"visit": {"application_type": "follow"}}, "visit.application_type", "lead"),
        ({"rubric": {"id": "nb.digital_workshop"}}, "rubric.id", "ten-items"),
        ({"rubric": {"id": "ten-items", "version": "9.9.9"}}, "rubric.version", "1.0.0"),
        ({"rubric": {"id": "ten-items", "digest": "0"}}, "rubric.digest", "相同"),
        ({"answer": {}}, "answer", "answers"),
        ({"answers": []}, "answers", "对象"),
    ],
)
def test_faults_are_named(tmp_path: Path, content: object, place: str, said: str) -> None:
    found = problems(tmp_path, content)
    assert place in found
    problem = found[place]
    words = render(problem.message, "zh") + (render(problem.fix, "zh") if problem.fix else "")
    assert said in words
    assert problem.file.startswith("answers.json:")
    assert all(render(part, "en") for part in (problem.message, problem.fix) if part)


def test_all_faults_are_listed_at_once(tmp_path: Path) -> None:
    content = {
        "answers": {"4": {"option": "X"}, "nowhere": {"option": "A"}},
        "gates": {"none": {"pass": False}},
        "extra": 1,
    }
    assert set(problems(tmp_path, content)) == {
        "answers.4",
        "answers.nowhere",
        "gates.none",
        "extra",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"answers": {"1": {"inputs": {"nc": 1.5}}}}', '"1.5"'),
        ('{"answers": {"1": {"inputs": {"nc": NaN}}}}', "NaN"),
        ('{"answers": {"4": {"option": "A"}, "4": {"option": "B"}}}', "两次"),
        ('{"answers": {', "answers.json:1:"),
        ("[]", "对象"),
        ("", "answers.json"),
        ("[" * 100, "层"),
    ],
)
def test_json_that_is_not_strict_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(AssessorError) as caught:
        read(tmp_path, text)
    parts = [str(caught.value)]
    if isinstance(caught.value, ProblemsError):
        for problem in caught.value.problems:
            parts += [problem.file, render(problem.message, "zh")]
            parts += [render(problem.fix, "zh")] if problem.fix else []
    assert said in " ".join(parts)


def test_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(AssessorError, match="none"):
        read_answers(tmp_path / "none.json", RUBRIC, visit(RUBRIC))
    path = tmp_path / "gbk.json"
    path.write_bytes('{"answers": {"中": {}}}'.encode("gb18030"))
    with pytest.raises(AssessorError, match="UTF-8"):
        read_answers(path, RUBRIC, visit(RUBRIC))


def test_line_and_column_point_at_the_fault(tmp_path: Path) -> None:
    text = '{\n  "answers": {\n    "4": {"option": "Q"}\n  }\n}'
    assert problems(tmp_path, text)["answers.4"].file == "answers.json:3:10"


def test_odd_credit_code_is_mended_with_a_warning(tmp_path: Path) -> None:
    imported = read(tmp_path, {"enterprise": {"credit_code": "91350100m000100y43"}})
    assert imported.enterprise["credit_code"] == "91350100M000100Y43"
    assert [problem.code for problem in imported.warnings] == ["import.credit_code_mended"]
