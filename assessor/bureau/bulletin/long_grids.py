"""Grids for programs: ids instead of names, one row for a visit or for a visit's criterion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from assessor.bureau.bulletin.grid import Grid, Kind, Line, columns, grid
from assessor.bureau.bulletin.naming import Naming
from assessor.bureau.register import VisitRow
from assessor.bureau.register.figures import NONE
from assessor.bureau.register.layout import UNIT
from assessor.bureau.statistics.facts import Block, Facts

_VISITS: tuple[tuple[str, Kind], ...] = (
    ("visit_id", "text"),
    ("year", "text"),
    ("district", "text"),
    ("enterprise", "text"),
    ("credit_code", "text"),
    ("industry", "text"),
    ("cycle", "text"),
    ("visit_date", "text"),
    ("rubric", "text"),
    ("role", "text"),
    ("tier", "text"),
    ("score", "points"),
    ("maximum", "points"),
    ("self_score", "points"),
    ("signature", "text"),
    ("verdict", "text"),
    ("file", "text"),
)
_ITEMS: tuple[tuple[str, Kind], ...] = (
    ("visit_id", "text"),
    ("year", "text"),
    ("district", "text"),
    ("rubric", "text"),
    ("item", "text"),
    ("points", "points"),
    ("maximum", "points"),
    ("self_points", "points"),
)


def open_visits(visits: Iterable[VisitRow], naming: Naming) -> Grid:
    """Return every visit with ids where other tables have names."""
    lines = (
        Line(
            (
                one.visit_id,
                str(one.year),
                naming.unstated(one.district),
                one.name,
                one.credit_code,
                one.industry,
                one.cycle,
                one.visit_date,
                f"{one.rubric} {one.rubric_version}",
                one.role,
                one.tier,
                one.score,
                one.maximum,
                one.self_score,
                one.signature,
                one.verdict.value,
                one.file_name,
            ),
            (one.number,),
        )
        for one in visits
    )
    return grid("visits", naming.language, columns(naming.language, _VISITS), lines)


def item_grid(facts: Iterable[Facts], naming: Naming) -> Grid:
    """Return the points of every criterion of every visit."""
    lines = (
        line
        for one in facts
        for block in one.blocks
        for place, item in enumerate(block.shape.items)
        for line in _column(one, block, place, item, naming)
    )
    return grid("items", naming.language, columns(naming.language, _ITEMS), lines)


def _column(facts: Facts, block: Block, place: int, item: str, naming: Naming) -> Iterator[Line]:
    kinds = ("points", "maximum", "self_points")
    for number, *figures in zip(
        block.visits, *(block.item(kind, place) for kind in kinds), strict=True
    ):
        visit = facts.by_number[number]
        values = (_points(figure) for figure in figures)
        district = naming.unstated(visit.district)
        head = (visit.visit_id, str(visit.year), district, visit.rubric, item)
        yield Line((*head, *values), (number,))


def _points(figure: int) -> Decimal | None:
    return None if figure == NONE else Decimal(figure) / UNIT
