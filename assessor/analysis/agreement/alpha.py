"""Krippendorff's alpha for any number of raters, any of whom may be missing anywhere; exact.

K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): the coincidences of values
within units are held against those expected when values fall together by chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import TypeVar

from assessor.analysis.agreement.figures import Figure, Labels, Values, shortfall

V = TypeVar("V", bound=Hashable)
_Distance = Callable[[V, V], Fraction]
_ONE, _HALF = Fraction(1), Fraction(1, 2)


def nominal_alpha(units: Sequence[Labels]) -> Figure:
    """Return alpha for labels that are the same or not."""
    return _alpha(units, lambda _: _differs)


def ordinal_alpha(units: Sequence[Values]) -> Figure:
    """Return alpha for values of which only the order counts."""
    return _alpha(units, _rank_distance)


def interval_alpha(units: Sequence[Values]) -> Figure:
    """Return alpha for values whose differences count."""
    return _alpha(units, lambda _: _squared)


def _alpha(
    units: Sequence[Mapping[str, V]], metric: Callable[[Mapping[V, int]], _Distance[V]]
) -> Figure:
    shared = [Counter(unit.values()) for unit in units if len(unit) > 1]
    missing = shortfall(units)
    if missing is not None:
        return Figure(None, missing, len(shared))
    totals: Counter[V] = Counter()
    for counts in shared:
        totals.update(counts)
    if len(totals) == 1:
        return Figure(None, "no_variation", len(shared))
    if len(shared) == 1:
        return Figure(None, "one_unit", 1)
    distance = metric(totals)
    seen = sum((_within(counts, distance) for counts in shared), Fraction(0))
    expected = _apart(totals, distance) / (totals.total() - 1)
    return Figure(_ONE - seen / expected, None, len(shared))


def _within(counts: Mapping[V, int], distance: _Distance[V]) -> Fraction:
    """Return the disagreement within one unit; each value counts once, however many there are."""
    return _apart(counts, distance) / (sum(counts.values()) - 1)


def _apart(counts: Mapping[V, int], distance: _Distance[V]) -> Fraction:
    """Return the distances of all pairs of values."""
    pairs = combinations(counts.items(), 2)
    return sum((m * n * distance(a, b) for (a, m), (b, n) in pairs), Fraction(0))


def _differs(_: Hashable, __: Hashable) -> Fraction:
    """Only ever asked of two different labels."""
    return _ONE


def _squared(one: Fraction, other: Fraction) -> Fraction:
    return (one - other) ** 2


def _rank_distance(totals: Mapping[Fraction, int]) -> _Distance[Fraction]:
    """Return the distance that counts how many values were given between two."""
    middle: dict[Fraction, Fraction] = {}
    below = 0
    for value in sorted(totals):
        middle[value] = below + totals[value] * _HALF
        below += totals[value]
    return lambda one, other: _squared(middle[one], middle[other])
