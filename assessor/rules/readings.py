"""Readings: the figures that are held against an outcome's line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from assessor.formulas import Binary, Call, Name, Node
from assessor.rubrics.models import Rubric
from assessor.rubrics.outcomes import (
    CappedReading,
    CountReading,
    ItemsReading,
    Outcome,
    PointsReading,
    Reading,
    TotalReading,
)
from assessor.rules import names
from assessor.rules.item import Cell, ItemProgram
from assessor.rules.trees import SHOWN_DIGITS, compare, number, rounded, sum_of, when

HUNDRED = Decimal(100)
AT_TIER: Final = "at_tier"
CAPPED: Final = "capped"


def required_for(items: Sequence[ItemProgram], target: str) -> list[ItemProgram]:
    """Return the items that must be answered for `target`."""
    return [item for item in items if item.criterion.asked.get(target) == "required"]


def item_reading_cells(item: ItemProgram, readings: Sequence[tuple[str, int]]) -> Iterator[Cell]:
    """Yield the cells of one item that readings add up; `readings` are (`AT_TIER` or `CAPPED`, tier
    rank)."""
    for kind, tier_rank in readings:
        for view in names.VIEWS:
            if kind == AT_TIER:
                reached = compare(Name(names.rank(view, item.key)), ">=", number(tier_rank))
                tree: Node = when(reached, number(1), number(0))
                yield Cell(names.at_tier(view, tier_rank, item.key), tree)
            else:
                cap = number(item.raw.best_within(tier_rank))
                tree = Call("min", (Name(names.leaf(view, item.key)), cap))
                yield Cell(names.capped(view, tier_rank, item.key), tree)


def needed_cells(reading: Reading, item: ItemProgram, rubric: Rubric) -> tuple[str, int] | None:
    """Return the (kind, tier rank) of the item's cells that a reading adds up, if it does."""
    match reading:
        case ItemsReading():
            kind, counts = AT_TIER, item.raw.rank is not None
        case CountReading():
            kind, counts = AT_TIER, _can_reach(item) and _in_group(item, reading, rubric)
        case CappedReading():
            kind, counts = CAPPED, True
        case _:
            return None
    required = item.criterion.asked.get(reading.target) == "required"
    return (kind, rubric.tier_rank[reading.tier]) if required and counts else None


def counted_by(
    reading: ItemsReading | CountReading, items: Sequence[ItemProgram], rubric: Rubric
) -> list[ItemProgram]:
    """Return the items a reading counts: required for its target, with tiers, of its group."""
    return [item for item in items if needed_cells(reading, item, rubric) is not None]


def _can_reach(item: ItemProgram) -> bool:
    return item.raw.rank is not None and item.raw.rank_bounds[1] > 0


def _in_group(item: ItemProgram, reading: CountReading, rubric: Rubric) -> bool:
    return reading.group is None or item.criterion.id in rubric.group_by_id[reading.group].criteria


def reading_cells(
    outcome: Outcome, reading: Reading, items: Sequence[ItemProgram], rubric: Rubric
) -> Iterator[Cell]:
    """Yield one reading in all views, rounded to the digits that are printed and compared."""
    for view in names.VIEWS:
        tree = rounded(_tree(reading, items, rubric, view), SHOWN_DIGITS)
        yield Cell(names.reading(outcome.id, reading.id, view), tree)


def _tree(reading: Reading, items: Sequence[ItemProgram], rubric: Rubric, view: str) -> Node:
    match reading:
        case TotalReading():
            return Name(names.total(view))
        case PointsReading():
            counted = required_for(items, reading.target)
            return sum_of([Name(names.leaf(view, item.key)) for item in counted])
        case ItemsReading() | CountReading():
            return _at_tier(reading, counted_by(reading, items, rubric), rubric, view)
        case CappedReading():
            counted = required_for(items, reading.target)
            rank = rubric.tier_rank[reading.tier]
            points = sum_of([Name(names.capped(view, rank, item.key)) for item in counted])
            return _percent(
                points, asked_sum(counted, [item.raw.best_within(rank) for item in counted])
            )


def _at_tier(
    reading: ItemsReading | CountReading, counted: Sequence[ItemProgram], rubric: Rubric, view: str
) -> Node:
    rank = rubric.tier_rank[reading.tier]
    reached = sum_of([Name(names.at_tier(view, rank, item.key)) for item in counted])
    if isinstance(reading, CountReading):
        return reached
    return _percent(reached, asked_sum(counted, [Decimal(1)] * len(counted)))


def asked_sum(items: Sequence[ItemProgram], amounts: Sequence[Decimal]) -> Node:
    """Return the sum of `amounts` over the items that were not left out."""
    pairs = list(zip(items, amounts, strict=True))
    fixed = sum((amount for item, amount in pairs if item.exclusion is None), Decimal(0))
    parts: list[Node] = [number(fixed)]
    for item, amount in pairs:
        if item.exclusion is not None:
            parts.append(Binary("*", Name(names.asked(item.key)), number(amount)))
    return sum_of(parts)


def _percent(part: Node, whole: Node) -> Node:
    return Binary("*", Binary("/", part, whole), number(HUNDRED))
