"""What does not apply: each policy, whole dimensions, the figures beside it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from assessor.rubrics.models import Rubric
from assessor.rules.card import DimensionScore, ItemScore, ScoreCard
from tests.unit.scoring.small import (
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
    total,
)

STEPS = levels(("A", "0"), ("B", "0.5", "basic"), ("C", "1", "advanced"), scale="share")


def three(policy: str, **more: object) -> Rubric:
    """Items of 10, 20 and 30 points; the first may be left out."""
    return rubric(
        item("a", STEPS, "10", not_applicable=out(policy, **more)),
        item("b", STEPS, "20"),
        item("c", STEPS, "30"),
        outcomes=[
            outcome(
                "pass",
                total(line_at="30"),
                reading("items_at_tier", "50", "basic"),
                reading("capped_points", "50", "basic"),
                reading("points", "30"),
            )
        ],
    )


def found(scored: ScoreCard, name: str) -> ItemScore:
    score = scored.item(name)
    assert score is not None
    return score


def top(scored: ScoreCard, name: str = "d") -> DimensionScore:
    return next(one for one in scored.dimensions if one.dimension.id == name)


def readings(scored: ScoreCard) -> dict[str, Decimal | None]:
    return {one.reading.id: one.span.value for one in scored.outcomes[0].readings}


ANSWERS: dict[str, Data] = {"a": NA, "b": picked("B"), "c": picked("C")}


def test_reweighting_shares_the_points_out_in_proportion() -> None:
    scored = card(three("reweight"), ANSWERS)
    # 60 points over 50: b = 20/2 * 6/5 = 12, c = 30 * 6/5 = 36
    assert found(scored, "b").points == Decimal(12)
    assert found(scored, "c").points == Decimal(36)
    assert found(scored, "b").span.maximum == 24
    assert span(scored.total) == ("48", "48", "48", "60")
    assert found(scored, "a").state == "not_applicable"
    assert scored.complete
    # Counted as nought the first item leaves 10 + 30 of 60.
    assert scored.with_exclusions_counted is not None
    assert span(scored.with_exclusions_counted) == ("40", "40", "40", "60")


def test_reweighting_into_thirds_is_exact_to_six_digits_and_never_exceeds_the_whole() -> None:
    of = rubric(
        item("a", STEPS, "10", not_applicable=out("reweight")),
        item("b", STEPS, "7"),
        item("c", STEPS, "7"),
        item("e", STEPS, "7"),
    )
    scored = card(of, {"a": NA, "b": picked("C"), "c": picked("C"), "e": picked("C")})
    # Each is 7 * 31/21 = 10.333..., three of them rounded up would be 31.000...
    assert found(scored, "b").points == Decimal("10.333333")
    assert abs(Fraction(31, 3) - Fraction(found(scored, "b").points or 0)) < Fraction(1, 10**6)
    assert top(scored).span.maximum == 31
    value = scored.total.value
    assert value is not None
    assert Decimal("30.999999") == value <= 31


def test_leaving_out_takes_the_points_from_the_maximum() -> None:
    scored = card(three("leave_out"), ANSWERS)
    assert span(scored.total) == ("40", "40", "40", "50")
    assert found(scored, "a").span.maximum == 0
    assert found(scored, "a").rank == -1


def test_zero_counts_nothing_of_the_whole() -> None:
    scored = card(three("zero"), ANSWERS)
    assert span(scored.total) == ("40", "40", "40", "60")


def test_an_anchor_counts_its_share() -> None:
    scored = card(three("anchor", anchor_share="0.4"), ANSWERS)
    # 0.4 * 10 + 10 + 30
    assert span(scored.total) == ("44", "44", "44", "60")


@pytest.mark.parametrize(
    ("policy", "more", "share", "capped"),
    [
        # Of b and c both reach the tier; capped at "basic": 10 + 15 of 25.
        ("leave_out", {}, "100", "100"),
        # Counted, a is below the tier: 2 of 3; 0 + 10 + 15 of 5 + 10 + 15 = 83.33 %.
        ("zero", {}, "66.67", "83.33"),
        # The anchor's 0.4 * 10 = 4 of at most 5 count: 29 of 30 = 96.67 %.
        ("anchor", {"anchor_share": "0.4"}, "66.67", "96.67"),
        # 0.8 * 10 = 8 is capped at the 5 of the tier.
        ("anchor", {"anchor_share": "0.8"}, "66.67", "100"),
    ],
)
def test_readings_leave_out_only_what_is_left_out(
    policy: str, more: dict[str, object], share: str, capped: str
) -> None:
    scored = readings(card(three(policy, **more), ANSWERS))
    assert scored["items_at_tier"] == Decimal(share)
    assert scored["capped_points"] == Decimal(capped)


def test_while_unanswered_everything_is_still_possible() -> None:
    scored = card(three("reweight"), {"b": picked("C"), "c": picked("C")})
    assert span(scored.total) == ("50", "50", "60", "60")
    assert found(scored, "a").state == "unanswered"


@pytest.mark.parametrize("policy", ["reweight", "leave_out"])
def test_a_dimension_wholly_left_out_has_no_figure_and_leaves_outcomes_undecided(
    policy: str,
) -> None:
    of = rubric(
        item("a", STEPS, "10", not_applicable=out(policy)),
        item("b", STEPS, "20", not_applicable=out(policy)),
        item("c", STEPS, "30", dimension="e"),
        dimensions=[dimension("d"), dimension("e")],
        outcomes=[outcome("pass", total(line_at="10"))],
    )
    scored = card(of, {"a": NA, "b": NA, "c": picked("C")})
    assert span(top(scored, "d").span) == (None, None, None, "0")
    assert span(top(scored, "e").span) == ("30", "30", "30", "30")
    # The total shows the rest; what is still possible cannot be told, so nothing is reached.
    assert span(scored.total) == ("30", None, None, "30")
    assert scored.complete
    assert scored.result is None
    entry = scored.outcomes[0]
    assert entry.state == "undecided"
    assert entry.missing == ()
    assert [reason.pick("en") for reason in entry.reasons] == [
        "total has no figure: a whole part of it does not apply"
    ]
    # Counted as nought there is a figure: 30 of 60.
    assert scored.with_exclusions_counted is not None
    assert span(scored.with_exclusions_counted) == ("30", "30", "30", "60")


@pytest.mark.parametrize("policy", ["reweight", "leave_out"])
def test_a_dimension_of_dimensions_wholly_left_out_has_no_figure(policy: str) -> None:
    of = rubric(
        item("a", STEPS, "10", dimension="d1", not_applicable=out(policy)),
        item("b", STEPS, "20", dimension="d2", not_applicable=out(policy)),
        item("c", STEPS, "30", dimension="e"),
        dimensions=[
            dimension("d", children=[dimension("d1"), dimension("d2")]),
            dimension("e"),
        ],
    )
    half = card(of, {"a": NA, "b": picked("C"), "c": picked("C")})
    assert span(top(half, "d").span) == ("20", "20", "20", "20")
    assert half.outcomes[0].state == "not_reached"
    none = card(of, {"a": NA, "b": NA, "c": picked("C")})
    assert span(top(none, "d").span) == (None, None, None, "0")
    assert none.outcomes[0].state == "undecided"


def test_a_dimension_in_which_nothing_is_asked_is_no_hindrance() -> None:
    of = rubric(
        item("a", STEPS, "10", dimension="e"),
        item("b", STEPS, "20", asked={"advanced": "required"}, not_applicable=out("reweight")),
        dimensions=[dimension("d"), dimension("e")],
        outcomes=[outcome("pass", total(line_at="10"))],
    )
    scored = card(of, {"a": picked("C")}, target="basic")
    assert span(scored.total) == ("10", "10", "10", "10")
    assert scored.outcomes[0].state == "reached"
    assert [one.dimension.id for one in scored.dimensions] == ["e"]


def test_nothing_left_in_a_reading_leaves_it_without_a_figure() -> None:
    of = rubric(
        item("a", STEPS, "10", not_applicable=out("leave_out")),
        outcomes=[outcome("pass", reading("items_at_tier", "50", "basic"))],
    )
    entry = card(of, {"a": NA}).outcomes[0]
    assert entry.state == "undecided"
    assert entry.readings[0].state == "open"


def test_the_licence_holds_only_for_the_named_profiles() -> None:
    profiles = [{"id": name, "name": {"zh": name, "en": name}} for name in ("p", "q")]
    of = rubric(
        item("a", STEPS, not_applicable=out("leave_out", profiles=["q"]), profiles=["p", "q"]),
        item("b", STEPS, profiles=["p", "q"]),
        profiles=profiles,
    )
    assert span(card(of, {"a": NA}, profile="q").total) == ("0", "0", "10", "10")
    # Without a licence the answer is no usable one.
    refused = card(of, {"a": NA}, profile="p")
    assert span(refused.total) == ("0", "0", "20", "20")
    assert found(refused, "a").state == "not_computable"
