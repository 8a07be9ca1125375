"""Results by group: how the scores of a district, an industry, a cluster, a year lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase
from typing import Literal

from assessor.bureau.register import VisitRow
from assessor.bureau.statistics.facts import Facts
from assessor.bureau.statistics.numbers import Spread, spread

By = Literal["district", "industry", "cluster", "year", "cycle", "tier"]
GROUPINGS: tuple[By, ...] = ("district", "industry", "cluster", "year", "cycle", "tier")
INDUSTRY_DIGITS = 2
"""Industries are grouped by their division of GB/T 4754: the first two digits, after the letter
of the section where there is one."""


@dataclass(frozen=True, slots=True)
class Group:
    """The visits of one group, how many enterprises they are of, how their scores lie.

    `key` is empty for visits that do not say. `spread` is `None` when none has a score; visits
    without a score count among `visits`, never in the spread.
    """

    key: str
    visits: tuple[int, ...]
    enterprises: int
    spread: Spread | None


@dataclass(frozen=True, slots=True)
class Results:
    """Groups in order of their keys, and all visits together.

    `additive`: every visit stands in exactly one group (clusters overlap).
    """

    by: By
    groups: tuple[Group, ...]
    everything: Group
    additive: bool


def results(facts: Facts, by: By) -> Results:
    """Return how the scores lie in every group of verified visits."""
    grouped: dict[str, list[VisitRow]] = {}
    keys = _KEYS.get(by)
    # In the order of scores, so that every group has its scores in order, too.
    for visit in facts.in_order:
        names = (keys(visit),) if keys else facts.clusters.get(visit.number, ("",))
        for name in names:
            grouped.setdefault(name, []).append(visit)
    groups = tuple(group_of(name, grouped[name]) for name in sorted(grouped))
    return Results(by, groups, group_of("", facts.in_order), additive=keys is not None)


def group_of(key: str, visits: Sequence[VisitRow]) -> Group:
    """Return a group of visits under a key."""
    return Group(
        key,
        tuple(visit.number for visit in visits),
        len({visit.enterprise for visit in visits}),
        spread(scores(visits)),
    )


def scores(visits: Iterable[VisitRow]) -> list[Decimal]:
    """Return the scores there are."""
    return [visit.score for visit in visits if visit.score is not None]


def _year(visit: VisitRow) -> str:
    return str(visit.year) if visit.year else ""


_KEYS: Mapping[By, Callable[[VisitRow], str]] = {
    "district": lambda visit: visit.district,
    "industry": lambda visit: visit.industry.lstrip(ascii_uppercase)[:INDUSTRY_DIGITS],
    "year": _year,
    "cycle": lambda visit: visit.cycle,
    "tier": lambda visit: visit.tier,
}
