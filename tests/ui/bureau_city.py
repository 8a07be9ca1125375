"""A small city's register, made up: districts, scores, faults, a roster, decisions, targets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from assessor.bureau.records import (
    DimensionResult,
    EnterpriseFacts,
    FileVerdict,
    Finding,
    ItemResult,
    NearMiss,
    RubricEdition,
    Verdict,
    VisitRecord,
)
from assessor.bureau.register import (
    Decision,
    DecisionKind,
    Expected,
    PlanTarget,
    VisitRow,
    open_register,
)
from assessor.i18n import message
from assessor.rubrics.models import Rubric
from assessor.workspace.rubric_library import rubric_called
from tests.unit.bureau.register.records import digest

WORKSHOP = "nb.digital_workshop"
DISTRICTS = ("鄞州区", "北仑区", "慈溪市", "余姚市", "镇海区", "海曙区")
TRADES = ("3851", "2411", "3525", "3670")
ASSESSORS = ("陆核明", "沈评安", "周观察", "方晓燕")
SEEN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
LINES = (("excellent", 90), ("good", 75), ("pass", 60))
NEAR = NearMiss("good", "total", Decimal("0.40"), ("a1",))
SIZE = 60
_REASONS = {
    Verdict.WARNING: "unsigned",
    Verdict.REJECTED: "missing",
    Verdict.SKIPPED: "lock_file",
}
SELDOM = 7
"""Every so many visits have a fault, an unknown key, a second revision."""


def build_register(path: Path, size: int = SIZE) -> Path:
    """Make a register with `size` enterprises."""
    with open_register(path, create=True) as register:
        register.add(list(verdicts(size)))
        register.expect(
            Expected("2026", code(n), name(n), DISTRICTS[n % len(DISTRICTS)], date(2026, 10, 31))
            for n in range(size + 6)
        )
        register.decide(
            Decision(
                "2026",
                code(n),
                name(n),
                DISTRICTS[n % len(DISTRICTS)],
                WORKSHOP,
                "good",
                DecisionKind.RECOGNISED,
                date(2026, 11, 1),
                "甬经信〔2026〕1 号",
            )
            for n in range(0, size, 3)
        )
        register.plan([PlanTarget(WORKSHOP, "good", 2026, "", size // 2, "规划")])
    return path


def verdicts(size: int) -> Iterator[FileVerdict]:
    """Yield what an intake would have said, with a few refused files at the end."""
    for number in range(size):
        record = visit(number)
        fault = finding(Verdict.WARNING, "no_macros") if number % SELDOM == 3 else None
        kind = Verdict.WARNING if fault else Verdict.ACCEPTED
        yield file(f"1/{record.enterprise.district}/{number:03}.xlsx", kind, fault, record)
        if number % SELDOM == 1:
            again = replace(visit(number, 5), revision=2, payload_digest=digest(f"{number}.2"))
            yield file(f"2/{number:03}-r2.xlsx", Verdict.ACCEPTED, None, again)
    for number in range(5):
        fault = finding(Verdict.REJECTED, "not_an_export", "评分明细", f"E{37 + number}")
        yield file(f"3/退回{number}.xlsx", Verdict.REJECTED, fault, None)
    yield file("~$lock.xlsx", Verdict.SKIPPED, finding(Verdict.SKIPPED, "lock"), None)


def visit(number: int, more: int = 0) -> VisitRecord:
    """The visit of an enterprise."""
    rubric = _rubric()
    share = Decimal(38 + (number * 37) % 60 + more) / 100
    score = (share * 100).quantize(Decimal("0.01"))
    tier = next((one for one, line in LINES if score >= line), "")
    items = {
        one.id: ItemResult(10 * _rate(share, number, at % 11), Decimal(10), "answered")
        for at, one in enumerate(rubric.criteria)
    }
    return VisitRecord(
        visit_id=f"visit-{number}",
        revision=1,
        payload_digest=digest(f"{number}.1"),
        enterprise=EnterpriseFacts(
            name(number),
            code(number),
            DISTRICTS[number % len(DISTRICTS)],
            TRADES[number % len(TRADES)],
            ("模具",),
        ),
        rubric=RubricEdition(WORKSHOP, "1.0.0", "0" * 64),
        profile="discrete",
        target="workshop",
        cycle="2026",
        visit_date=date(2026, 1, 5) + timedelta(days=number % 250),
        assessors=(ASSESSORS[number % len(ASSESSORS)],),
        panel=(),
        role="third_party",
        outcomes={},
        tier=tier,
        score=score,
        lowest=score,
        highest=score,
        maximum=Decimal(100),
        dimensions={
            one.id: DimensionResult(20 * _rate(share, number, at), Decimal(20))
            for at, one in enumerate(rubric.dimensions)
        },
        items=items,
        self_score=score + number % 15,
        self_scores={one: Decimal(9) for one in items},
        signature="unknown_key" if number % SELDOM == 2 else "valid",
        near_lines=(NEAR,) if number % SELDOM == 4 else (),
    )


def _rate(share: Decimal, number: int, at: int) -> Decimal:
    """Return a share that differs by district and by what it is of."""
    strength = (number % len(DISTRICTS)) * 5 + at * 7 + number % 4
    return min(max(share + Decimal(strength % 23 - 11) / 100, Decimal(0)), Decimal(1))


@cache
def _rubric() -> Rubric:
    return rubric_called(WORKSHOP).rubric


def finding(verdict: Verdict, code: str, sheet: str = "", cell: str = "") -> Finding:
    why = message(f"bureau_intake.{_REASONS[verdict]}")
    return Finding(f"made.{code}", verdict, why, sheet, cell)


def file(
    path: str, verdict: Verdict, fault: Finding | None, record: VisitRecord | None
) -> FileVerdict:
    found = (fault,) if fault is not None else ()
    return FileVerdict(path, digest(path), 43_210, verdict, found, record, SEEN)


def name(number: int) -> str:
    return f"宁波示例{number}号制造有限公司"


def code(number: int) -> str:
    return f"9133020100000{number:04}X"


def rows(count: int) -> tuple[VisitRow, ...]:
    """As many rows as a large city has in a register, without a register."""
    return tuple(row(number) for number in range(count))


def row(number: int) -> VisitRow:
    score = Decimal(number * 7919 % 10_000) / 100
    return VisitRow(
        number=number,
        visit_id=f"v{number}",
        revision=1,
        newest=True,
        verdict=Verdict.WARNING if number % SELDOM == 3 else Verdict.ACCEPTED,
        file_name=f"{number}.xlsx",
        name=name(number * 31 % 99_991),
        credit_code=code(number),
        district=DISTRICTS[number % len(DISTRICTS)],
        industry=TRADES[number % len(TRADES)],
        cycle="2026",
        year=2026,
        visit_date="2026-10-20",
        rubric=WORKSHOP,
        rubric_version="1.0.0",
        profile="discrete",
        target="workshop",
        role="third_party",
        assessors=(ASSESSORS[number % len(ASSESSORS)],),
        tier=next((one for one, line in LINES if score >= line), ""),
        score=score,
        maximum=Decimal(100),
        self_score=score + 3,
        signature="valid",
        key_id="",
    )
