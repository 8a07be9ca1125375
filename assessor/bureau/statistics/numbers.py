"""Counts, quartiles, means: exact, and stated so that a spreadsheet gives the same.

Quartiles are those of `QUARTILE.INC`: between two values they lie on the straight line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Spread:
    """How values lie: the least, the quartiles, the mean, the greatest, and how many there are."""

    count: int
    least: Decimal
    lower: Decimal
    median: Decimal
    upper: Decimal
    most: Decimal
    mean: Decimal


def spread(values: Sequence[Decimal]) -> Spread | None:
    """Return how values lie, `None` without values."""
    if not values:
        return None
    ordered = sorted(values)
    lower, median, upper = (quartile(ordered, which) for which in (1, 2, 3))
    return Spread(len(ordered), ordered[0], lower, median, upper, ordered[-1], mean_of(ordered))


def quartile(ordered: Sequence[Decimal], which: int) -> Decimal:
    """Return the first, second or third quartile of values in ascending order (not empty)."""
    at, rest = divmod((len(ordered) - 1) * which, QUARTERS)
    if not rest:
        return ordered[at]
    step = ordered[at + 1] - ordered[at]
    return ordered[at] + step * rest / QUARTERS


def mean_of(values: Sequence[Decimal]) -> Decimal:
    """Return the mean of values (not empty)."""
    return sum(values, Decimal(0)) / len(values)
