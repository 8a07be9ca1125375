"""Which criteria lose most points, and where enterprises rate themselves too high."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assessor.bureau.register.figures import NONE
from assessor.bureau.register.layout import UNIT
from assessor.bureau.statistics.facts import Block, Facts


@dataclass(frozen=True, slots=True)
class CriterionLoss:
    """What became of one criterion over all verified visits that answered it.

    `points` and `maximum` are sums. `claimed` is by how many points the enterprises' own answers
    are higher on average, over the visits that hold both: `compared`.
    """

    item: str
    visits: tuple[int, ...]
    points: Decimal
    maximum: Decimal
    claimed: Decimal | None
    compared: tuple[int, ...]

    @property
    def rate(self) -> Decimal | None:
        """The share of the points that was reached, 0 to 1."""
        return self.points / self.maximum if self.maximum else None

    @property
    def claimed_rate(self) -> Decimal | None:
        """By which share of its maximum the criterion is rated too high, `None` if unknown."""
        if self.claimed is None or not self.maximum:
            return None
        return self.claimed * len(self.visits) / self.maximum


def criteria(facts: Facts) -> tuple[CriterionLoss, ...]:
    """Return every criterion that was answered, the one with the lowest share reached first."""
    found: dict[str, list[CriterionLoss]] = {}
    for block in facts.verified_blocks:
        for at, item in enumerate(block.shape.items):
            found.setdefault(item, []).append(_in_block(block, at, item))
    merged = (_merged(item, parts) for item, parts in found.items())
    return tuple(sorted((one for one in merged if one.visits), key=_worst_first))


def _worst_first(one: CriterionLoss) -> tuple[Decimal, Decimal, str]:
    rate = one.rate
    return (Decimal(2) if rate is None else rate, one.points - one.maximum, one.item)


def _in_block(block: Block, at: int, item: str) -> CriterionLoss:
    points, maximum = block.item("points", at), block.item("maximum", at)
    claimed = block.item("self_points", at)
    visits = block.visits
    if NONE in points or NONE in maximum:
        kept = [
            place
            for place, (got, most) in enumerate(zip(points, maximum, strict=True))
            if NONE not in (got, most)
        ]
        visits = tuple(visits[place] for place in kept)
        points, maximum, claimed = (_picked(one, kept) for one in (points, maximum, claimed))
    difference, compared = _claimed(visits, points, claimed)
    return CriterionLoss(item, visits, _sum(points), _sum(maximum), difference, compared)


def _claimed(
    visits: tuple[int, ...], points: array[int], claimed: array[int]
) -> tuple[Decimal | None, tuple[int, ...]]:
    if NONE not in claimed:
        total, both = sum(claimed) - sum(points), visits
    else:
        rows = zip(visits, points, claimed, strict=True)
        pairs = [(visit, own - got) for visit, got, own in rows if own != NONE]
        total, both = sum(by for _, by in pairs), tuple(visit for visit, _ in pairs)
    return (Decimal(total) / UNIT / len(both), both) if both else (None, ())


def _merged(item: str, parts: list[CriterionLoss]) -> CriterionLoss:
    if len(parts) == 1:
        return parts[0]
    compared = tuple(visit for part in parts for visit in part.compared)
    claimed = _total(
        part.claimed * len(part.compared) for part in parts if part.claimed is not None
    )
    return CriterionLoss(
        item,
        tuple(visit for part in parts for visit in part.visits),
        _total(part.points for part in parts),
        _total(part.maximum for part in parts),
        claimed / len(compared) if compared else None,
        compared,
    )


def _picked(numbers: array[int], places: list[int]) -> array[int]:
    return array("q", (numbers[place] for place in places))


def _sum(numbers: array[int]) -> Decimal:
    return Decimal(sum(numbers)) / UNIT


def _total(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))
