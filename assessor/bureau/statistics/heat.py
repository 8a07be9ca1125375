"""District by dimension: where which side is weak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor.bureau.register.figures import NONE
from assessor.bureau.statistics.facts import Facts


@dataclass(frozen=True, slots=True)
class HeatCell:
    """The share of the points that was reached (0 to 1): sum of points over sum of maxima."""

    rate: Decimal | None
    visits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """Rates by district and dimension; `total` is all districts together, by dimension."""

    districts: tuple[str, ...]
    dimensions: tuple[str, ...]
    cells: Mapping[tuple[str, str], HeatCell]
    total: Mapping[str, HeatCell]


@dataclass
class _Sum:
    points: int = 0
    maximum: int = 0
    visits: tuple[int, ...] = ()

    def cell(self) -> HeatCell:
        rate = Decimal(self.points) / self.maximum if self.maximum else None
        return HeatCell(rate, self.visits)


def heat(facts: Facts, dimensions: Sequence[str] = ()) -> Heat:
    """Return the rates of verified visits; `dimensions` in the order wanted, all without it."""
    found = dimensions or sorted({one for block in facts.blocks for one in block.shape.dimensions})
    sums: dict[tuple[str, str], _Sum] = {}
    for block in facts.verified_blocks:
        places = [facts.by_number[visit].district for visit in block.visits]
        for at, dimension in enumerate(block.shape.dimensions):
            if dimension in found:
                points = block.dimension("points", at)
                maximum = block.dimension("maximum", at)
                rows = zip(block.visits, places, points, maximum, strict=True)
                _add(sums, dimension, rows)
    districts = tuple(sorted({visit.district for visit in facts.verified}))
    whole = {one: _Sum() for one in found}
    for (_, dimension), part in sums.items():
        total = whole[dimension]
        total.points += part.points
        total.maximum += part.maximum
        total.visits += part.visits
    return Heat(
        districts,
        tuple(found),
        {place: part.cell() for place, part in sums.items()},
        {dimension: total.cell() for dimension, total in whole.items()},
    )


def _add(
    sums: dict[tuple[str, str], _Sum], dimension: str, rows: zip[tuple[int, str, int, int]]
) -> None:
    grouped: dict[str, list[tuple[int, int, int]]] = {}
    for visit, district, points, maximum in rows:
        if NONE not in (points, maximum):
            grouped.setdefault(district, []).append((visit, points, maximum))
    for district, found in grouped.items():
        visits, points_of, maxima = zip(*found, strict=True)
        part = sums.setdefault((district, dimension), _Sum())
        part.points += sum(points_of)
        part.maximum += sum(maxima)
        part.visits += visits
