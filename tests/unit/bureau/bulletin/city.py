"""A small city in a register: two districts large enough to publish, one that is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from assessor.bureau.records import DimensionResult, EnterpriseFacts, VisitRecord
from assessor.bureau.register import (
    Decision,
    DecisionKind,
    Expected,
    PlanTarget,
    open_register,
)
from tests.unit.bureau.register.records import accepted, rejected, visit

RUBRIC = "nb.digital_workshop"
FORMULA = '=HYPERLINK("http://x")'
"""The name of an enterprise that would like to be a formula."""
SMALL_PLACE, SMALL_SCORE = "象山县", "33.33"


def records() -> list[VisitRecord]:
    made = []
    for number in range(1, 16):
        district = "海曙区" if number <= 7 else "鄞州区" if number <= 14 else SMALL_PLACE
        name = FORMULA if number == 1 else f"企业{number:02}"
        made.append(
            visit(
                number,
                score=SMALL_SCORE if number == 15 else str(60 + number),
                enterprise=EnterpriseFacts(name, f"code-{number:04}", district, "3525", ("模具",)),
                dimensions={"A": DimensionResult(Decimal(number), Decimal(20))},
                visit_date=date(2026, 8, number),
                assessors=("@陆核明",),
            )
        )
    before = [
        replace(one, visit_id=f"{one.visit_id}-2025", visit_date=date(2025, 8, 1), cycle="2025")
        for one in made[:6]
    ]
    return [*made, *before]


def city(folder: Path) -> Path:
    """A register of the city with decisions, a target and a roster."""
    path = folder / "city.register"
    with open_register(path, create=True) as register:
        register.add([*(accepted(one) for one in records()), rejected()])
        register.decide([_recognised(number) for number in range(1, 5)])
        register.plan([PlanTarget(RUBRIC, "good", 2026, "", 8, "年度计划")])
        register.expect([Expected("2026", "", "企业99", "海曙区", date(2026, 9, 1))])
    return path


def _recognised(number: int) -> Decision:
    day = date(2026, 7, number)
    code = f"code-{number:04}"
    kind = DecisionKind.RECOGNISED
    return Decision("2026", code, f"企业{number:02}", "海曙区", RUBRIC, "good", kind, day, "1号")
