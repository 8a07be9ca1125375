"""Agreement beyond chance: Cohen's kappa for two raters, weighted or not, and Fleiss' for many; and
the plain share of pairs that agree. All exact.

J. Cohen, Psychological Bulletin 70 (1968) 213; J. L. Fleiss, Psychological Bulletin 76 (1971) 378.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from fractions import Fraction
from typing import Literal

from assessor.analysis.agreement.figures import Figure, Labels, Values, shortfall

Weights = Literal["linear", "quadratic"]
_ONE = Fraction(1)


def percent_agreement(units: Sequence[Labels]) -> Figure:
    """Return the share (0 to 1) of pairs of raters that gave one unit the same label."""
    missing = shortfall(units)
    shared = [Counter(unit.values()) for unit in units if len(unit) > 1]
    if missing is not None:
        return Figure(None, missing)
    same = sum(_pairs(count) for counts in shared for count in counts.values())
    pairs = sum(_pairs(counts.total()) for counts in shared)
    return Figure(Fraction(same, pairs), None, len(shared))


def weighted_kappa(
    units: Sequence[Values], one: str, other: str, weights: Weights = "linear"
) -> Figure:
    """Return how far two raters agree beyond chance, on the units both rated.

    A disagreement weighs as much as the distance of the two values, or its square; the unit of the
    scale cancels out.
    """
    pairs = [(unit[one], unit[other]) for unit in units if one in unit and other in unit]
    if not pairs:
        return Figure(None, "nothing_shared")
    if len({value for pair in pairs for value in pair}) == 1:
        return Figure(None, "no_variation", len(pairs))
    if len(pairs) == 1:
        return Figure(None, "one_unit", 1)
    power = 1 if weights == "linear" else 2
    seen = _disagreement(Counter(pairs), power)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = Counter({(a, b): m * n for a, m in first.items() for b, n in second.items()})
    return Figure(_ONE - seen * len(pairs) / _disagreement(by_chance, power), None, len(pairs))


def _disagreement(pairs: Counter[tuple[Fraction, Fraction]], power: int) -> Fraction:
    found = (count * abs(a - b) ** power for (a, b), count in pairs.items() if a != b)
    return sum(found, Fraction(0))


def fleiss_kappa(units: Sequence[Labels]) -> Figure:
    """Return how far many raters agree beyond chance, on the units that all of them rated."""
    missing = shortfall(units)
    if missing is not None:
        return Figure(None, missing)
    raters = {rater for unit in units for rater in unit}
    full = [Counter(unit.values()) for unit in units if len(unit) == len(raters)]
    if len(full) < 2:  # noqa: PLR2004 (chance needs a second unit)
        return Figure(None, "not_all_rated", len(full))
    return _fleiss(full, len(raters))


def _fleiss(full: Sequence[Counter[Hashable]], raters: int) -> Figure:
    totals: Counter[Hashable] = Counter()
    for counts in full:
        totals.update(counts)
    if len(totals) == 1:
        return Figure(None, "no_variation", len(full))
    same = sum(_pairs(count) for counts in full for count in counts.values())
    seen = Fraction(same, len(full) * _pairs(raters))
    chance = sum((Fraction(count, totals.total()) ** 2 for count in totals.values()), Fraction(0))
    return Figure((seen - chance) / (_ONE - chance), None, len(full))


def _pairs(count: int) -> int:
    return count * (count - 1) // 2
