"""A visit file for the tests of what is done with one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from assessor.assessment import Enterprise, Visit
from assessor.workspace.visits import new_visit
from tests.strategies.visits import shipped

DAYS = (date(2026, 3, 2), date(2026, 3, 3))


def clock() -> datetime:
    return datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def new_file(folder: Path, rubric: str = "digital_workshop") -> Path:
    visit = Visit(date_from=DAYS[0], date_to=DAYS[1])
    enterprise = Enterprise(name="宁波甬示精密机械有限公司")
    path = folder / "visit.assessment"
    return new_visit(path, shipped(rubric), enterprise, visit, clock=clock)
