"""A figure of agreement: an exact fraction, or the reason why there is none.

A figure that cannot be had is never given as 0 or 1.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

Missing = Literal["one_rater", "nothing_shared", "one_unit", "no_variation", "not_all_rated"]
"""Why a figure is not defined.

`one_rater`: nobody to agree with; `nothing_shared`: no unit rated by two; `one_unit`: chance cannot
be estimated from a single unit; `no_variation`: all gave one and the same value throughout, so that
nothing tells agreement from chance; `not_all_rated`: no two units rated by every rater.
"""
MISSING: tuple[Missing, ...] = get_args(Missing)

Labels = Mapping[str, Hashable]
"""The label each rater gave to one unit, by rater; who gave none is left out."""

Values = Mapping[str, Fraction]
"""The position on an ordered scale each rater gave to one unit, by rater."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An exact figure, or `None` with the reason; `units` is how many units it rests on."""

    value: Fraction | None
    missing: Missing | None = None
    units: int = 0


def shortfall(units: Sequence[Mapping[str, object]]) -> Missing | None:
    """Return why units cannot be compared at all, `None` when two raters share one."""
    if len({rater for unit in units for rater in unit}) < 2:  # noqa: PLR2004 (a pair)
        return "one_rater"
    return None if any(len(unit) > 1 for unit in units) else "nothing_shared"
