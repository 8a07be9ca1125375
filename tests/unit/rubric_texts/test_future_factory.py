"""The provincial rubric holds exactly what the facts say."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from assessor.rubrics.criterion import Criterion
from assessor.rubrics.gates import FormulaCheck
from assessor.rubrics.outcomes import CappedReading, ItemsReading, PointsReading
from assessor.rubrics.rule_models import LevelsRule, SelectionOption, SelectionRule

BOTH = ("discrete", "process")
COUNTED_FOR_BOTH = {"27", "28", "29"}
MAY_BE_LEFT_OUT = COUNTED_FOR_BOTH | {"72", "73", "79", "80", "95"}


def _rule(criterion: Criterion) -> LevelsRule | SelectionRule:
    assert isinstance(criterion.rule, LevelsRule | SelectionRule)
    return criterion.rule


def _profiles(item: dict[str, Any]) -> tuple[str, ...]:
    if item["industry"] == "any" or item["number"] in COUNTED_FOR_BOTH:
        return BOTH
    return (item["industry"],)


def test_items_are_those_of_the_facts_in_order(future_factory):
    rubric, items = future_factory.rubric, future_factory.facts["items"]
    assert len(items) == 105
    assert [(c.id, c.number, c.dimension, c.profiles) for c in rubric.criteria] == [
        (item["id"], item["number"], item["subdomain"], _profiles(item)) for item in items
    ]


def test_options_have_the_points_and_tiers_of_the_facts(future_factory):
    for item, criterion in zip(
        future_factory.facts["items"], future_factory.rubric.criteria, strict=True
    ):
        expected = [
            (o["key"], Decimal(o["points"]), None if o["tier"] == "none" else o["tier"])
            for o in item["options"]
        ]
        rule = _rule(criterion)
        assert [(o.key, o.value, o.tier) for o in rule.options] == expected, item["number"]
        assert rule.scale == "points"
        assert criterion.maximum == Decimal(item["max_points"])


def test_an_option_names_the_one_it_builds_on(future_factory):
    for item, criterion in zip(
        future_factory.facts["items"], future_factory.rubric.criteria, strict=True
    ):
        named = {
            option["key"]: fact.removeprefix("前提：已达")
            for option in item["options"]
            for fact in option["facts"]
            if fact.startswith("前提：已达")
        }
        assert {o.key: o.builds_on for o in _rule(criterion).options if o.builds_on} == named


def test_the_two_options_that_reach_a_tier_with_no_points(future_factory):
    found = {
        (criterion.number, option.key)
        for criterion in future_factory.rubric.criteria
        for option in _rule(criterion).options
        if option.value == 0 and option.tier
    }
    assert found == {("30.2", "A"), ("38.2", "A")}


def test_asked_follows_the_tiers(future_factory):
    for item, criterion in zip(
        future_factory.facts["items"], future_factory.rubric.criteria, strict=True
    ):
        assert criterion.asked == {t: how for t, how in item["tiers"].items() if how != "none"}


def test_each_profile_has_a_hundred_items_and_five_hundred_points(future_factory):
    rubric = future_factory.rubric
    for profile in BOTH:
        asked = rubric.criteria_for(profile)
        assert len(asked) == 100
        assert sum(criterion.maximum_for(profile) for criterion in asked) == 500


def test_required_and_optional_items_of_each_target(future_factory):
    rubric = future_factory.rubric
    expected = {
        target: (Decimal(count["required_items"]), Decimal(count["optional_items"]))
        for target, count in future_factory.facts["tier_rules"]["counts"].items()
    }
    assert list(expected.values()) == [(58, 0), (69, 8), (77, 23)]
    for profile in BOTH:
        for target, counts in expected.items():
            asked = Counter(c.asked.get(target) for c in rubric.criteria_for(profile))
            assert (asked["required"], asked["optional"]) == counts


def test_three_elements_fourteen_domains_forty_four_subdomains(future_factory):
    depths = Counter(depth for _, depth in future_factory.rubric.walk_dimensions())
    assert depths == {0: 3, 1: 14, 2: 44}
    leaves = {d.id for d, depth in future_factory.rubric.walk_dimensions() if depth == 2}
    assert {c.dimension for c in future_factory.rubric.criteria} == leaves


def test_the_four_links(future_factory):
    rubric = future_factory.rubric
    found = [
        (rubric.criterion_by_id[link.when].number, link.option, criterion.number, link.then)
        for criterion in rubric.criteria
        for link in criterion.links
    ]
    assert found == [
        ("32", "A", "33", "A"),
        ("34", "A", "35", "A"),
        ("44", "A", "45", "A"),
        ("49", "A", "50", "A"),
    ]


def test_multiple_choice_items(future_factory):
    found = {c.number: c.rule for c in future_factory.rubric.criteria if c.rule.kind == "selection"}
    assert set(found) == {"96", "97", "99"}
    flags = {
        (number, option.key): (option.exclusive, option.needs_text)
        for number, rule in found.items()
        for option in rule.options
        if isinstance(option, SelectionOption) and (option.exclusive or option.needs_text)
    }
    assert flags == {
        ("96", "D"): (False, True),
        ("97", "E"): (False, True),
        ("99", "A"): (True, False),
    }
    assert {rule.cap for rule in found.values()} == {Decimal(5)}


def test_only_eight_items_may_be_left_out_and_only_in_process_industry(future_factory):
    licences = {
        c.number: c.not_applicable for c in future_factory.rubric.criteria if c.not_applicable
    }
    assert set(licences) == MAY_BE_LEFT_OUT
    for licence in licences.values():
        assert (licence.policy, licence.profiles) == ("leave_out", ("process",))
        assert licence.note is not None


def test_wording_for_one_profile_only_where_the_facts_tell_them_apart(future_factory):
    for item, criterion in zip(
        future_factory.facts["items"], future_factory.rubric.criteria, strict=True
    ):
        split = {
            option["key"]
            for option in item["options"]
            if any(fact.startswith(("离散：", "流程：", "连续：")) for fact in option["facts"])
        }
        assert {o.key for o in _rule(criterion).options if o.text_by_profile} == split
        for option in _rule(criterion).options:
            assert set(option.text_by_profile) in (set(), set(BOTH))


def test_contract_starts_at_the_first_option_that_is_worth_anything(future_factory):
    for item, criterion in zip(
        future_factory.facts["items"], future_factory.rubric.criteria, strict=True
    ):
        worth = [o for o in item["options"] if Decimal(o["points"]) > 0 or o["tier"] != "none"]
        assert criterion.contract is not None
        assert criterion.contract.from_option == worth[0]["key"]
        assert set(criterion.contract.kinds) == set(item["evidence"])


def _facts_gates(pair: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    groups = pair.facts["tier_rules"]["gates"]
    return {
        f"{group}.{gate['id']}": (group, gate)
        for group, gates in groups.items()
        for gate in gates
        if gate["id"] != "self_assessment"
    }


def test_gates_are_those_of_the_facts(future_factory):
    expected = _facts_gates(future_factory)
    assert {gate.id for gate in future_factory.rubric.gates} == set(expected)
    for gate in future_factory.rubric.gates:
        group, fact = expected[gate.id]
        assert gate.stage == fact["stage"]
        assert gate.default == ("on" if fact["stage"] == "evaluation" else "reference")
        assert gate.outcomes == (() if group == "common" else (group,))
        assert list(gate.provenance.source_ids) == fact["source_ids"]


def test_figures_of_the_gates_stand_in_the_cycle_of_2025(future_factory):
    rubric = future_factory.rubric
    values = {(p.gate, p.parameter): p.value for p in rubric.cycles[0].parameters}
    for name, (_, fact) in _facts_gates(future_factory).items():
        kind = name.split(".")[1]
        wanted = {
            "cmmm": "min_level",
            "scenes": "min_scenes",
            "completion": "deadline",
            "digital_level": "minimum",
            "investment": "minimum",
        }
        if kind in wanted:
            assert values[name, wanted[kind]] == fact["value"], name
    scenes = future_factory.facts["tier_rules"]["scene_counts"]
    for target in ("workshop", "smart_factory", "future_factory"):
        stages = str(len(scenes[target]["stages"]))
        assert values[f"{target}.scenes", "min_stages"] == stages


def test_a_parameter_is_fixed_or_in_the_cycle_never_both(pair):
    in_cycle = {(p.gate, p.parameter) for p in pair.rubric.cycles[0].parameters}
    fixed, open_ = set(), set()
    for gate in pair.rubric.gates:
        if isinstance(gate.check, FormulaCheck):
            for parameter in gate.check.parameters:
                (fixed if parameter.value else open_).add((gate.id, parameter.id))
    assert not fixed & in_cycle
    assert in_cycle <= open_
    assert open_ - in_cycle <= {("g-invest", "minimum")}


def test_the_cycle_of_2026_knows_nothing(pair):
    by_id = {cycle.id: cycle for cycle in pair.rubric.cycles}
    assert by_id["2026"].parameters == ()
    assert by_id["2026"].provenance.note is not None


def test_the_lines_of_the_three_outcomes(future_factory):
    outcomes = future_factory.rubric.outcomes
    assert [(o.id, o.requires) for o in outcomes] == [
        ("workshop", None),
        ("smart_factory", "workshop"),
        ("future_factory", "smart_factory"),
    ]
    for outcome in outcomes:
        items, capped, points = outcome.readings
        assert isinstance(items, ItemsReading)
        assert isinstance(capped, CappedReading)
        assert isinstance(points, PointsReading)
        assert (items.target, items.tier, items.line) == (outcome.id, outcome.id, 75)
        assert capped.line is None
    workshop, *upper = outcomes
    assert workshop.decided_by == ("share_of_items", "raw_points")
    assert workshop.readings[2].line == 75
    assert workshop.platform_score is not None
    assert workshop.platform_score.line == 75
    assert all(o.decided_by == ("share_of_items",) for o in upper)
    assert all(o.readings[2].line is None and o.platform_score is None for o in upper)


def test_indicators_have_the_formulas_of_the_facts(future_factory):
    facts = future_factory.facts["tier_rules"]["kpis"]
    found = future_factory.rubric.indicators
    assert [(i.id, i.formula, [x.id for x in i.inputs]) for i in found] == [
        (k["id"], k["formula"], k["inputs"]) for k in facts
    ]
    for indicator in found:
        assert indicator.better == "higher"
        assert indicator.industry_baseline
        assert set(indicator.baseline) == {x.id for x in indicator.inputs if "before" in x.id}


def test_the_form_and_the_four_factory_types(future_factory):
    rubric = future_factory.rubric
    assert {section.id: len(section.fields) for section in rubric.form} == {
        "applicant": 15,
        "project": 12,
        "partners": 8,
        "lists": 2,
        "self_assessment": 2,
        "declaration": 3,
    }
    types = [kind.id for kind in rubric.application_types]
    assert types == ["leading", "cluster_head", "chain_leader", "platform"]
    assert {kind.target for kind in rubric.application_types} == {"future_factory"}
