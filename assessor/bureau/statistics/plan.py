"""Progress against the plan. What counts are the bureau's own decisions, never a bare score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assessor.bureau.register import Decision, DecisionKind, PlanTarget, VisitRow

CITY = ""
"""The district of figures about the whole city."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Recognised enterprises of a tier at the end of a year, against the target.

    `recognised` is cumulative, with those withdrawn taken off; `added` are those of the year alone.
    `target` is `None` when nobody entered one: that is "no target", never 0. `decisions` are those
    that make up `recognised`, `visits` the visits of these enterprises.
    """

    rubric: str
    tier: str
    year: int
    district: str
    recognised: int
    added: int
    target: int | None
    source: str
    decisions: tuple[Decision, ...]
    visits: tuple[int, ...]

    @property
    def share(self) -> Decimal | None:
        """How much of the target is reached; above 1 when it is passed."""
        return Decimal(self.recognised) / self.target if self.target else None


def plan_progress(
    decisions: Iterable[Decision],
    targets: Iterable[PlanTarget],
    visits: Iterable[VisitRow] = (),
    until: date | None = None,
) -> tuple[Progress, ...]:
    """Return progress by rubric, tier, district (the city first) and year.

    Decisions after `until` do not count, and years after it have no row. There is a row for every
    year from the first decision or target to the last.
    """
    counted = [one for one in decisions if until is None or one.decided <= until]
    wanted = {(one.rubric, one.tier, one.district, one.year): one for one in targets}
    subjects = {(one.rubric, one.tier) for one in counted} | {
        (rubric, tier) for rubric, tier, _, _ in wanted
    }
    behind = _visits_by_enterprise(visits)
    rows: list[Progress] = []
    for rubric, tier in sorted(subjects):
        own = [one for one in counted if (one.rubric, one.tier) == (rubric, tier)]
        asked = {key[2:]: one for key, one in wanted.items() if key[:2] == (rubric, tier)}
        districts = {CITY} | {one.district for one in own} | {place for place, _ in asked}
        years = _years(own, [year for _, year in asked], until)
        for district in sorted(districts):
            for year in years:
                target = asked.get((district, year))
                rows.append(_row((rubric, tier, district, year), own, target, behind))
    return tuple(rows)


def standing(decisions: Iterable[Decision], until: date) -> dict[str, Decision]:
    """Return who is recognised on a day, enterprise to the decision that did it.

    `decisions` are of one rubric and tier. A recognition stands until it is withdrawn; a refusal of
    something else does not touch it.
    """
    found: dict[str, Decision] = {}
    for one in sorted(decisions, key=lambda one: (one.decided, _ORDER[one.kind])):
        if one.decided > until:
            continue
        if one.kind is DecisionKind.RECOGNISED:
            found.setdefault(enterprise_of(one), one)
        elif one.kind is DecisionKind.WITHDRAWN:
            found.pop(enterprise_of(one), None)
    return found


def enterprise_of(decision: Decision) -> str:
    """Return what tells enterprises apart, as `VisitRow.enterprise`."""
    return decision.credit_code or decision.name


_ORDER = {kind: at for at, kind in enumerate(DecisionKind)}
_Key = tuple[str, str, str, int]
_Behind = Mapping[tuple[str, str], Sequence[int]]


def _row(
    key: _Key, decisions: Sequence[Decision], target: PlanTarget | None, behind: _Behind
) -> Progress:
    rubric, tier, district, year = key
    held = [
        one
        for one in standing(decisions, date(year, 12, 31)).values()
        if district in (CITY, one.district)
    ]
    return Progress(
        rubric,
        tier,
        year,
        district,
        len(held),
        sum(one.decided.year == year for one in held),
        target.target if target else None,
        target.source if target else "",
        tuple(held),
        tuple(number for one in held for number in behind.get((rubric, enterprise_of(one)), ())),
    )


def _years(
    decisions: Sequence[Decision], targeted: Sequence[int], until: date | None
) -> Sequence[int]:
    known = {one.decided.year for one in decisions} | set(targeted)
    if until is not None:
        known = {year for year in known if year <= until.year} | {until.year}
    return range(min(known), max(known) + 1) if known else ()


def _visits_by_enterprise(visits: Iterable[VisitRow]) -> _Behind:
    found: dict[tuple[str, str], list[int]] = {}
    for visit in visits:
        found.setdefault((visit.rubric, visit.enterprise), []).append(visit.number)
    return found
