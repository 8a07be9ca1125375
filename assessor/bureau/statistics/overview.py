"""How much came in: received, expected, late, missing, by verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assessor.bureau.records import Verdict
from assessor.bureau.register import Expected, VisitRow
from assessor.bureau.statistics.facts import OWN


@dataclass(frozen=True, slots=True)
class RosterLine:
    """An expected enterprise and what it sent; `late` when the first visit is after the day set.

    `sent` are the numbers of its visits in the cycle; verified ones and its own alike.
    """

    expected: Expected
    sent: tuple[int, ...]
    late: bool
    overdue: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of visits: verified, own records, those that go to review, enterprises behind them."""

    verified: tuple[int, ...]
    own: tuple[int, ...]
    review: tuple[int, ...]
    enterprises: int
    files: Mapping[str, int]


def overview(visits: Iterable[VisitRow], files: Mapping[str, int]) -> Overview:
    """Return what came in; `files` counts the lines of the log by verdict."""
    rows = tuple(visits)
    return Overview(
        tuple(one.number for one in rows if one.role != OWN),
        tuple(one.number for one in rows if one.role == OWN),
        tuple(one.number for one in rows if one.verdict is Verdict.WARNING),
        len({one.enterprise for one in rows}),
        dict(files),
    )


def roster_lines(
    expected: Iterable[Expected], visits: Iterable[VisitRow], today: date
) -> tuple[RosterLine, ...]:
    """Return for everybody expected what was sent; enterprises match by code, else by name.

    Whether somebody is late is told by the day of the visit, as files carry no day of sending.
    `overdue`: nothing was sent and the day has passed.
    """
    by_code: dict[tuple[str, str], list[VisitRow]] = {}
    for visit in visits:
        for name in {visit.credit_code, visit.name} - {""}:
            by_code.setdefault((visit.cycle, name), []).append(visit)
    return tuple(_line(one, by_code, today) for one in expected)


def _line(
    one: Expected, found: Mapping[tuple[str, str], list[VisitRow]], today: date
) -> RosterLine:
    sent = found.get((one.cycle, one.credit_code)) if one.credit_code else None
    sent = sent or found.get((one.cycle, one.name), [])
    days = [visit.visit_date for visit in sent if visit.visit_date]
    late = bool(one.due and days and min(days) > one.due.isoformat())
    overdue = bool(one.due and not sent and today > one.due)
    return RosterLine(one, tuple(visit.number for visit in sent), late, overdue)
