"""Answer sets for the future factory, and the search for sets that land on wanted readings."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.reference import future_factory as ff
from tests.reference.cases import Answers
from tests.reference.exact import ZERO

REASON = "流程型生产没有这一离散环节"
GATES: Answers = {key: {"pass": True} for tier in ff.TIERS for key in ff.gates_of(tier)}
PARENTS = {link["if_item"] for item in ff.FACTS["items"] for link in item["links"]}
CHILDREN = {item["number"] for item in ff.FACTS["items"] if item["links"]}


def items_for(profile: str, target: str, need: str = "required") -> list[Any]:
    """The items a target requires or offers."""
    return ff.counted(profile, target, {}, need)


def at_tier(item: Any, tier: str) -> str:
    """The lowest option that reaches a tier."""
    keys = [o["key"] for o in item["options"] if ff.RANK[o["tier"]] >= ff.RANK[tier]]
    return str(keys[0])


def level(profile: str, target: str, tier: str) -> Answers:
    """Answer every required item with the lowest option that reaches `tier`."""
    return {item["number"]: {"option": at_tier(item, tier)} for item in items_for(profile, target)}


def extreme(profile: str, target: str, *, best: bool) -> Answers:
    """Answer every required item with its last option, or with its first."""
    side = -1 if best else 0
    return {
        item["number"]: {"option": item["options"][side]["key"]}
        for item in items_for(profile, target)
    }


def gone(*numbers: str) -> Answers:
    """Mark items not applicable, with the reason the rules ask for."""
    return {number: {"na": True, "reason": REASON} for number in numbers}


def without(answers: Answers, *numbers: str) -> Answers:
    """Leave items unanswered."""
    return {key: answer for key, answer in answers.items() if key not in numbers}


def can_drop(item: Any, tier: str) -> bool:
    """Tell whether option A of an item is below the tier and pulls no other item down."""
    below = ff.RANK[item["options"][0]["tier"]] < ff.RANK[tier]
    return below and item["number"] not in PARENTS


def drop(answers: Answers, profile: str, tier: str, count: int, skip: int = 0) -> Answers:
    """Set `count` of the tier's required items to A, from the `skip`-th on; links stay quiet."""
    items = [item for item in items_for(profile, tier) if can_drop(item, tier)]
    items = [item for item in items if not answers[item["number"]].get("na")]
    # What a lower tier asks for comes last, so that its reading suffers least; thirds come first,
    # as the sums that are left then come out even more often.
    asking = {item["number"]: list(item["tiers"].values()).count("required") for item in items}
    items.sort(key=lambda item: (asking[item["number"]], len(item["options"]) != 4))
    chosen = (items[skip:] + items[:skip])[:count]
    return answers | {item["number"]: {"option": "A"} for item in chosen}


def raw_points(answers: Answers, profile: str, tier: str) -> Fraction:
    """The raw points of the tier's required items."""
    table = {item["number"]: item for item in items_for(profile, tier)}
    return sum(
        (
            ff.points_of(table[key], (answer["option"],))
            for key, answer in answers.items()
            if key in table and not answer.get("na")
        ),
        ZERO,
    )


def raises_of(item: Any, answer: dict[str, Any], tier: str) -> list[tuple[str, int]]:
    """The better options of an item already at the tier, with the hundredths each adds."""
    if answer.get("na"):
        return []
    table = {o["key"]: o for o in item["options"]}
    now = table[answer["option"]]
    if ff.RANK[now["tier"]] < ff.RANK[tier]:
        return []
    gains = {key: o["points"] - now["points"] for key, o in table.items()}
    return [(key, int(gain * 100)) for key, gain in gains.items() if gain > 0]


def land_raw(wanted: str, answers: Answers, profile: str, tier: str) -> Answers:
    """Raise items that are at the tier until the raw points are exactly `wanted`.

    The count of items at the tier stays as it is.
    """
    need = int((Fraction(wanted) - raw_points(answers, profile, tier)) * 100)
    reach: dict[int, tuple[tuple[str, str], ...]] = {0: ()}
    for item in items_for(profile, tier):
        number = item["number"]
        for key, gain in raises_of(item, answers[number], tier):
            for done, steps in list(reach.items()):
                if done + gain <= need and all(taken != number for taken, _ in steps):
                    reach.setdefault(done + gain, (*steps, (number, key)))
        if need in reach:
            return answers | {taken: {"option": key} for taken, key in reach[need]}
    raise LookupError(f"no set of answers gives {wanted} raw points")


def workshop(profile: str, dropped: int, raw: str, na: tuple[str, ...] = ()) -> Answers:
    """Workshop answers with so many items below the tier and exactly so many raw points."""
    start = level(profile, "workshop", "workshop") | gone(*na)
    for skip in range(40):
        try:
            fewer = drop(start, profile, "workshop", dropped, skip)
            return land_raw(raw, fewer, profile, "workshop")
        except LookupError:
            continue
    raise LookupError(f"nothing with {dropped} items below the tier gives {raw}")


def optional(profile: str, target: str, key: str = "B") -> Answers:
    """Answer every optional item of a target: one option each."""
    return {
        item["number"]: {"options": [key]} if item["multi"] else {"option": key}
        for item in items_for(profile, target, "optional")
    }
