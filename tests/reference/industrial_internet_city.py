"""How far a city has come, worked out from the facts of the plans with exact fractions.

Readings chosen where the sources leave a choice:

* A figure given without a comparator is reached by the figure itself.
* "More than" a target is not reached by the figure itself.
* The share of the way is told only where the baseline counts the same thing as the target and the
  target lies beyond it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.reference.exact import ONE, ZERO, half_up, load

FACTS = load("industrial_internet_city")
INDICATORS: dict[str, dict[str, Any]] = {
    one["id"]: one for part in FACTS["dimensions"] for one in part["indicators"]
}
OTHER_COUNT = {"national-tech-centres", "talent-projects"}
"""Indicators whose baseline counts something else: another field, another period."""


@dataclass(frozen=True)
class Aim:
    """A target of the facts and what a figure comes to against it."""

    value: Fraction
    year: int
    beyond: bool
    distance: Fraction
    way: Fraction | None
    met: bool


def value_of(given: Any) -> Fraction:
    """A figure of the facts; a truth is one or nought."""
    return (ONE if given else ZERO) if isinstance(given, bool) else Fraction(given)


def aims(indicator: str, figure: Fraction) -> Iterator[Aim]:
    """Hold a figure against every target of an indicator, each value and year once."""
    facts = INDICATORS[indicator]
    start = facts["baseline"]
    begun = None if start is None or indicator in OTHER_COUNT else value_of(start["value"])
    seen = set()
    for target in facts["targets"]:
        value, beyond = value_of(target["value"]), target["comparator"] == ">"
        if (value, beyond, target["year"]) in seen:
            continue
        seen.add((value, beyond, target["year"]))
        distance = value - figure
        way = None
        if begun is not None and value > begun:
            way = half_up((figure - begun) / (value - begun) * 100, 2)
        met = distance < 0 if beyond else distance <= 0
        yield Aim(value, int(target["year"]), beyond, distance, way, met)
