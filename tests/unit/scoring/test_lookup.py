"""Levels found elsewhere and looked up in a table of points, such as that of an expert table."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from assessor.i18n import render
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import LookupRule
from assessor.rules.explain import explain_item
from assessor.scoring import shown_text
from tests.unit.scoring.small import (
    DERIVED,
    Data,
    card,
    item,
    outcome,
    picked,
    rubric,
    total,
    words,
)

LEVELS = ("L1", "L2", "L3", "L4", "L5")
POINTS = {"L1": 0, "L2": 5, "L3": 10, "L4": 20}
"""The expert table names four of the five levels of the scale."""


def lookup(table: dict[str, int], *, scale: str = "points", tiers: tuple[str, ...] = ()) -> Data:
    reached = dict(zip(reversed(LEVELS), reversed(tiers), strict=False))
    return {
        "kind": "lookup",
        "scale": scale,
        "levels": [{"key": key, "text": words(key), "tier": reached.get(key)} for key in LEVELS],
        "table": [{"level": key, "value": str(value)} for key, value in table.items()],
        "table_provenance": DERIVED,
    }


def expert(**more: object) -> Rubric:
    """A table of two items, so that sums and spans can be seen."""
    grown = item("maturity", lookup(POINTS), maximum="20")
    other = item("other", lookup({"L1": 0, "L3": 1}, scale="share"), maximum="30")
    return rubric(grown, other, outcomes=[outcome("pass", total(line_at="20"))], **more)


def by_hand(level: str) -> Fraction:
    """The row of the level, else that of the nearest level below it."""
    below = [key for key in POINTS if LEVELS.index(key) <= LEVELS.index(level)]
    return Fraction(POINTS[below[-1]])


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_is_worth_what_the_table_says(level: str) -> None:
    found = card(expert(), {"maturity": picked(level)}).item("maturity")
    assert found is not None
    assert found.points is not None
    assert Fraction(found.points) == by_hand(level)
    assert found.span.maximum == Decimal(20)


def test_a_share_is_a_part_of_the_maximum_and_levels_between_rows_take_the_lower() -> None:
    of = expert()
    points = [card(of, {"other": picked(level)}).total.value for level in LEVELS]
    assert [shown_text(one) for one in points] == ["0.00", "0.00", "30.00", "30.00", "30.00"]


def test_an_open_level_may_still_be_any() -> None:
    found = card(expert(), {"other": picked("L3")})
    assert (found.total.lowest, found.total.highest) == (Decimal(30), Decimal(50))
    assert [entry.state for entry in found.outcomes] == ["reached"]


def test_the_tier_is_read_from_the_level_and_not_from_its_points() -> None:
    of = rubric(item("m", lookup(POINTS, tiers=("basic", "basic", "advanced")), maximum="20"))
    ranks = [card(of, {"m": picked(level)}).items[0].rank for level in LEVELS]
    assert ranks == [0, 0, 1, 1, 2]


def test_the_explanation_names_the_level_and_the_table() -> None:
    of = expert()
    found = card(of, {"maturity": picked("L5")})
    score = found.item("maturity")
    assert score is not None
    told = render(explain_item(of, found, score).rule, "zh")
    assert told == "等级“L5”，查表得 20 分"


def test_a_table_that_begins_above_a_level_gives_it_nothing() -> None:
    rule = LookupRule.model_validate(lookup({"L3": 4, "L4": 20}))
    assert [option.value for option in rule.options] == [0, 0, 4, 20, 20]
