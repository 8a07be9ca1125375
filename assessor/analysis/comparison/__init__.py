"""Two records of one rubric beside each other: own and verified, then and now, two enterprises."""

from assessor.analysis.comparison.comparing import Comparison, compare
from assessor.analysis.comparison.pairs import (
    STANDINGS,
    DimensionPair,
    Incomparable,
    ItemPair,
    Reason,
    Standing,
)
from assessor.analysis.comparison.sides import (
    Kind,
    NotComparableError,
    Side,
    own_side,
    side_of,
)

__all__ = [
    "STANDINGS",
    "Comparison",
    "DimensionPair",
    "Incomparable",
    "ItemPair",
    "Kind",
    "NotComparableError",
    "Reason",
    "Side",
    "Standing",
    "compare",
    "own_side",
    "side_of",
]
