"""The time a bulletin is about: a month, a quarter or a year."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assessor.errors import AssessorError
from assessor.i18n import Message, message

_WRITTEN = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")
PeriodKind = Literal["month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both ends included; `text` is how it is written: 2026-Q3."""

    kind: PeriodKind
    start: date
    end: date
    text: str

    def holds(self, day: str) -> bool:
        """Return whether an ISO date lies in the period; an empty one never does."""
        return self.start.isoformat() <= day <= self.end.isoformat()

    def year_before(self) -> Period:
        """Return the same period of the year before."""
        return parse_period(f"{self.start.year - 1:04}{self.text[4:]}")

    def said(self) -> Message:
        """Return the period in words."""
        number = self.start.month if self.kind == "month" else (self.start.month + 2) // 3
        return message(f"bureau_output.period_{self.kind}", year=self.start.year, number=number)


def parse_period(text: str) -> Period:
    """Return the period written as 2026-07, 2026-Q3 or 2026; raises `AssessorError`."""
    found = _WRITTEN.fullmatch(text.strip().upper())
    if found is None or int(found[1]) < 1:
        raise AssessorError(message("bureau_stats.no_period", given=text))
    year = int(found[1])
    if found[2]:
        last = 3 * int(found[2])
        return _span("quarter", year, last - 2, last, text.strip().upper())
    if found[3]:
        return _span("month", year, int(found[3]), int(found[3]), text.strip())
    return _span("year", year, 1, 12, text.strip())


def _span(kind: PeriodKind, year: int, first: int, last: int, text: str) -> Period:
    end = date(year, last, monthrange(year, last)[1])
    return Period(kind, date(year, first, 1), end, text)
