"""Two records of one rubric beside each other: own and verified, then and now, two enterprises."""

from assessor.analysis.comparison.comparing import FEWEST_AXES, Comparison, compare
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
    "FEWEST_AXES",
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
