"""The provincial future factory, scored by hand rules with exact fractions.

Readings chosen where the rules leave a choice (the plainest one each time):

* Total, maximum, bounds, `complete` and the sums per element and domain concern the items required
  for the target; optional items of the target are summed apart.
* An outcome's readings concern the items its own tier requires, less those not applicable.
  Unanswered items count in the denominators, with nothing above the line. The item is at the tier
  when its chosen option's tier is that tier or a higher one, whatever its points.
* Readings are compared with 75 as they are printed, rounded half up to two digits.
* Lowest and highest are true bounds: an unanswered item may still become any of its options. As an
  unanswered 32 may become A, it can still pull 33 down to A (likewise 34, 44, 49).
* A link decides as soon as its condition is answered, even where the linked item says otherwise or
  nothing at all; the linked item then counts as answered.
* A tier is missed when a gate of its stage fails, when its readings must miss, or when the tier
  below is missed; it is reached when all three hold; otherwise undecided. Gates are those of stage
  `evaluation`, the common ones and the tier's own; `self_assessment` is the line, not a gate.
* A gate with a number compares its one given figure; a statement about passing is taken as it is.
* `complete` concerns required items alone, neither optional items nor gates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from tests.reference.exact import (
    BEYOND,
    MISSED,
    OPEN,
    REACHED,
    ZERO,
    half_up,
    highest_reached,
    load,
    percent,
    show,
    worst,
)

FACTS = load("future_factory")
for _option in (option for item in FACTS["items"] for option in item["options"]):
    _option["points"] = Fraction(_option["points"])
RULES = FACTS["tier_rules"]
TIERS = [tier["id"] for tier in RULES["tiers"]]
RANK = {"none": 0, **{tier: rank for rank, tier in enumerate(TIERS, start=1)}}
LINE = Fraction(RULES["self_assessment"]["workshop"]["pass_line"])
CAP = Fraction(5)
MAY_NOT_APPLY = {
    "process": {"27", "28", "29", "72", "73", "79", "80", "95"},
    "discrete": set[str](),
}
DECIDING = dict.fromkeys(TIERS, ("share_of_items",)) | {
    "workshop": ("share_of_items", "raw_points")
}

Answers = Mapping[str, Mapping[str, Any]]
Fact = Mapping[str, Any]
Picks = tuple[str, ...]
"""The chosen option keys; empty for a declared "none of these"."""


@dataclass(frozen=True)
class Leaf:
    """One item: points (None while unanswered), bounds, maximum; `applies` false when left out."""

    points: Fraction | None
    lowest: Fraction
    highest: Fraction
    maximum: Fraction
    applies: bool = True


@dataclass(frozen=True)
class Sum:
    """Points so far and the maximum of a set of items."""

    points: Fraction
    maximum: Fraction


@dataclass(frozen=True)
class Card:
    """Everything the answers lead to; numbers are exact, not yet rounded for print."""

    items: dict[str, Leaf]
    dimensions: dict[str, Sum]
    total: Fraction
    maximum: Fraction
    lowest: Fraction
    highest: Fraction
    optional: Sum
    complete: bool
    outcomes: dict[str, str]
    readings: dict[str, dict[str, str]]

    @property
    def result(self) -> str | None:
        """The highest reached tier, None when there is none."""
        return highest_reached(self.outcomes)


@cache
def asked(profile: str) -> list[Fact]:
    """The hundred items of a profile."""
    part = RULES["profiles"][profile]
    extra = part.get("extra_items", [])
    return [
        item
        for item in FACTS["items"]
        if item["industry"] in part["industries"] or item["number"] in extra
    ]


def counted(profile: str, tier: str, answers: Answers, need: str = "required") -> list[Fact]:
    """The items a tier requires (or offers, `need="optional"`), without those not applicable."""
    return [
        item
        for item in asked(profile)
        if item["tiers"][tier] == need and not answers.get(item["number"], {}).get("na")
    ]


def check_not_applicable(profile: str, answers: Answers) -> None:
    """Refuse a "not applicable" where the facts do not provide for it."""
    gone = {number for number, answer in answers.items() if answer.get("na")}
    if gone - MAY_NOT_APPLY[profile]:
        raise ValueError(f"applies always: {sorted(gone - MAY_NOT_APPLY[profile])}")


def picks_of(item: Fact, answers: Answers) -> Picks | None:
    """The options chosen for an item itself, links aside; None when unanswered."""
    answer = answers.get(item["number"])
    if answer is None:
        return None
    if answer.get("none"):
        return ()
    return (answer["option"],) if "option" in answer else tuple(answer["options"])


def forced(item: Fact, chosen: Mapping[str, Picks]) -> Picks | None:
    """The option another item's choice forces on this one, None where nothing does."""
    for link in item["links"]:
        if chosen.get(link["if_item"]) == (link["if_option"],):
            return (link["then_option"],)
    return None


def linked(profile: str, chosen: Mapping[str, Picks]) -> dict[str, Picks]:
    """Apply the links to a set of choices."""
    result = dict(chosen)
    for item in asked(profile):
        pull = forced(item, result)
        if pull is not None:
            result[item["number"]] = pull
    return result


def points_of(item: Fact, picks: Picks) -> Fraction:
    """The published points of the chosen options; several are summed up to 5."""
    table = {option["key"]: option["points"] for option in item["options"]}
    return min(CAP, sum((table[key] for key in picks), ZERO))


def rank_of(item: Fact, picks: Picks) -> int:
    """The highest tier among the chosen options, 0 for none."""
    table = {option["key"]: RANK[option["tier"]] for option in item["options"]}
    return max((table[key] for key in picks), default=0)


def first_option(item: Fact) -> Picks:
    """The lowest way to answer: nothing of a multi-choice, else the first option."""
    return () if item["multi"] else (item["options"][0]["key"],)


def last_option(item: Fact) -> Picks:
    """The highest way to answer: everything of a multi-choice, else the last option."""
    keys = tuple(option["key"] for option in item["options"])
    return keys if item["multi"] else keys[-1:]


def choices(profile: str, answers: Answers) -> dict[str, dict[str, Picks]]:
    """Three full sets of choices: as answered so far, and filled up with the lowest or highest."""
    present = {}
    for item in asked(profile):
        picks = picks_of(item, answers) if not answers.get(item["number"], {}).get("na") else None
        if picks is not None:
            present[item["number"]] = picks
    so_far = linked(profile, present)
    low = {item["number"]: first_option(item) for item in asked(profile)}
    high = {item["number"]: last_option(item) for item in asked(profile)}
    return {
        "so_far": so_far,
        "lowest": linked(profile, low | present),
        "highest": linked(profile, high | present),
    }


def leaf_of(item: Fact, answers: Answers, sets: Mapping[str, Mapping[str, Picks]]) -> Leaf:
    """Score one item against the three sets of choices."""
    number = item["number"]
    if answers.get(number, {}).get("na"):
        return Leaf(None, ZERO, ZERO, ZERO, applies=False)
    present = sets["so_far"].get(number)
    return Leaf(
        None if present is None else points_of(item, present),
        points_of(item, sets["lowest"][number]),
        points_of(item, sets["highest"][number]),
        Fraction(item["max_points"]),
    )


def best_within(item: Fact, tier: str) -> Fraction:
    """The most points an option up to this tier gives."""
    return max(
        (o["points"] for o in item["options"] if RANK[o["tier"]] <= RANK[tier]),
        default=ZERO,
    )


def readings_of(items: list[Fact], tier: str, chosen: Mapping[str, Picks]) -> dict[str, Fraction]:
    """The three readings of a tier over a set of choices, rounded as printed."""
    done = [(item, chosen[item["number"]]) for item in items if item["number"] in chosen]
    at_tier = sum(rank_of(item, picks) >= RANK[tier] for item, picks in done)
    capped = sum((min(points_of(i, picks), best_within(i, tier)) for i, picks in done), ZERO)
    within = sum((best_within(item, tier) for item in items), ZERO)
    raw = sum((points_of(item, picks) for item, picks in done), ZERO)
    exact = {
        "share_of_items": percent(Fraction(at_tier), Fraction(len(items))),
        "capped_points": percent(capped, within),
        "raw_points": raw,
    }
    return {name: half_up(value, 2) for name, value in exact.items()}


def line_state(tier: str, lowest: Mapping[str, Fraction], highest: Mapping[str, Fraction]) -> str:
    """Met when every deciding reading is sure to be, missed when none can be, else open."""
    deciding = DECIDING[tier]
    if all(lowest[name] >= LINE for name in deciding):
        return REACHED
    return MISSED if all(highest[name] < LINE for name in deciding) else OPEN


def gate_state(gate: Fact, answer: Mapping[str, Any] | None) -> str:
    """Passed, failed or unknown, by the statement made or by the gate's number."""
    if answer is None:
        return OPEN
    if "pass" in answer:
        return REACHED if answer["pass"] else MISSED
    figures = [Fraction(text) for text in answer["inputs"].values()]
    if gate["operator"] != ">=" or len(figures) != 1:
        raise ValueError(f"gate {gate['id']} takes no number")
    return REACHED if figures[0] >= Fraction(gate["value"]) else MISSED


def gates_of(tier: str) -> dict[str, Fact]:
    """The gates of a tier by `<group>.<id>`: the common ones and its own."""
    return {
        f"{group}.{gate['id']}": gate
        for group in ("common", tier)
        for gate in RULES["gates"][group]
        if gate["stage"] == "evaluation" and gate["id"] != "self_assessment"
    }


def blocked(tier: str, gates: Answers) -> str:
    """What the gates of a tier say together."""
    return worst([gate_state(gate, gates.get(key)) for key, gate in gates_of(tier).items()])


def assessed(target: str) -> list[str]:
    """The tiers up to the target, low to high."""
    return TIERS[: RANK[target]]


def states_of(
    profile: str,
    target: str,
    answers: Answers,
    gates: Answers,
    sets: Mapping[str, Mapping[str, Picks]],
) -> dict[str, str]:
    """The state of every tier, low to high."""
    states = dict.fromkeys(TIERS, BEYOND)
    below = REACHED
    for tier in assessed(target):
        items = counted(profile, tier, answers)
        low, high = (readings_of(items, tier, sets[side]) for side in ("lowest", "highest"))
        below = worst([below, line_state(tier, low, high), blocked(tier, gates)])
        states[tier] = below
    return states


def summed(items: list[Fact], leaves: Mapping[str, Leaf]) -> Sum:
    """Points so far and maximum of some items."""
    chosen = [leaves[item["number"]] for item in items]
    return Sum(
        sum((leaf.points or ZERO for leaf in chosen), ZERO),
        sum((leaf.maximum for leaf in chosen), ZERO),
    )


def dimensions_of(items: list[Fact], leaves: Mapping[str, Leaf]) -> dict[str, Sum]:
    """The sums of each element and domain that has a counted item."""
    names = [name for part in FACTS["elements"] for name in (part, *part["domains"])]
    table = {}
    for name in names:
        members = [item for item in items if item["subdomain"].startswith(name["id"] + ".")]
        if members:
            table[name["id"]] = summed(members, leaves)
    return table


def score(answers: Answers, gates: Answers, profile: str, target: str) -> Card:
    """Score one set of answers in the answer JSON's form."""
    check_not_applicable(profile, answers)
    sets = choices(profile, answers)
    leaves = {item["number"]: leaf_of(item, answers, sets) for item in asked(profile)}
    items = counted(profile, target, answers)
    required = [leaves[item["number"]] for item in items]
    whole = summed(items, leaves)
    return Card(
        items=leaves,
        dimensions=dimensions_of(items, leaves),
        total=whole.points,
        maximum=whole.maximum,
        lowest=sum((leaf.lowest for leaf in required), ZERO),
        highest=sum((leaf.highest for leaf in required), ZERO),
        optional=summed(counted(profile, target, answers, "optional"), leaves),
        complete=all(leaf.points is not None for leaf in required),
        outcomes=states_of(profile, target, answers, gates, sets),
        readings={
            tier: {
                name: show(value)
                for name, value in readings_of(
                    counted(profile, tier, answers), tier, sets["so_far"]
                ).items()
            }
            for tier in assessed(target)
        },
    )
