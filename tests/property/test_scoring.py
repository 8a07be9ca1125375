"""What must hold of every score, whatever the answers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from assessor.assessment import Answer, Assessment
from assessor.rubrics.rule_models import LevelsRule
from assessor.rules.card import DimensionScore, ScoreCard
from assessor.scoring import Scorer, score, shown
from tests.strategies.visits import SHIPPED, answer_to, shipped, visits

SCORERS = {name: Scorer(shipped(name).rubric) for name in SHIPPED}
LINKED_OR_NOT = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
both_rubrics = pytest.mark.parametrize("name", SHIPPED)


def card_of(name: str, visit: Assessment) -> ScoreCard:
    return SCORERS[name].score(visit)


def leaves(dimensions: tuple[DimensionScore, ...]) -> Iterator[Decimal]:
    for dimension in dimensions:
        yield from leaves(dimension.children)
        for item in dimension.items:
            if item.role == "required":
                yield item.points or Decimal(0)


@both_rubrics
@given(data=st.data())
@LINKED_OR_NOT
def test_order_never_matters(name: str, data: st.DataObject) -> None:
    visit = data.draw(visits(name))
    shuffled = list(visit.answers.items())
    shuffled.reverse()
    other = visit.model_copy(update={"answers": dict(shuffled)})
    one, two = score(shipped(name).rubric, visit), score(shipped(name).rubric, other)
    assert one.figures == two.figures
    assert one.outcomes == two.outcomes


@both_rubrics
@given(data=st.data())
@LINKED_OR_NOT
def test_the_base_is_the_exact_sum_of_its_leaves(name: str, data: st.DataObject) -> None:
    card = card_of(name, data.draw(visits(name)))
    if any(dimension.span.value is None for dimension in card.dimensions):
        return
    total = sum(leaves(card.dimensions), Decimal(0))
    # Only re-weighting can round leaves above their dimension's points, where the cap holds.
    capped = sum(
        (min(sum(leaves((d,)), Decimal(0)), d.span.maximum or Decimal(0)) for d in card.dimensions),
        Decimal(0),
    )
    assert card.base.value in (total, capped)
    assert abs(total - capped) <= Decimal("0.0001")


@both_rubrics
@given(data=st.data())
@LINKED_OR_NOT
def test_figures_stay_within_their_bounds(name: str, data: st.DataObject) -> None:
    card = card_of(name, data.draw(visits(name)))
    for item in card.items:
        low, high, most = item.span.lowest, item.span.highest, item.span.maximum
        assert low is not None
        assert high is not None
        assert most is not None
        assert 0 <= low <= high <= most
        if item.points is not None:
            assert low <= item.points <= high
    for span in (card.total, card.base):
        if span.lowest is not None and span.highest is not None:
            assert 0 <= span.lowest <= span.highest


@both_rubrics
@given(data=st.data())
@LINKED_OR_NOT
def test_what_is_possible_contains_every_way_to_go_on(name: str, data: st.DataObject) -> None:
    done = data.draw(visits(name, complete=True))
    dropped = set(data.draw(st.lists(st.sampled_from(sorted(done.answers)), max_size=40)))
    left = {key: answer for key, answer in done.answers.items() if key not in dropped}
    before = card_of(name, done.model_copy(update={"answers": left}))
    after = card_of(name, done)
    assume(after.total.lowest is not None and before.total.lowest is not None)
    assert before.total.lowest <= after.total.value <= before.total.highest
    for early, late in zip(before.outcomes, after.outcomes, strict=True):
        if early.state in ("reached", "not_reached"):
            assert late.state == early.state
        for first, last in zip(early.readings, late.readings, strict=True):
            if first.span.lowest is not None and last.span.value is not None:
                assert first.span.lowest <= last.span.value <= first.span.highest


@both_rubrics
@given(data=st.data())
@LINKED_OR_NOT
def test_a_better_level_never_lowers_anything(name: str, data: st.DataObject) -> None:
    visit = data.draw(visits(name, complete=True))
    rubric = shipped(name).rubric
    graded = [
        criterion
        for criterion in rubric.criteria_for(visit.profile)
        if isinstance(criterion.rule, LevelsRule) and visit.answers[criterion.id].option
    ]
    criterion = data.draw(st.sampled_from(graded))
    assert isinstance(criterion.rule, LevelsRule)
    keys = [option.key for option in criterion.rule.options]
    place = keys.index(visit.answers[criterion.id].option or "")
    assume(place + 1 < len(keys))
    better = visit.answers | {criterion.id: Answer(option=keys[place + 1])}
    low = card_of(name, visit)
    high = card_of(name, visit.model_copy(update={"answers": better}))
    if low.total.value is not None and high.total.value is not None:
        assert high.total.value >= low.total.value
    order = {"not_reached": 0, "undecided": 1, "reached": 2, "not_assessed": 3}
    for before, after in zip(low.outcomes, high.outcomes, strict=True):
        for first, last in zip(before.readings, after.readings, strict=True):
            if first.span.value is not None and last.span.value is not None:
                assert last.span.value >= first.span.value
        disagreeing = any(reading.state == "missed" for reading in after.readings)
        assert order[after.state] >= order[before.state] or disagreeing


@both_rubrics
@given(data=st.data())
@LINKED_OR_NOT
def test_outcomes_are_never_inverted_silently(name: str, data: st.DataObject) -> None:
    card = card_of(name, data.draw(visits(name, complete=True)))
    states = {entry.outcome.id: entry.state for entry in card.outcomes}
    for entry in card.outcomes:
        below = entry.outcome.requires
        if entry.state == "reached" and below:
            assert states[below] == "reached"
        met = [reading.state == "met" for reading in entry.readings if reading.decides]
        if below and met and all(met) and states[below] == "not_reached":
            assert f"inversion.{entry.outcome.id}" in {found.id for found in card.contradictions}


@both_rubrics
@given(data=st.data())
@LINKED_OR_NOT
def test_remembering_never_changes_a_figure(name: str, data: st.DataObject) -> None:
    rubric = shipped(name).rubric
    scorer = Scorer(rubric)
    visit = data.draw(visits(name))
    for _ in range(data.draw(st.integers(1, 4))):
        criterion = data.draw(st.sampled_from(rubric.criteria_for(visit.profile)))
        answers = dict(visit.answers)
        if data.draw(st.booleans()):
            answers[criterion.id] = data.draw(answer_to(criterion, visit.profile))
        else:
            answers.pop(criterion.id, None)
        visit = visit.model_copy(update={"answers": answers})
        kept, fresh = scorer.score(visit), score(rubric, visit)
        assert kept.figures == fresh.figures
        assert kept.items == fresh.items
        assert kept.outcomes == fresh.outcomes


@both_rubrics
@given(data=st.data())
@LINKED_OR_NOT
def test_the_printed_figure_is_the_one_compared(name: str, data: st.DataObject) -> None:
    card = card_of(name, data.draw(visits(name, complete=True)))
    for entry in card.outcomes:
        for reading in entry.readings:
            line, value = reading.reading.line, reading.span.value
            if line is None or value is None:
                continue
            assert value == shown(value)
            if reading.span.lowest == reading.span.highest == value:
                assert (reading.state == "met") == (value >= line)
