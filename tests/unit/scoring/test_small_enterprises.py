"""A grade that needs a score, a number of scenes and a number of binding ones, all at once."""

from __future__ import annotations

import random
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from assessor.assessment import Answer
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import QuantityRule
from assessor.rules.card import ScoreCard
from assessor.scoring import Scorer, shown_text
from tests.reference import sme_digital_2024 as reference
from tests.reference.exact import show
from tests.strategies.visits import shipped, visit_for
from tests.unit.scoring.small import (
    DERIVED,
    Data,
    card,
    item,
    levels,
    outcome,
    picked,
    reading,
    rubric,
    total,
    words,
)

RENAMED = {"M": "M1"}
"""A key the answer cell has another meaning for."""


def sme() -> Rubric:
    return shipped("sme_digital_2024").rubric


@cache
def scorer() -> Scorer:
    return Scorer(sme())


def answer(name: str, given: dict[str, Any]) -> Answer:
    if "options" in given:
        return Answer(options=tuple(RENAMED.get(key, key) for key in given["options"]))
    if "option" in given:
        return Answer(option=given["option"])
    rule = sme().criterion_by_id[name].rule
    assert isinstance(rule, QuantityRule)
    part, whole = (entry.id for entry in rule.measure.inputs)
    return Answer.model_validate({"inputs": {part: given["part"], whole: given["whole"]}})


def some(name: str, rng: random.Random) -> dict[str, Any]:
    fact, _ = reference.ITEMS[name]
    keys = [option["key"] for option in fact["options"]]
    if fact["type"] == "single_ratio":
        whole = rng.choice((7, 10, 1000, 9999))
        return {"part": str(rng.randint(0, whole)), "whole": str(whole)}
    if fact["type"] == "single":
        return {"option": rng.choice(keys)}
    free = [key for key in keys if key != fact["exclusive_none"]]
    chosen = rng.sample(free, rng.randint(0, len(free)))
    return {"options": sorted(chosen) or [fact["exclusive_none"]]}


def scored(answers: dict[str, dict[str, Any]], scenes: dict[str, int]) -> ScoreCard:
    given = {name: answer(name, one) for name, one in answers.items()}
    given |= {name: Answer(option=f"L{level}") for name, level in scenes.items()}
    loaded = shipped("sme_digital_2024")
    return scorer().score(visit_for(loaded, given, profile="manufacturing"))


def agrees(answers: dict[str, dict[str, Any]], scenes: dict[str, int]) -> None:
    found, wanted = scored(answers, scenes), reference.score(answers, scenes)
    assert shown_text(found.total.value) == show(wanted.total)
    assert shown_text(found.total.lowest) == show(wanted.lowest)
    assert shown_text(found.total.highest) == show(wanted.highest)
    for name, points in wanted.points.items():
        one = found.item(name)
        assert one is not None
        assert one.points == (None if points is None else points)
    assert [entry.state for entry in found.outcomes] == [wanted.states[at] for at in (1, 2, 3, 4)]
    for at, entry in enumerate(found.outcomes, start=1):
        assert [one.span.value for one in entry.readings[1:]] == list(wanted.counts[at])
        assert [one.span.maximum for one in entry.readings[1:]] == [16, 10]


@pytest.mark.parametrize("seed", range(12))
def test_the_engine_agrees_with_the_reference(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 (nothing secret)
    answers = {name: some(name, rng) for name in reference.ITEMS if rng.random() < 0.95}
    level = rng.randint(1, 4)
    near = [max(level - 1, 0), level, level, level, min(level + 1, 4)]
    scenes = {name: rng.choice(near) for name in reference.SCENES if rng.random() < 0.9}
    agrees(answers, scenes)


@pytest.mark.parametrize("test", reference.FACTS["bin_edge_tests"], ids=lambda t: show(t["x"]))
@pytest.mark.parametrize("name", ["equipment-digital", "equipment-online", "funding"])
def test_stretches_are_open_below_and_closed_above(name: str, test: dict[str, Any]) -> None:
    given = {"part": str(int(test["x"] * 100)), "whole": "10000"}
    fact, whole = reference.ITEMS[name]
    worth = next(o["percent"] for o in fact["options"] if o["key"] == test["key"])
    one = scored({name: given}, {}).item(name)
    assert one is not None
    assert one.points == whole * worth / 100 == whole * reference.share(fact, given)


@pytest.mark.parametrize(("part", "points"), [("1000499", "0"), ("1000500", "1.5")])
def test_a_ratio_is_rounded_before_it_meets_its_stretch(part: str, points: str) -> None:
    """10.00499 % prints as 10.00 and 10.005 % as 10.01."""
    given = {"part": part, "whole": "10000000"}
    agrees({"equipment-digital": given}, {})
    one = scored({"equipment-digital": given}, {}).item("equipment-digital")
    assert one is not None
    assert one.points == Fraction(points)


def test_golden_cases_stand_on_both_sides_of_every_condition() -> None:
    results = {case.id: case.expect.result for case in sme().golden}
    for level in range(1, 5):
        below = f"level-{level - 1}" if level > 1 else None
        assert results[f"level-{level}-on-all-edges"] == f"level-{level}"
        for short in ("total-below", "one-scene-short", "one-binding-short"):
            assert results[f"level-{level}-{short}"] == below


def test_what_is_met_already_is_not_named_as_missing() -> None:
    """Ten scenes at level 4 and the score open: no scene can still decide."""
    scenes = {name: 4 for name, scene in reference.SCENES.items() if scene["binding"]}
    found = scored({}, scenes)
    top = found.outcome("level-4")
    assert top is not None
    assert (top.state, set(top.missing)) == ("undecided", set(reference.ITEMS))


# --- small rubrics --------------------------------------------------------------------------------

GRADED = levels(("A", "0"), ("B", "0", "basic"), ("C", "0", "advanced"))
PLAIN = levels(("N", "0"), ("Y", "10"))
GROUP: Data = {"id": "g", "name": words("g"), "criteria": ["b"], "provenance": DERIVED}


def counting(decision: str = "every", **more: object) -> Rubric:
    """A score of 10 points and two scenes, one of them in a group."""
    both = reading("count_at_tier", "2", "basic", id="both")
    one = reading("count_at_tier", "1", "advanced", id="one", group="g")
    last = outcome("pass", total(line_at="10"), both, one, decision=decision)
    return rubric(
        item("s", PLAIN),
        item("a", GRADED, "0", **more),
        item("b", GRADED, "0"),
        groups=[GROUP],
        outcomes=[last],
    )


@pytest.mark.parametrize(
    ("given", "state", "figures"),
    [
        ({"s": "Y", "a": "B", "b": "C"}, "reached", ["10", "2", "1"]),
        ({"s": "N", "a": "B", "b": "C"}, "not_reached", ["0", "2", "1"]),
        ({"s": "Y", "a": "C", "b": "B"}, "not_reached", ["10", "2", "0"]),
        ({"s": "Y", "a": "A", "b": "C"}, "not_reached", ["10", "1", "1"]),
        ({"s": "N"}, "not_reached", ["0", "0", "0"]),
        ({"a": "B", "b": "C"}, "undecided", ["0", "2", "1"]),
        ({"s": "Y", "b": "C"}, "undecided", ["10", "1", "1"]),
        ({"s": "Y", "b": "B"}, "not_reached", ["10", "1", "0"]),
    ],
)
def test_every_condition_must_hold(given: dict[str, str], state: str, figures: list[str]) -> None:
    found = card(counting(), {name: picked(key) for name, key in given.items()}).outcomes[0]
    assert found.state == state
    assert [format(one.span.value or 0, ".0f") for one in found.readings] == figures


def test_views_of_one_thing_may_disagree_and_conditions_may_not() -> None:
    given = {"s": picked("N"), "a": picked("B"), "b": picked("C")}
    assert card(counting("agree"), given).outcomes[0].state == "undecided"
    every = card(counting("every"), given).outcomes[0]
    assert every.state == "not_reached"
    assert [reason.key for reason in every.reasons] == ["score.reading_missed"]


def test_what_does_not_apply_is_not_counted() -> None:
    licence: Data = {"policy": "leave_out", "provenance": DERIVED}
    of = counting(not_applicable=licence)
    gone: Data = {"na": True, "reason": "-"}
    found = card(of, {"s": picked("Y"), "a": gone, "b": picked("C")}).outcomes[0]
    assert [one.span.maximum for one in found.readings] == [None, 1, 1]
    assert found.state == "not_reached"
