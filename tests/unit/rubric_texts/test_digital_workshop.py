"""The municipal rubric holds exactly what the facts say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from assessor.rubrics.gates import DimensionFloorCheck, FormulaCheck, ResultFloorCheck
from assessor.rubrics.rule_models import (
    BinsCurve,
    ChecklistRule,
    LevelsRule,
    LinearCurve,
    QuantityRule,
    YesNoRule,
)

KINDS = {"level": "levels", "checklist": "checklist", "boolean": "yes_no"} | {
    "quantitative": "quantity"
}
MAY_BE_LEFT_OUT = {"A6", "B1", "B3", "B4", "C5", "C7", "E3"}


def _criteria(pair: Any) -> list[dict[str, Any]]:
    return [fact for dimension in pair.facts["dimensions"] for fact in dimension["criteria"]]


def _weight(fact: dict[str, Any], profile: str) -> Decimal:
    weights = fact.get("profile_weights", {})
    return Decimal(weights.get(profile, fact["weight"]))


def test_thirty_three_criteria_in_the_order_and_kinds_of_the_facts(digital_workshop):
    facts = _criteria(digital_workshop)
    assert len(facts) == 33
    assert [(c.id, c.number, c.rule.kind) for c in digital_workshop.rubric.criteria] == [
        (fact["id"], fact["id"].split("-")[0].upper(), KINDS[fact["kind"]]) for fact in facts
    ]


@pytest.mark.parametrize("profile", ["discrete", "process"])
def test_weights_are_those_of_the_facts_and_make_a_hundred(digital_workshop, profile):
    rubric = digital_workshop.rubric
    for dimension, fact in zip(
        rubric.dimensions, digital_workshop.facts["dimensions"], strict=True
    ):
        inside = [c for c in rubric.criteria_for(profile) if c.dimension == dimension.id]
        given = {f["id"]: _weight(f, profile) for f in fact["criteria"] if _weight(f, profile)}
        assert {c.id: c.maximum_for(profile) for c in inside} == given
        assert sum(given.values()) == dimension.weight == fact["weight"]
    assert sum(c.maximum_for(profile) for c in rubric.criteria_for(profile)) == 100


def test_product_design_is_not_asked_of_process_industry(digital_workshop):
    asked = {c.number: c.profiles for c in digital_workshop.rubric.criteria}
    assert asked.pop("B2") == ("discrete",)
    assert set(asked.values()) == {("discrete", "process")}


def test_levels_have_the_shares_of_the_scale(digital_workshop):
    scale = digital_workshop.facts["scoring"]["level_scale"]
    found = 0
    for fact in _criteria(digital_workshop):
        rule = digital_workshop.rubric.criterion_by_id[fact["id"]].rule
        if isinstance(rule, LevelsRule):
            found += 1
            assert rule.scale == "share"
            assert {o.key: o.value for o in rule.options} == scale
            assert list(fact["levels"]) == [o.key for o in rule.options]
            split = {key for keys in fact.get("variants", {}).values() for key in keys}
            assert {o.key for o in rule.options if o.text_by_profile} == split
    assert found == 16


def test_checklists_have_the_items_and_counts_of_the_facts(digital_workshop):
    found = 0
    for fact in _criteria(digital_workshop):
        rule = digital_workshop.rubric.criterion_by_id[fact["id"]].rule
        if isinstance(rule, ChecklistRule):
            found += 1
            assert [i.key for i in rule.items] == [str(n + 1) for n in range(len(fact["items"]))]
            counts = fact.get("count_to_share", {})
            assert list(rule.count_shares) == [counts[str(n)] for n in range(len(counts))]
            assert (rule.count_provenance is None) == (not counts)
    assert found == 8


def test_quantities_have_the_inputs_formulas_and_curves_of_the_facts(digital_workshop):
    found = 0
    for fact in _criteria(digital_workshop):
        rule = digital_workshop.rubric.criterion_by_id[fact["id"]].rule
        if not isinstance(rule, QuantityRule):
            continue
        found += 1
        assert [i.id for i in rule.measure.inputs] == [i["id"] for i in fact["inputs"]]
        assert rule.measure.formula == fact["formula"]
        assert rule.measure.digits == 2
        assert all(i.minimum == 0 for i in rule.measure.inputs)
        if isinstance(rule.curve, LinearCurve):
            points = [[p.x, p.share] for p in rule.curve.points]
            assert points == fact["curve"]["points"]
        shown = [p.x for p in rule.measure.reference_points if p.x is not None]
        assert shown == [p["x"] for p in fact["reference_points"]]
    assert found == 8


def test_connectivity_is_cut_at_ten_twenty_forty_and_sixty_closed_above(digital_workshop):
    rule = digital_workshop.rubric.criterion_by_id["a2-equipment-network-rate"].rule
    assert isinstance(rule, QuantityRule)
    assert isinstance(rule.curve, BinsCurve)
    cuts = [(b.low, b.high, b.share) for b in rule.curve.bins]
    assert cuts == [
        (None, 10, 0),
        (10, 20, Decimal("0.25")),
        (20, 40, Decimal("0.5")),
        (40, 60, Decimal("0.75")),
        (60, None, 1),
    ]
    assert all(b.high_closed for b in rule.curve.bins[:-1])
    assert not any(b.low_closed for b in rule.curve.bins)


def test_effects_compare_with_the_time_before(digital_workshop):
    expected = {
        "E1": ("c0",),
        "E2": ("b0", "n0"),
        "E3": ("d0",),
        "E4": ("o0", "p0"),
        "E5": ("u0", "s0"),
    }
    for criterion in digital_workshop.rubric.criteria:
        if isinstance(criterion.rule, QuantityRule):
            measure = criterion.rule.measure
            assert measure.baseline == expected.get(criterion.number, ())
            assert measure.industry_baseline == (criterion.number in expected)


def test_the_ledger_gives_the_inputs_of_the_three_rates(digital_workshop):
    rubric = digital_workshop.rubric
    (ledger,) = rubric.tables
    columns = {column.id: column.type for column in ledger.columns}
    fed = set()
    for criterion in rubric.criteria:
        if isinstance(criterion.rule, QuantityRule):
            for given in criterion.rule.measure.inputs:
                if given.from_table:
                    fed.add(criterion.number)
                    named = given.from_table.replace("sumif(", "").replace("sum(", "")
                    parts = [p.strip(" )") for p in named.split(",") if "ledger." in p]
                    assert {p.removeprefix("ledger.") for p in parts} <= set(columns)
    assert fed == {"A1", "A2", "A3"}
    assert columns["quantity"] == "count"
    assert columns["key"] == "yes_no"


def test_what_may_be_left_out_is_reweighted_with_a_written_reason(digital_workshop):
    licences = {c.number: c.not_applicable for c in digital_workshop.rubric.criteria}
    assert {number for number, licence in licences.items() if licence} == MAY_BE_LEFT_OUT
    for licence in licences.values():
        if licence is not None:
            assert licence.policy == "reweight"
            assert licence.provenance.basis == "derived"
            assert licence.note is not None
            assert "组长" in licence.note.zh


def test_gates_keep_severity_default_and_parameters_of_the_facts(digital_workshop):
    rubric = digital_workshop.rubric
    by_id = {gate.id: gate for gate in rubric.gates}
    cycle = {(p.gate, p.parameter): p.value for p in rubric.cycles[0].parameters}
    facts = digital_workshop.facts["gates"]
    assert len(facts) == 18
    for fact in facts:
        gate = by_id[fact["id"]]
        assert (gate.severity, gate.default) == (fact["on_fail"], fact["default"])
        given = {str(v) for v in fact.get("params", {}).values() if isinstance(v, str | Decimal)}
        if isinstance(gate.check, FormulaCheck):
            held = {p.value or cycle.get((gate.id, p.id)) for p in gate.check.parameters}
            assert given - {"生产作业"} <= held, gate.id
    assert {gate for gate, _ in cycle} == {"g-window", "g-pool"}


def test_rules_off_by_default_are_gates_that_are_off(digital_workshop):
    extra = [g for g in digital_workshop.rubric.gates if g.id.startswith(("dimension", "must"))]
    assert {(g.default, g.severity) for g in extra} == {("off", "return")}
    floors = {
        (g.outcomes, g.check.dimension): g.check.share
        for g in extra
        if isinstance(g.check, DimensionFloorCheck)
    }
    assert floors == {(("excellent",), d): Decimal(60) for d in "ABCDEF"} | {
        (("pass",), d): Decimal(50) for d in "AC"
    }
    results = {
        (g.outcomes, g.check.criterion[:2]): g.check.minimum
        for g in extra
        if isinstance(g.check, ResultFloorCheck)
    }
    assert results == {(("pass",), "a1"): Decimal(70), (("pass",), "a3"): Decimal(90)}


def test_the_bonus_is_capped_and_lifts_nobody_over_the_pass_line(digital_workshop):
    bonus, facts = digital_workshop.rubric.bonus, digital_workshop.facts["bonus"]
    assert (bonus.cap, bonus.ceiling, bonus.never_over) == (facts["cap"], 100, "pass")
    assert [(c.id, c.maximum) for c in bonus.criteria] == [
        (fact["id"], fact["max"]) for fact in facts["items"]
    ]
    assert all(c.asked == {"workshop": "optional"} for c in bonus.criteria)
    for criterion, fact in zip(bonus.criteria, facts["items"], strict=True):
        if isinstance(criterion.rule, YesNoRule) and criterion.id != "x8-output":
            assert len(criterion.rule.conditions) == len(fact["condition"])


def test_a_standard_or_a_sale_is_enough_for_the_last_bonus(digital_workshop):
    """The facts join the two with "or", so they are one condition."""
    rule = digital_workshop.rubric.criterion_by_id["x8-output"].rule
    assert isinstance(rule, YesNoRule)
    (condition,) = rule.conditions
    assert "或者" in condition.zh
    assert " or " in condition.en.lower()


def test_grades_have_the_lines_of_the_facts(digital_workshop):
    lines = {line["id"]: line["min"] for line in digital_workshop.facts["grades"]["lines"]}
    outcomes = digital_workshop.rubric.outcomes
    assert [(o.id, o.requires) for o in outcomes] == [
        ("pass", None),
        ("good", "pass"),
        ("excellent", "good"),
    ]
    for outcome in outcomes:
        (reading,) = outcome.readings
        assert reading.kind == "total"
        assert reading.line == lines[outcome.id]
        assert outcome.decided_by == (reading.id,)
