"""The two forms that only collect, held against the facts they were written from."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from assessor.analysis.golden import check_golden_cases
from assessor.assessment import Answer
from assessor.rubrics.checks import check
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.models import Rubric
from assessor.rubrics.progress import TargetFigure
from assessor.rubrics.rule_models import QuantityRule, YesNoRule
from assessor.rules.card import ScoreCard
from assessor.scoring import score
from tests.reference import industrial_internet_city as city
from tests.reference.exact import compute, load, show
from tests.strategies.visits import shipped, visit_for

CITY, PROJECT = "industrial_internet_city", "smart_manufacturing_project"
FACTORY = load("future_factory")["tier_rules"]
NUMBERS = [name for name, facts in city.INDICATORS.items() if facts["kind"] == "number"]
TRUTHS = [name for name, facts in city.INDICATORS.items() if facts["kind"] == "boolean"]


def rubric(name: str) -> Rubric:
    return shipped(name).rubric


def carded(name: str, answers: dict[str, Answer], profile: str) -> ScoreCard:
    return score(rubric(name), visit_for(shipped(name), answers, profile=profile))


def inputs(**figures: str) -> Answer:
    return Answer(inputs={name: Decimal(figure) for name, figure in figures.items()})


@pytest.mark.parametrize("name", [CITY, PROJECT])
def test_the_linter_finds_nothing_and_every_golden_case_comes_out(name: str) -> None:
    assert check(rubric(name)) == ()
    assert len(rubric(name).golden) >= 7
    assert list(check_golden_cases(rubric(name))) == []


@pytest.mark.parametrize("name", [CITY, PROJECT])
def test_nothing_is_worth_points(name: str) -> None:
    of = rubric(name)
    assert of.collects
    assert (of.total, of.outcomes, of.bonus) == (None, (), None)
    assert {item.maximum for item in of.criteria} == {Decimal(0)}
    assert of.status.derived
    notice = of.status.notice
    assert "不评分" in notice.zh
    assert "does not score" in notice.en


# --- the city -------------------------------------------------------------------------------------


def test_the_five_dimensions_hold_the_indicators_of_the_facts_and_the_tasks() -> None:
    of = rubric(CITY)
    for part in city.FACTS["dimensions"]:
        inside = [item for item in of.criteria if item.dimension == part["id"]]
        wanted = [one["id"] for one in part["indicators"]]
        assert [item.id for item in inside][: len(wanted)] == wanted
        assert len(inside) - len(wanted) == len(part.get("tasks", ()))
    assert [top.id for top in of.dimensions] == [d["id"] for d in city.FACTS["dimensions"]]
    assert len(of.criteria) == 49 + 6


def _kept(item: Criterion) -> set[tuple[Fraction, int | None, bool]]:
    progress = item.progress
    assert progress is not None
    return {(Fraction(one.value), one.year, one.beyond) for one in progress.targets}


@pytest.mark.parametrize("name", list(city.INDICATORS))
def test_baseline_and_targets_are_those_of_the_facts(name: str) -> None:
    facts, item = city.INDICATORS[name], rubric(CITY).criterion_by_id[name]
    wanted = {
        (city.value_of(one["value"]), int(one["year"]), one["comparator"] == ">")
        for one in facts["targets"]
    }
    assert _kept(item) == wanted
    start = item.progress.baseline if item.progress else None
    given = facts["baseline"]
    assert (start is None) == (given is None)
    if start is not None:
        value, more = city.value_of(given["value"]), given["comparator"] == ">"
        assert (Fraction(start.value), start.year, start.beyond) == (value, given["year"], more)
        assert start.comparable is (name not in city.OTHER_COUNT)
    assert isinstance(item.rule, QuantityRule if facts["kind"] == "number" else YesNoRule)
    if isinstance(item.rule, QuantityRule):
        assert item.rule.measure.result_unit.zh == facts["unit"]
        assert item.rule.measure.better == "higher"


def _told(card: ScoreCard, name: str) -> set[tuple[str, int | None, str, str | None, bool]]:
    item = card.item(name)
    assert item is not None
    found = set()
    for one in item.targets:
        assert one.distance is not None
        way = None if one.way is None else show(Fraction(one.way))
        target, met = one.target, one.state == "met"
        found.add(
            (show(Fraction(target.value)), target.year, show(Fraction(one.distance)), way, met)
        )
    return found


def _wanted(name: str, figure: Fraction) -> set[tuple[str, int | None, str, str | None, bool]]:
    return {
        (
            show(aim.value),
            aim.year,
            show(aim.distance),
            None if aim.way is None else show(aim.way),
            aim.met,
        )
        for aim in city.aims(name, figure)
    }


def _figures(name: str, rng: random.Random) -> list[Decimal]:
    """Figures on, just beside and far from every baseline and target."""
    facts = city.INDICATORS[name]
    corners = [one["value"] for one in (facts["baseline"], *facts["targets"]) if one]
    item = rubric(CITY).criterion_by_id[name]
    assert isinstance(item.rule, QuantityRule)
    grain = Decimal(1).scaleb(-item.rule.measure.digits)
    exact = [Decimal(int(corner * 100)) / 100 for corner in corners]
    free = [Decimal(rng.randrange(0, 3_000_000)) / 100 for _ in range(2)]
    near = [one + step for one in exact for step in (-grain, Decimal(0), grain)]
    return [max(Decimal(0), one.quantize(grain)) for one in (*near, *free)]


@pytest.mark.parametrize("name", NUMBERS)
def test_distance_and_way_equal_the_reference(name: str) -> None:
    for figure in _figures(name, random.Random(name)):  # noqa: S311 (cases, not secrets)
        card = carded(CITY, {name: inputs(figure=format(figure, "f"))}, "city")
        assert _told(card, name) == _wanted(name, Fraction(figure)), figure


@pytest.mark.parametrize("name", TRUTHS)
@pytest.mark.parametrize("option", ["yes", "no"])
def test_a_truth_is_reached_or_not(name: str, option: str) -> None:
    card = carded(CITY, {name: Answer(option=option)}, "city")
    found = {(value, year, distance, met) for value, year, distance, _, met in _told(card, name)}
    aims = _wanted(name, Fraction(option == "yes"))
    assert found == {(value, year, distance, met) for value, year, distance, _, met in aims}


def test_a_district_is_not_held_against_the_targets_of_the_city() -> None:
    card = carded(CITY, {"5g-base-stations": inputs(figure="3100")}, "district")
    item = card.item("5g-base-stations")
    assert item is not None
    assert (item.state, item.result, item.targets) == ("answered", Decimal(3100), ())


def test_a_city_has_no_code_and_no_industry() -> None:
    of = rubric(CITY)
    assert of.body is not None
    for field in ("credit_code", "industry_code", "cluster", "legal_representative", "workshop"):
        assert not of.has_field(field)
    assert of.has_field("district")
    assert rubric(PROJECT).has_field("credit_code")


# --- the project ----------------------------------------------------------------------------------


@pytest.mark.parametrize("facts", FACTORY["kpis"], ids=lambda facts: facts["id"])
def test_the_five_indicators_use_the_formulas_of_the_notice(facts: dict[str, Any]) -> None:
    item = rubric(PROJECT).criterion_by_id[str(facts["id"])]
    assert isinstance(item.rule, QuantityRule)
    measure = item.rule.measure
    assert measure.formula == facts["formula"]
    assert {one.id for one in measure.inputs} == set(facts["inputs"])
    assert measure.industry_baseline
    assert item.provenance.source_ids == ("zj-jxt-2025-282",)
    rng = random.Random(str(facts["id"]))  # noqa: S311 (cases, not secrets)
    for _ in range(5):
        # Parts never exceed their wholes: the later inputs are drawn larger.
        given = {one.id: str(rng.randrange(1, 500)) for one in measure.inputs}
        given |= {name: str(rng.randrange(500, 9000)) for name in given if "supplied" in name}
        wanted = compute(str(facts["formula"]), given)
        card = carded(PROJECT, {item.id: inputs(**given)}, "discrete")
        found = card.item(item.id)
        assert found is not None
        assert found.result is not None
        assert wanted is not None
        assert show(Fraction(found.result)) == show(wanted)


def test_the_tiers_beside_scenes_and_maturity_are_those_of_the_notice() -> None:
    of = rubric(PROJECT)
    scenes = {one.id.replace("-", "_"): one.value for one in _targets(of, "scene_count")}
    levels = {one.id.replace("-", "_"): one.value for one in _targets(of, "cmmm_level")}
    for tier in ("workshop", "smart_factory", "future_factory"):
        assert scenes[tier] == Decimal(str(FACTORY["scene_counts"][tier]["min"]))
        assert levels[tier] == Decimal(str(FACTORY["cmmm"][tier]["min_level"]))
    stages = {one.id.replace("-", "_"): one.value for one in _targets(of, "scene_stages")}
    assert stages == {
        tier: Decimal(len(FACTORY["scene_counts"][tier]["stages"])) for tier in scenes
    }


def _targets(of: Rubric, name: str) -> tuple[TargetFigure, ...]:
    progress = of.criterion_by_id[name].progress
    assert progress is not None
    return progress.targets


def test_lists_are_counted_and_satisfaction_is_never_turned_into_points() -> None:
    loaded = shipped(PROJECT)
    rows = (
        {"name": "甲", "amount": "500", "satisfaction": "满意"},
        {"name": "乙", "amount": "260.5"},
    )
    empty = Answer(inputs={})
    names = ("partner_count", "contract_amount", "partner_satisfaction")
    visit = visit_for(loaded, dict.fromkeys(names, empty))
    card = score(loaded.rubric, visit.model_copy(update={"tables": {"partners": rows}}))
    results = [found.result for name in names if (found := card.item(name))]
    assert results == [Decimal(2), Decimal("760.5"), Decimal(1)]
    item = loaded.rubric.criterion_by_id["partner_satisfaction"]
    assert item.provenance.note is not None
    assert "没有见到" in item.provenance.note.zh
