"""How an enterprise, and how the whole, went from year to year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessor.bureau.register import VisitRow
from assessor.bureau.statistics.facts import Facts
from assessor.bureau.statistics.numbers import Spread, mean_of, spread
from assessor.bureau.statistics.results import scores


@dataclass(frozen=True, slots=True)
class Station:
    """One verified visit of an enterprise; `change` is against its visit before, in points."""

    visit: int
    cycle: str
    day: str
    score: Decimal | None
    tier: str
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class Year:
    """All verified visits of a year, and the change of those enterprises seen the year before too.

    `change` is the mean change in points of the `matched` enterprises, by their latest visit of
    either year; all enterprises together differ in who took part as well, so they are no trend.
    """

    year: int
    visits: tuple[int, ...]
    spread: Spread | None
    change: Decimal | None
    matched: tuple[int, ...]


def trend_of(facts: Facts, enterprise: str) -> tuple[Station, ...]:
    """Return the verified visits of an enterprise in time; `enterprise` is its code or name."""
    stations: list[Station] = []
    before: Decimal | None = None
    for visit in sorted(_of(facts, enterprise), key=_in_time):
        change = None if visit.score is None or before is None else visit.score - before
        day = visit.visit_date
        stations.append(Station(visit.number, visit.cycle, day, visit.score, visit.tier, change))
        before = before if visit.score is None else visit.score
    return tuple(stations)


def year_over_year(facts: Facts) -> tuple[Year, ...]:
    """Return every year there is, the earliest first; visits without a date are left out."""
    years: dict[int, list[VisitRow]] = {}
    for visit in facts.verified:
        if visit.year:
            years.setdefault(visit.year, []).append(visit)
    latest = {year: _latest(visits) for year, visits in years.items()}
    return tuple(
        _year(year, years[year], latest[year], latest.get(year - 1, {})) for year in sorted(years)
    )


def _year(
    year: int,
    visits: list[VisitRow],
    now: Mapping[str, VisitRow],
    before: Mapping[str, VisitRow],
) -> Year:
    changes: list[Decimal] = []
    matched: list[int] = []
    for enterprise, visit in now.items():
        earlier = before.get(enterprise)
        if earlier is not None and earlier.score is not None and visit.score is not None:
            changes.append(visit.score - earlier.score)
            matched += [earlier.number, visit.number]
    numbers = tuple(visit.number for visit in visits)
    change = mean_of(changes) if changes else None
    return Year(year, numbers, spread(scores(visits)), change, tuple(matched))


def _latest(visits: Iterable[VisitRow]) -> dict[str, VisitRow]:
    return {visit.enterprise: visit for visit in sorted(visits, key=_in_time)}


def _of(facts: Facts, enterprise: str) -> Iterable[VisitRow]:
    return facts.by_enterprise.get(enterprise, ())


def _in_time(visit: VisitRow) -> tuple[str, str]:
    return visit.visit_date, visit.visit_id
