"""One register file: opened, added to, asked, merged, backed up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from assessor.bureau.intake.identity import SeenVisit
from assessor.bureau.packing import record_from_json
from assessor.bureau.records import FileVerdict, Verdict, VisitRecord
from assessor.bureau.register import entered
from assessor.bureau.register.checking import check_whole, reading, understanding
from assessor.bureau.register.expected import Decision, Expected, PlanTarget, Published
from assessor.bureau.register.putting import put
from assessor.bureau.register.queries import (
    Filter,
    LogRow,
    VisitRow,
    log_rows,
    visit_rows,
)
from assessor.storage.atomic import aside, ensure_new, put_in_place
from assessor.storage.database import open_database, transaction


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
        with reading(self.path), transaction(self.connection):
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
        with reading(self.path):
            row = self.connection.execute(
                "SELECT 1 FROM log WHERE sha256 = ? AND verdict <> 'skipped' LIMIT 1", (sha256,)
            ).fetchone()
        return row is not None

    def seen_visits(self) -> Iterator[SeenVisit]:
        """Yield every visit and revision that was accepted."""
        with reading(self.path):
            yield from (
                SeenVisit(*row)
                for row in self.connection.execute(
                    "SELECT file_name, visit_id, revision, payload_digest, name, credit_code,"
                    " district, cycle FROM visit ORDER BY number"
                )
            )

    def log(self, verdict: Verdict | None = None) -> Iterator[LogRow]:
        """Yield the intake's log in the order things came in."""
        with reading(self.path):
            yield from log_rows(self.connection, verdict)

    def visits(self, wanted: Filter | None = None) -> Iterator[VisitRow]:
        """Yield the visits meant, by district, name, visit and revision."""
        with reading(self.path):
            yield from visit_rows(self.connection, wanted or Filter())

    def record(self, visit_id: str, revision: int | None = None) -> VisitRecord:
        """Return a visit as it came, the newest revision unless told; raises `KeyError`."""
        with reading(self.path):
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
        with reading(self.path):
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
            entered.put_expected(self.connection, expected)

    def expected(self, cycle: str = "") -> tuple[Expected, ...]:
        """Return who is expected, in one cycle or in all."""
        with self._understood():
            return entered.expected_in(self.connection, cycle)

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Enter decisions; the same decision again is replaced (its document may be corrected)."""
        with self.together():
            entered.put_decisions(self.connection, decisions)

    def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions by day, then enterprise."""
        with self._understood():
            return entered.decisions_in(self.connection)

    def plan(self, targets: Iterable[PlanTarget]) -> None:
        """Enter what a plan asks for; an entry for the same tier, year and district is replaced."""
        with self.together():
            entered.put_targets(self.connection, targets)

    def plan_targets(self) -> tuple[PlanTarget, ...]:
        """Return what the plan asks for, by rubric, tier, district and year."""
        with self._understood():
            return entered.targets_in(self.connection)

    def publish(self, published: Iterable[Published]) -> None:
        """Keep what a bulletin that is given out shows; the same again changes nothing."""
        with self.together():
            entered.put_published(self.connection, published)

    def published(self) -> tuple[Published, ...]:
        """Return everything that was given out, the earliest first."""
        with self._understood():
            return entered.published_in(self.connection)

    # --- whole files ------------------------------------------------------------------------------

    def accepted(self) -> Iterator[FileVerdict]:
        """Yield the verdicts on all visits in the register, with their records."""
        with reading(self.path):
            rows = self.connection.execute(
                "SELECT file_name, file_sha256, verdict, first_seen, record FROM visit"
                " ORDER BY number"
            ).fetchall()
            lines = {
                (line.name, line.sha256, line.verdict.value): line
                for line in log_rows(self.connection)
            }
        for row in rows:
            # The same file may stand there once more, as passed over.
            line = lines[row["file_name"], row["file_sha256"], row["verdict"]]
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
        with reading(path), aside(path) as draft:
            with closing(open_database(draft, "rwc")) as copy:
                self.connection.backup(copy)
                check_whole(copy, path)
            put_in_place(draft, path)

    @contextmanager
    def _understood(self) -> Iterator[None]:
        with reading(self.path), understanding(self.path):
            yield

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
