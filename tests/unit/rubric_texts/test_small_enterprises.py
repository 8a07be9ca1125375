"""The rubric of small enterprises says what the facts say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from assessor.analysis.golden import check_golden_cases
from assessor.rubrics.checks import check
from assessor.rubrics.provenance import effective_basis
from assessor.rubrics.rule_models import BinsCurve, LevelsRule, QuantityRule, SelectionRule
from tests.unit.rubric_texts.conftest import Pair, _pair

RENAMED = {"M": "M1"}
SHARES = Decimal(100)


@pytest.fixture(scope="module")
def sme() -> Pair:
    return _pair("sme_digital_2024")


def leaves(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for node in nodes:
        found += leaves(node["children"]) if "children" in node else [node]
    return found


def test_the_linter_finds_nothing_and_every_golden_case_comes_out(sme: Pair) -> None:
    assert check(sme.rubric) == ()
    assert len(sme.rubric.golden) >= 20
    assert list(check_golden_cases(sme.rubric)) == []


def test_points_and_weights_are_those_of_the_facts(sme: Pair) -> None:
    weights = {node.id: node.weight for node, _ in sme.rubric.walk_dimensions()}
    for axis in sme.facts["tree"]:
        assert weights[axis["id"]] == axis["points"]
        for group in axis["children"]:
            assert weights[group["id"]] == group["points"]
            for item in group["children"]:
                criterion = sme.rubric.criterion_by_id[item["id"]]
                assert (criterion.dimension, criterion.maximum) == (group["id"], item["points"])


def test_every_option_is_worth_what_the_facts_say(sme: Pair) -> None:
    counted = 0
    for item in leaves(sme.facts["tree"]):
        rule = sme.rubric.criterion_by_id[item["id"]].rule
        wanted = {RENAMED.get(o["key"], o["key"]): o["percent"] for o in item["options"]}
        if isinstance(rule, QuantityRule):
            assert isinstance(rule.curve, BinsCurve)
            assert [step.share * SHARES for step in rule.curve.bins] == list(wanted.values())
            highs = [step.high for step in rule.curve.bins[:-1]]
            assert highs == [option["le"] for option in item["options"][:-1]]
            assert all(step.high_closed for step in rule.curve.bins[:-1])
        else:
            assert isinstance(rule, SelectionRule | LevelsRule)
            assert {o.key: o.value * SHARES for o in rule.options} == wanted
            exclusive = [o.key for o in rule.options if getattr(o, "exclusive", False)]
            assert exclusive == ([item["exclusive_none"]] if item["exclusive_none"] else [])
        counted += len(wanted)
    assert counted == 79


def test_sixteen_scenes_reach_four_levels_and_ten_are_binding(sme: Pair) -> None:
    scenes = [item for item in sme.rubric.criteria if not item.maximum]
    assert [item.id for item in scenes] == [scene["id"] for scene in sme.facts["scenes"]]
    for item in scenes:
        assert isinstance(item.rule, LevelsRule)
        tiers = [option.tier for option in item.rule.options]
        assert tiers == [None, "level-1", "level-2", "level-3", "level-4"]
    binding = [scene["id"] for scene in sme.facts["scenes"] if scene["binding"]]
    assert list(sme.rubric.group_by_id["binding"].criteria) == binding
    assert len(binding) == sme.facts["binding_count"]


def test_the_three_conditions_of_each_grade(sme: Pair) -> None:
    rules = {f"level-{rule['level']}": rule for rule in sme.facts["level_rule"]["levels"]}
    for outcome in sme.rubric.outcomes:
        lines = [reading.line for reading in outcome.readings]
        rule = rules[outcome.id]
        assert lines == [rule["min_score"], rule["min_scenes"], rule["min_binding"]]
        assert outcome.name.zh == rule["name"]
        assert outcome.decision == "every"
        assert list(outcome.decided_by) == [reading.id for reading in outcome.readings]


def test_nothing_claims_to_be_better_founded_than_the_facts(sme: Pair) -> None:
    sources = sme.rubric.source_by_id
    claims = [outcome.provenance for outcome in sme.rubric.outcomes]
    claims += [item.weight_provenance for item in sme.rubric.criteria]
    claims += [item.provenance for item in sme.rubric.criteria]
    assert {effective_basis(claim, sources) for claim in claims} == {"secondary"}
    assert sources["notice"].kind == "reposted"
    assert "http" not in sme.text
    assert sme.rubric.status.derived
