"""Golden cases: what a case starts from, and every figure that comes out otherwise."""

from __future__ import annotations

import pytest

from assessor.analysis.golden import check_golden_cases, golden_assessment
from assessor.rubrics.models import GoldenCase, Rubric
from tests.unit.scoring.small import (
    NA,
    Data,
    gate,
    item,
    levels,
    out,
    outcome,
    reading,
    rubric,
    total,
    words,
    yes_no,
)

STEPS = levels(("A", "0"), ("B", "4", "basic"), ("C", "7", "basic"), ("D", "10", "advanced"))


def case(**fields: object) -> Data:
    frame: Data = {
        "id": "case",
        "text": words("case"),
        "profile": "only",
        "target": "advanced",
        "cycle": "2026",
        "expect": {},
    }
    return {**frame, **fields}


def with_case(**fields: object) -> Rubric:
    declared = {"kind": "declared", "points": [words("p")]}
    computed = {"kind": "dimension_floor", "dimension": "d", "share": "50"}
    return rubric(
        item("a", STEPS, not_applicable=out("leave_out")),
        item("b", STEPS),
        item("late", STEPS, asked={"advanced": "required"}),
        item("free", STEPS, asked={"advanced": "optional"}),
        item("yn", yes_no()),
        gates=[gate("g", declared), gate("h", computed)],
        outcomes=[
            outcome("pass", total(line_at="20"), reading("items_at_tier", "50", "advanced")),
        ],
        golden=[case(**fields)],
    )


def start(of: Rubric) -> dict[str, str | None]:
    found = golden_assessment(of, of.golden[0])
    return {key: answer.option for key, answer in found.answers.items()}


@pytest.mark.parametrize(
    ("base", "target", "expected"),
    [
        ({"options": "first"}, "advanced", {"a": "A", "b": "A", "late": "A"}),
        ({"options": "last"}, "advanced", {"a": "D", "b": "D", "late": "D"}),
        ({"options": "last"}, "basic", {"a": "D", "b": "D"}),
        ({"options": "tier", "tier": "basic"}, "advanced", {"a": "C", "b": "C", "late": "C"}),
        ({"options": "tier", "tier": "advanced"}, "basic", {"a": "D", "b": "D"}),
        ({"options": "tier"}, "basic", {"a": "A", "b": "A"}),  # within no tier at all
        (None, "advanced", {}),
    ],
)
def test_a_base_answers_every_required_level(
    base: Data | None, target: str, expected: dict[str, str]
) -> None:
    assert start(with_case(base=base, target=target)) == expected


def test_answers_lie_over_the_base_and_some_stay_open() -> None:
    of = with_case(
        base={"options": "last"}, answers={"b": {"option": "B"}, "a": NA}, unanswered=["late"]
    )
    assert start(of) == {"a": None, "b": "B"}


def test_a_base_passes_declared_gates_unless_told_otherwise() -> None:
    passed = golden_assessment(with_case(), _first(with_case(base={"options": "first"})))
    assert {name: answer.confirmed for name, answer in passed.gates.items()} == {"g": True}
    left = with_case(base={"options": "first", "gates": "unanswered"})
    assert golden_assessment(left, _first(left)).gates == {}
    failed = with_case(base={"options": "first"}, gates={"g": {"pass": False}})
    assert golden_assessment(failed, _first(failed)).gates["g"].confirmed is False


def _first(of: Rubric) -> GoldenCase:
    return of.golden[0]


ALL_D: Data = {"options": "last"}
RIGHT: Data = {
    # Three levels of 10 points and yes/no still open: 30 so far, 30 to 40 of 40.
    "total": "30",
    "maximum": "40",
    "lowest_possible": "30",
    "highest_possible": "40",
    "complete": False,
    "result": "pass",
    "outcomes": {"pass": "reached"},
    "readings": {"pass": {"total": "30", "items_at_tier": "100"}},
    "dimensions": {"d": "30"},
    "gates": {"g": "pass", "h": "pass"},
}


def problems(expect: Data, **fields: object) -> list[tuple[str, str, str]]:
    of = with_case(base=ALL_D, expect=expect, **fields)
    found = list(check_golden_cases(of))
    for problem in found:
        assert problem.message.pick("zh")
        assert problem.message.pick("en")
    return [(problem.code, problem.place, problem.subject) for problem in found]


def test_the_right_figures_pass() -> None:
    assert problems(RIGHT) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("total", "30.01"),
        ("maximum", "41"),
        ("lowest_possible", "0"),
        ("highest_possible", "39.99"),
        ("complete", True),
        ("result", None),
        ("result", "other"),
    ],
)
def test_each_wrong_figure_is_found(name: str, value: object) -> None:
    assert problems({**RIGHT, name: value}) == [
        ("golden.differs", f"golden[0].expect.{name}", "case")
    ]


@pytest.mark.parametrize(
    ("name", "inner", "place"),
    [
        ("outcomes", {"pass": "undecided"}, "outcomes.pass"),
        ("outcomes", {"zz": "reached"}, "outcomes.zz"),
        ("readings", {"pass": {"total": "31"}}, "readings.pass.total"),
        ("readings", {"pass": {"zz": "31"}}, "readings.pass.zz"),
        ("readings", {"zz": {"total": "30"}}, "readings.zz.total"),
        ("dimensions", {"d": "31"}, "dimensions.d"),
        ("dimensions", {"zz": "30"}, "dimensions.zz"),
        ("gates", {"h": "fail"}, "gates.h"),
        ("gates", {"zz": "pass"}, "gates.zz"),
    ],
)
def test_each_wrong_part_is_found(name: str, inner: Data, place: str) -> None:
    assert problems({**RIGHT, name: inner}) == [
        ("golden.differs", f"golden[0].expect.{place}", "case")
    ]


def test_figures_that_are_not_named_are_not_checked() -> None:
    assert problems({}) == []


def test_figures_are_compared_as_printed() -> None:
    assert problems({"total": "29.996"}) == []
    assert problems({"total": "29.994"}) != []


def test_answers_that_do_not_fit_are_named_and_nothing_is_compared() -> None:
    assert problems({"total": "0"}, answers={"b": {"option": "Z"}, "yn": {"none": True}}) == [
        ("golden.misfit", "golden[0].answers.b", "case"),
        ("golden.misfit", "golden[0].answers.yn", "case"),
    ]
    assert problems({"total": "0"}, profile="nobody") == [
        ("golden.misfit", "golden[0].profile", "case")
    ]


def test_answers_that_cannot_be_read_are_named() -> None:
    found = problems({}, answers={"b": {"option": "B", "none": True}})
    assert found == [("golden.unreadable", "golden[0]", "case")]
