"""Every way an answer can misfit: where, whose, what is wrong and how to mend it."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

import assessor
from assessor.assessment import Answer, GateAnswer
from assessor.errors import Problem
from assessor.i18n import domain, message
from assessor.rubrics.models import Rubric
from assessor.rules.answers import (
    check_assessment,
    check_gate_answer,
    check_indicator,
    check_keyed_answer,
)
from tests.unit.scoring.small import (
    DERIVED,
    NA,
    Data,
    bins,
    checklist,
    choice,
    entry,
    gate,
    item,
    levels,
    out,
    quantity,
    rubric,
    selection,
    ten,
    visit,
    words,
    yes_no,
)

CURVE = bins({"high": "1", "share": "0"}, {"low": "1", "low_closed": True, "share": "1"})


def small() -> Rubric:
    """One criterion of every kind."""
    inputs = [entry("part", minimum="0", whole=True), entry("whole", minimum="1", whole=True)]
    measure: Data = {
        "checks": [{"condition": "part <= whole", "text": words("part within whole")}],
        "digits": 2,
    }
    before = quantity("old", [entry("old")], CURVE, baseline=["old"])
    return rubric(
        item("lv", levels(("A", "0"), ("B", "10"))),
        item("yn", yes_no()),
        item(
            "se",
            selection(
                "10",
                choice("A", "0", exclusive=True),
                choice("B", "5"),
                choice("C", "5", needs_text=True),
            ),
        ),
        item("ch", checklist("abc")),
        item("q", quantity("part / whole", inputs, CURVE, **measure)),
        item("b", before),
        item("na", levels(("A", "0"), ("B", "10")), not_applicable=out("leave_out")),
        item("other", levels(("A", "0"), ("B", "10")), profiles=["elsewhere"]),
        profiles=[{"id": name, "name": words(name)} for name in ("only", "elsewhere")],
        repeats=[
            {
                "id": "lines",
                "name": words("lines"),
                "criteria": ["ch"],
                "combine": "mean",
                "provenance": DERIVED,
            }
        ],
    )


def misfits(answers: dict[str, Data], **more: object) -> list[Problem]:
    of = small()
    return list(check_assessment(of, visit(of, answers, **more)))


def spoken(problem: Problem) -> tuple[str, str]:
    """Both languages, also of the fix: nothing may lack a value."""
    for language in ("zh", "en"):
        assert problem.message.pick(language).strip()
        if problem.fix is not None:
            assert problem.fix.pick(language).strip()
    return problem.message.pick("zh"), problem.fix.pick("zh") if problem.fix else ""


@pytest.mark.parametrize(
    "answers",
    [
        {"lv": {"option": "A"}, "yn": {"option": "yes"}},
        {"se": {"options": ["B", "C"], "other": "别的"}},
        {"se": {"options": ["A"]}},
        {"se": {"none": True}, "ch": {"none": True}},
        {"ch": {"options": ["c", "a"]}},
        {"q": {"inputs": {"part": "3", "whole": "3.0"}}},
        {"q": {"inputs": {}}},
        {"b": {"no_baseline": True}},
        {"na": NA},
    ],
)
def test_what_fits_is_left_alone(answers: dict[str, Data]) -> None:
    assert misfits(answers) == []


@pytest.mark.parametrize(
    ("key", "answer", "code", "place", "said", "fix"),
    [
        ("zz", {"option": "A"}, "unknown_item", "", "没有指标“zz”", "assessor rubric show"),
        ("other", {"option": "A"}, "not_in_profile", "", "第 other 题", ""),
        ("lv@u1", {"option": "A"}, "unknown_unit", "", "单元“u1”未登记", "可选：-"),
        ("lv", {"option": "Z"}, "unknown_option", "", "没有选项“Z”", "可选：A, B"),
        ("lv", {"option": "a"}, "unknown_option", "", "没有选项“a”", "可选：A, B"),
        ("yn", {"option": "Y"}, "unknown_option", "", "没有选项“Y”", "可选：yes, no"),
        ("lv", {"options": ["A"]}, "wrong_way", "", "作答方式不对", '{"option": "C"}'),
        ("lv", {"none": True}, "wrong_way", "", "作答方式不对", '{"option": "C"}'),
        ("yn", {"inputs": {"x": "1"}}, "wrong_way", "", "作答方式不对", "option"),
        ("lv", {"no_baseline": True}, "wrong_way", "", "作答方式不对", "option"),
        ("se", {"option": "B"}, "wrong_way", "", "作答方式不对", '{"none": true}'),
        ("ch", {"option": "a"}, "wrong_way", "", "作答方式不对", '"options"'),
        ("q", {"option": "A"}, "wrong_way", "", "作答方式不对", '"inputs"'),
        ("se", {"options": ["B", "Z"]}, "unknown_option", "", "“Z”", "可选：A, B, C"),
        ("ch", {"options": ["z"]}, "unknown_option", "", "“z”", "可选：a, b, c"),
        ("se", {"options": ["B", "B"]}, "option_twice", "", "重复", "只写一次"),
        ("ch", {"options": ["a", "a"]}, "option_twice", "", "重复", "只写一次"),
        ("se", {"options": ["A", "B"]}, "exclusive", "", "选项 A 不能", "只保留"),
        ("se", {"options": ["C"]}, "needs_text", "", "（C）", "other"),
        ("se", {"options": ["C"], "other": "  "}, "needs_text", "", "（C）", "other"),
        (
            "q",
            {"inputs": {"prat": "1"}},
            "unknown_input",
            ".inputs.prat",
            "没有输入量“prat”",
            "可选：part, whole",
        ),
        (
            "q",
            {"inputs": {"part": "-1"}},
            "below_minimum",
            ".inputs.part",
            "“part”不能小于 0",
            "核对",
        ),
        (
            "q",
            {"inputs": {"part": "0", "whole": "0"}},
            "below_minimum",
            ".inputs.whole",
            "“whole”不能小于 1",
            "核对",
        ),
        (
            "q",
            {"inputs": {"part": "1.5"}},
            "not_whole",
            ".inputs.part",
            "应为整数，填的是 1.5",
            "核对",
        ),
        (
            "q",
            {"inputs": {"part": "0.00000001"}},
            "not_whole",
            ".inputs.part",
            "填的是 0.00000001",
            "核对",
        ),
        (
            "q",
            {"inputs": {"part": "4", "whole": "3"}},
            "check_failed",
            ".inputs",
            "part within whole",
            "核对",
        ),
        ("q", {"no_baseline": True}, "no_baseline_here", "", "没有基线", ""),
        (
            "b",
            {"inputs": {"old": "1"}, "industry_baseline": True},
            "no_industry_baseline",
            "",
            "不能以行业水平作基线",
            '{"no_baseline": true}',
        ),
        ("lv", NA, "na_not_allowed", "", "第 lv 题不允许标为不适用", "最低档"),
    ],
)
def test_a_misfit_is_placed_named_and_mended(
    key: str, answer: Data, code: str, place: str, said: str, fix: str
) -> None:
    found = misfits({key: answer})
    assert [problem.code for problem in found] == [f"answer.{code}"]
    (problem,) = found
    assert (problem.place, problem.subject) == (f"answers.{key}{place}", key)
    words_, mended = spoken(problem)
    assert said in words_
    assert fix in mended
    assert bool(fix) == (mended != "") or code == "not_in_profile"


def test_several_faults_of_one_answer_are_all_named() -> None:
    found = misfits({"q": {"inputs": {"part": "-1.5", "whole": "0", "x": "1"}}})
    assert sorted(problem.code for problem in found) == [
        "answer.below_minimum",
        "answer.below_minimum",
        "answer.not_whole",
        "answer.unknown_input",
    ]


UNITS = {"units": {"lines": [{"id": "u1", "name": "一线"}, {"id": "u2", "name": "二线"}]}}


def test_units_of_a_block() -> None:
    ticked: Data = {"options": ["a"]}
    assert misfits({"ch@u1": ticked, "ch@u2": ticked}, **UNITS) == []
    (unknown,) = misfits({"ch@u3": ticked}, **UNITS)
    assert (unknown.code, unknown.place) == ("answer.unknown_unit", "answers.ch@u3")
    assert spoken(unknown)[1] == "可选：u1, u2"
    # Without a unit the answer would count for nothing.
    (missing,) = misfits({"ch": ticked}, **UNITS)
    assert (missing.code, missing.place) == ("answer.unit_missing", "answers.ch")
    assert spoken(missing)[1] == "请写成 ch@u1, ch@u2"


@pytest.mark.parametrize(
    ("field", "value", "said", "fix"),
    [
        ("profile", "nowhere", "行业类型“nowhere”", "可选：only, elsewhere"),
        ("target", "best", "目标等级“best”", "可选：basic, advanced"),
        ("cycle", "1999", "批次“1999”", "可选：2026"),
    ],
)
def test_the_frame_of_a_visit(field: str, value: str, said: str, fix: str) -> None:
    (problem,) = misfits({}, **{field: value})
    assert (problem.code, problem.place, problem.subject) == (
        "answer.unknown_frame",
        field,
        value,
    )
    assert said in spoken(problem)[0]
    assert spoken(problem)[1] == fix


def test_the_licence_belongs_to_a_profile() -> None:
    of = ten().rubric
    answers = {"warehouse": NA}
    assert list(check_assessment(of, visit(of, answers, profile="process"))) == []
    found = list(check_assessment(of, visit(of, answers, profile="discrete")))
    assert [problem.code for problem in found] == ["answer.na_not_allowed"]


# --- gates ---------------------------------------------------------------------------------------


def gated() -> Rubric:
    inputs = [
        {"id": "n", "name": words("count"), "type": "number"},
        {"id": "m", "name": words("month"), "type": "month"},
        {"id": "d", "name": words("day"), "type": "date"},
    ]
    formula = {"kind": "formula", "inputs": inputs, "condition": "n > 1 and m > 1 and d > 1"}
    return rubric(
        item("a", yes_no()),
        gates=[
            gate("said", {"kind": "declared", "points": [words("p")]}),
            gate("worked", formula),
            gate("floor", {"kind": "dimension_floor", "dimension": "d", "share": "50"}),
        ],
    )


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("said", {"pass": True}),
        ("said", {"pass": False, "note": "x"}),
        ("said", {"note": "x"}),
        ("worked", {"note": "x", "confidence": "low"}),
        ("worked", {"inputs": {"n": "12.5", "m": "2025-10", "d": "2025-10-31"}}),
        ("worked", {"inputs": {"n": " 3 "}}),
    ],
)
def test_gate_answers_that_fit(name: str, answer: Data) -> None:
    assert list(check_gate_answer(gated(), name, GateAnswer.model_validate(answer))) == []


@pytest.mark.parametrize(
    ("name", "answer", "code", "place", "fix"),
    [
        ("zz", {"pass": True}, "unknown_gate", "gates.zz", "可选：said, worked, floor"),
        ("said", {"inputs": {"n": "1"}}, "gate_without_inputs", "gates.said", '{"pass": true}'),
        ("worked", {"pass": True}, "gate_needs_inputs", "gates.worked", "可选：n, m, d"),
        ("worked", {"inputs": {"x": "1"}}, "unknown_input", "gates.worked.inputs.x", "可选：n"),
        ("floor", {"note": "x"}, "gate_computed", "gates.floor", "删去该门槛"),
        ("floor", {"pass": True}, "gate_computed", "gates.floor", "删去该门槛"),
        ("floor", {"inputs": {"n": "1"}}, "gate_computed", "gates.floor", "删去该门槛"),
    ],
)
def test_gate_answers_that_do_not(name: str, answer: Data, code: str, place: str, fix: str) -> None:
    found = list(check_gate_answer(gated(), name, GateAnswer.model_validate(answer)))
    assert [(problem.code, problem.place, problem.subject) for problem in found] == [
        (f"answer.{code}", place, name)
    ]
    assert fix in spoken(found[0])[1]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("n", "many"),
        ("n", "1e3"),
        ("n", "1,000"),
        ("n", "NaN"),
        ("n", "１２"),
        ("m", "2025"),
        ("m", "2025-13"),
        ("m", "2025-1"),
        ("m", "2025-10-31"),
        ("m", "202510"),
        ("d", "2025-02-29"),
        ("d", "20251031"),
        ("d", "2025-W44-5"),
        ("d", "2025-10"),
        ("d", "31.10.2025"),
        ("d", "2025-10-31T00:00"),
    ],
)
def test_gate_values_are_written_in_one_way(field: str, value: str) -> None:
    answer = GateAnswer.model_validate({"inputs": {field: value}})
    (problem,) = check_gate_answer(gated(), "worked", answer)
    assert (problem.code, problem.place) == ("answer.gate_value", f"gates.worked.inputs.{field}")
    said, fix = spoken(problem)
    assert value in said
    example = {"n": '"2000"', "m": '"2025-10"', "d": '"2025-10-31"'}[field]
    assert example in fix


# --- tables and indicators -----------------------------------------------------------------------


GOOD_ROW = {"asset": "A1", "quantity": "3", "networked": "2", "controlled": "yes"}


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ({"asset": " "}, "cell_missing", ".asset"),
        ({"quantity": "three"}, "cell_number", ".quantity"),
        ({"quantity": "-3"}, "cell_negative", ".quantity"),
        ({"quantity": "3.5"}, "cell_whole", ".quantity"),
        ({"controlled": "ja"}, "cell_yes_no", ".controlled"),
        ({"networked": "4"}, "row_check", ""),
        ({"colour": "red"}, "unknown_column", ".colour"),
    ],
)
def test_rows_of_a_table(change: dict[str, str], code: str, place: str) -> None:
    of = ten().rubric
    rows = [GOOD_ROW, {**GOOD_ROW, **change}]
    found = list(check_assessment(of, visit(of, {}, tables={"ledger": rows})))
    assert [(problem.code, problem.place, problem.subject) for problem in found] == [
        (f"answer.{code}", f"tables.ledger[1]{place}", "ledger")
    ]
    assert "第 2 行" in spoken(found[0])[0]


def test_an_unknown_table() -> None:
    of = ten().rubric
    (problem,) = check_assessment(of, visit(of, {}, tables={"stock": [GOOD_ROW]}))
    assert (problem.code, problem.place) == ("answer.unknown_table", "tables.stock")
    assert spoken(problem)[1] == "可选：ledger"


def test_indicators_are_checked_like_measures() -> None:
    of = ten().rubric
    (problem,) = check_indicator(of, "defects", Answer.model_validate({"inputs": {"x": "1"}}))
    assert (problem.code, problem.place) == (
        "answer.unknown_input",
        "indicators.defects.inputs.x",
    )
    (problem,) = check_indicator(of, "zz", Answer.model_validate({"inputs": {}}))
    assert (problem.code, problem.place) == ("answer.unknown_indicator", "indicators.zz")
    assert spoken(problem)[1] == "可选：defects"
    (problem,) = check_indicator(of, "defects", Answer.model_validate({"option": "A"}))
    assert problem.code == "answer.wrong_way"


def test_one_key_is_checked_like_the_whole() -> None:
    of = small()
    answer = Answer.model_validate({"option": "Z"})
    alone = list(check_keyed_answer(of, visit(of), "lv", answer))
    assert alone == misfits({"lv": {"option": "Z"}})


def test_every_sentence_about_answers_has_all_it_needs_in_both_languages() -> None:
    """Each use in the code gives exactly the values the catalogue asks for."""
    root = Path(assessor.__file__).parent
    catalogue = tomllib.loads((root / "locale" / "answer.toml").read_text(encoding="utf-8"))
    assert catalogue == domain("answer")
    used: set[str] = set()
    for path in root.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and call.args):
                continue
            key, function = call.args[0], call.func
            if not (isinstance(function, ast.Name) and function.id == "message"):
                continue
            if isinstance(key, ast.Constant) and str(key.value).startswith("answer."):
                names = [word.arg for word in call.keywords if word.arg]
                made = message(key.value, **dict.fromkeys(names, "値"))
                for language in ("zh", "en"):
                    assert "{" not in made.pick(language).replace('{"', "")
                used.add(str(key.value))
    assert len(used) >= 30
