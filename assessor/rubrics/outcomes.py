"""Outcomes: what a visit can end with, and the readings that decide it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from assessor.rubrics.base import DecimalText, Id, Key, LocalText, Model
from assessor.rubrics.provenance import Provenance


class TotalReading(Model):
    """The total, bonus and deductions included, held against a line."""

    kind: Literal["total"]
    id: Id
    name: LocalText
    line: DecimalText | None
    provenance: Provenance


class ItemsReading(Model):
    """The share (percent) of the items required for `target` whose answer reaches `tier`."""

    kind: Literal["items_at_tier"]
    id: Id
    name: LocalText
    target: Id
    tier: Id
    line: DecimalText | None
    provenance: Provenance


class CappedReading(Model):
    """Points of the required items, each capped at the best option within `tier`, as a share
    (percent) of the most that can be had that way."""

    kind: Literal["capped_points"]
    id: Id
    name: LocalText
    target: Id
    tier: Id
    line: DecimalText | None
    provenance: Provenance


class PointsReading(Model):
    """The raw points of the items required for `target`."""

    kind: Literal["points"]
    id: Id
    name: LocalText
    target: Id
    line: DecimalText | None
    provenance: Provenance


class CountReading(Model):
    """How many items required for `target` reach `tier`: all of them, or those of `group`."""

    kind: Literal["count_at_tier"]
    id: Id
    name: LocalText
    target: Id
    tier: Id
    group: Id | None = None
    line: DecimalText | None
    provenance: Provenance


Reading = Annotated[
    TotalReading | ItemsReading | CappedReading | PointsReading | CountReading,
    Field(discriminator="kind"),
]


ReadingUnit = Literal["points", "percent", "items"]


def unit_of(reading: Reading) -> ReadingUnit:
    """Return what a reading's figure and line are counted in."""
    match reading:
        case TotalReading() | PointsReading():
            return "points"
        case ItemsReading() | CappedReading():
            return "percent"
        case CountReading():
            return "items"


class Group(Model):
    """Criteria that readings count together, such as the binding ones among the scenes."""

    id: Id
    name: LocalText
    criteria: Annotated[tuple[Id, ...], Field(min_length=1)]
    provenance: Provenance


class PlatformScore(Model):
    """A score issued elsewhere that decides instead of our readings when it is dated and evidenced;
    without evidence it is only shown as declared."""

    name: LocalText
    line: DecimalText
    maximum: DecimalText | None = None
    provenance: Provenance


class Outcome(Model):
    """A grade or tier. `decided_by` names the readings that decide: reached when all meet their
    line. With `decision` `agree` they are views of one thing: missed when all miss their line,
    undecided while they disagree (`disagreement` says why). With `every` each is a condition of its
    own: missed as soon as one misses."""

    id: Id
    name: LocalText
    text: LocalText | None = None
    target: Id
    requires: Id | None = None
    readings: Annotated[tuple[Reading, ...], Field(min_length=1)]
    decided_by: Annotated[tuple[Id, ...], Field(min_length=1)]
    decision: Literal["agree", "every"] = "agree"
    disagreement: LocalText | None = None
    platform_score: PlatformScore | None = None
    provenance: Provenance


class AnswerIs(Model):
    """True when the criterion is answered with one of `options`."""

    criterion: Id
    options: Annotated[tuple[Key, ...], Field(min_length=1)]


class Contradiction(Model):
    """Answers that do not go together: a warning when all of `when` are true."""

    id: Id
    when: Annotated[tuple[AnswerIs, ...], Field(min_length=2)]
    text: LocalText
    provenance: Provenance
