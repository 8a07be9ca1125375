"""Readings: the figures that are held against an outcome's line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assessor.formulas import Binary, Call, Name, Node
from assessor.rubrics.outcomes import (
    CappedReading,
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


def required_for(items: Sequence[ItemProgram], target: str) -> list[ItemProgram]:
    """Return the items that must be answered for `target`."""
    return [item for item in items if item.criterion.asked.get(target) == "required"]


def item_reading_cells(item: ItemProgram, readings: Sequence[tuple[str, int]]) -> Iterator[Cell]:
    """Yield the cells of one item that readings add up; `readings` are (kind, tier rank)."""
    for kind, tier_rank in readings:
        for view in names.VIEWS:
            if kind == "items_at_tier":
                reached = compare(Name(names.rank(view, item.key)), ">=", number(tier_rank))
                tree: Node = when(reached, number(1), number(0))
                yield Cell(names.at_tier(view, tier_rank, item.key), tree)
            else:
                cap = number(item.raw.best_within(tier_rank))
                tree = Call("min", (Name(names.leaf(view, item.key)), cap))
                yield Cell(names.capped(view, tier_rank, item.key), tree)


def reading_cells(
    outcome: Outcome, reading: Reading, items: Sequence[ItemProgram], ranks: dict[str, int]
) -> Iterator[Cell]:
    """Yield one reading in all views, rounded to the digits that are printed and compared."""
    for view in names.VIEWS:
        tree = rounded(_tree(reading, items, ranks, view), SHOWN_DIGITS)
        yield Cell(names.reading(outcome.id, reading.id, view), tree)


def _tree(reading: Reading, items: Sequence[ItemProgram], ranks: dict[str, int], view: str) -> Node:
    match reading:
        case TotalReading():
            return Name(names.total(view))
        case PointsReading():
            counted = required_for(items, reading.target)
            return sum_of([Name(names.leaf(view, item.key)) for item in counted])
        case ItemsReading():
            counted = [item for item in required_for(items, reading.target) if item.raw.rank]
            rank = ranks[reading.tier]
            reached = sum_of([Name(names.at_tier(view, rank, item.key)) for item in counted])
            return _percent(reached, asked_sum(counted, [Decimal(1)] * len(counted)))
        case CappedReading():
            counted = required_for(items, reading.target)
            rank = ranks[reading.tier]
            points = sum_of([Name(names.capped(view, rank, item.key)) for item in counted])
            return _percent(
                points, asked_sum(counted, [item.raw.best_within(rank) for item in counted])
            )


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
