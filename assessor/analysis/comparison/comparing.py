"""Two records beside each other, item by item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from assessor.analysis.comparison.pairs import (
    STANDINGS,
    DimensionPair,
    Incomparable,
    ItemPair,
    Standing,
    dimension_pairs,
    incomparable,
    item_pairs,
)
from assessor.analysis.comparison.sides import (
    Kind,
    NotComparableError,
    Side,
    in_order,
    kind_of,
    name_of,
)
from assessor.i18n import Message, message

ZERO = Decimal(0)
FEWEST_AXES, MOST_AXES = 5, 16
"""So many dimensions read well as a radar."""
_WEIGHT: Mapping[Standing, int] = {name: at for at, name in enumerate(STANDINGS)}


@dataclass(frozen=True)
class Comparison:
    """Two sides of one rubric, perhaps in two versions; differences stand first in `items`."""

    kind: Kind
    first: Side
    second: Side
    items: tuple[ItemPair, ...]
    dimensions: tuple[DimensionPair, ...]
    left_out: tuple[Incomparable, ...]

    @property
    def names(self) -> tuple[Message, Message]:
        """What the sides are called."""
        first, second = name_of(self.first, self.kind), name_of(self.second, self.kind)
        if first != second:
            return first, second
        return (
            message("comparison.side_first", name=first),
            message("comparison.side_second", name=second),
        )

    @cached_property
    def counts(self) -> Mapping[Standing, int]:
        """How many items stand in each way, none left out."""
        return {name: sum(one.standing == name for one in self.items) for name in STANDINGS}

    @property
    def drawn(self) -> tuple[DimensionPair, ...]:
        """The dimensions a chart shows: the highest level that is neither too few nor too many to
        be seen at once, else the top."""
        depths = sorted({entry.depth for entry in self.dimensions})
        levels = [tuple(one for one in self.dimensions if one.depth == at) for at in depths]
        fitting = [level for level in levels if FEWEST_AXES <= len(level) <= MOST_AXES]
        return next(iter(fitting or levels), ())

    @property
    def versions_differ(self) -> bool:
        """Whether the sides were scored with two versions of the rubric."""
        return self.first.record.rubric.digest != self.second.record.rubric.digest


def compare(one: Side, other: Side) -> Comparison:
    """Return two sides beside each other, in their natural order (`in_order`).

    Differences come first: what fell, widest first, then what rose, then other answers of the same
    worth, what only one side has answered, what is the same, what is open. Raises
    `NotComparableError` for two different rubrics.
    """
    if one.rubric.id != other.rubric.id:
        raise NotComparableError(
            message(
                "comparison.other_rubric",
                first=one.rubric.short_title,
                second=other.rubric.short_title,
            )
        )
    first, second = in_order(one, other)
    pairs = item_pairs(first, second)
    places = {pair.criterion.id: at for at, pair in enumerate(pairs)}
    ordered = sorted(
        pairs,
        key=lambda pair: (
            _WEIGHT[pair.standing],
            -abs(pair.difference or ZERO),
            places[pair.criterion.id],
        ),
    )
    return Comparison(
        kind_of(first, second),
        first,
        second,
        tuple(ordered),
        dimension_pairs(first, second),
        incomparable(first, second),
    )
