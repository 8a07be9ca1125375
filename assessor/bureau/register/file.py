"""One register file: opened, added to, asked, merged, backed up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from assessor.bureau.intake.identity import SeenVisit
from assessor.bureau.packing import record_from_json
from assessor.bureau.records import FileVerdict, Verdict, VisitRecord
from assessor.bureau.register.checking import check_whole
from assessor.bureau.register.expected import Decision, DecisionKind, Expected, PlanTarget
from assessor.bureau.register.putting import put
from assessor.bureau.register.queries import (
    Filter,
    LogRow,
    VisitRow,
    log_rows,
    visit_rows,
)
from assessor.storage.atomic import aside, ensure_new, put_in_place
from assessor.storage.connection import transaction
from assessor.storage.errors import (
    translated,
)

PATIENCE = 1.0
"""Seconds to wait for somebody who is just writing."""


@dataclass(frozen=True, slots=True)
class RegisterInfo:
    """How much is in a register."""

    visits: int
    enterprises: int
    files: int
    by_verdict: dict[str, int]


class Register:
    """An open register. While it is open for writing nobody else can read or write it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        connection.row_factory = sqlite3.Row
        self.connection = connection
        self.path = path

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make everything inside durable together, or nothing of it; may be nested."""
        if self.connection.in_transaction:
            yield
            return
        with translated(self.path), transaction(self.connection):
            yield

    # --- what came in files -----------------------------------------------------------------------

    def add(self, verdicts: Iterable[FileVerdict]) -> int:
        """Put verdicts in durably, all or none; return how many visits are new.

        The same again changes nothing. Of a visit the newest revision counts, whenever it came.
        """
        with self.together():
            return put(self.connection, verdicts)

    def known(self, sha256: str) -> bool:
        """Return whether a file of these bytes was taken in, whatever came of it."""
        with translated(self.path):
            row = self.connection.execute(
                "SELECT 1 FROM log WHERE sha256 = ? AND verdict <> 'skipped' LIMIT 1", (sha256,)
            ).fetchone()
        return row is not None

    def seen_visits(self) -> Iterator[SeenVisit]:
        """Yield every visit and revision that was accepted."""
        with translated(self.path):
            yield from (
                SeenVisit(*row)
                for row in self.connection.execute(
                    "SELECT file_name, visit_id, revision, payload_digest, name, credit_code,"
                    " district, cycle FROM visit ORDER BY number"
                )
            )

    def log(self, verdict: Verdict | None = None) -> Iterator[LogRow]:
        """Yield the intake's log in the order things came in."""
        with translated(self.path):
            yield from log_rows(self.connection, verdict)

    def visits(self, wanted: Filter | None = None) -> Iterator[VisitRow]:
        """Yield the visits meant, by district, name, visit and revision."""
        with translated(self.path):
            yield from visit_rows(self.connection, wanted or Filter())

    def record(self, visit_id: str, revision: int | None = None) -> VisitRecord:
        """Return a visit as it came, the newest revision unless told; raises `KeyError`."""
        with translated(self.path):
            row = self.connection.execute(
                "SELECT record FROM visit WHERE visit_id = ? AND (revision = ? OR ? IS NULL)"
                " ORDER BY revision DESC LIMIT 1",
                (visit_id, revision, revision),
            ).fetchone()
        if row is None:
            raise KeyError(visit_id)
        return record_from_json(row["record"])

    def info(self) -> RegisterInfo:
        """Return how much is in the register."""
        with translated(self.path):
            ask = self.connection.execute
            (visits,) = ask("SELECT count(*) FROM visit WHERE newest = 1").fetchone()
            (enterprises,) = ask(
                "SELECT count(DISTINCT CASE credit_code WHEN '' THEN name ELSE credit_code END)"
                " FROM visit WHERE newest = 1"
            ).fetchone()
            rows = ask("SELECT verdict, count(*) FROM log GROUP BY verdict ORDER BY verdict")
            by_verdict = {str(name): int(count) for name, count in rows}
        return RegisterInfo(visits, enterprises, sum(by_verdict.values()), by_verdict)

    # --- what the bureau enters -------------------------------------------------------------------

    def expect(self, expected: Iterable[Expected]) -> None:
        """Enter who is to send a record; an entry for the same cycle and enterprise is replaced."""
        with self.together():
            self.connection.executemany(
                "INSERT OR REPLACE INTO roster (cycle, credit_code, name, district, due)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    (one.cycle, one.credit_code, one.name, one.district, _day(one.due))
                    for one in expected
                ),
            )

    def expected(self, cycle: str = "") -> tuple[Expected, ...]:
        """Return who is expected, in one cycle or in all."""
        with translated(self.path):
            rows = self.connection.execute(
                "SELECT * FROM roster WHERE cycle = ? OR ? = '' ORDER BY cycle, district, name",
                (cycle, cycle),
            ).fetchall()
        return tuple(
            Expected(
                row["cycle"],
                row["credit_code"],
                row["name"],
                row["district"],
                date.fromisoformat(row["due"]) if row["due"] else None,
            )
            for row in rows
        )

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Enter decisions; the same decision again is replaced (its document may be corrected)."""
        with self.together():
            self.connection.executemany(
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

    def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions by day, then enterprise."""
        with translated(self.path):
            rows = self.connection.execute(
                "SELECT * FROM decision ORDER BY decided, name, tier, kind"
            ).fetchall()
        return tuple(
            Decision(
                row["cycle"],
                row["credit_code"],
                row["name"],
                row["district"],
                row["rubric"],
                row["tier"],
                DecisionKind(row["kind"]),
                date.fromisoformat(row["decided"]),
                row["document"],
            )
            for row in rows
        )

    def plan(self, targets: Iterable[PlanTarget]) -> None:
        """Enter what a plan asks for; an entry for the same tier, year and district is replaced."""
        with self.together():
            self.connection.executemany(
                "INSERT OR REPLACE INTO plan_target (rubric, tier, year, district, target, source)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (one.rubric, one.tier, one.year, one.district, one.target, one.source)
                    for one in targets
                ),
            )

    def plan_targets(self) -> tuple[PlanTarget, ...]:
        """Return what the plan asks for, by rubric, tier, district and year."""
        with translated(self.path):
            rows = self.connection.execute(
                "SELECT rubric, tier, year, district, target, source FROM plan_target"
                " ORDER BY rubric, tier, district, year"
            ).fetchall()
        return tuple(PlanTarget(*row) for row in rows)

    # --- whole files ------------------------------------------------------------------------------

    def accepted(self) -> Iterator[FileVerdict]:
        """Yield the verdicts on all visits in the register, with their records."""
        with translated(self.path):
            rows = self.connection.execute(
                "SELECT file_name, file_sha256, verdict, first_seen, record FROM visit"
                " ORDER BY number"
            ).fetchall()
            lines = {(line.name, line.sha256): line for line in log_rows(self.connection)}
        for row in rows:
            line = lines[row["file_name"], row["file_sha256"]]
            yield FileVerdict(
                line.name,
                line.sha256,
                line.size,
                Verdict(row["verdict"]),
                line.findings,
                record_from_json(row["record"]),
                line.first_seen,
            )

    def backup(self, path: Path) -> None:
        """Write a copy under a new name; it appears complete or not at all."""
        ensure_new(path)
        with translated(path), aside(path) as draft:
            with closing(sqlite3.connect(draft, isolation_level=None)) as copy:
                self.connection.backup(copy)
                check_whole(copy, path)
            put_in_place(draft, path)

    def close(self) -> None:
        """Give the file back to others. Everything added is on disk already."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
