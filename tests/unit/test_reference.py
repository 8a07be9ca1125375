"""The reference itself, against figures worked out by hand from the facts."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.reference import digital_workshop as dw
from tests.reference import factory_answers as fa
from tests.reference import future_factory as ff
from tests.reference import workshop_answers as wa
from tests.reference.exact import compute, half_up, show

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "golden"
WORKSHOP = json.loads((GOLDEN / "digital_workshop.json").read_text(encoding="utf-8"))
FACTORY = json.loads((GOLDEN / "future_factory.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        ("0.005", 2, "0.01"),
        ("0.00499999", 2, "0.00"),
        ("59.995", 2, "60.00"),
        ("-0.005", 2, "-0.01"),
        ("100", 2, "100.00"),
        ("1.2345675", 6, "1.234568"),
    ],
)
def test_rounding_is_half_up(value: str, digits: int, expected: str) -> None:
    assert show(Fraction(value), digits) == expected


def test_formulas_are_exact_and_say_when_they_cannot_be_computed() -> None:
    formula = "(1 - (b1 / n1) / (b0 / n0)) * 100"
    inputs = {"b0": "6", "n0": "700", "b1": "2", "n1": "900"}
    # 1 - (2/900)/(6/700) = 1 - 1400/5400
    assert compute(formula, inputs) == Fraction(20000, 270)
    assert compute(formula, inputs | {"b0": "0"}) is None
    assert compute(formula, {"b0": "6"}) is None


@pytest.mark.parametrize("profile", ["discrete", "process"])
def test_the_weights_of_the_workshop_add_up(profile: str) -> None:
    sums = {
        part["id"]: sum(dw.weight_of(fact, profile) for fact in part["criteria"])
        for part in dw.DIMENSIONS
    }
    assert sums == {"A": 25, "B": 10, "C": 30, "D": 15, "E": 15, "F": 5}
    kinds = [fact["kind"] for part in dw.DIMENSIONS for fact in part["criteria"]]
    assert [kinds.count(kind) for kind in ("level", "checklist", "quantitative", "boolean")] == [
        16,
        8,
        8,
        1,
    ]


@pytest.mark.parametrize(
    ("item", "result", "points"),
    [
        ("a1-key-equipment-nc-rate", "70", "4.9"),  # 0.7 of 7
        ("a1-key-equipment-nc-rate", "75", "5.425"),  # 0.775 of 7
        ("a1-key-equipment-nc-rate", "95", "7"),
        ("a2-equipment-network-rate", "20", "1.25"),  # the band up to 20 is closed
        ("a2-equipment-network-rate", "20.01", "2.5"),
        ("a3-field-data-capture-rate", "92.5", "4.65"),  # 0.775 of 6
        ("e1-cost", "-3", "0"),
        ("e1-cost", "2.5", "0.525"),  # half of 0.35, of 3
        ("e5-energy", "9", "2.775"),  # 0.925 of 3
    ],
)
def test_curves_by_hand(item: str, result: str, points: str) -> None:
    card = dw.score({item: wa.figures(item, result)}, {})
    assert card.items[item].points == Fraction(points)
    assert card.total == Fraction(points)


def test_a_level_set_by_hand() -> None:
    # Sixteen level items weigh 2+2, 2+3+3+2, 5+5+4+3+5+4+4 and 3+2+2, which makes 51.
    levels = {key: {"option": "L2"} for key, fact in wa.CRITERIA.items() if fact["kind"] == "level"}
    card = dw.score(levels, {})
    assert card.total == Fraction("30.6")  # 0.6 of 51
    # Open: the other 49 points of the base, and a bonus of up to 5.
    assert (card.lowest, card.highest) == (Fraction("30.6"), Fraction("84.6"))
    assert not card.complete


def test_what_does_not_apply_gives_its_weight_to_its_neighbours() -> None:
    answers = wa.leading() | {"f1-organisation": {"na": True, "reason": "-"}}
    card = dw.score(answers, wa.GATES)
    # 5 / 3.5 of 1, 1 and 1.5 points: 1.428571, 1.428571 and 2.142857.
    assert [
        show(card.items[key].points or Fraction(0), 6)
        for key in sorted(card.items)
        if key in ("f2-talent", "f3-improvement-loop", "f4-demonstration")
    ] == [
        "1.428571",
        "1.428571",
        "2.142857",
    ]
    assert card.dimensions["F"] == Fraction("4.999999")
    assert show(card.maximum) == "100.00"


@pytest.mark.parametrize(
    ("base", "bonus", "total"),
    [
        ("59.994", "7", "59.994"),
        ("59.995", "7", "64.995"),
        ("60", "1.5", "61.5"),
        ("98", "5", "100"),
        ("70", "7", "75"),
    ],
)
def test_the_bonus_is_capped_and_never_carries_over_the_pass_line(
    base: str, bonus: str, total: str
) -> None:
    assert dw.with_bonus(Fraction(base), Fraction(bonus)) == Fraction(total)


def test_a_search_lands_exactly_where_it_says() -> None:
    card = dw.score(wa.land("59.995", wa.modest()), wa.GATES)
    assert card.base == Fraction("59.995")
    assert card.result == "pass"
    below = dw.score(wa.land_below("59.995", wa.modest()), wa.GATES)
    assert Fraction("59.994") < below.base < Fraction("59.995")
    assert below.result is None


def test_only_some_gates_block() -> None:
    assert len(dw.BLOCKING) == 11
    answers = wa.leading()
    assert dw.score(answers, wa.GATES | {"g-mes": {"pass": False}}).result == "excellent"
    assert dw.score(answers, wa.GATES | {"g-pool": {"pass": False}}).result is None
    unknown = {key: value for key, value in wa.GATES.items() if key != "g-pool"}
    assert list(dw.score(answers, unknown).outcomes.values()) == ["undecided"] * 3


@pytest.mark.parametrize("profile", ["discrete", "process"])
def test_a_hundred_items_and_500_points_a_profile(profile: str) -> None:
    items = ff.asked(profile)
    assert len(items) == 100
    assert sum(Fraction(item["max_points"]) for item in items) == 500
    required = [len(ff.counted(profile, tier, {})) for tier in ff.TIERS]
    offered = [len(ff.counted(profile, tier, {}, "optional")) for tier in ff.TIERS]
    assert (required, offered) == ([58, 69, 77], [0, 8, 23])
    maxima = [ff.score({}, {}, profile, tier).maximum for tier in ff.TIERS]
    assert maxima == [290, 345, 385]


@pytest.mark.parametrize(
    ("profile", "raw", "best", "state"),
    [("discrete", "76.47", "70.88", "reached"), ("process", "74.22", "71.55", "undecided")],
)
def test_every_item_at_the_workshop_tier(profile: str, raw: str, best: str, state: str) -> None:
    card = ff.score(fa.level(profile, "workshop", "workshop"), fa.GATES, profile, "workshop")
    assert card.readings["workshop"]["share_of_items"] == "100.00"
    assert card.readings["workshop"]["raw_points"] == raw
    assert card.total == Fraction(raw)
    assert card.outcomes["workshop"] == state
    items = ff.counted(profile, "workshop", {})
    within = sum((ff.best_within(item, "workshop") for item in items), Fraction(0))
    assert within == Fraction(best)


def test_the_capped_reading_by_hand() -> None:
    # Item 49 reaches the workshop tier with B and C; the most within it is 2.5 of its 5 points.
    card = ff.score({"49": {"option": "E"}}, {}, "discrete", "workshop")
    expected = half_up(Fraction("2.5") / Fraction("70.88") * 100, 2)
    assert card.readings["workshop"] == {
        "share_of_items": "1.72",
        "capped_points": show(expected),
        "raw_points": "5.00",
    }


def test_links_pull_down_and_keep_the_lowest_possible_open() -> None:
    forced = ff.score({"32": {"option": "A"}, "33": {"option": "D"}}, {}, "discrete", "workshop")
    assert forced.items["33"].points == 0
    waiting = ff.score({"33": {"option": "D"}}, {}, "discrete", "workshop")
    assert waiting.items["33"].points == 5
    assert [waiting.total, waiting.lowest, waiting.highest] == [5, 0, 290]


def test_several_choices_are_summed() -> None:
    answers: dict[str, dict[str, Any]] = {
        "96": {"options": ["A", "D"]},
        "97": {"none": True},
        "99": {"options": ["B", "C"]},
    }
    card = ff.score(answers, {}, "discrete", "future_factory")
    assert card.optional.points == Fraction("5.5")
    assert card.optional.maximum == 115
    assert card.total == 0


def test_not_applicable_only_where_the_facts_provide_for_it() -> None:
    for profile, number in (("discrete", "27"), ("process", "30.2")):
        with pytest.raises(ValueError, match="applies always"):
            ff.score(fa.gone(number), {}, profile, "workshop")
    card = ff.score(fa.gone("27", "28", "29"), {}, "process", "workshop")
    assert card.maximum == 275


def scored(row: dict[str, Any]) -> dw.Card | ff.Card:
    if row in WORKSHOP:
        return dw.score(row["answers"], row["gates"], row["profile"])
    return ff.score(row["answers"], row["gates"], row["profile"], row["target"])


@pytest.mark.parametrize("row", WORKSHOP + FACTORY, ids=lambda row: row["id"])
def test_golden_cases_are_what_the_reference_says(row: dict[str, Any]) -> None:
    card = scored(row)
    expect = row["expect"]
    found = {
        "total": show(card.total),
        "maximum": show(card.maximum),
        "lowest_possible": show(card.lowest),
        "highest_possible": show(card.highest),
        "complete": card.complete,
        "result": card.result,
        "outcomes": card.outcomes,
        "readings": card.readings,
    }
    assert found == {key: expect[key] for key in found}


@pytest.mark.parametrize("row", WORKSHOP + FACTORY, ids=lambda row: row["id"])
def test_one_answer_fewer_never_leaves_the_bounds(row: dict[str, Any]) -> None:
    """Withdraw single answers: the finished figures stay between the open ones' bounds."""
    before = scored(row)
    for key in list(row["answers"])[::37]:
        if row["answers"][key].get("na"):
            continue
        fewer = {name: answer for name, answer in row["answers"].items() if name != key}
        if row in WORKSHOP:
            open_card: dw.Card | ff.Card = dw.score(fewer, row["gates"], row["profile"])
        else:
            open_card = ff.score(fewer, row["gates"], row["profile"], row["target"])
        assert open_card.lowest <= before.lowest
        assert before.highest <= open_card.highest
        for name, state in open_card.outcomes.items():
            assert state in ("undecided", before.outcomes[name])
