"""The two sides of a comparison: what each is, and how they stand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assessor.assessment import Assessment
from assessor.errors import AssessorError
from assessor.i18n import Message, message
from assessor.rubrics.models import Rubric
from assessor.rules.card import ScoreCard
from assessor.scoring import score

Kind = Literal["own", "time", "enterprises"]
"""`own`: the enterprise's own answers beside those that were verified; `time`: an earlier visit to
the same enterprise beside a later one; `enterprises`: two of them."""


class NotComparableError(AssessorError):
    """Two records that cannot be compared at all; says why."""


@dataclass(frozen=True, slots=True)
class Side:
    """A scored record under the rubric it is for; `own` marks the enterprise's own answers."""

    rubric: Rubric
    record: Assessment
    card: ScoreCard
    own: bool = False

    @property
    def day(self) -> date | None:
        """When it was made, as far as the record says."""
        told = self.record.self_assessment
        if self.own and told is not None and told.made_on is not None:
            return told.made_on
        return self.record.visit.date_to or self.record.visit.date_from


def side_of(rubric: Rubric, record: Assessment) -> Side:
    """Return a record as one side of a comparison; that of a self-assessment is the enterprise's
    own."""
    return Side(rubric, record, score(rubric, record), record.visit.kind == "self")


def own_side(rubric: Rubric, record: Assessment) -> Side:
    """Return the enterprise's own answers kept in a record.

    Gates, tables and units are those of the visit. Raises `NotComparableError` where it has none.
    """
    told = record.self_assessment
    if told is None:
        raise NotComparableError(message("comparison.no_own", name=record.enterprise.name))
    answered = record.model_copy(update={"answers": told.answers})
    return Side(rubric, record, score(rubric, answered), own=True)


def in_order(one: Side, other: Side) -> tuple[Side, Side]:
    """Return the enterprise's own answers before verified ones, the earlier visit to an enterprise
    before the later; else the order given."""
    kind = kind_of(one, other)
    if kind == "own":
        return (one, other) if one.own else (other, one)
    if kind == "time" and one.day is not None and other.day is not None and other.day < one.day:
        return other, one
    return one, other


def kind_of(one: Side, other: Side) -> Kind:
    """Return how two sides stand to each other."""
    if not _same_enterprise(one.record, other.record):
        return "enterprises"
    return "time" if one.own == other.own else "own"


def name_of(side: Side, kind: Kind) -> Message:
    """Return what a side is called beside the other."""
    if kind == "enterprises":
        return message("comparison.side_enterprise", name=side.record.enterprise.name)
    if kind == "own":
        return message("comparison.side_own" if side.own else "comparison.side_verified")
    day = side.day
    if day is None:
        return message("comparison.side_revision", number=side.record.revision)
    return message("comparison.side_day", day=day.isoformat())


def _same_enterprise(one: Assessment, other: Assessment) -> bool:
    ours, theirs = one.enterprise, other.enterprise
    if ours.credit_code and theirs.credit_code:
        return ours.credit_code == theirs.credit_code
    return ours.name.strip() == theirs.name.strip()
