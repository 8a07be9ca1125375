"""`rubric list`, `show`, `check`, `schema`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assessor.rubrics.models import Rubric
from tests.unit.cli.shell import TEN, Shell, written

CORRECT = {"planning": {"option": "C"}, "execution": {"option": "L1"}}


def test_the_shipped_rubrics_are_listed(shell: Shell, language: str) -> None:
    said = shell("rubric", "list")
    assert said.code == 0
    lines = said.out.splitlines()
    listed = [line.split()[0] for line in lines]
    assert listed == sorted(listed)
    assert {"nb.digital_workshop", "sme.digital_2024", "std.cmmm_2020"} < set(listed)
    assert ("浙江省未来工厂" in said.out) == (language == "zh")
    data: Any = shell("rubric", "list", "--json").json
    assert [entry["id"] for entry in data] == listed
    assert all(len(entry["digest"]) == 64 and entry["problems"] == [] for entry in data)


def test_a_rubric_is_shown_with_all_that_is_asked(shell: Shell, language: str) -> None:
    said = shell("rubric", "show", TEN)
    assert said.code == 0
    zh = ("关键装备数控化率", "计划靠手工编制", "主体合规", "离散型")
    en = ("Share of key equipment", "Plans are made by hand", "Eligible enterprise", "Discrete")
    for words in (*(zh if language == "zh" else en), "6.67", "nc / total * 100", "[services]"):
        assert words in said.out
    for number in range(1, 13):
        assert f"\n{number}  " in said.out


def test_the_data_of_a_rubric_are_those_of_its_file(shell: Shell) -> None:
    shown: Any = shell("rubric", "show", TEN, "--json").json
    assert shown == json.loads(TEN.read_text(encoding="utf-8"))


def test_the_schema_is_json_and_fits_the_models(shell: Shell) -> None:
    schema: Any = shell("rubric", "schema").json
    assert set(schema["required"]) <= {field.alias or name for name, field in _fields()}
    assert "criteria" in schema["properties"]


def _fields() -> list[tuple[str, Any]]:
    return list(Rubric.model_fields.items())


def test_clean_rubrics_check_clean(shell: Shell) -> None:
    said = shell("rubric", "check", TEN)
    assert said.code == 0
    assert shell("rubric", "check", TEN, "--json").json == {str(TEN): []}


def golden(**expect: object) -> dict[str, Any]:
    """The ten-item rubric with one golden case: 6.67 + 7.5 points for CORRECT."""
    data: dict[str, Any] = json.loads(TEN.read_text(encoding="utf-8"))
    case = {
        "id": "two",
        "text": {"zh": "两项", "en": "Two items"},
        "profile": "discrete",
        "target": "advanced",
        "cycle": "2025",
        "answers": CORRECT,
        "expect": expect,
    }
    return {**data, "golden": [case]}


TRUE: dict[str, object] = {
    "total": "14.17",
    "maximum": "100",
    "lowest_possible": "14.17",
    # 100 - (10 - 6.67) - (15 - 7.5) + 3 of bonus, at most 100
    "highest_possible": "92.17",
    "complete": False,
    "result": None,
    "outcomes": {"qualified": "undecided", "good": "undecided"},
    "readings": {"good": {"share": "20", "points": "14.17"}},
    "dimensions": {"equipment": "6.67", "operations": "7.5", "equipment.rates": "0"},
    "gates": {"entity": "unknown", "window": "unknown", "nc_line": "unknown"},
}


def test_a_true_golden_case_passes(shell: Shell) -> None:
    said = shell("rubric", "check", written("r.json", golden(**TRUE)))
    assert (said.code, said.out.count("\n")) == (0, 1), said.out


def nested(name: str, inner: str, value: object) -> dict[str, object]:
    kept = TRUE[name]
    assert isinstance(kept, dict)
    return {name: {**kept, inner: value}}


@pytest.mark.parametrize(
    ("wrong", "place", "found"),
    [
        ({"total": "14.18"}, "total", "14.17"),
        ({"maximum": "99"}, "maximum", "100.00"),
        ({"lowest_possible": "0"}, "lowest_possible", "14.17"),
        ({"highest_possible": "92.18"}, "highest_possible", "92.17"),
        ({"complete": True}, "complete", "False"),
        ({"result": "qualified"}, "result", "-"),
        (nested("outcomes", "good", "reached"), "outcomes.good", "undecided"),
        (nested("readings", "good", {"share": "21"}), "readings.good.share", "20.00"),
        (nested("dimensions", "operations", "7.51"), "dimensions.operations", "7.50"),
        (nested("gates", "entity", "pass"), "gates.entity", "unknown"),
    ],
)
def test_a_planted_mistake_in_a_golden_case_is_found(
    shell: Shell, wrong: dict[str, object], place: str, found: str
) -> None:
    said = shell("rubric", "check", written("r.json", golden(**{**TRUE, **wrong})))
    assert said.code == 1
    assert f"golden[0].expect.{place}" in said.out
    assert found in said.out
    (problem,) = shell("rubric", "check", "r.json", "--json").json["r.json"]
    assert problem["code"] == "golden.differs"
    assert problem["subject"] == "two"


@pytest.mark.parametrize(
    ("answers", "place", "code"),
    [
        ({"planning": {"option": "Z"}}, "golden[0].answers.planning", ""),
        ({"services": {"options": ["A", "B"]}}, "golden[0].answers.services", "golden.misfit"),
        ({"zz": {"option": "A"}}, "golden[0].answers.zz", ""),
        ({"planning": {"option": "A", "none": True}}, "golden[0]", "golden.unreadable"),
        ({"planning": {"colour": "red"}}, "golden[0]", ""),
    ],
)
def test_a_golden_case_that_cannot_be_is_refused(
    shell: Shell, answers: dict[str, object], place: str, code: str
) -> None:
    data = golden(**TRUE)
    data["golden"][0]["answers"] = answers
    said = shell("rubric", "check", written("r.json", data))
    assert said.code == 1
    assert place in said.out
    problems: Any = shell("rubric", "check", "r.json", "--json").json
    if code:
        assert code in {problem["code"] for problem in problems["r.json"]}


def no_gate_source(data: dict[str, Any]) -> None:
    del data["gates"][0]["provenance"]["source_ids"]


def weights(data: dict[str, Any]) -> None:
    data["criteria"][0]["maximum"] = "16"


def twice(data: dict[str, Any]) -> None:
    data["criteria"][1]["id"] = "nc_rate"


@pytest.mark.parametrize("spoil", [no_gate_source, weights, twice])
def test_a_planted_mistake_in_the_rubric_is_found_with_its_line(
    shell: Shell, spoil: Callable[[dict[str, Any]], None]
) -> None:
    data = golden(**TRUE)
    spoil(data)
    Path("r.json").write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")
    said = shell("rubric", "check", "r.json")
    assert said.code == 1
    assert "r.json:" in said.out
    assert "->" in said.out


def test_one_bad_file_among_good_ones_is_enough(shell: Shell) -> None:
    bad = written("r.json", golden(**{**TRUE, "total": "1"}))
    said = shell("rubric", "check", TEN, bad)
    assert said.code == 1
