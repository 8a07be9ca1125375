"""What a bureau enters itself: who is expected, what was decided, what the plan asks for.

And what it gave out, which is kept so that a later bulletin does not give single visits away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Expected:
    """An enterprise expected to send a record in a cycle, by `due` (`None`: no day set)."""

    cycle: str
    credit_code: str
    name: str
    district: str
    due: date | None = None


class DecisionKind(StrEnum):
    """What the bureau decided about an enterprise."""

    RECOMMENDED = "recommended"
    RECOGNISED = "recognised"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: about whom, for which rubric and tier, when, in which document."""

    cycle: str
    credit_code: str
    name: str
    district: str
    rubric: str
    tier: str
    kind: DecisionKind
    decided: date
    document: str = ""


@dataclass(frozen=True, slots=True)
class PlanTarget:
    """How many enterprises are to be recognised in a tier by the end of a year, in all.

    An empty `district` means the whole city. `source` names the plan it stands in.
    """

    rubric: str
    tier: str
    year: int
    district: str
    target: int
    source: str


@dataclass(frozen=True, slots=True)
class Published:
    """A group whose figures stood in a bulletin that was given out, and the ids of its visits.

    `grouping` and `name` say which group: a district by its name, all visits together by an empty
    one. `period` is written as in the bulletin: 2026-Q3.
    """

    rubric: str
    period: str
    grouping: str
    name: str
    visits: frozenset[str]
