"""A dozen made-up visits whose every figure was worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

from assessor.bureau.records import (
    DimensionResult,
    EnterpriseFacts,
    FileVerdict,
    ItemResult,
    NearMiss,
    VisitRecord,
)
from assessor.bureau.register import open_register
from assessor.bureau.statistics.facts import Facts
from assessor.bureau.statistics.loading import read_facts
from tests.unit.bureau.register.records import accepted, visit

RUBRIC = "nb.digital_workshop"
HAISHU, YINZHOU, NINGHAI = "海曙区", "鄞州区", "宁海县"
PLACES = [HAISHU] * 5 + [YINZHOU] * 4 + [NINGHAI] * 2 + [HAISHU]
SCORES = ["60", "70", "80", "90", "100", "50", "62.5", "75", "88", "40", "95", "99"]
OWN = 12
"""The number of the visit an enterprise filled in itself."""


def dozen() -> list[VisitRecord]:
    return [_one(number) for number in range(1, 13)]


def _one(number: int) -> VisitRecord:
    score = Decimal(SCORES[number - 1])
    second = Decimal(8) if number <= 5 else Decimal(2) if number >= 10 else None
    return visit(
        number,
        score=str(score),
        enterprise=EnterpriseFacts(
            f"企业{number:02}", f"code-{number:04}", PLACES[number - 1], "3525", _clusters(number)
        ),
        tier="good" if score >= 75 else "",
        items={
            "a1": ItemResult(Decimal(5), Decimal(10), "answered"),
            "a2": ItemResult(second, Decimal(10), "answered" if second else "unanswered"),
        },
        self_scores={"a1": Decimal(7)} if number <= 4 else {},
        self_score=score + number if number <= 3 else None,
        dimensions={"A": DimensionResult(Decimal(number), Decimal(20))},
        visit_date=date(2025 if number in (1, 6) else 2026, 8, number),
        near_lines=(NearMiss("good", "total", Decimal("-0.2"), ("a1",)),) if number == 8 else (),
        role="self" if number == OWN else "third_party",
    )


def _clusters(number: int) -> tuple[str, ...]:
    return ("模具", "汽车") if number == 1 else ("模具",) if number < 6 else ()


def facts_of(folder: Path, records: Iterable[VisitRecord]) -> Facts:
    return facts_of_verdicts(folder, [accepted(record) for record in records])


def facts_of_verdicts(folder: Path, verdicts: Iterable[FileVerdict]) -> Facts:
    with open_register(folder / "city.register", create=True) as register:
        register.add(verdicts)
        return read_facts(register, RUBRIC)
