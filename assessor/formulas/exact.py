"""Exact arithmetic: `Decimal` while it stays exact, `Fraction` from the first inexact division on.

Why both: a score must be right on ties, and 1/3*3 must be 1, which no number of digits guarantees
but a fraction does. Nearly every step of a score, though, is exact in `Decimal` and much faster
there. The two compare and mix without loss, so which one carries a value never shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction
from functools import lru_cache, reduce
from typing import cast

Exact = Decimal | Fraction

DIGITS = 50
"""Significant digits of a result that has no finite decimal form."""

_LIMIT = Decimal("1E60")
_EXACT = Context(prec=120, traps=[Inexact, InvalidOperation])
_WIDE = Context(prec=200, rounding=ROUND_HALF_UP)
_FINAL = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation])


def add(left: Exact, right: Exact) -> Exact:
    """Return the exact sum."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        try:
            return _EXACT.add(left, right)
        except Inexact:
            pass
    return Fraction(left) + Fraction(right)


def total(values: Sequence[Exact]) -> Exact:
    """Return the exact sum, 0 of nothing."""
    zero: Exact = Decimal(0)
    try:
        # Sums of many cells are most of a score's work: no look at each value while all are plain.
        return reduce(_EXACT.add, cast("Sequence[Decimal]", values), Decimal(0))
    except (Inexact, TypeError):
        return reduce(add, values, zero)


def negative(value: Exact) -> Exact:
    """Return the exact negative."""
    return value.copy_negate() if isinstance(value, Decimal) else -value


def subtract(left: Exact, right: Exact) -> Exact:
    """Return the exact difference."""
    return add(left, negative(right))


def multiply(left: Exact, right: Exact) -> Exact:
    """Return the exact product."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        try:
            return _EXACT.multiply(left, right)
        except Inexact:
            pass
    return Fraction(left) * Fraction(right)


def divide(left: Exact, right: Exact) -> Exact:
    """Return the exact quotient; `right` must not be zero."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        try:
            return _EXACT.divide(left, right)
        except Inexact:
            pass
    return Fraction(left) / Fraction(right)


def is_usable(value: Exact) -> bool:
    """Return whether `value` is of a size that can be rounded and written (below 1E60)."""
    return -_LIMIT < value < _LIMIT


def round_half_up(value: Exact, digits: int) -> Decimal:
    """Return a usable `value` rounded to `digits` decimals, ties away from zero, never -0."""
    if isinstance(value, Decimal):
        rounded = value.quantize(_unit(digits), context=_WIDE)
    else:
        scaled = abs(value) * 10**digits
        whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        rounded = Decimal(f"{'-' if value < 0 else ''}{whole}E-{digits}")
    return rounded if rounded else rounded.copy_abs()


@lru_cache
def _unit(digits: int) -> Decimal:
    return Decimal(1).scaleb(-digits)


def to_decimal(value: Exact) -> Decimal:
    """Return `value` as a `Decimal`, rounded to `DIGITS` digits if it has no finite form."""
    if isinstance(value, Fraction):
        value = _FINAL.divide(Decimal(value.numerator), Decimal(value.denominator))
    return value if value else value.copy_abs()
