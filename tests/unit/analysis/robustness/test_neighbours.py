"""The answers beside one that was given, for every kind of rule."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given

from assessor.analysis.robustness import neighbours
from assessor.assessment import Answer
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    QuantityRule,
    SelectionRule,
    YesNoRule,
)
from assessor.rules.answers import check_answer
from tests.strategies.visits import answer_to, shipped

RUBRICS = [shipped(name).rubric for name in ("digital_workshop", "future_factory")]
CRITERIA = [(rubric, criterion) for rubric in RUBRICS for criterion in rubric.criteria]


def first(kind: type) -> Criterion:
    return next(criterion for _, criterion in CRITERIA if isinstance(criterion.rule, kind))


def test_a_level_has_the_one_below_and_the_one_above() -> None:
    criterion = first(LevelsRule)
    assert isinstance(criterion.rule, LevelsRule)
    keys = [option.key for option in criterion.rule.options]
    beside = [
        [other.option for other in neighbours(criterion.rule, Answer(option=key))] for key in keys
    ]
    assert beside[0] == [keys[1]]
    assert beside[1] == [keys[0], keys[2]]
    assert beside[-1] == [keys[-2]]


def test_yes_and_no_are_beside_each_other() -> None:
    rule = first(YesNoRule).rule
    assert [one.option for one in neighbours(rule, Answer(option="yes"))] == ["no"]
    assert [one.option for one in neighbours(rule, Answer(option="no"))] == ["yes"]


def test_a_checklist_has_one_tick_more_or_less() -> None:
    rule = first(ChecklistRule).rule
    assert isinstance(rule, ChecklistRule)
    keys = [item.key for item in rule.items]
    one = neighbours(rule, Answer(options=(keys[0],)))
    assert one[0].none is True
    assert all(len(other.options or ()) == 2 for other in one[1:])
    assert len(one) == len(keys)
    assert all(len(other.options or ()) == 1 for other in neighbours(rule, Answer(none=True)))


def test_what_stands_alone_is_never_put_beside_others() -> None:
    for _, criterion in CRITERIA:
        if not isinstance(criterion.rule, SelectionRule):
            continue
        alone = {option.key for option in criterion.rule.options if option.exclusive}
        others = [option.key for option in criterion.rule.options if not option.exclusive]
        for other in neighbours(criterion.rule, Answer(options=(others[0],))):
            chosen = set(other.options or ())
            assert not (chosen & alone and len(chosen) > 1)


def test_facts_have_no_neighbours() -> None:
    measured, level = first(QuantityRule).rule, first(LevelsRule).rule
    assert neighbours(measured, Answer(inputs={})) == ()
    assert neighbours(measured, Answer(no_baseline=True)) == ()
    assert neighbours(level, Answer(na=True, reason="无此工序")) == ()


@given(st.data())
def test_a_neighbour_fits_its_criterion_and_keeps_everything_else(data: st.DataObject) -> None:
    _, criterion = data.draw(st.sampled_from(CRITERIA))
    profile = criterion.profiles[0]
    answer = data.draw(answer_to(criterion, profile)).model_copy(
        update={"note": "看了现场", "confidence": "low", "other": "其他说明"}
    )
    for other in neighbours(criterion.rule, answer):
        again = Answer.model_validate(other.model_dump())
        assert list(check_answer(criterion, again, profile, "answers")) == []
        assert other != answer
        assert (other.note, other.confidence) == (answer.note, answer.confidence)
