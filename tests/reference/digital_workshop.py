"""The municipal digital workshop, scored by hand rules with exact fractions.

Readings chosen where the rules leave a choice (the plainest one each time):

* A result is rounded half up to two digits before its curve; so is the bonus share in percent.
* A leaf is rounded half up to six digits; dimensions, base, bonus and total are exact sums.
* Not applicable: the item leaves, its weight is shared over the rest of its dimension in
  proportion. A dimension left with nothing leaves total and maximum, and every outcome that no
  failed gate decides is undecided.
* An unanswered item (or one whose figures cannot be computed) counts nothing in the score so far,
  0 in the lowest and its maximum in the highest possible. Whatever is not applicable stays so.
* The three totals (so far, lowest, highest) each follow the bonus rule by themselves: with a base
  that prints below 60.00 the bonus counts nothing; otherwise it adds at most 5, up to 100.
* `complete` asks every item that is asked and applicable; bonus items and gates do not enter it.
* B2 carries no weight in the process profile: it is not asked and an answer to it counts nothing.
* An outcome whose required lower outcome is missed is missed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.reference.exact import (
    MISSED,
    ONE,
    OPEN,
    REACHED,
    ZERO,
    compute,
    half_up,
    highest_reached,
    load,
    show,
    worst,
)

FACTS = load("digital_workshop")
DIMENSIONS = FACTS["dimensions"]
BONUS = FACTS["bonus"]["items"]
CAP = Fraction(FACTS["bonus"]["cap"])
LEVELS = {key: Fraction(share) for key, share in FACTS["scoring"]["level_scale"].items()}
LINES = {line["id"]: line["min"] for line in reversed(FACTS["grades"]["lines"]) if line["min"]}
PASS_LINE = LINES["pass"]
BLOCKING = [
    gate["id"]
    for gate in FACTS["gates"]
    if gate["default"] == "on" and gate["on_fail"] in ("reject", "return")
]
DOMESTIC = "domestic_investment / total_investment * 100"

Answers = Mapping[str, Mapping[str, Any]]
Fact = Mapping[str, Any]


@dataclass(frozen=True)
class Leaf:
    """One item: points (None while unanswered), bounds and maximum; `applies` false when left out.

    `unproven` marks an effect item scored 0 because there is no baseline.
    """

    points: Fraction | None
    lowest: Fraction
    highest: Fraction
    maximum: Fraction
    applies: bool = True
    unproven: bool = False


@dataclass(frozen=True)
class Card:
    """Everything the answers lead to; numbers are exact, not yet rounded for print."""

    items: dict[str, Leaf]
    dimensions: dict[str, Fraction]
    base: Fraction
    bonus: Fraction
    total: Fraction
    maximum: Fraction
    lowest: Fraction
    highest: Fraction
    complete: bool
    outcomes: dict[str, str]
    readings: dict[str, dict[str, str]]

    @property
    def result(self) -> str | None:
        """The highest reached grade, None when not even the lowest is."""
        return highest_reached(self.outcomes)


def weight_of(criterion: Fact, profile: str) -> Fraction:
    """The weight in this profile; 0 means the item is not asked."""
    weights = criterion.get("profile_weights", {})
    return Fraction(weights.get(profile, criterion["weight"]))


def asked(dimension: Fact, profile: str) -> list[Fact]:
    """The items of a dimension that carry weight in this profile."""
    return [fact for fact in dimension["criteria"] if weight_of(fact, profile)]


def piecewise(points: list[list[Any]], x: Fraction) -> Fraction:
    """Read a polyline; beyond either end the end's share holds."""
    table = [(Fraction(at), Fraction(share)) for at, share in points]
    if x <= table[0][0]:
        return table[0][1]
    for (left, low), (right, high) in pairwise(table):
        if x <= right:
            return low + (high - low) * (x - left) / (right - left)
    return table[-1][1]


def banded(bands: list[Fact], x: Fraction) -> Fraction:
    """Read bands that are open on the left and closed on the right."""
    for band in bands:
        if x <= band["le"]:
            return Fraction(band["share"])
    return Fraction(bands[-1]["share"])


def measured(criterion: Fact, answer: Mapping[str, Any]) -> Fraction | None:
    """The share a measured quantity earns; None when it cannot be computed."""
    result = compute(criterion["formula"], answer.get("inputs", {}))
    if result is None:
        return None
    x = half_up(result, 2)
    if x < 0:
        return ZERO
    curve = criterion["curve"]
    if curve["type"] == "bands":
        return banded(curve["bands"], x)
    return piecewise(curve["points"], x)


def ticked(criterion: Fact, answer: Mapping[str, Any]) -> Fraction:
    """The share of a checklist: ticked of all, or the facts' table from count to share."""
    keys = set() if answer.get("none") else set(answer["options"])
    known = {str(number + 1) for number in range(len(criterion["items"]))}
    if not keys <= known:
        raise ValueError(f"{criterion['id']}: no such item {sorted(keys - known)}")
    if "count_to_share" in criterion:
        return Fraction(criterion["count_to_share"][str(len(keys))])
    return Fraction(len(keys), len(known))


def share_of(criterion: Fact, answer: Mapping[str, Any]) -> Fraction | None:
    """The share of its weight an answer earns, None when it says nothing computable."""
    kind = criterion["kind"]
    if answer.get("no_baseline"):
        return ZERO
    if kind == "level":
        return LEVELS[answer["option"]]
    if kind == "boolean":
        return {"yes": ONE, "no": ZERO}[answer["option"]]
    if kind == "checklist":
        return ticked(criterion, answer)
    return measured(criterion, answer)


def leaf_of(criterion: Fact, answer: Mapping[str, Any] | None, weight: Fraction) -> Leaf:
    """Score one applicable item whose share of the total is `weight` points."""
    maximum = half_up(weight, 6)
    share = None if answer is None else share_of(criterion, answer)
    if answer is None or share is None:
        return Leaf(None, ZERO, maximum, maximum)
    points = half_up(share * weight, 6)
    unproven = bool(answer.get("no_baseline"))
    return Leaf(points, points, points, maximum, unproven=unproven)


def leaves_of(dimension: Fact, answers: Answers, profile: str) -> dict[str, Leaf]:
    """Score a dimension's items; the weight of what does not apply goes to the others."""
    items = asked(dimension, profile)
    gone = {fact["id"] for fact in items if answers.get(fact["id"], {}).get("na")}
    whole = sum((weight_of(fact, profile) for fact in items), ZERO)
    rest = sum((weight_of(fact, profile) for fact in items if fact["id"] not in gone), ZERO)
    leaves = {}
    for fact in items:
        if fact["id"] in gone:
            leaves[fact["id"]] = Leaf(None, ZERO, ZERO, ZERO, applies=False)
        else:
            weight = weight_of(fact, profile) * whole / rest
            leaves[fact["id"]] = leaf_of(fact, answers.get(fact["id"]), weight)
    return leaves


def bonus_share(item: Fact, answer: Mapping[str, Any]) -> Fraction | None:
    """The share of a bonus item: yes or no, or the banded domestic part of the investment."""
    if "bins_derived" not in item:
        return {"yes": ONE, "no": ZERO}[answer["option"]]
    result = compute(DOMESTIC, answer.get("inputs", {}))
    if result is None:
        return None
    x = half_up(result, 2)
    reached = [Fraction(cut["share"]) for cut in item["bins_derived"] if x >= lower_edge(cut)]
    return reached[-1]


def lower_edge(cut: Fact) -> Fraction:
    """The closed lower edge of a band written like `[30,60)`."""
    text: str = cut["range"]
    if not text.startswith("["):
        raise ValueError(f"the band {text} is open below")
    return Fraction(text[1 : text.index(",")])


def bonus_leaf(item: Fact, answer: Mapping[str, Any] | None) -> Leaf:
    """Score one bonus item; unanswered it is open between nothing and its maximum."""
    maximum = Fraction(item["max"])
    share = None if answer is None else bonus_share(item, answer)
    if share is None:
        return Leaf(None, ZERO, maximum, maximum)
    points = half_up(share * maximum, 6)
    return Leaf(points, points, points, maximum)


def with_bonus(base: Fraction, bonus: Fraction) -> Fraction:
    """Add the capped bonus, unless the base prints below the pass line."""
    if half_up(base, 2) < PASS_LINE:
        return base
    return min(Fraction(100), base + min(CAP, bonus))


def gate_state(answer: Mapping[str, Any] | None) -> str:
    """A declared gate: passed, failed, or unknown while nothing is said."""
    if answer is None or "pass" not in answer:
        return OPEN
    return REACHED if answer["pass"] else MISSED


def line_state(line: Fraction, lowest: Fraction, highest: Fraction) -> str:
    """Compare the printed bounds with a line that includes its own value."""
    if half_up(lowest, 2) >= line:
        return REACHED
    return MISSED if half_up(highest, 2) < line else OPEN


def grade_states(
    lowest: Fraction, highest: Fraction, gates: str, *, hollow: bool
) -> dict[str, str]:
    """The state of each grade, low to high; `hollow` when a whole dimension does not apply."""
    states: dict[str, str] = {}
    below = REACHED
    for name, line in LINES.items():
        reading = OPEN if hollow else line_state(line, lowest, highest)
        below = worst([below, reading, gates])
        states[name] = below
    return states


def score(answers: Answers, gates: Answers, profile: str = "discrete") -> Card:
    """Score one set of answers in the answer JSON's form."""
    trees = {part["id"]: leaves_of(part, answers, profile) for part in DIMENSIONS}
    items = {key: leaf for leaves in trees.values() for key, leaf in leaves.items()}
    extra = {item["id"]: bonus_leaf(item, answers.get(item["id"])) for item in BONUS}
    base = sum((leaf.points or ZERO for leaf in items.values()), ZERO)
    bonus = sum((leaf.points or ZERO for leaf in extra.values()), ZERO)
    lowest, highest = (
        with_bonus(
            sum((getattr(leaf, side) for leaf in items.values()), ZERO),
            sum((getattr(leaf, side) for leaf in extra.values()), ZERO),
        )
        for side in ("lowest", "highest")
    )
    total = with_bonus(base, bonus)
    hollow = any(not any(leaf.applies for leaf in leaves.values()) for leaves in trees.values())
    blocked = worst([gate_state(gates.get(gate)) for gate in BLOCKING])
    return Card(
        items={**items, **extra},
        dimensions={
            key: sum((leaf.points or ZERO for leaf in leaves.values()), ZERO)
            for key, leaves in trees.items()
        },
        base=base,
        bonus=bonus,
        total=total,
        maximum=sum((leaf.maximum for leaf in items.values()), ZERO),
        lowest=lowest,
        highest=highest,
        complete=all(leaf.points is not None for leaf in items.values() if leaf.applies),
        outcomes=grade_states(lowest, highest, blocked, hollow=hollow),
        readings={name: {"total": show(total)} for name in LINES},
    )
