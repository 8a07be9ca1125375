"""The file a new visit begins with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assessor.errors import ProblemsError
from assessor.exchange.enterprise import EnterpriseFile, read_enterprise
from tests.unit.exchange.samples import loaded

RUBRIC = loaded().rubric
GOOD = {"name": "甬江齿轮有限公司", "credit_code": "91350100M000100Y43"}


def read(tmp_path: Path, content: object) -> EnterpriseFile:
    path = tmp_path / "enterprise.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8-sig")
    return read_enterprise(path, RUBRIC)


def refusals(tmp_path: Path, content: object) -> dict[str, str]:
    with pytest.raises(ProblemsError) as caught:
        read(tmp_path, content)
    problems = caught.value.problems
    return {
        p.place: f"{p.message.pick('zh')} {p.fix.pick('zh') if p.fix else ''}" for p in problems
    }


def test_enterprise_alone_or_with_the_visit(tmp_path: Path) -> None:
    visit = {"date_from": "2026-03-01", "panel": [{"id": "p1", "name": "李四", "role": "leader"}]}
    alone = read(tmp_path, GOOD)
    both = read(tmp_path, {"enterprise": GOOD, "visit": visit})
    assert alone.enterprise == both.enterprise
    assert alone.enterprise.name == "甬江齿轮有限公司"
    assert both.visit.panel[0].role == "leader"
    assert alone.visit.date_from is None


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        ({"credit_code": GOOD["credit_code"]}, "name", "name"),
        ({**GOOD, "tel": "1"}, "tel", "tel"),
        ({**GOOD, "creditcode": "1"}, "creditcode", "credit_code"),
        ({"enterprise": GOOD, "visits": {}}, "visits", "visit"),
        ({"enterprise": GOOD, "visit": {"date": "x"}}, "visit.date", "date_to"),
        ({"enterprise": []}, "enterprise", "对象"),
        ({**GOOD, "credit_code": "91350100M000100Y4Z"}, "credit_code", "91350100M000100Y43"),
        ({**GOOD, "credit_code": "913501OOM000100Y4Z"}, "credit_code", "91350100M000100Y43"),
        ({**GOOD, "credit_code": "91350100M000100Y4#"}, "credit_code", "营业执照"),
        ({**GOOD, "credit_code": "91350100"}, "credit_code", "8 位"),
        ({**GOOD, "credit_code": 913501000001000943}, "credit_code", "文本"),
        ({**GOOD, "employees": "many"}, "employees", "整数"),
        ({**GOOD, "form": {"founded": 2001}}, "form.founded", "文本"),
    ],
)
def test_faults_are_named(tmp_path: Path, content: object, place: str, said: str) -> None:
    found = refusals(tmp_path, content)
    assert said in found[place]


@pytest.mark.parametrize(
    ("code", "warning"),
    [
        ("", "credit_code_missing"),
        ("９１３５０１００Ｍ０００１００Ｙ４３", "credit_code_mended"),
        ("91350100m000100y43", "credit_code_mended"),
    ],
)
def test_codes_that_may_stand_are_warned_of(tmp_path: Path, code: str, warning: str) -> None:
    found = read(tmp_path, {**GOOD, "credit_code": code})
    assert f"import.{warning}" in [problem.code for problem in found.warnings]
    assert found.enterprise.credit_code in ("", "91350100M000100Y43")


def test_organisation_check_only_warns(tmp_path: Path) -> None:
    found = read(tmp_path, {**GOOD, "credit_code": "91330201123456780B"})
    assert found.enterprise.credit_code == "91330201123456780B"
    assert [p.code for p in found.warnings] == ["import.credit_code_organisation"]
