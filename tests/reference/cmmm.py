"""The maturity of smart manufacturing, its level arithmetic by hand with exact fractions.

Readings chosen where the rules leave a choice (the plainest one each time):

* At one level a sub-domain is the plain mean of its requirements; every knot above is the weighted
  mean of what hangs below it, and a knot nobody is asked anything of leaves its mean, the weights
  of the others being divided by what they add up to.
* A level that comes to its threshold, printed with two digits, is satisfied and counts as one;
  another counts as what it comes to. With the switch off every level counts as what it comes to.
* The score is the sum over the levels; printed with two digits it lies in one band, closed below.
* An open requirement is worth nothing in the lowest and one in the highest.
* Without a weight that a mean needs there is no figure for the mean, nor for anything above it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tests.reference.exact import MISSED, ONE, OPEN, REACHED, ZERO, half_up, load

FACTS = load("cmmm")
VALUES = {value["id"]: Fraction(value["value"]) for value in FACTS["answer_values"]}
THRESHOLD = next(s["threshold"] for s in FACTS["switches"] if s["id"] == "satisfied_counts_as_one")
LEVELS = tuple(int(level["level"]) for level in FACTS["levels"])
BANDS = FACTS["bands"]


@dataclass(frozen=True)
class Knot:
    """A part of the tree with its weight beside its neighbours (None: not entered yet)."""

    name: str
    weight: Fraction | None
    below: tuple[Knot, ...] = ()


Asked = Mapping[tuple[int, str], Sequence[Fraction | None]]
"""Level and sub-domain -> the values of its requirements, None where one is unanswered."""


def value(knot: Knot, level: int, asked: Asked, missing: Fraction) -> Fraction | str | None:
    """The figure of a knot at a level: a number, `"none"` where nothing is asked, None where a
    weight is missing."""
    if not knot.below:
        given = [missing if x is None else x for x in asked.get((level, knot.name), ())]
        return sum(given, ZERO) / len(given) if given else "none"
    parts = [(part.weight, value(part, level, asked, missing)) for part in knot.below]
    parts = [(weight, figure) for weight, figure in parts if figure != "none"]
    if not parts:
        return "none"
    top, bottom = ZERO, ZERO
    for weight, figure in parts:
        if weight is None or not isinstance(figure, Fraction):
            return None
        top, bottom = top + weight * figure, bottom + weight
    return top / bottom


@dataclass(frozen=True)
class Card:
    """Each level's own figure and what it counts as, and the score; None without weights."""

    own: dict[int, Fraction | None]
    counts: dict[int, Fraction | None]
    score: Fraction | None


def card(
    tree: Knot,
    asked: Asked,
    *,
    missing: Fraction = ZERO,
    as_one: bool = True,
    stop: bool = False,
    levels: Sequence[int] = LEVELS,
) -> Card:
    """Evaluate the tree once for each level and add the levels up."""
    own: dict[int, Fraction | None] = {}
    counts: dict[int, Fraction | None] = {}
    going = True
    for level in levels:
        figure = value(tree, level, asked, missing)
        own[level] = figure if isinstance(figure, Fraction) else None
        now = own[level]
        satisfied = now is not None and half_up(now, 2) >= THRESHOLD
        counts[level] = ONE if satisfied and as_one else now
        if stop and not going and now is not None:
            counts[level] = ZERO
        going = going and satisfied
    known = [count for count in counts.values() if count is not None]
    whole = len(known) == len(levels)
    return Card(own, counts, sum(known, ZERO) if whole else None)


def band(score: Fraction) -> int:
    """The level whose band a score, printed with two digits, lies in."""
    shown = half_up(score, 2)
    for line in BANDS:
        closed = "ge" not in line or shown >= line["ge"]
        below = shown < line["lt"] if "lt" in line else shown <= line["le"]
        if closed and below:
            return int(line["level"])
    raise ValueError(f"{shown} lies in no band")


def states(tree: Knot, asked: Asked, *, as_one: bool = True) -> dict[int, str]:
    """Whether each level is reached, by what is certain and by what is still possible."""
    low = card(tree, asked, missing=ZERO, as_one=as_one).score
    high = card(tree, asked, missing=ONE, as_one=as_one).score
    if low is None or high is None:
        return dict.fromkeys(LEVELS, OPEN)
    return {
        level: REACHED if band(low) >= level else MISSED if band(high) < level else OPEN
        for level in LEVELS
    }


def standard_tree(weights: Mapping[str, Fraction]) -> Knot:
    """The tree of the standard in force: elements, domains, sub-domains.

    A domain with one sub-domain of its own name is one knot. `weights` is by path of names.
    """

    def knot(path: str, names: Sequence[Knot]) -> Knot:
        return Knot(path, weights.get(path), tuple(names))

    elements = []
    for element in FACTS["elements"]:
        domains = []
        for domain in element["domains"]:
            at = f"{element['zh']}/{domain['zh']}"
            alone = domain["sub"] == [domain["zh"]]
            below = [] if alone else [knot(f"{at}/{name}", ()) for name in domain["sub"]]
            domains.append(knot(at, below))
        elements.append(knot(element["zh"], domains))
    return Knot("", None, tuple(elements))
