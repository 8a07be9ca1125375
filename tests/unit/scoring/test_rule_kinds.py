"""Every kind of rule, at both edges of each step, line and cap."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from assessor.rubrics.models import Rubric
from tests.unit.scoring.small import (
    Data,
    bins,
    card,
    checklist,
    choice,
    entry,
    item,
    levels,
    line,
    measured,
    picked,
    quantity,
    rubric,
    selection,
    several,
    span,
    ten,
    words,
    yes_no,
)


def points(of: Rubric, answer: Data, **more: object) -> Decimal | None:
    found = card(of, {"a": answer}, **more).item("a")
    assert found is not None
    return found.points


def one(rule: Data, maximum: str = "10", **more: object) -> Rubric:
    return rubric(item("a", rule, maximum, **more))


LEVELS = levels(("A", "0"), ("B", "1.67", "basic"), ("C", "5", "advanced"), ("D", "10", "advanced"))


@pytest.mark.parametrize(
    ("key", "worth", "rank"), [("A", "0", 0), ("B", "1.67", 1), ("C", "5", 2), ("D", "10", 2)]
)
def test_a_level_is_worth_its_published_points_and_reaches_its_tier(
    key: str, worth: str, rank: int
) -> None:
    found = card(one(LEVELS), {"a": picked(key)}).item("a")
    assert found is not None
    assert found.points == Decimal(worth)
    assert found.rank == rank
    assert span(found.span) == (worth, worth, worth, "10")


def test_a_level_can_reach_a_tier_with_no_points() -> None:
    rule = levels(("A", "0", "basic"), ("B", "10", "advanced"))
    found = card(one(rule), {"a": picked("A")}).item("a")
    assert found is not None
    assert (found.points, found.rank) == (0, 1)


def test_shares_of_the_maximum_follow_the_profile() -> None:
    rule = levels(("A", "0"), ("B", "0.5"), ("C", "1"), scale="share")
    of = rubric(
        item("a", rule, "15", profiles=["p", "q"], maximum_by_profile={"q": "10"}),
        profiles=[{"id": name, "name": words(name)} for name in ("p", "q")],
    )
    assert points(of, picked("B"), profile="p") == Decimal("7.5")
    assert points(of, picked("B"), profile="q") == 5
    assert span(card(of, {}, profile="q").total) == ("0", "0", "10", "10")


def test_an_unanswered_level_spans_its_options() -> None:
    found = card(one(levels(("A", "1"), ("B", "10", "basic")))).item("a")
    assert found is not None
    assert span(found.span) == (None, "1", "10", "10")
    assert (found.state, found.rank, found.done) == ("unanswered", None, False)


SELECTION = selection(
    "5",
    choice("A", "0", exclusive=True),
    choice("B", "2.5", "basic"),
    choice("C", "2.5", "advanced"),
    choice("D", "1.25", "advanced", needs_text=True),
)


@pytest.mark.parametrize(
    ("answer", "worth", "rank"),
    [
        ({"none": True}, "0", 0),
        (several("A"), "0", 0),
        (several("B"), "2.5", 1),
        (several("D", other="别的"), "1.25", 2),
        (several("B", "D", other="别的"), "3.75", 2),
        (several("B", "C"), "5", 2),  # exactly the cap
        (several("B", "C", "D", other="别的"), "5", 2),  # 6.25, capped
    ],
)
def test_a_selection_adds_up_to_its_cap(answer: Data, worth: str, rank: int) -> None:
    found = card(one(SELECTION, "5"), {"a": answer}).item("a")
    assert found is not None
    assert (found.points, found.rank, found.state) == (Decimal(worth), rank, "answered")


def test_none_of_these_differs_from_no_answer() -> None:
    of = one(SELECTION, "5")
    assert span(card(of, {"a": {"none": True}}).total) == ("0", "0", "0", "5")
    assert span(card(of).total) == ("0", "0", "5", "5")
    assert card(of, {"a": {"none": True}}).complete
    assert not card(of).complete


@pytest.mark.parametrize(
    ("ticked", "worth"),
    [
        ((), "0"),
        (("a",), "3.333333"),  # 10/3 rounded half-up to six digits
        (("a", "b"), "6.666667"),
        (("a", "b", "c"), "10"),
    ],
)
def test_a_checklist_gives_the_ticked_share(ticked: tuple[str, ...], worth: str) -> None:
    answer: Data = several(*ticked) if ticked else {"none": True}
    found = points(one(checklist("abc")), answer)
    assert found == Decimal(worth)
    exact = Fraction(10) * len(ticked) / 3
    assert found is not None
    assert abs(Fraction(found) - exact) <= Fraction(1, 2_000_000)


@pytest.mark.parametrize(("count", "worth"), [(0, "1"), (1, "5"), (2, "8"), (3, "10")])
def test_a_checklist_may_have_a_table_of_shares(count: int, worth: str) -> None:
    of = one(checklist("abc", ("0.1", "0.5", "0.8", "1")))
    answer: Data = several(*"abc"[:count]) if count else {"none": True}
    assert points(of, answer) == Decimal(worth)
    assert span(card(of).total) == ("0", "1", "10", "10")


@pytest.mark.parametrize(("key", "worth"), [("yes", 10), ("no", 0)])
def test_yes_is_all_and_no_is_nothing(key: str, worth: int) -> None:
    assert points(one(yes_no()), picked(key)) == worth


STEPS = bins(
    {"high": "30", "high_closed": True, "share": "0"},
    {"low": "30", "high": "50", "high_closed": True, "share": "0.3"},
    {"low": "50", "high": "70", "share": "0.6"},
    {"low": "70", "low_closed": True, "share": "1"},
)


@pytest.mark.parametrize(
    ("x", "worth"),
    [
        ("-100", "0"),
        ("29.99", "0"),
        ("30", "0"),  # closed above
        ("30.004", "0"),  # printed as 30.00
        ("30.005", "4.5"),  # printed as 30.01
        ("30.01", "4.5"),
        ("50", "4.5"),
        ("50.01", "9"),
        ("69.99", "9"),
        ("69.994", "9"),
        ("69.995", "15"),  # printed as 70.00
        ("70", "15"),  # closed below
        ("100000", "15"),
    ],
)
def test_steps_hold_the_printed_result_against_their_edges(x: str, worth: str) -> None:
    rule = quantity("x", [entry("x")], STEPS)
    assert points(one(rule, "15"), measured(x=x)) == Decimal(worth)


def test_steps_may_stand_in_any_order() -> None:
    steps = STEPS["bins"]
    assert isinstance(steps, list)
    mixed: Data = {**STEPS, "bins": list(reversed(steps))}
    for x in ("30", "30.01", "50", "50.01", "69.99", "70"):
        answer = measured(x=x)
        in_order = one(quantity("x", [entry("x")], STEPS), "15")
        shuffled = one(quantity("x", [entry("x")], mixed), "15")
        assert points(in_order, answer) == points(shuffled, answer)


@pytest.mark.parametrize(
    ("x", "worth"),
    [
        ("-5", "0"),
        ("0", "0"),
        ("5", "2.5"),
        ("10", "5"),
        ("12.34", "5.585"),  # 5 + 2.34/20 * 5
        ("20", "7.5"),
        ("29.99", "9.9975"),
        ("30", "10"),
        ("31", "10"),
    ],
)
def test_a_curve_is_straight_between_its_points_and_flat_beyond(x: str, worth: str) -> None:
    rule = quantity("x", [entry("x")], line(("0", "0"), ("10", "0.5"), ("30", "1")))
    assert points(one(rule), measured(x=x)) == Decimal(worth)


def test_a_curve_that_falls_is_for_figures_where_lower_is_better() -> None:
    rule = quantity("x", [entry("x")], line(("2", "1"), ("5", "0")), better="lower")
    of = one(rule, "9")
    # 9 * (5 - 3) / 3 = 6; 9 * (5 - 4.5) / 3 = 1.5
    assert [points(of, measured(x=x)) for x in ("1", "2", "3", "4.5", "5", "6")] == [
        Decimal(worth) for worth in ("9", "9", "6", "1.5", "0", "0")
    ]
    assert span(card(of).total) == ("0", "0", "9", "9")


def test_a_leaf_is_rounded_half_up_to_six_digits() -> None:
    # (1/3 printed as 0.333) * 7 = 2.331; with six digits 0.333333 * 7 = 2.333331
    curve = line(("0", "0"), ("1", "1"))
    three = quantity("x / 3", [entry("x")], curve, digits=3)
    six = quantity("x / 3", [entry("x")], curve, digits=6)
    assert points(one(three, "7"), measured(x="1")) == Decimal("2.331")
    assert points(one(six, "7"), measured(x="1")) == Decimal("2.333331")
    thirds = line(("0", "0"), ("3", "1"))
    assert points(one(quantity("x", [entry("x")], thirds), "2"), measured(x="1")) == Decimal(
        "0.666667"
    )


FALL = quantity(
    "(1 - after / before) * 100",
    [entry("before"), entry("after")],
    line(("0", "0"), ("10", "0.5"), ("30", "1")),
    baseline=["before"],
)


@pytest.mark.parametrize(
    ("before", "after", "result", "worth"),
    [
        ("200", "200", "0.00", "0"),
        ("200", "180", "10.00", "5"),
        ("200", "140", "30.00", "10"),
        ("200", "0", "100.00", "10"),
        ("200", "260", "-30.00", "0"),
        ("3", "2", "33.33", "10"),
        ("7", "6", "14.29", "6.0725"),  # 1/7; 5 + 4.29/20 * 5
    ],
)
def test_before_and_after(before: str, after: str, result: str, worth: str) -> None:
    found = card(one(FALL), {"a": measured(before=before, after=after)}).item("a")
    assert found is not None
    assert found.result == Decimal(result)
    assert found.points == Decimal(worth)


def test_a_before_value_of_nought_is_legal_and_not_computable() -> None:
    found = card(one(FALL), {"a": measured(before="0", after="0")})
    score = found.item("a")
    assert score is not None
    assert (score.state, score.points, score.done) == ("not_computable", None, False)
    assert score.why is not None
    assert score.why.pick("en") == "division by zero: before"
    assert span(found.total) == ("0", "0", "10", "10")
    assert not found.complete


def test_a_missing_input_is_not_computable_and_names_it() -> None:
    score = card(one(FALL), {"a": measured(before="5")}).item("a")
    assert score is not None
    assert score.state == "not_computable"
    assert score.why is not None
    assert score.why.pick("zh") == "缺少：after"


def test_no_baseline_counts_nought_and_is_marked_unproven() -> None:
    found = card(one(FALL), {"a": {"no_baseline": True, "inputs": {"after": "5"}}})
    score = found.item("a")
    assert score is not None
    assert (score.state, score.points, score.unproven) == ("answered", 0, True)
    assert found.complete
    assert span(found.total) == ("0", "0", "0", "10")


def test_no_baseline_can_lie_below_the_worst_step() -> None:
    steps = bins({"high": "0", "share": "0.2"}, {"low": "0", "low_closed": True, "share": "1"})
    rule = quantity("before", [entry("before")], steps, baseline=["before"])
    assert span(card(one(rule)).total) == ("0", "0", "10", "10")
    without = quantity("before", [entry("before")], steps)
    assert span(card(one(without)).total) == ("0", "2", "10", "10")


LEDGER = [
    {"asset": "A1", "quantity": "6", "networked": "6", "controlled": "yes"},
    {"asset": "A2", "quantity": "1", "networked": "0", "controlled": "yes"},
    {"asset": "A3", "quantity": "3", "networked": "1", "controlled": "no"},
]


def test_inputs_come_from_the_ledger_where_it_has_rows() -> None:
    # controlled 6 + 1 = 7 of 10: 70.00 %, the edge of the last step: 15 points
    of = ten().rubric
    found = card(of, {"nc_rate": measured()}, tables={"ledger": LEDGER})
    score = found.item("nc_rate")
    assert score is not None
    assert (score.result, score.points) == (Decimal("70.00"), 15)
    assert found.contradictions == ()


def test_a_typed_input_that_differs_is_a_contradiction_and_does_not_count() -> None:
    of = ten().rubric
    typed = {"nc_rate": measured(nc="9", total="10")}
    found = card(of, typed, tables={"ledger": LEDGER})
    score = found.item("nc_rate")
    assert score is not None
    assert score.points == 15
    assert [(one.id, one.criteria) for one in found.contradictions] == [
        ("table.nc_rate.nc", ("nc_rate",))
    ]
    words = found.contradictions[0].text.pick("zh")
    assert "9" in words
    assert "7" in words
    without = card(of, typed).item("nc_rate")
    assert without is not None
    assert without.result == 90


def test_an_equal_typed_input_is_no_contradiction() -> None:
    found = card(
        ten().rubric, {"nc_rate": measured(nc="7.0", total="10")}, tables={"ledger": LEDGER}
    )
    assert found.contradictions == ()


def test_an_empty_ledger_leaves_the_typed_inputs_in_force() -> None:
    found = card(
        ten().rubric, {"nc_rate": measured(nc="1", total="2")}, tables={"ledger": []}
    ).item("nc_rate")
    assert found is not None
    assert found.result == 50


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_ledger_with_nothing_in_it_is_not_computable(blank: str) -> None:
    rows = [{"asset": "A1", "quantity": "0", "networked": blank, "controlled": "no"}]
    found = card(ten().rubric, {"nc_rate": measured()}, tables={"ledger": rows}).item("nc_rate")
    assert found is not None
    assert found.state == "not_computable"
