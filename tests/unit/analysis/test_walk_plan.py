"""Every criterion stands in one stop, and the minutes add up whatever the order."""

from __future__ import annotations

import pytest

from assessor.analysis.walk_plan import NOBODY, WalkOrder, minutes_of, stop_of, walk_stops
from assessor.rubrics.catalog import get
from assessor.rubrics.criterion import Criterion

RUBRICS = ("nb.digital_workshop", "zj.future_factory")
ORDERS: tuple[WalkOrder, ...] = ("place", "person")


def criteria(name: str) -> tuple[Criterion, ...]:
    return get(name).rubric.every_criterion


@pytest.mark.parametrize("name", RUBRICS)
@pytest.mark.parametrize("order", ORDERS)
def test_every_criterion_stands_in_exactly_one_stop(name: str, order: WalkOrder) -> None:
    asked = criteria(name)
    stops = walk_stops(asked, order)
    walked = [criterion.id for stop in stops for criterion in stop.criteria]
    assert sorted(walked) == sorted(criterion.id for criterion in asked)
    assert sum(stop.minutes for stop in stops) == minutes_of(asked)
    for stop in stops:
        assert {stop_of(criterion, order) for criterion in stop.criteria} == {stop.key}


def test_stops_come_in_the_order_of_walking_and_keep_the_rubrics_order() -> None:
    asked = criteria("nb.digital_workshop")
    stops = walk_stops(tuple(reversed(asked)), "place")
    assert [stop.key for stop in stops][:3] == ["line", "warehouse", "control_room"]
    backwards = [criterion.id for criterion in reversed(asked) if criterion.place == "line"]
    assert [criterion.id for criterion in stops[0].criteria] == backwards


def test_a_criterion_belongs_to_the_first_person_or_to_nobody() -> None:
    shared = next(c for c in criteria("nb.digital_workshop") if len(c.people) > 1)
    alone = shared.model_copy(update={"people": ()})
    assert [stop.key for stop in walk_stops([shared], "person")] == [shared.people[0]]
    assert [stop.key for stop in walk_stops([alone], "person")] == [NOBODY]


def test_ticks_are_counted_per_stop() -> None:
    stop = walk_stops(criteria("nb.digital_workshop"), "place")[0]
    first = stop.criteria[0].id
    assert (stop.done([]), stop.done([first, "elsewhere"])) == (0, 1)
