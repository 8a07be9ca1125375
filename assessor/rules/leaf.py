"""What every rule kind compiles to before links, exclusions and re-weighting are laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessor.formulas import Node
from assessor.rubrics.rule_models import Option, Scale


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule is compiled: for which answer, how much it is worth, in which profile.

    `answer` is the tree of the effective answer; `ranks` is tier -> 1, 2, 3 ...; `filled_tables`
    names the tables that have rows.
    """

    key: str
    answer: Node
    maximum: Decimal
    profile: str
    ranks: Mapping[str, int]
    filled_tables: frozenset[str]


@dataclass(frozen=True, slots=True)
class Raw:
    """A rule compiled for one answer, which is known to apply.

    `points` are exact and not yet rounded; `rank` is the tier reached (`None` where the rule knows
    no tiers). `values` are the possible (points, rank) of single answers, for the bounds of an
    unanswered item and for caps. `inputs` are cells computed before `result` and `result` before
    `points`.
    """

    points: Node
    rank: Node | None
    lowest: Decimal
    highest: Decimal
    values: tuple[tuple[Decimal, int], ...] = ()
    inputs: tuple[tuple[str, Node], ...] = ()
    result: Node | None = None

    def best_within(self, tier_rank: int) -> Decimal:
        """Return the most points an answer gives that does not go beyond the tier."""
        return max((value for value, rank in self.values if rank <= tier_rank), default=Decimal(0))

    @property
    def rank_bounds(self) -> tuple[int, int]:
        """The lowest and highest tier an answer can reach."""
        ranks = [rank for _, rank in self.values] or [0]
        return min(ranks), max(ranks)


@dataclass(frozen=True, slots=True)
class Reweighting:
    """The points of a dimension are shared out over what still applies: `whole` / cell `left`."""

    left: str
    whole: Decimal


def worth(value: Decimal, scale: Scale, maximum: Decimal) -> Decimal:
    """Return the points an option's value means."""
    return value if scale == "points" else value * maximum


def rank_of(option: Option, ranks: Mapping[str, int]) -> int:
    """Return the rank of the tier an option reaches, 0 for none."""
    return ranks[option.tier] if option.tier else 0
