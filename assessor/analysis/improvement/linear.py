"""Sums of variables with a constant, and what is known of their size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Linear:
    """`constant` plus the variables of `terms` (by number) times their factor; from `low` to
    `high`."""

    constant: Decimal = NOTHING
    terms: Mapping[int, Decimal] = field(default_factory=dict)
    low: Decimal = NOTHING
    high: Decimal = NOTHING

    @property
    def is_fixed(self) -> bool:
        """Whether no variable is in it."""
        return not self.terms

    def plus(self, other: Linear) -> Linear:
        """Return the sum of two."""
        return total([self, other])

    def times(self, factor: Decimal) -> Linear:
        """Return it multiplied by a number."""
        if not factor:
            return fixed(NOTHING)
        ends = sorted((self.low * factor, self.high * factor))
        terms = {variable: other * factor for variable, other in self.terms.items()}
        return Linear(self.constant * factor, terms, ends[0], ends[1])

    def minus(self, other: Linear) -> Linear:
        """Return the difference."""
        return self.plus(other.times(Decimal(-1)))


def fixed(value: Decimal) -> Linear:
    """Return a sum of no variables."""
    return Linear(value, {}, value, value)


def variable(number: int, low: Decimal, high: Decimal) -> Linear:
    """Return one variable alone."""
    return Linear(NOTHING, {number: Decimal(1)}, low, high)


def total(parts: list[Linear]) -> Linear:
    """Return the sum of many, without adding them up one after another."""
    terms: dict[int, Decimal] = {}
    for part in parts:
        for number, factor in part.terms.items():
            terms[number] = terms.get(number, NOTHING) + factor
    return Linear(
        sum((part.constant for part in parts), NOTHING),
        {number: factor for number, factor in terms.items() if factor},
        sum((part.low for part in parts), NOTHING),
        sum((part.high for part in parts), NOTHING),
    )
