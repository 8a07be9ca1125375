"""The shipped rubrics make sense, and their golden cases stand on both sides of every line."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from assessor.analysis.golden import check_golden_cases
from assessor.rubrics.checks import check
from assessor.rubrics.models import GoldenCase
from tests.unit.rubric_texts.test_language import texts


def test_the_linter_finds_no_error(pair):
    assert [p for p in check(pair.rubric) if p.severity == "error"] == []


def test_every_golden_case_comes_out(pair):
    assert len(pair.rubric.golden) >= 20
    assert list(check_golden_cases(pair.rubric)) == []


@pytest.mark.parametrize("profile", ["discrete", "process"])
def test_totals_stand_on_and_a_hundredth_below_each_grade_line(digital_workshop, profile):
    cases = [c for c in digital_workshop.rubric.golden if c.profile == profile]
    for outcome in digital_workshop.rubric.outcomes:
        line = outcome.readings[0].line
        assert line is not None
        states = {c.expect.total: c.expect.outcomes[outcome.id] for c in cases if c.expect.outcomes}
        assert states[line] == "reached"
        assert states[line - Decimal("0.01")] == "not_reached"


def _readings(case: GoldenCase, outcome: str) -> tuple[bool, bool]:
    found = case.expect.readings[outcome]
    return found["share_of_items"] >= 75, found["raw_points"] >= 75


def test_both_readings_of_the_workshop_tier_stand_in_every_combination(future_factory):
    """Met and met is reached, missed and missed is not, and anything else stays undecided."""
    expected = {(True, True): "reached", (False, False): "not_reached"}
    seen = set()
    for case in future_factory.rubric.golden:
        if case.id.startswith(("line-discrete", "line-process")):
            met = _readings(case, "workshop")
            seen.add(met)
            assert case.expect.outcomes["workshop"] == expected.get(met, "undecided"), case.id
    assert seen == {(a, b) for a in (True, False) for b in (True, False)}


@pytest.mark.parametrize("tier", ["smart_factory", "future_factory"])
@pytest.mark.parametrize("profile", ["discrete", "process"])
def test_one_item_decides_the_upper_tiers(future_factory, tier, profile):
    prefix = f"line-{tier}-{profile}"
    found = [c for c in future_factory.rubric.golden if c.id.startswith(prefix)]
    assert {c.expect.outcomes[tier] for c in found} == {"reached", "not_reached"}
    shares = sorted(c.expect.readings[tier]["share_of_items"] for c in found)
    assert shares[0] < 75 <= shares[1]
    assert shares[1] - shares[0] < Decimal("1.5")


def test_an_item_named_by_number_is_named_by_its_title(pair):
    titles = {c.number: c.title for c in pair.rubric.every_criterion}
    named = 0
    for place, text in texts(pair.rubric.contradictions + pair.rubric.every_criterion):
        for number, title in re.findall(r"第 ([0-9.]+) 题（([^）]+)）", text.zh):
            named += 1
            assert titles[number].zh == title, place
        for number, title in re.findall(r"\b([A-F][1-7])（([^）]+)）", text.zh):
            named += 1
            assert titles[number].zh == title, place
        for number, title in re.findall(r"[iI]tem ([0-9.]+) \(([^)]+)\)", text.en):
            assert titles[number].en == title, place
    assert named >= 18


def test_each_contradiction_can_happen(pair):
    """Both items are asked in one profile, and the options it speaks of exist."""
    assert 6 <= len(pair.rubric.contradictions) <= 10
    for contradiction in pair.rubric.contradictions:
        items = [pair.rubric.criterion_by_id[c.criterion] for c in contradiction.when]
        assert set(items[0].profiles) & set(items[1].profiles), contradiction.id
        for item, when in zip(items, contradiction.when, strict=True):
            assert set(when.options) < {o.key for o in item.rule.options}, contradiction.id
