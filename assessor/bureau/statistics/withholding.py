"""Which figures of a survey may be given out, beside everything that was given out before.

Two rules keep small groups from being worked out by subtracting.

Within one grouping (the districts of all bulletins, say, with their totals): visits are told apart
only by which published groups they are in. The visits that are in exactly the same ones make an
atom. Whatever is added to and taken from each other, what is left is made of whole atoms; so no
atom may have fewer enterprises than the limit. Groups are withheld until that holds.

Between groupings of the same scores (district, industry, cluster, tier, year): no published group
may hold another one and few enterprises more.

Counts inside one table are protected by `suppression` besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from assessor.bureau.register import Published
from assessor.bureau.statistics.facts import Facts
from assessor.bureau.statistics.results import GROUPINGS
from assessor.bureau.statistics.suppression import hidden_groups
from assessor.bureau.statistics.survey import Survey

Visits = frozenset[str]
"""Ids of visits."""
Groups = Mapping[str, Visits]

TOTAL = "total"
"""The grouping of everything together: `ALL`, `BEFORE`, and years by their numbers."""
ALL, BEFORE = "*", "before"
HISTOGRAM, INFLATION = "histogram", "inflation"
_SCORES = (TOTAL, *GROUPINGS)
"""Groupings whose figures are all made of the same scores."""


@dataclass(frozen=True)
class Withheld:
    """What must not be given out: names of groups by grouping, or no figure at all (`whole`).

    `shown` is everything else, as (grouping, name, visits).
    """

    hidden: Mapping[str, frozenset[str]] = field(default_factory=dict)
    shown: tuple[tuple[str, str, Visits], ...] = ()
    whole: bool = False

    def of(self, grouping: str) -> frozenset[str]:
        """Return the names of the groups to be withheld."""
        return self.hidden.get(grouping, frozenset())


@dataclass(frozen=True)
class Rule:
    """From how many enterprises on a group is shown, and what was given out before.

    `enterprises` tells of which enterprise a visit is, by its id.
    """

    limit: int
    enterprises: Mapping[str, str]
    published: tuple[Published, ...] = ()

    def few(self, visits: Iterable[str]) -> bool:
        """Whether visits are of some enterprises, but fewer than the limit."""
        return 0 < len({self.enterprises.get(one, one) for one in visits}) < self.limit

    def given_out(self, *groupings: str) -> tuple[Visits, ...]:
        """Return the groups of some groupings that were given out."""
        return tuple(one.visits for one in self.published if one.grouping in groupings)


def left_out(visits: Visits, rule: Rule) -> Visits:
    """Return those of all visits of a period that must not count, or they would be found out.

    They came after a total they belong to was given out, are the few left of a year whose other
    months were given out, or counted in another period before.
    """
    out: Visits = frozenset()
    while True:
        kept = visits - out
        told = [one for one in _told_by_scores(rule, (kept,)) if one < kept]
        if not told:
            return out
        out = out.union(*told)


def withheld(
    facts: Facts,
    found: Survey,
    rule: Rule,
    whole: Facts | None = None,
    before: Facts | None = None,
) -> Withheld:
    """Return what must not be given out of a survey of `facts`.

    The years shown beside are those of the survey, made of `whole`; `before` are the facts of the
    earlier period that scores are compared with.
    """
    if not rule.limit:
        return Withheld()
    numbers = {one.number: one.visit_id for one in (whole or facts).visits}
    total = _ids(facts)
    groupings = dict(_groupings(found, numbers))
    if rule.few(total) or _told_by_scores(rule, (total,)):
        hidden = {name: frozenset(groups) for name, groups in groupings.items()}
        return Withheld({**hidden, TOTAL: hidden[TOTAL] | {BEFORE}}, whole=True)
    earlier = _ids(before) if before is not None else frozenset()
    totals = {BEFORE: earlier, **groupings.pop(TOTAL)}
    return _Search(rule, total).through({TOTAL: totals, **groupings})


def _ids(facts: Facts) -> Visits:
    return frozenset(one.visit_id for one in facts.verified)


def atoms(groups: Iterable[Visits]) -> Iterator[Visits]:
    """Yield the visits that are in exactly the same groups, together."""
    marks: dict[str, int] = {}
    for at, group in enumerate(groups):
        for visit in group:
            marks[visit] = marks.get(visit, 0) | 1 << at
    found: dict[int, set[str]] = {}
    for visit, mark in marks.items():
        found.setdefault(mark, set()).add(visit)
    yield from map(frozenset, found.values())


def _told(rule: Rule, before: Iterable[Visits], more: Iterable[Visits]) -> list[Visits]:
    """Return the small atoms that some more groups would make, smallest first.

    Those that can be worked out already are not their fault.
    """
    known = list(before)
    old = set(filter(rule.few, atoms(known)))
    new = {one for one in atoms([*known, *more]) if rule.few(one)} - old
    return sorted(new, key=lambda one: (len(one), sorted(one)))


def _told_by_scores(rule: Rule, totals: Iterable[Visits]) -> list[Visits]:
    """Return the small atoms that totals would make beside the groups of any table of scores."""
    known = list(totals)
    return [one for name in _SCORES for one in _told(rule, rule.given_out(TOTAL, name), known)]


class _Search:
    """Goes through groupings one after the other and remembers what is shown."""

    def __init__(self, rule: Rule, total: Visits) -> None:
        self._rule = rule
        self._totals = [total]
        self._scores: list[Visits] = [total, *rule.given_out(*_SCORES)]
        self._shown: list[tuple[str, str, Visits]] = [(TOTAL, ALL, total)]

    def through(self, groupings: Mapping[str, Groups]) -> Withheld:
        """Return what is withheld of groupings; earlier ones have the better chances."""
        hidden = {name: self._one(name, groups) for name, groups in groupings.items()}
        return Withheld(hidden, tuple(self._shown))

    def _one(self, name: str, groups: Groups) -> frozenset[str]:
        counts = {one: len(visits) for one, visits in groups.items()}
        hidden = frozenset(one for one, visits in groups.items() if self._rule.few(visits))
        while True:
            more = hidden
            if _adds_up(name):
                more |= hidden_groups(counts, self._rule.limit, more)
            more |= self._told_of(name, groups, more)
            if more == hidden:
                break
            hidden = more
        self._remember(name, groups, hidden)
        return hidden

    def _remember(self, name: str, groups: Groups, hidden: frozenset[str]) -> None:
        kept = [(one, visits) for one, visits in groups.items() if one not in hidden and visits]
        self._shown += [(name, one, visits) for one, visits in kept]
        if name in _SCORES:
            self._scores += [visits for _, visits in kept]
        elif _adds_up(name) and ALL not in hidden:
            self._shown.append((name, ALL, _sum(groups)))
        if name == TOTAL:
            self._totals += [visits for _, visits in kept]

    def _told_of(self, name: str, groups: Groups, hidden: frozenset[str]) -> frozenset[str]:
        """Withhold groups, the smallest first, until nothing small can be worked out.

        Where the sum of a table tells too much by itself, it is withheld as well: `ALL`.
        """
        shown = {
            one: visits
            for one, visits in groups.items()
            if one not in hidden and visits and not (name in _SCORES and self._nested(visits))
        }
        told = self._told(name, groups, shown)
        while told and shown:
            holding = [one for one, visits in shown.items() if told[0] <= visits] or list(shown)
            del shown[min(holding, key=lambda one: (len(shown[one]), one))]
            told = self._told(name, groups, shown)
        gone = {one for one, visits in groups.items() if visits and one not in shown}
        return frozenset(gone | {ALL} if told else gone)

    def _told(self, name: str, groups: Groups, shown: Groups) -> list[Visits]:
        """Return the small atoms that some groups of a table make with all they stand beside."""
        rule = self._rule
        if name == TOTAL:
            return _told_by_scores(rule, (*self._totals, *shown.values()))
        if name in _SCORES:
            return _told(rule, rule.given_out(TOTAL, name), (*self._totals, *shown.values()))
        beside = [_sum(groups)] if _adds_up(name) else []
        return _told(rule, rule.given_out(name), (*beside, *shown.values()))

    def _nested(self, visits: Visits) -> bool:
        few = self._rule.few
        return any(
            (other < visits and few(visits - other)) or (visits < other and few(other - visits))
            for other in self._scores
        )


def _groupings(found: Survey, numbers: Mapping[int, str]) -> Iterator[tuple[str, Groups]]:
    """Yield the groups of every table of a survey by the table's name."""

    def ids(visits: Iterable[int]) -> Visits:
        return frozenset(numbers[one] for one in visits)

    yield TOTAL, {str(one.year): ids(one.visits) for one in found.years}
    for by, results in found.results.items():
        yield by, {one.key: ids(one.visits) for one in results.groups}
    yield HISTOGRAM, {str(at): ids(one.visits) for at, one in enumerate(found.histogram)}
    for dimension in found.heat.dimensions:
        cells = {
            district: ids(found.heat.cells[district, dimension].visits)
            for district in found.heat.districts
            if (district, dimension) in found.heat.cells
        }
        yield heat_of(dimension), cells
    yield INFLATION, {place: ids(visits) for place, _, visits in found.inflation.by_district}
    # What follows is each a figure of its own, from which no other can be taken.
    for year in found.years:
        yield change_of(year.year), {str(year.year): ids(year.matched)}
    for item in found.criteria:
        yield item_of(item.item), {item.item: ids(item.visits)}
        yield claim_of(item.item), {item.item: ids(item.compared)}


def heat_of(dimension: str) -> str:
    """Return the name of a column of the heat map as a grouping."""
    return f"heat {dimension}"


def change_of(year: int) -> str:
    """Return the name of the change from the year before as a grouping."""
    return f"change {year}"


def item_of(item: str) -> str:
    """Return the name of the points of a criterion as a grouping."""
    return f"item {item}"


def claim_of(item: str) -> str:
    """Return the name of the claims about a criterion as a grouping."""
    return f"claim {item}"


def _sum(groups: Groups) -> Visits:
    return frozenset().union(*groups.values())


def _adds_up(name: str) -> bool:
    """Whether the groups of a grouping add up to a sum that is published."""
    return name in (*GROUPINGS, HISTOGRAM, INFLATION) or name.startswith(heat_of(""))
