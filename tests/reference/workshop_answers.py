"""Answer sets for the digital workshop, and the search for sets that land on a wanted total."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

from tests.reference import digital_workshop as dw
from tests.reference.cases import Answers
from tests.reference.exact import ZERO, half_up

LEVELS = ("L0", "L1", "L2", "L3", "L4")
KNOBS = ("a1-key-equipment-nc-rate", "a3-field-data-capture-rate")
SEVENTHS = "d2-mes-functions"
"""A checklist of seven, whose shares do not end; all ticked it leaves the search round numbers."""

KNOB_POINTS = 13
"""What the two knobs are worth together."""

GATES: Answers = {gate: {"pass": True} for gate in dw.BLOCKING}
CRITERIA: dict[str, Any] = {fact["id"]: fact for part in dw.DIMENSIONS for fact in part["criteria"]}
NO_BONUS: Answers = {item["id"]: {"option": "no"} for item in dw.BONUS} | {
    "x4-controllable": {"inputs": {"domestic_investment": "0", "total_investment": "1000"}}
}
FULL_BONUS: Answers = {item["id"]: {"option": "yes"} for item in dw.BONUS} | {
    "x4-controllable": {"inputs": {"domestic_investment": "800", "total_investment": "1000"}}
}


def text(value: Fraction) -> str:
    """Write a fraction that ends as a plain decimal."""
    digits = next(d for d in range(12) if (value * 10**d).denominator == 1)
    whole, rest = divmod(abs(int(value * 10**digits)), 10**digits)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{rest:0{digits}d}" if digits else f"{sign}{whole}"


def figures(item: str, result: str) -> dict[str, Any]:
    """Inputs whose formula gives exactly `result` percent."""
    x = Fraction(result)
    part, rest = text(x * 1000), text((100 - x) * 1000)
    grown = text(100_000 + x * 1000)
    numbers = {
        "a1": {"nc_key": part, "key_total": "100000"},
        "a2": {"online": part, "total": "100000"},
        "a3": {"auto_points": part, "required_points": "100000"},
        "e1": {"c0": "100000", "c1": rest},
        "e2": {"b0": "100000", "n0": "2000000", "b1": rest, "n1": "2000000"},
        "e3": {"d0": "100000", "d1": rest},
        "e4": {"o0": "100000", "p0": "50", "o1": grown, "p1": "50"},
        "e5": {"u0": "100000", "s0": "250000", "u1": grown, "s1": "250000"},
    }
    return {"inputs": numbers[item[:2]]}


def first_ticks(item: str, count: int) -> dict[str, Any]:
    """Tick the first `count` entries of a checklist; none is said, not left open."""
    if not count:
        return {"none": True}
    return {"options": [str(number + 1) for number in range(count)]}


def everything(level: str, ticks: int, rate: str, effect: str, energy: str) -> Answers:
    """Answer every item alike: one level, so many ticks (at most all), one rate, one effect."""
    answers: Answers = {}
    for key, fact in CRITERIA.items():
        if fact["kind"] == "level":
            answers[key] = {"option": level}
        elif fact["kind"] == "checklist":
            answers[key] = first_ticks(key, min(ticks, len(fact["items"])))
        elif fact["kind"] == "boolean":
            answers[key] = {"option": "yes"}
        else:
            value = {"a": rate, "e": energy if key.startswith("e5") else effect}[key[0]]
            answers[key] = figures(key, value)
    return answers


def modest() -> Answers:
    """A workshop a little above the pass line: systems in place, little joined up."""
    return everything("L2", 3, "65", "10", "5") | NO_BONUS


def strong() -> Answers:
    """A workshop around the good line."""
    return everything("L3", 3, "80", "15", "6") | NO_BONUS


def leading() -> Answers:
    """A workshop around the excellent line."""
    return everything("L4", 4, "93", "22", "8") | NO_BONUS


def outstanding() -> Answers:
    """A workshop near the top of the scale."""
    return everything("L4", 8, "93", "30", "10") | NO_BONUS


def without(answers: Answers, *items: str) -> Answers:
    """Leave items unanswered."""
    return {key: answer for key, answer in answers.items() if key not in items}


@cache
def knob_table(item: str, profile: str) -> dict[Fraction, str]:
    """Every leaf value a knob can give, with a rate in hundredths of a percent that gives it."""
    fact = CRITERIA[item]
    weight = dw.weight_of(fact, profile)
    table: dict[Fraction, str] = {}
    for hundredths in range(10001):
        rate = Fraction(hundredths, 100)
        leaf = half_up(dw.piecewise(fact["curve"]["points"], rate) * weight, 6)
        table.setdefault(leaf, text(rate))
    return table


def turn_knobs(need: Fraction, profile: str) -> Answers | None:
    """Find two rates whose leaves make up exactly `need` points."""
    first, second = (knob_table(item, profile) for item in KNOBS)
    for leaf, rate in first.items():
        other = second.get(need - leaf)
        if other is not None:
            return {KNOBS[0]: figures(KNOBS[0], rate), KNOBS[1]: figures(KNOBS[1], other)}
    return None


def shifted(answers: Answers, count: int, step: int) -> Answers:
    """Move the first `count` level items one level up (`step` 1) or down (-1)."""
    changed = dict(answers)
    levels = [key for key in answers if "option" in answers[key] and key in CRITERIA]
    levels = [key for key in levels if CRITERIA[key]["kind"] == "level"]
    for key in levels[:count]:
        at = LEVELS.index(answers[key]["option"]) + step
        changed[key] = {"option": LEVELS[max(0, min(4, at))]}
    return changed


def patterns(start: Answers, profile: str) -> Iterator[tuple[Answers, Fraction]]:
    """Variants of a set of answers, each with its base when both knobs are left out."""
    smooth = start | {SEVENTHS: first_ticks(SEVENTHS, 7)}
    for step in (1, -1):
        for count in range(17):
            answers = shifted(smooth, count, step)
            yield answers, dw.score(without(answers, *KNOBS), GATES, profile).base


def land(wanted: str, start: Answers, profile: str = "discrete") -> Answers:
    """Change levels and the two knobs until the base is exactly `wanted` (up to six digits)."""
    for answers, rest in patterns(start, profile):
        need = Fraction(wanted) - rest
        found = turn_knobs(need, profile) if ZERO <= need <= KNOB_POINTS else None
        if found is not None:
            return answers | found
    raise LookupError(f"no set of answers gives {wanted}")


def land_below(limit: str, start: Answers, profile: str = "discrete") -> Answers:
    """Turn the knobs of the first variant in reach to the greatest base below `limit`."""
    for answers, rest in patterns(start, profile):
        need = Fraction(limit) - rest
        if 1 <= need <= KNOB_POINTS - 1:
            return answers | greatest_below(need, profile)
    raise LookupError(f"nothing found below {limit}")


def greatest_below(need: Fraction, profile: str) -> Answers:
    """Find the two rates whose leaves come closest to `need` points from below."""
    first, second = (knob_table(item, profile) for item in KNOBS)
    ladder = sorted(second)
    best, rates = ZERO, ("0", "0")
    for leaf, rate in first.items():
        at = bisect_left(ladder, need - leaf) - 1
        if at >= 0 and leaf + ladder[at] > best:
            best, rates = leaf + ladder[at], (rate, second[ladder[at]])
    return {item: figures(item, rate) for item, rate in zip(KNOBS, rates, strict=True)}
