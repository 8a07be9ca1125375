"""The cheapest way through levels, means and compound grades is the one brute force finds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.analysis.improvement import improvement_path
from assessor.rubrics.models import Rubric
from tests.unit.analysis.improvement.test_improvement_path import brute_force, state, with_changes
from tests.unit.scoring.small import (
    DERIVED,
    Data,
    dimension,
    item,
    levels,
    outcome,
    picked,
    reading,
    rubric,
    total,
    visit,
    words,
)

STEPS = levels(("A", "0"), ("B", "0.5"), ("C", "0.8"), ("D", "1"), scale="share")
SHORT = levels(("A", "0"), ("B", "0.5"), ("C", "1"), scale="share")
TIERED = levels(("A", "0"), ("B", "0", "basic"), ("C", "0", "advanced"))
WEIGHTS = ("1", "2", "3", "7")


@st.composite
def of_levels(draw: st.DrawFn) -> tuple[Rubric, dict[str, Data]]:
    """Two levels over three leaves, two of them below a knot; some asked at one level only."""
    weight = st.sampled_from(WEIGHTS)
    knot = dimension(
        "k",
        combine=draw(st.sampled_from(["weighted_mean", "minimum"])),
        weight=draw(weight),
        children=[dimension(name, combine="mean", weight=draw(weight)) for name in "xy"],
    )
    tree = [knot, dimension("z", combine="mean", weight=draw(weight))]
    places = ["l1.x", "l1.z", "l2.x", draw(st.sampled_from(["l1.x", "l2.y", "l2.z"]))]
    items = [
        item(f"i{at}", draw(st.sampled_from([STEPS, SHORT])), "1", dimension=place)
        for at, place in enumerate(places)
    ]
    answers = {
        f"i{at}": picked(key)
        for at in range(len(places))
        if (key := draw(st.sampled_from([None, "A", "B"])))
    }
    rule: Data = {
        "levels": [{"id": name, "name": words(name)} for name in ("l1", "l2")],
        "worth": "1",
        "satisfied_from": draw(st.sampled_from(["0.6", "0.8"])),
        "satisfied_counts_whole": draw(st.booleans()),
        "provenance": DERIVED,
    }
    line = draw(st.sampled_from(["0.67", "1.3", "1.8", "2"]))
    low = outcome("low", total("t", "0.5"))
    top = outcome("pass", total("t", line), requires="low")
    of = rubric(*items, dimensions=tree, per_level=rule, outcomes=[low, top])
    return of, answers


@st.composite
def of_counts(draw: st.DrawFn) -> tuple[Rubric, dict[str, Data]]:
    """A score and three scenes, two of them in a group: each condition of its own or views of one
    thing."""
    points = draw(st.sampled_from(["4", "6", "10"]))
    items = [item("s", SHORT), *[item(name, TIERED, "0") for name in ("a", "b", "c")]]
    answers = {
        name: picked(key)
        for name in "sabc"
        if (key := draw(st.sampled_from([None, "A", "B", "C"])))
    }
    tier = draw(st.sampled_from(["basic", "advanced"]))
    some = reading("count_at_tier", draw(st.sampled_from(["1", "2", "3"])), tier, id="some")
    bound = reading(
        "count_at_tier", draw(st.sampled_from(["1", "2"])), "basic", id="bound", group="g"
    )
    decision = draw(st.sampled_from(["every", "agree"]))
    of = rubric(
        *items,
        groups=[{"id": "g", "name": words("g"), "criteria": ["a", "b"], "provenance": DERIVED}],
        outcomes=[outcome("pass", total(line_at=points), some, bound, decision=decision)],
    )
    return of, answers


@settings(max_examples=12, deadline=None)
@given(of_levels() | of_counts())
def test_no_way_is_cheaper_and_none_is_missed(drawn: tuple[Rubric, dict[str, Data]]) -> None:
    of, answers = drawn
    before = visit(of, answers)
    found = improvement_path(of, before, "pass")
    cheapest = brute_force(of, answers, "pass")
    assert (found.cost if found.exists else None) == cheapest
    for changes in (found.changes, *found.ties)[: 2 if found.exists else 0]:
        assert state(of, with_changes(of, before, changes), "pass") == "reached"
        for left_out in changes:
            fewer = tuple(change for change in changes if change is not left_out)
            assert state(of, with_changes(of, before, fewer), "pass") != "reached"


def test_without_weights_there_is_no_way_and_it_says_so() -> None:
    leaf: Data = {"weight_to_enter": True}
    of = rubric(
        item("a", SHORT, dimension="x"),
        dimensions=[
            dimension(
                "d",
                combine="weighted_mean",
                children=[dimension("x", **leaf), dimension("y", **leaf)],
            )
        ],
    )
    found = improvement_path(of, visit(of, {}), "pass")
    assert not found.exists
    assert [(one.kind, one.best) for one in found.obstacles] == [("reading", None)]
