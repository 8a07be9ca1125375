"""From items to the total: means and minima, bonus, deductions, repeats."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.rubrics.models import Rubric
from assessor.rules.card import DimensionScore, ItemScore, ScoreCard
from tests.unit.scoring.small import (
    DERIVED,
    NA,
    Data,
    card,
    dimension,
    item,
    levels,
    out,
    outcome,
    picked,
    reading,
    rubric,
    span,
    words,
    yes_no,
)

STEPS = levels(("A", "0"), ("B", "0.5", "basic"), ("C", "1", "advanced"), scale="share")


def top(scored: ScoreCard, name: str = "d") -> DimensionScore:
    return next(one for one in scored.dimensions if one.dimension.id == name)


def found(scored: ScoreCard, name: str) -> ItemScore:
    score = scored.item(name)
    assert score is not None
    return score


def in_one(combine: str, *items: Data, weight: str | None = "50") -> Rubric:
    return rubric(*items, dimensions=[dimension("d", combine=combine, weight=weight)])


A_B_C: dict[str, Data] = {"a": picked("A"), "b": picked("B"), "c": picked("C")}
ABC = (item("a", STEPS, "10"), item("b", STEPS, "20"), item("c", STEPS, "30"))


@pytest.mark.parametrize(
    ("combine", "value"),
    [
        ("sum", "40"),  # 0 + 10 + 30
        ("mean", "25"),  # (0 + 1/2 + 1) / 3 * 50, whatever the points
        ("weighted_mean", "25"),
        ("minimum", "0"),
    ],
)
def test_ways_to_combine_items(combine: str, value: str) -> None:
    scored = card(in_one(combine, *ABC), A_B_C)
    most = "60" if combine == "sum" else "50"
    assert span(top(scored).span) == (value, value, value, most)
    assert span(scored.total) == (value, value, value, most)


@pytest.mark.parametrize(
    ("combine", "so_far", "lowest", "highest"),
    [
        ("sum", "30", "30", "50"),  # b is open
        # So far (0 + 1)/3 * 50; b may still add 1/3
        ("mean", "16.666667", "16.666667", "33.333333"),
        ("minimum", "0", "0", "0"),
    ],
)
def test_what_is_open_adds_nothing_so_far(
    combine: str, so_far: str, lowest: str, highest: str
) -> None:
    answers = {name: answer for name, answer in A_B_C.items() if name != "b"}
    scored = card(in_one(combine, *ABC), answers)
    assert span(top(scored).span)[:3] == (so_far, lowest, highest)


def test_a_minimum_hangs_on_its_open_item() -> None:
    scored = card(in_one("minimum", *ABC), {"b": picked("C"), "c": picked("C")})
    assert span(top(scored).span) == ("0", "0", "50", "50")
    done = card(in_one("minimum", *ABC), {"a": picked("B"), "b": picked("C"), "c": picked("C")})
    assert span(top(done).span) == ("25", "25", "25", "50")


def test_a_weighted_mean_of_dimensions() -> None:
    of = rubric(
        item("a", STEPS, "10", dimension="x"),
        item("b", STEPS, "20", dimension="y"),
        dimensions=[
            dimension(
                "d",
                combine="weighted_mean",
                weight="100",
                children=[dimension("x", weight="1"), dimension("y", weight="3")],
            )
        ],
    )
    # (1 * 1 + 3 * 0.5) / 4 * 100
    scored = card(of, {"a": picked("C"), "b": picked("B")})
    assert top(scored).span.value == Decimal("62.5")
    # A weight of nought is a weight.
    nothing = rubric(
        item("a", STEPS, "10", dimension="x"),
        item("b", STEPS, "20", dimension="y"),
        dimensions=[
            dimension(
                "d",
                combine="weighted_mean",
                children=[dimension("x", weight="0"), dimension("y", weight="3")],
            )
        ],
    )
    assert top(card(nothing, {"a": picked("C"), "b": picked("B")})).span.value == 50


def test_a_mean_over_thirds_is_rounded_once() -> None:
    scored = card(in_one("mean", *ABC, weight="100"), {**A_B_C, "b": picked("A")})
    assert top(scored).span.value == Decimal("33.333333")


@pytest.mark.parametrize(
    ("combine", "value"), [("mean", "75"), ("weighted_mean", "75"), ("minimum", "50")]
)
def test_a_mean_skips_what_is_left_out(combine: str, value: str) -> None:
    may_go = item("a", STEPS, "10", not_applicable=out("leave_out"))
    of = in_one(combine, may_go, *ABC[1:], weight="100")
    scored = card(of, {**A_B_C, "a": NA})  # b 0.5 and c 1 remain
    assert span(top(scored).span) == (value, value, value, "100")


def test_a_mean_skips_a_dimension_in_which_nothing_is_asked() -> None:
    of = rubric(
        item("a", STEPS, dimension="x"),
        item("b", STEPS, dimension="y", asked={"advanced": "required"}),
        dimensions=[
            dimension("d", combine="mean", children=[dimension("x"), dimension("y")]),
            dimension("z", combine="mean"),
        ],
    )
    scored = card(of, {"a": picked("B")}, target="basic")
    assert span(top(scored).span) == ("50", "50", "50", "100")
    assert span(scored.total) == ("50", "50", "50", "100")


def test_a_mean_of_which_nothing_is_left_has_no_figure() -> None:
    of = in_one("mean", item("a", STEPS, not_applicable=out("leave_out")))
    scored = card(of, {"a": NA})
    assert span(top(scored).span) == (None, None, None, "0")
    assert scored.outcomes[0].state == "undecided"


def with_bonus(base: str = "100", **more: object) -> Rubric:
    """One item of `base` points in hundredths, two bonus items of 2 and 2 with a cap of 3."""
    steps = [(f"L{n}", str(n)) for n in (0, 59, 60, 97, 98, 100)]
    group: dict[str, object] = {
        "cap": "3",
        "ceiling": "100",
        "criteria": [item("x", yes_no(), "2", asked={}), item("y", yes_no(), "2", asked={})],
        "provenance": DERIVED,
    }
    return rubric(item("a", levels(*steps), base), bonus={**group, **more})


BOTH: dict[str, Data] = {"x": picked("yes"), "y": picked("yes")}


@pytest.mark.parametrize(
    ("level", "answers", "bonus", "sum_"),
    [
        ("L60", {}, "0", "60"),
        ("L60", {"x": picked("yes")}, "2", "62"),
        ("L60", BOTH, "3", "63"),  # 4, capped at 3
        ("L97", BOTH, "3", "100"),  # exactly the ceiling
        ("L98", BOTH, "3", "100"),  # 101, cut at the ceiling
    ],
)
def test_a_bonus_has_a_cap_and_a_ceiling(
    level: str, answers: dict[str, Data], bonus: str, sum_: str
) -> None:
    scored = card(with_bonus(), {"a": picked(level), **answers})
    assert scored.bonus is not None
    assert (scored.bonus.value, scored.total.value) == (Decimal(bonus), Decimal(sum_))
    assert scored.bonus.maximum == 3
    assert scored.total.maximum == 100
    assert scored.complete  # bonus items are never required


def test_a_bonus_never_lifts_over_the_line_it_names() -> None:
    of = with_bonus(never_over="pass")
    below = card(of, {"a": picked("L59"), **BOTH})
    assert (below.total.value, below.outcomes[0].state) == (59, "not_reached")
    on_it = card(of, {"a": picked("L60"), **BOTH})
    assert (on_it.total.value, on_it.outcomes[0].state) == (63, "reached")


def test_the_printed_base_is_held_against_the_line_a_bonus_may_not_cross() -> None:
    steps = levels(("L0", "0"), ("L1", "59.994"), ("L2", "59.995"), ("L9", "100"))
    group = {
        "cap": "3",
        "ceiling": "100",
        "never_over": "pass",
        "criteria": [item("x", yes_no(), "2", asked={})],
        "provenance": DERIVED,
    }
    of = rubric(item("a", steps, "100"), bonus=group)
    below = card(of, {"a": picked("L1"), "x": picked("yes")})
    assert below.total.value == Decimal("59.994")
    lifted = card(of, {"a": picked("L2"), "x": picked("yes")})
    assert lifted.total.value == Decimal("61.995")


def test_an_open_bonus_is_still_possible_and_named_as_missing() -> None:
    scored = card(with_bonus(), {"a": picked("L59")})
    assert span(scored.total) == ("59", "59", "62", "100")
    assert scored.outcomes[0].state == "undecided"
    assert scored.outcomes[0].missing == ("x", "y")


def test_a_bonus_item_is_asked_only_of_its_profiles() -> None:
    profiles = [{"id": name, "name": words(name)} for name in ("p", "q")]
    group = {
        "cap": "3",
        "ceiling": "100",
        "criteria": [item("x", yes_no(), "2", asked={}, profiles=["q"])],
        "provenance": DERIVED,
    }
    of = rubric(item("a", STEPS, profiles=["p", "q"]), profiles=profiles, bonus=group)
    assert span(card(of, {"a": picked("C")}, profile="p").total) == ("10", "10", "10", "10")
    assert span(card(of, {"a": picked("C")}, profile="q").total) == ("10", "10", "12", "10")


def test_deductions_take_from_the_total_down_to_the_floor() -> None:
    group = {
        "floor": "5",
        "criteria": [
            item("x", levels(("A", "0"), ("B", "2"), ("C", "8")), "8", asked={}),
            item("y", yes_no(), "4", asked={}),
        ],
        "provenance": DERIVED,
    }
    of = rubric(item("a", STEPS, "20"), deductions=group)
    clean = card(of, {"a": picked("B"), "x": picked("A"), "y": picked("no")})
    assert span(clean.total) == ("10", "10", "10", "20")
    some = card(of, {"a": picked("C"), "x": picked("B"), "y": picked("yes")})
    assert some.total.value == 14  # 20 - 2 - 4
    floor = card(of, {"a": picked("B"), "x": picked("C"), "y": picked("yes")})
    assert floor.total.value == 5  # 10 - 12, not below 5
    # The least possible total takes the most possible deduction.
    open_ = card(of, {"a": picked("C")})
    assert span(open_.total) == ("20", "8", "20", "20")
    assert open_.deductions is not None
    assert span(open_.deductions) == ("0", "0", "12", None)


def repeated(combine: str, **more: object) -> Rubric:
    return rubric(
        item("a", STEPS, "10", **more),
        item("b", STEPS, "10"),
        repeats=[
            {
                "id": "lines",
                "name": words("lines"),
                "criteria": ["a"],
                "combine": combine,
                "provenance": DERIVED,
            }
        ],
        outcomes=[outcome("pass", reading("items_at_tier", "50", "advanced"))],
    )


def units(*names: str) -> dict[str, object]:
    return {"units": {"lines": [{"id": name, "name": name} for name in names]}}


@pytest.mark.parametrize(
    ("combine", "worth"), [("mean", "6.666667"), ("minimum", "5"), ("maximum", "10")]
)
def test_units_are_combined_and_the_lowest_tier_counts(combine: str, worth: str) -> None:
    answers = {"a@u1": picked("B"), "a@u2": picked("C"), "a@u3": picked("B"), "b": picked("C")}
    scored = card(repeated(combine), answers, **units("u1", "u2", "u3"))
    score = found(scored, "a")
    assert score.points == Decimal(worth)  # 5, 10 and 5
    assert score.rank == 1
    assert score.keys == ("a@u1", "a@u2", "a@u3")
    assert (scored.asked, scored.done) == (2, 2)
    # Of a and b only b is at "advanced": 50 %.
    assert scored.outcomes[0].readings[0].span.value == 50


@pytest.mark.parametrize(
    ("combine", "possible"),
    [
        ("mean", (None, "2.5", "7.5", "10")),
        ("minimum", (None, "0", "5", "10")),
        ("maximum", (None, "5", "10", "10")),
    ],
)
def test_an_unanswered_unit_leaves_the_item_open(
    combine: str, possible: tuple[str | None, ...]
) -> None:
    scored = card(repeated(combine), {"a@u1": picked("B"), "b": picked("C")}, **units("u1", "u2"))
    score = found(scored, "a")
    assert span(score.span) == possible
    assert (score.state, scored.done, scored.complete) == ("unanswered", 1, False)


def test_without_units_a_repeated_item_is_answered_once() -> None:
    scored = card(repeated("mean"), {"a": picked("C"), "b": picked("C")})
    assert found(scored, "a").points == 10
    assert found(scored, "a").keys == ("a",)


@pytest.mark.parametrize("policy", ["leave_out", "reweight"])
@pytest.mark.parametrize(
    ("combine", "worth"), [("mean", "7.5"), ("minimum", "5"), ("maximum", "10")]
)
def test_a_unit_left_out_is_out_of_the_combination(policy: str, combine: str, worth: str) -> None:
    of = repeated(combine, not_applicable=out(policy))
    answers = {"a@u1": picked("B"), "a@u2": NA, "a@u3": picked("C"), "b": picked("C")}
    scored = card(of, answers, **units("u1", "u2", "u3"))
    score = found(scored, "a")
    assert score.points == Decimal(worth)
    assert (score.rank, score.state) == (1, "answered")
    assert span(scored.total)[3] == "20"


def test_a_unit_counted_as_nought_stays_in_the_mean() -> None:
    of = repeated("mean", not_applicable=out("zero"))
    scored = card(of, {"a@u1": picked("C"), "a@u2": NA, "b": picked("A")}, **units("u1", "u2"))
    assert found(scored, "a").points == 5


def test_all_units_left_out_leave_the_item_out() -> None:
    of = repeated("mean", not_applicable=out("leave_out"))
    scored = card(of, {"a@u1": NA, "a@u2": NA, "b": picked("C")}, **units("u1", "u2"))
    assert found(scored, "a").state == "not_applicable"
    assert span(scored.total) == ("10", "10", "10", "10")
    assert scored.outcomes[0].readings[0].span.value == 100
    shared = repeated("minimum", not_applicable=out("reweight"))
    scored = card(shared, {"a@u1": NA, "a@u2": NA, "b": picked("B")}, **units("u1", "u2"))
    assert span(scored.total) == ("10", "10", "10", "20")  # b counts double
