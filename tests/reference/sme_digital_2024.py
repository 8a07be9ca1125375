"""The digital level of small enterprises (2024), scored by hand rules with exact fractions.

Readings chosen where the rules leave a choice (the plainest one each time):

* The points of an item are its share of 100 after multiplying the weights down to it.
* A ratio is rounded half up to two digits before it meets its stretch.
* An unanswered item counts nothing so far and in the lowest, its points in the highest; an
  unanswered scene is at no level in the lowest and at the highest level in the highest.
* A grade needs three things at once; the printed total, two digits, is held against its score.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.reference.exact import MISSED, OPEN, REACHED, ZERO, half_up, load, percent

FACTS = load("sme_digital_2024")
SCENES = {scene["id"]: scene for scene in FACTS["scenes"]}
GRADES = [grade for grade in FACTS["level_rule"]["levels"] if grade["level"] > 0]
TOP = max(grade["level"] for grade in GRADES)

Answer = dict[str, Any]


def _leaves(nodes: list[dict[str, Any]], whole: Fraction) -> Iterator[tuple[dict[str, Any], Any]]:
    for node in nodes:
        points = whole * node["weight"] / 100
        if "children" in node:
            yield from _leaves(node["children"], points)
        else:
            yield node, points


ITEMS = {node["id"]: (node, points) for node, points in _leaves(FACTS["tree"], Fraction(100))}


def share(item: Mapping[str, Any], answer: Answer) -> Fraction:
    """The part of an item's points that an answer earns."""
    if item["type"] == "single_ratio":
        result = half_up(percent(Fraction(answer["part"]), Fraction(answer["whole"])), 2)
        return (
            next(option["percent"] for option in item["options"] if _inside(option, result)) / 100
        )
    chosen = answer["options"] if item["type"] == "multi" else [answer["option"]]
    return sum((o["percent"] for o in item["options"] if o["key"] in chosen), ZERO) / 100


def _inside(option: Mapping[str, Any], result: Fraction) -> bool:
    above = result >= option["ge"] if "ge" in option else result > option["gt"]
    return bool(above and result <= option["le"])


@dataclass(frozen=True)
class Card:
    """What the answers come to; `states` by grade from the lowest, `counts` as (all, binding)."""

    points: dict[str, Fraction | None]
    total: Fraction
    lowest: Fraction
    highest: Fraction
    counts: dict[int, tuple[int, int]]
    states: dict[int, str]

    @property
    def grade(self) -> int:
        """The highest grade that is reached, 0 for none."""
        return max((level for level, state in self.states.items() if state == REACHED), default=0)


def counted(scenes: Mapping[str, int], level: int, missing: int) -> tuple[int, int]:
    """How many scenes, and how many binding ones, are at `level`; an open one is at `missing`."""
    at = [key for key in SCENES if scenes.get(key, missing) >= level]
    return len(at), sum(1 for key in at if SCENES[key]["binding"])


def meets(grade: Mapping[str, Any], total: Fraction, counts: tuple[int, int]) -> bool:
    """Whether all three conditions of a grade hold."""
    return bool(
        half_up(total, 2) >= grade["min_score"]
        and counts[0] >= grade["min_scenes"]
        and counts[1] >= grade["min_binding"]
    )


def score(answers: Mapping[str, Answer], scenes: Mapping[str, int]) -> Card:
    """Score items and scenes; what is not named is unanswered."""
    points = {
        key: whole * share(item, answers[key]) if key in answers else None
        for key, (item, whole) in ITEMS.items()
    }
    lowest = sum((value or ZERO for value in points.values()), ZERO)
    highest = sum(
        (ITEMS[key][1] if value is None else value for key, value in points.items()), ZERO
    )
    states, counts = {}, {}
    for grade in GRADES:
        level = int(grade["level"])
        counts[level] = counted(scenes, level, 0)
        sure = meets(grade, lowest, counts[level])
        hope = meets(grade, highest, counted(scenes, level, int(TOP)))
        states[level] = REACHED if sure else OPEN if hope else MISSED
    return Card(points, lowest, lowest, highest, counts, states)
