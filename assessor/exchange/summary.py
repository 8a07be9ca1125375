"""The result in the one shape other programs read: `score --json` prints it, the payload holds it.

Figures are decimal strings as printed (two digits, half-up); `null` stands where there is none.
Nothing in it depends on a language.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from assessor.rubrics.base import DecimalText, Id, Model
from assessor.rules.card import (
    DimensionScore,
    GateScore,
    ItemScore,
    OutcomeScore,
    ReadingScore,
    ScoreCard,
    TargetScore,
)
from assessor.scoring import shown


class ReadingSummary(Model):
    """One figure of an outcome held against its line; `decides` when the outcome hangs on it."""

    id: Id
    kind: Literal["total", "items_at_tier", "capped_points", "points", "count_at_tier"]
    value: DecimalText | None
    lowest_possible: DecimalText | None
    highest_possible: DecimalText | None
    maximum: DecimalText | None
    line: DecimalText | None
    state: Literal["met", "missed", "open", "no_line"]
    decides: bool


class OutcomeSummary(Model):
    """One outcome.

    `line` is the line of the readings that decide, `null` when they have different ones. `missing`
    are the criteria whose answer can still decide it.
    """

    id: Id
    state: Literal["reached", "not_reached", "undecided", "not_assessed"]
    basis: Literal["official", "reposted", "secondary", "derived"]
    line: DecimalText | None
    readings: tuple[ReadingSummary, ...]
    missing: tuple[str, ...]
    failed_gates: tuple[Id, ...]
    open_gates: tuple[Id, ...]
    platform_score: DecimalText | None
    platform_decides: bool


class GateSummary(Model):
    """One gate; `blocks` when its failure keeps an outcome from being reached."""

    id: Id
    state: Literal["pass", "fail", "unknown"]
    severity: Literal["reject", "return", "flag", "information"]
    blocks: bool


class DimensionSummary(Model):
    """One dimension with those below it; the totals of the top ones add up to the base total."""

    id: Id
    total: DecimalText | None
    maximum: DecimalText | None
    lowest_possible: DecimalText | None
    highest_possible: DecimalText | None
    asked: int
    answered: int
    children: tuple[DimensionSummary, ...]


class ContradictionSummary(Model):
    """Answers that do not go together, by the name of the rule and the criteria concerned."""

    id: str
    criteria: tuple[Id, ...]


class TargetSummary(Model):
    """One target of a criterion; `distance` is what is missing (negative: beyond it), `way` the
    percent of the way from the baseline, `null` where none can be told."""

    criterion: Id
    target: Id
    figure: DecimalText | None
    value: DecimalText
    year: int | None
    distance: DecimalText | None
    way: DecimalText | None
    state: Literal["met", "short", "open"]


class ScoreSummary(Model):
    """The whole result of one assessment."""

    rubric: Id
    cycle: Id
    profile: Id
    target: Id
    complete: bool
    asked: int
    answered: int
    total: DecimalText | None
    maximum: DecimalText | None
    lowest_possible: DecimalText | None
    highest_possible: DecimalText | None
    result: Id | None
    outcomes: tuple[OutcomeSummary, ...]
    gates: tuple[GateSummary, ...]
    dimensions: tuple[DimensionSummary, ...]
    contradictions: tuple[ContradictionSummary, ...]


def score_summary(card: ScoreCard) -> dict[str, object]:
    """Return the result as `score --json` prints it: JSON-ready data of a `ScoreSummary`.

    Where criteria have targets, `targets` lists each with what is missing to it. The payload has no
    such list: it follows from answers and rubric.
    """
    found: dict[str, object] = summarise(card).model_dump(mode="json")
    targets = [_target(item, score) for item in card.items for score in item.targets]
    return (
        {**found, "targets": [one.model_dump(mode="json") for one in targets]} if targets else found
    )


def summarise(card: ScoreCard) -> ScoreSummary:
    """Return the result in the shape other programs read."""
    return ScoreSummary(
        rubric=card.rubric,
        cycle=card.cycle,
        profile=card.profile,
        target=card.target,
        complete=card.complete,
        asked=card.asked,
        answered=card.done,
        total=_printed(card.total.value),
        maximum=_printed(card.total.maximum),
        lowest_possible=_printed(card.total.lowest),
        highest_possible=_printed(card.total.highest),
        result=card.result,
        outcomes=tuple(_outcome(score) for score in card.outcomes),
        gates=tuple(_gate(score) for score in card.gates),
        dimensions=tuple(_dimension(score) for score in card.dimensions),
        contradictions=tuple(
            ContradictionSummary(id=found.id, criteria=found.criteria)
            for found in card.contradictions
        ),
    )


def _target(item: ItemScore, score: TargetScore) -> TargetSummary:
    return TargetSummary(
        criterion=item.criterion.id,
        target=score.target.id,
        figure=_printed(score.figure),
        value=score.target.value,
        year=score.target.year,
        distance=_printed(score.distance),
        way=score.way,
        state=score.state,
    )


def _printed(value: Decimal | None) -> Decimal | None:
    return None if value is None else shown(value)


def _outcome(score: OutcomeScore) -> OutcomeSummary:
    outcome = score.outcome
    lines = {entry.line for entry in outcome.readings if entry.id in outcome.decided_by}
    return OutcomeSummary(
        id=outcome.id,
        state=score.state,
        basis=score.basis,
        line=lines.pop() if len(lines) == 1 else None,
        readings=tuple(_reading(reading) for reading in score.readings),
        missing=score.missing,
        failed_gates=score.failed_gates,
        open_gates=score.open_gates,
        platform_score=score.platform,
        platform_decides=score.platform_decides,
    )


def _reading(score: ReadingScore) -> ReadingSummary:
    return ReadingSummary(
        id=score.reading.id,
        kind=score.reading.kind,
        value=_printed(score.span.value),
        lowest_possible=_printed(score.span.lowest),
        highest_possible=_printed(score.span.highest),
        maximum=_printed(score.span.maximum),
        line=score.reading.line,
        state=score.state,
        decides=score.decides,
    )


def _gate(score: GateScore) -> GateSummary:
    return GateSummary(
        id=score.gate.id, state=score.state, severity=score.gate.severity, blocks=score.blocks
    )


def _dimension(score: DimensionScore) -> DimensionSummary:
    span = score.span
    return DimensionSummary(
        id=score.dimension.id,
        total=_printed(span.value),
        maximum=_printed(span.maximum),
        lowest_possible=_printed(span.lowest),
        highest_possible=_printed(span.highest),
        asked=score.asked,
        answered=score.done,
        children=tuple(_dimension(child) for child in score.children),
    )
