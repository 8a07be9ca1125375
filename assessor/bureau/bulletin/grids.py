"""Statistics as grids. With a `limit` small groups are withheld, for what is published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assessor.bureau.bulletin.grid import Column, Grid, Kind, Line, Value, columns, grid
from assessor.bureau.bulletin.naming import Naming, place_order
from assessor.bureau.statistics.criteria import CriterionLoss
from assessor.bureau.statistics.facts import Facts
from assessor.bureau.statistics.heat import Heat
from assessor.bureau.statistics.histogram import Bin
from assessor.bureau.statistics.inflation import Inflation
from assessor.bureau.statistics.numbers import Spread
from assessor.bureau.statistics.results import By, Group, Results
from assessor.bureau.statistics.severity import Severity
from assessor.bureau.statistics.trends import Station, Year
from assessor.bureau.statistics.withholding import (
    ALL,
    HISTOGRAM,
    INFLATION,
    TOTAL,
    Withheld,
    change_of,
    claim_of,
    heat_of,
    item_of,
)
from assessor.i18n import text

_SPREAD: tuple[tuple[str, Kind], ...] = (
    ("visits", "count"),
    ("enterprises", "count"),
    ("least", "points"),
    ("lower", "points"),
    ("median", "points"),
    ("upper", "points"),
    ("most", "points"),
    ("mean", "points"),
)
_OWN_EYES = ("severity", "trend")
_EXTREMES = (3, 7)
"""The places of the lowest and the highest among those."""


@dataclass(frozen=True)
class Grids:
    """Makes grids of the statistics of one rubric in one language.

    `limit` 0 withholds nothing; else `withheld` tells which groups are not shown.
    """

    facts: Facts
    rubric: str
    naming: Naming
    limit: int = 0
    withheld: Withheld = field(default_factory=Withheld)

    def results(self, found: Results) -> Grid:
        """Return count, quartiles and mean by group, all together in the last row."""
        hidden = self.withheld.of(found.by)
        lines = [
            self._group(self._key(found.by, one.key), one, hidden=one.key in hidden)
            for one in self._in_order(found)
        ]
        if not self.withheld.whole and (len(hidden) < len(found.groups) or not hidden):
            total = self._group(self._all(), found.everything, hidden=False)
            lines.append(replace(total, total=True))
        heads = columns(self.naming.language, ((found.by, "text"), *_SPREAD))
        notes = ["quartiles", *(() if found.additive else ("overlap",))]
        return self._grid(found.by, heads, lines, notes)

    def histogram(self, bins: Sequence[Bin]) -> Grid:
        """Return the number of visits for each step of the scale."""
        small = self.withheld.of(HISTOGRAM)
        lines = [
            Line(
                (f"{one.low:f}–{one.high:f}", len(one.visits)),
                one.visits,
                frozenset({1}) if str(at) in small else frozenset(),
            )
            for at, one in enumerate(bins)
        ]
        heads = columns(self.naming.language, (("score", "text"), ("visits", "count")))
        return self._grid("histogram", heads, lines, ["bins"])

    def criteria(self, found: Iterable[CriterionLoss], most: int | None = None) -> Grid:
        """Return the criteria, those that lose most first."""
        wanted: tuple[tuple[str, Kind], ...] = (
            ("item", "text"),
            ("visits", "count"),
            ("rate", "percent"),
            ("lost", "points"),
            ("claimed", "points"),
        )
        lines = [
            Line(
                (
                    self.naming.item(self.rubric, one.item),
                    len(one.visits),
                    one.rate,
                    one.maximum - one.points,
                    one.claimed,
                ),
                one.visits,
                self._closed(one),
            )
            for one in list(found)[:most]
        ]
        return self._grid("criteria", columns(self.naming.language, wanted), lines, ["rate"])

    def heat(self, found: Heat, by_district: Results) -> Grid:
        """Return the share of points reached, district by dimension, all districts last."""
        named = [
            Column(one, self.naming.dimension(self.rubric, one), "percent")
            for one in found.dimensions
        ]
        heads = (
            *columns(self.naming.language, (("district", "text"), ("visits", "count"))),
            *named,
        )
        base = self.withheld.of("district")
        hidden = {one: base | self.withheld.of(heat_of(one)) for one in found.dimensions}
        lines = []
        for group in self._in_order(by_district):
            cells = [found.cells.get((group.key, one)) for one in found.dimensions]
            values: list[Value] = [cell.rate if cell else None for cell in cells]
            closed = {at + 2 for at, one in enumerate(found.dimensions) if group.key in hidden[one]}
            closed |= {1} if group.key in base else set()
            name = self.naming.unstated(group.key)
            line = (name, len(group.visits), *values)
            lines.append(Line(line, group.visits, frozenset(closed)))
        everything = by_district.everything
        totals = [found.total[one].rate for one in found.dimensions]
        line = (self._all(), len(everything.visits), *totals)
        closed = {
            at + 2
            for at, one in enumerate(found.dimensions)
            if ALL in self.withheld.of(heat_of(one))
        }
        if not self.withheld.whole:
            lines.append(Line(line, everything.visits, frozenset(closed), total=True))
        return replace(self._grid("heat", heads, lines, ["rate"]), heat=True)

    def years(self, found: Iterable[Year]) -> Grid:
        """Return how scores lie year by year, and the change of those seen twice."""
        wanted: tuple[tuple[str, Kind], ...] = (
            ("year", "text"),
            ("visits", "count"),
            ("median", "points"),
            ("mean", "points"),
            ("change", "difference"),
            ("matched", "count"),
        )
        years = list(found)
        small = self.withheld.of(TOTAL)
        lines = []
        for one in years:
            middle, mean = (one.spread.median, one.spread.mean) if one.spread else (None, None)
            pairs = len(one.matched) // 2
            closed = {1, 2, 3, 4, 5} if str(one.year) in small else set()
            closed |= {4, 5} if self.withheld.of(change_of(one.year)) else set()
            values = (str(one.year), len(one.visits), middle, mean, one.change, pairs)
            lines.append(Line(values, one.visits, frozenset(closed)))
        return self._grid("years", columns(self.naming.language, wanted), lines, ["matched"])

    def trend(self, stations: Iterable[Station]) -> Grid:
        """Return the verified visits of enterprises in time, for the bureau's own eyes."""
        wanted: tuple[tuple[str, Kind], ...] = (
            ("enterprise", "text"),
            ("cycle", "text"),
            ("visit_date", "text"),
            ("tier", "text"),
            ("score", "points"),
            ("difference", "difference"),
        )
        lines = [
            Line(
                (
                    self.facts.by_number[one.visit].name,
                    one.cycle,
                    one.day,
                    self.naming.tier(self.rubric, one.tier),
                    one.score,
                    one.change,
                ),
                (one.visit,),
            )
            for one in stations
        ]
        return self._grid("trend", columns(self.naming.language, wanted), lines, ["trend"])

    def inflation(self, found: Inflation) -> Grid:
        """Return by how much own scores are higher, by district."""
        wanted: tuple[tuple[str, Kind], ...] = (
            ("district", "text"),
            ("visits", "count"),
            ("lower", "difference"),
            ("median", "difference"),
            ("upper", "difference"),
            ("mean", "difference"),
        )
        small = self.withheld.of(INFLATION)
        lines = [
            self._claims(self.naming.unstated(name), spread, visits, hidden=name in small)
            for name, spread, visits in sorted(
                found.by_district, key=lambda one: place_order(one[0])
            )
        ]
        if found.spread and not self.withheld.whole and ALL not in small:
            everything = tuple(claim.visit for claim in found.claims)
            total = self._claims(self._all(), found.spread, everything, hidden=False)
            lines.append(replace(total, total=True))
        return self._grid("inflation", columns(self.naming.language, wanted), lines, ["inflation"])

    def severity(self, found: Iterable[Severity]) -> Grid:
        """Return the assessors with their difference from peers; for the bureau's own eyes."""
        wanted: tuple[tuple[str, Kind], ...] = (
            ("assessor", "text"),
            ("visits", "count"),
            ("difference", "difference"),
            ("error", "points"),
            ("marked", "text"),
        )
        yes, no = (self._word(key) for key in ("yes", "no"))
        lines = [
            Line(
                (
                    one.assessor,
                    len(one.visits),
                    one.difference,
                    one.error,
                    yes if one.marked else no,
                ),
                one.visits,
            )
            for one in found
        ]
        return self._grid("severity", columns(self.naming.language, wanted), lines, ["severity"])

    # --- pieces -----------------------------------------------------------------------------------

    def _grid(
        self, name: str, heads: Sequence[Column], lines: Iterable[Line], notes: Sequence[str]
    ) -> Grid:
        # What names persons or enterprises is never published, so nothing in it is withheld.
        said = (*notes, *(("withheld",) if self.limit and name not in _OWN_EYES else ()))
        return grid(name, self.naming.language, heads, lines, said, limit=self.limit)

    def _in_order(self, found: Results) -> tuple[Group, ...]:
        """Return the groups in the order people know them: tiers from the lowest up."""
        if found.by == "district":
            return tuple(sorted(found.groups, key=lambda one: place_order(one.key)))
        if found.by != "tier":
            return found.groups
        ranks = {tier: at for at, tier in enumerate(self.naming.tiers(self.rubric), 1)}
        return tuple(sorted(found.groups, key=lambda one: ranks.get(one.key, 0)))

    def _group(self, name: str, one: Group, *, hidden: bool) -> Line:
        figures = _figures(one.spread)
        values = (name, len(one.visits), one.enterprises, *figures)
        # The lowest and the highest score are each that of one enterprise.
        closed = range(1, len(values)) if hidden else _EXTREMES if self.limit else ()
        return Line(values, one.visits, frozenset(closed))

    def _claims(self, name: str, spread: Spread, visits: tuple[int, ...], *, hidden: bool) -> Line:
        values = (name, spread.count, spread.lower, spread.median, spread.upper, spread.mean)
        closed = range(1, len(values)) if hidden else ()
        return Line(values, visits, frozenset(closed))

    def _closed(self, one: CriterionLoss) -> frozenset[int]:
        if self.withheld.of(item_of(one.item)):
            return frozenset({1, 2, 3, 4})
        return frozenset({4}) if self.withheld.of(claim_of(one.item)) else frozenset()

    def _key(self, by: By, key: str) -> str:
        if by == "tier":
            return self.naming.tier(self.rubric, key)
        if by == "industry":
            return self.naming.industry(key)
        return self.naming.unstated(key)

    def _all(self) -> str:
        return self._word("all")

    def _word(self, key: str) -> str:
        return text(f"bureau_grid.{key}", self.naming.language)


def _figures(spread: Spread | None) -> tuple[Decimal | None, ...]:
    if spread is None:
        return (None,) * 6
    return (spread.least, spread.lower, spread.median, spread.upper, spread.most, spread.mean)
