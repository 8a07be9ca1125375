"""Visits as the intake hands them over, made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

from assessor.bureau.records import (
    DimensionResult,
    EnterpriseFacts,
    FileVerdict,
    Finding,
    ItemResult,
    RubricEdition,
    Verdict,
    VisitRecord,
)
from assessor.i18n import message

SEEN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def visit(
    number: int = 1, revision: int = 1, score: str = "76.20", **changes: object
) -> VisitRecord:
    """A visit of enterprise `number`."""
    record = VisitRecord(
        visit_id=f"visit-{number}",
        revision=revision,
        payload_digest=digest(f"{number}.{revision}"),
        enterprise=EnterpriseFacts(
            f"宁波示例{number}号有限公司", f"code-{number:04}", "海曙区", "3525", ("模具",)
        ),
        rubric=RubricEdition("nb.digital_workshop", "1.0.0", "0" * 64),
        profile="discrete",
        target="workshop",
        cycle="2026",
        visit_date=date(2026, 10, 20),
        assessors=("陆核明",),
        panel=(),
        role="third_party",
        outcomes={"pass": "reached", "good": "reached"},
        tier="good",
        score=Decimal(score),
        lowest=Decimal(score),
        highest=Decimal(score),
        maximum=Decimal(100),
        dimensions={"A": DimensionResult(Decimal("18.5"), Decimal(25))},
        items={
            "a1": ItemResult(Decimal("6.123456"), Decimal(7), "answered"),
            "a2": ItemResult(None, Decimal(5), "unanswered", required=False),
        },
        self_score=Decimal("81.00"),
        self_scores={"a1": Decimal(7)},
    )
    return replace(record, **changes)


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def accepted(record: VisitRecord, name: str = "") -> FileVerdict:
    """The verdict on a good file with this record."""
    name = name or f"{record.visit_id}-r{record.revision}.xlsx"
    content = digest(name + record.payload_digest)
    return FileVerdict(name, content, 12_345, Verdict.ACCEPTED, (), record, SEEN)


def rejected(name: str = "bad.xlsx") -> FileVerdict:
    """The verdict on a file that is no workbook."""
    why = message("bureau_register.damaged", path="-", detail="-")
    finding = Finding("container.not_zip", Verdict.REJECTED, why, "评分明细", "E37")
    return FileVerdict(name, digest(name), 7, Verdict.REJECTED, (finding,), None, SEEN)
