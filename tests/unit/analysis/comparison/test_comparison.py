"""Two records beside each other: order, standings, differences, versions and what cannot be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.analysis.comparison import (
    Comparison,
    NotComparableError,
    Side,
    Standing,
    compare,
    own_side,
    side_of,
)
from assessor.analysis.comparison.wording import answers_said, summary_said, title_said
from assessor.analysis.panel import levels_of
from assessor.assessment import Answer, Assessment, Enterprise, SelfAssessment, Visit
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import LevelsRule
from tests.strategies.visits import answer_to, shipped, visit_for

LOADED = shipped("digital_workshop")
RUBRIC = LOADED.rubric
LEVELS = [c for c in RUBRIC.criteria if c.rule.kind == "levels"]
FIRST, SECOND, THIRD, FOURTH = LEVELS[:4]
STEPS = levels_of(FIRST)


def record(**answers: Answer) -> Assessment:
    named = {"first": FIRST, "second": SECOND, "third": THIRD, "fourth": FOURTH}
    return visit_for(LOADED, {named[key].id: answer for key, answer in answers.items()})


def at(place: int) -> Answer:
    return Answer(option=STEPS[place])


def pairs(found: Comparison) -> dict[str, tuple[Standing, Decimal | None]]:
    return {pair.criterion.id: (pair.standing, pair.difference) for pair in found.items}


def dated(given: Assessment, day: date, kind: str = "third_party") -> Assessment:
    return given.model_copy(update={"visit": Visit(kind=kind, date_from=day)})


# --- standings ------------------------------------------------------------------------------------


def test_differences_stand_first_and_the_widest_of_them_before_the_others() -> None:
    before = record(first=at(4), second=at(3), third=at(1), fourth=at(2))
    after = record(first=at(2), second=at(2), third=at(3))
    found = compare(side_of(RUBRIC, before), side_of(RUBRIC, after))
    said = pairs(found)
    assert said[FIRST.id][0] == said[SECOND.id][0] == "lower"
    assert said[THIRD.id][0] == "higher"
    assert said[FOURTH.id] == ("first_only", None)
    order = [pair.criterion.id for pair in found.items]
    lower = sorted((said[i][1] or 0, i) for i in (FIRST.id, SECOND.id))
    assert order[:2] == [name for _, name in lower]
    assert order[2:4] == [THIRD.id, FOURTH.id]
    assert found.counts["lower"] == 2
    assert sum(found.counts.values()) == len(found.items)
    points = {pair.criterion.id: pair for pair in found.items}[FIRST.id]
    assert points.difference == (points.second.points or 0) - (points.first.points or 0)


def test_other_answers_of_the_same_worth_are_a_change() -> None:
    wider = next(c for c in RUBRIC.criteria if c.rule.kind == "checklist" and len(_items(c)) > 2)
    one, other = _items(wider)[:2]
    found = compare(
        side_of(RUBRIC, visit_for(LOADED, {wider.id: Answer(options=(one,))})),
        side_of(RUBRIC, visit_for(LOADED, {wider.id: Answer(options=(other,))})),
    )
    assert pairs(found)[wider.id] == ("changed", Decimal(0))


def _items(criterion: Criterion) -> list[str]:
    rule = criterion.rule
    return [item.key for item in rule.items] if rule.kind == "checklist" else []


ANSWERS = st.fixed_dictionaries({}, optional={c.id: answer_to(c, "discrete") for c in LEVELS})


@settings(max_examples=8)
@given(ANSWERS, ANSWERS)
def test_turned_round_what_was_lower_is_higher(
    one: dict[str, Answer], other: dict[str, Answer]
) -> None:
    turned: dict[Standing, Standing] = {
        "lower": "higher",
        "higher": "lower",
        "first_only": "second_only",
        "second_only": "first_only",
    }
    first, second = (side_of(RUBRIC, visit_for(LOADED, given)) for given in (one, other))
    there, back = pairs(compare(first, second)), pairs(compare(second, first))
    assert there.keys() == back.keys()
    for name, (standing, gap) in there.items():
        assert back[name] == (turned.get(standing, standing), None if gap is None else -gap)
    same = compare(first, first)
    assert {pair.standing for pair in same.items} <= {"same", "open"}


# --- which is which -------------------------------------------------------------------------------


def test_the_enterprises_own_answers_stand_before_the_verified_ones() -> None:
    verified = record(first=at(1)).model_copy(
        update={"self_assessment": SelfAssessment(answers={FIRST.id: at(3)})}
    )
    found = compare(side_of(RUBRIC, verified), own_side(RUBRIC, verified))
    assert (found.kind, found.first.own) == ("own", True)
    assert pairs(found)[FIRST.id][0] == "lower"
    assert title_said(found).pick("zh").endswith("自评与现场评价对比")
    with pytest.raises(NotComparableError) as refused:
        own_side(RUBRIC, record(first=at(1)))
    assert "自评" in refused.value.message.pick("zh")


def test_a_separate_self_assessment_is_the_enterprises_own() -> None:
    own = dated(record(first=at(3)), date(2026, 3, 1), "self")
    found = compare(side_of(RUBRIC, record(first=at(1))), side_of(RUBRIC, own))
    assert found.kind == "own"
    assert found.first.record is own


def test_the_earlier_visit_stands_first() -> None:
    early, late = dated(record(first=at(1)), date(2025, 3, 1)), dated(record(), date(2026, 3, 1))
    found = compare(side_of(RUBRIC, late), side_of(RUBRIC, early))
    assert (found.kind, found.first.record) == ("time", early)
    assert "2025-03-01" in title_said(found).pick("en")
    same_day = compare(side_of(RUBRIC, early), side_of(RUBRIC, early))
    one, other = same_day.names
    assert one.pick("zh") != other.pick("zh")


def test_two_enterprises_keep_the_order_they_are_named_in() -> None:
    other = record(first=at(1)).model_copy(update={"enterprise": Enterprise(name="乙厂")})
    found = compare(side_of(RUBRIC, other), side_of(RUBRIC, record()))
    assert found.kind == "enterprises"
    assert found.names[0].pick("zh") == "乙厂"
    assert "41" in summary_said(found).pick("en") or len(found.items) != 41


# --- versions and rubrics -------------------------------------------------------------------------


def newer(rubric: Rubric) -> Rubric:
    """A later version: the first item gone, the second worth more levels, the third renamed."""
    changed = []
    for criterion in rubric.criteria:
        if criterion.id == FIRST.id:
            continue
        rule = criterion.rule
        if criterion.id == SECOND.id and isinstance(rule, LevelsRule):
            shorter = rule.model_copy(update={"options": rule.options[:-1]})
            changed.append(criterion.model_copy(update={"rule": shorter}))
        else:
            changed.append(criterion)
    return rubric.model_copy(update={"version": "2.0.0", "criteria": tuple(changed)})


def test_versions_are_matched_by_id_and_the_rest_is_listed() -> None:
    later = newer(RUBRIC)
    given = record(second=at(1), third=at(1))
    told = given.model_copy(update={"rubric": given.rubric.model_copy(update={"digest": "0" * 64})})
    found = compare(
        side_of(RUBRIC, record(first=at(1), third=at(2))),
        Side(later, told, side_of(later, told).card),
    )
    assert found.versions_differ
    assert pairs(found)[THIRD.id][0] == "lower"
    assert {one.criterion.id: one.reason for one in found.left_out} == {
        FIRST.id: "first_rubric",
        SECOND.id: "other_options",
    }


def test_another_profile_is_not_asked_everything() -> None:
    process = visit_for(LOADED, {}, profile="process")
    found = compare(side_of(RUBRIC, record()), side_of(RUBRIC, process))
    assert {one.reason for one in found.left_out} <= {"not_asked"}


def test_two_rubrics_are_refused_with_both_names() -> None:
    factory = shipped("future_factory")
    with pytest.raises(NotComparableError) as refused:
        compare(side_of(RUBRIC, record()), side_of(factory.rubric, visit_for(factory, {})))
    said = refused.value.message.pick("zh")
    assert RUBRIC.short_title.zh in said
    assert factory.rubric.short_title.zh in said


def test_a_measured_figure_is_compared_by_its_result() -> None:
    measured = next(c for c in RUBRIC.criteria if c.rule.kind == "quantity")
    rule = measured.rule
    assert rule.kind == "quantity"
    names = [entry.id for entry in rule.measure.inputs]
    one = dict(zip(names, (Decimal(50), Decimal(100)), strict=True))
    double = {name: value * 2 for name, value in one.items()}
    found = compare(
        side_of(RUBRIC, visit_for(LOADED, {measured.id: Answer(inputs=one)})),
        side_of(RUBRIC, visit_for(LOADED, {measured.id: Answer(inputs=double)})),
    )
    (pair,) = [pair for pair in found.items if pair.criterion.id == measured.id]
    assert pair.standing == "same"
    assert "%" in answers_said(pair.second).pick("zh")
