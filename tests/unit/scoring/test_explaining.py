"""Every number in an explanation leads to the answers and evidence it was made from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessor.assessment import Assessment
from assessor.rubrics.models import Rubric
from assessor.rules.card import ScoreCard
from assessor.rules.explain import (
    Explained,
    explain_dimension,
    explain_item,
    explain_outcome,
    explain_total,
)
from assessor.scoring import score
from tests.strategies.visits import SHIPPED, shipped, visits
from tests.unit.scoring.small import (
    DERIVED,
    NA,
    Data,
    bins,
    card,
    checklist,
    choice,
    entry,
    gate,
    item,
    levels,
    line,
    measured,
    out,
    outcome,
    picked,
    quantity,
    reading,
    rubric,
    selection,
    several,
    total,
    words,
    yes_no,
)

STEPS = levels(("A", "0"), ("B", "0.5", "basic"), ("C", "1", "advanced"), scale="share")
CURVE = line(("0", "0"), ("10", "1"))


def nodes(tree: Explained) -> Iterator[Explained]:
    yield tree
    for child in tree.children:
        yield from nodes(child)


def of_item(of: Rubric, scored: ScoreCard, name: str = "a") -> Explained:
    found = scored.item(name)
    assert found is not None
    return explain_item(of, scored, found)


def rule(of: Rubric, answers: dict[str, Data], **more: object) -> tuple[str, str]:
    tree = of_item(of, card(of, answers, **more))
    return tree.rule.pick("zh"), tree.rule.pick("en")


CURVED = quantity("x / y * 100", [entry("x"), entry("y")], CURVE, baseline=["y"])
STEPPED = quantity(
    "x",
    [entry("x")],
    bins({"high": "1", "share": "0"}, {"low": "1", "low_closed": True, "share": "1"}),
)


@pytest.mark.parametrize(
    ("how", "answer", "zh", "en"),
    [
        (levels(("A", "0"), ("B", "1.67")), picked("B"), "选 B，该档 1.67 分", "worth 1.67"),
        (STEPS, picked("B"), "选 B，得该项分值的 0.5 倍", "Level B, 0.5 of"),
        (
            selection("5", choice("A", "3"), choice("B", "4")),
            several("A", "B"),
            "选 A, B，各项分值相加，不超过 5",
            "Chosen: A, B",
        ),
        (
            selection("5", choice("A", "3"), choice("B", "4")),
            {"none": True},
            "选 -，",
            "Chosen: -",
        ),
        (checklist("abc"), several("a", "c"), "3 项中符合 2 项", "2 of 3 statements hold"),
        (checklist("abc"), {"none": True}, "3 项中符合 0 项", "0 of 3"),
        (yes_no(), picked("yes"), "符合，得全分", "Yes: all points"),
        (yes_no(), picked("no"), "不符合，得 0 分", "No: 0 points"),
        (CURVED, measured(x="1", y="40"), "结果 2.50 %，按曲线内插", "Result 2.50 %"),
        (STEPPED, measured(x="1"), "结果 1.00 %，按分段取值", "by steps"),
        (CURVED, measured(x="1", y="0"), "无法计算：除数为零：y", "division by zero: y"),
        (CURVED, measured(x="1"), "无法计算：缺少：y", "missing: y"),
        (CURVED, {"no_baseline": True}, "声明无基线，记 0 分，未证", "unproven"),
    ],
)
def test_the_rule_in_words(how: Data, answer: Data, zh: str, en: str) -> None:
    said = rule(rubric(item("a", how)), {"a": answer})
    assert zh in said[0]
    assert en in said[1]


def test_an_unanswered_item_says_so() -> None:
    assert rule(rubric(item("a", STEPS)), {}) == ("尚未作答", "Not answered yet")


@pytest.mark.parametrize(
    ("policy", "zh"),
    [
        ("reweight", "不适用，分值按比例分给本维度其余各项"),
        ("leave_out", "不适用，不计入满分"),
        ("zero", "不适用，记 0 分"),
        ("anchor", "不适用，按固定占比计"),
    ],
)
def test_what_does_not_apply_says_what_becomes_of_it(policy: str, zh: str) -> None:
    share = {"anchor_share": "0.5"} if policy == "anchor" else {}
    of = rubric(item("a", STEPS, not_applicable=out(policy, **share)), item("b", STEPS))
    scored = card(of, {"a": NA, "b": picked("C")})
    tree = of_item(of, scored)
    assert tree.rule.pick("zh") == zh
    assert tree.answer is not None
    assert tree.answer.reason == "没有这项业务"
    other = of_item(of, scored, "b")
    reweighted = policy == "reweight"
    assert (other.value, other.maximum) == ((20, 20) if reweighted else (10, 10))
    assert ("重新分配后分值由 10 变为 20" in other.rule.pick("zh")) == reweighted


def test_a_forced_answer_names_its_trigger() -> None:
    link = {"when": "b", "option": "A", "then": "A", "provenance": DERIVED}
    of = rubric(item("a", STEPS, links=[link]), item("b", STEPS))
    said = rule(of, {"a": picked("C"), "b": picked("A")})
    assert said[0] == "由第 b 题联动，按 A 计"


def test_a_measured_figure_shows_its_inputs_and_result() -> None:
    of = rubric(item("a", CURVED))
    tree = of_item(of, card(of, {"a": measured(x="1", y="40")}))
    assert [(child.id, child.value) for child in tree.children] == [
        ("x", Decimal(1)),
        ("y", Decimal(40)),
        ("a.result", Decimal("2.50")),
    ]
    assert tree.value == Decimal("2.5")  # 2.5 of 10 on the curve, of 10 points


def test_units_stand_below_the_item_each_with_its_answer() -> None:
    repeat = {"id": "lines", "name": words("lines"), "criteria": ["a"], "combine": "mean"}
    of = rubric(
        item("a", STEPS, not_applicable=out("leave_out")),
        repeats=[{**repeat, "provenance": DERIVED}],
    )
    places = [{"id": name, "name": name} for name in ("u1", "u2", "u3", "u4")]
    answers = {"a@u1": picked("B"), "a@u2": picked("C"), "a@u3": NA}
    scored = card(of, answers, units={"lines": places})
    tree = of_item(of, scored)
    assert tree.rule.pick("en") == "Combined from 4 units"
    assert tree.answer is None
    assert [(child.label.pick("zh"), child.value) for child in tree.children] == [
        ("单元 u1", 5),
        ("单元 u2", 10),
        ("单元 u3", 0),
        ("单元 u4", None),
    ]
    assert [child.rule.pick("zh") for child in tree.children] == [
        "选 B，得该项分值的 0.5 倍",
        "选 C，得该项分值的 1 倍",
        "不适用，不计入满分",
        "尚未作答",
    ]
    assert tree.children[0].answer is not None
    assert tree.children[0].answer.option == "B"


def test_a_single_unit_is_still_a_unit() -> None:
    repeat = {"id": "lines", "name": words("lines"), "criteria": ["a"], "combine": "mean"}
    of = rubric(item("a", CURVED), repeats=[{**repeat, "provenance": DERIVED}])
    scored = card(
        of, {"a@u1": measured(x="1", y="20")}, units={"lines": [{"id": "u1", "name": "u1"}]}
    )
    tree = of_item(of, scored)
    assert tree.value == 5
    (unit,) = tree.children
    assert [child.value for child in unit.children] == [1, 20, Decimal("5.00")]
    assert "5.00" in unit.rule.pick("en")


def bonus_and_deductions() -> Rubric:
    beside = {"provenance": DERIVED}
    bonus = {"cap": "3", "ceiling": "100", "criteria": [item("x", yes_no(), "2", asked={})]}
    less = {"floor": "0", "criteria": [item("y", yes_no(), "4", asked={})]}
    return rubric(item("a", STEPS), bonus={**bonus, **beside}, deductions={**less, **beside})


def test_bonus_and_deductions_stand_beside_the_dimensions() -> None:
    of = bonus_and_deductions()
    answers = {"a": picked("C"), "x": picked("yes"), "y": picked("yes")}
    tree = explain_total(of, card(of, answers))
    assert [(child.id, child.value) for child in tree.children] == [
        ("d", 10),
        ("bonus", 2),
        ("deduction", 4),
    ]
    assert tree.value == 8
    assert "减去扣分" in tree.rule.pick("zh")
    assert [child.id for child in tree.children[1].children] == ["x"]
    assert [child.value for child in tree.children[2].children] == [4]


def test_an_outcome_shows_its_readings_and_the_gates_before_it() -> None:
    declared: Data = {"kind": "declared", "points": [words("p")]}
    of = rubric(
        item("a", STEPS),
        outcomes=[outcome("pass", total(line_at="8"), reading("items_at_tier", "50", "basic"))],
        gates=[
            gate("g", declared),
            gate("h", declared),
            gate("i", declared),
            gate("flagged", declared, severity="flag"),
        ],
    )
    scored = card(of, {"a": picked("C")}, gates={"g": {"pass": True}, "h": {"pass": False}})
    tree = explain_outcome(of, scored, scored.outcomes[0])
    assert tree.rule.pick("en") == "Not reached"
    assert [(child.id, child.value, child.maximum) for child in tree.children[:2]] == [
        ("total", 10, 8),
        ("items_at_tier", 100, 50),
    ]
    assert [(child.id, child.rule.pick("zh")) for child in tree.children[2:]] == [
        ("g", "门槛通过"),
        ("h", "门槛不通过：核实为不符合"),
        ("i", "门槛待核：尚未核实"),
    ]


def test_evidence_stands_at_the_leaf() -> None:
    of = rubric(item("a", STEPS))
    piece = {"id": "e1", "sha256": "0" * 64, "size": 1, "media_type": "image/jpeg"}
    piece |= {"file_name": "1.jpg", "kind": "photo", "criteria": ["a"]}
    assert of_item(of, card(of, {"a": picked("C")}, evidence=[piece])).evidence == ("e1",)


@pytest.mark.parametrize("name", SHIPPED)
@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_number_of_a_shipped_rubric_traces_to_its_leaves(
    name: str, data: st.DataObject
) -> None:
    visit: Assessment = data.draw(visits(name))
    of = shipped(name).rubric
    scored = score(of, visit)
    tree = explain_total(of, scored)
    assert tree.value == scored.total.value
    for node in nodes(tree):
        node.rule.pick("zh")
        node.rule.pick("en")
        node.label.pick("zh")
    required = {found.criterion.id for found in scored.items if found.role == "required"}
    met: set[str] = set()
    for node in nodes(tree):
        found = scored.item(node.id)
        if found is None:
            continue
        met.add(node.id)
        assert node.value == found.points
        assert node.answer == visit.answers.get(node.id)
    assert required <= met
    for top in scored.dimensions:
        _adds_up(explain_dimension(of, scored, top))


def _adds_up(tree: Explained) -> None:
    """A sum is the sum of what is below; re-weighting may round a leaf up by half a millionth."""
    parts = [child.value for child in tree.children if child.value is not None]
    if tree.value is not None and tree.rule.key == "explain.combine_sum":
        assert abs(sum(parts, Decimal(0)) - tree.value) <= Decimal("0.0000005") * len(parts)
    for child in tree.children:
        if child.rule.key.startswith("explain.combine"):
            _adds_up(child)
