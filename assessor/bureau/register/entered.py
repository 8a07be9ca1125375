"""What a bureau enters itself, and what it has given out: rows put in and read again.

Of each kind the same entry again is replaced, except what was published: that only grows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date

from assessor.bureau.register.expected import (
    Decision,
    DecisionKind,
    Expected,
    PlanTarget,
    Published,
)
from assessor.canonical import canonical_json


def put_expected(connection: sqlite3.Connection, expected: Iterable[Expected]) -> None:
    """Put in who is to send a record; replaced: the same cycle and enterprise."""
    connection.executemany(
        "INSERT OR REPLACE INTO roster (cycle, credit_code, name, district, due)"
        " VALUES (?, ?, ?, ?, ?)",
        ((one.cycle, one.credit_code, one.name, one.district, _day(one.due)) for one in expected),
    )


def expected_in(connection: sqlite3.Connection, cycle: str = "") -> tuple[Expected, ...]:
    """Return who is expected, in one cycle or in all."""
    rows = connection.execute(
        "SELECT cycle, credit_code, name, district, due FROM roster WHERE cycle = ? OR ? = ''"
        " ORDER BY cycle, district, name, credit_code",
        (cycle, cycle),
    )
    return tuple(
        Expected(cycle, code, name, district, date.fromisoformat(due) if due else None)
        for cycle, code, name, district, due in rows
    )


def put_decisions(connection: sqlite3.Connection, decisions: Iterable[Decision]) -> None:
    """Put decisions in; replaced: the same about the same tier on the same day."""
    connection.executemany(
        "INSERT OR REPLACE INTO decision (cycle, credit_code, name, district, rubric, tier,"
        " kind, decided, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                one.cycle,
                one.credit_code,
                one.name,
                one.district,
                one.rubric,
                one.tier,
                one.kind.value,
                one.decided.isoformat(),
                one.document,
            )
            for one in decisions
        ),
    )


def decisions_in(connection: sqlite3.Connection) -> tuple[Decision, ...]:
    """Return all decisions by day, then enterprise."""
    rows = connection.execute(
        "SELECT cycle, credit_code, name, district, rubric, tier, kind, decided, document"
        " FROM decision ORDER BY decided, name, credit_code, rubric, tier, kind"
    )
    return tuple(
        Decision(
            cycle,
            code,
            name,
            district,
            rubric,
            tier,
            DecisionKind(kind),
            date.fromisoformat(decided),
            document,
        )
        for cycle, code, name, district, rubric, tier, kind, decided, document in rows
    )


def put_targets(connection: sqlite3.Connection, targets: Iterable[PlanTarget]) -> None:
    """Put in what a plan asks for; replaced: the same tier, year and district."""
    connection.executemany(
        "INSERT OR REPLACE INTO plan_target (rubric, tier, year, district, target, source)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        ((one.rubric, one.tier, one.year, one.district, one.target, one.source) for one in targets),
    )


def targets_in(connection: sqlite3.Connection) -> tuple[PlanTarget, ...]:
    """Return what the plan asks for, by rubric, tier, district and year."""
    rows = connection.execute(
        "SELECT rubric, tier, year, district, target, source FROM plan_target"
        " ORDER BY rubric, tier, district, year"
    )
    return tuple(PlanTarget(*row) for row in rows)


def put_published(connection: sqlite3.Connection, published: Iterable[Published]) -> None:
    """Put in what was given out; the same again changes nothing."""
    connection.executemany(
        "INSERT INTO published (rubric, period, grouping, name, visits) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (
            (one.rubric, one.period, one.grouping, one.name, canonical_json(sorted(one.visits)))
            for one in published
        ),
    )


def published_in(connection: sqlite3.Connection) -> tuple[Published, ...]:
    """Return everything that was given out, in that order."""
    rows = connection.execute(
        "SELECT rubric, period, grouping, name, visits FROM published ORDER BY number"
    )
    return tuple(
        Published(rubric, period, grouping, name, frozenset(json.loads(visits)))
        for rubric, period, grouping, name, visits in rows
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
