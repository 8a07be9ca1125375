"""The result of scoring: frozen, complete, with the reason for every state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assessor.assessment import Answer
from assessor.formulas import Given
from assessor.i18n import Message
from assessor.rubrics.criterion import Criterion, Dimension, Link
from assessor.rubrics.gates import Gate
from assessor.rubrics.outcomes import Outcome, Reading
from assessor.rubrics.progress import TargetFigure
from assessor.rubrics.provenance import Basis
from assessor.rules.gates import GateState
from assessor.rules.program import Program, Role

OutcomeState = Literal["reached", "not_reached", "undecided", "not_assessed"]
ItemState = Literal["answered", "unanswered", "not_computable", "not_applicable"]
LineState = Literal["met", "missed", "open", "no_line"]
TargetState = Literal["met", "short", "open"]


@dataclass(frozen=True, slots=True)
class Span:
    """A figure so far, with the least and the most still possible and the maximum.

    `value` counts what is answered; `None` where no figure exists (nothing in a dimension applies).
    All are exact; `shown` in `assessor.scoring` rounds them for people.
    """

    value: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    maximum: Decimal | None


@dataclass(frozen=True, slots=True)
class TargetScore:
    """One target: the figure found, how much is missing (negative: beyond it) and the percent of
    the way from the baseline. `open` while there is no figure; `way` is `None` where the rubric has
    no baseline that counts the same thing."""

    target: TargetFigure
    figure: Decimal | None
    distance: Decimal | None
    way: Decimal | None
    state: TargetState


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One criterion: what was answered and what it gives.

    `points` is `None` while there is no usable answer. `rank` is the tier reached (1, 2, 3 ...; 0
    none; -1 not applicable; `None` unanswered or without tiers). `forced_by` is the link that set
    the answer, `unproven` a result without baseline, `why` the reason a result cannot be computed;
    `targets` says how far it has come towards each of them.
    """

    criterion: Criterion
    role: Role
    keys: tuple[str, ...]
    answers: tuple[Answer | None, ...]
    state: ItemState
    span: Span
    rank: int | None
    result: Decimal | None
    forced_by: Link | None
    unproven: bool
    why: Message | None
    evidence: tuple[str, ...]
    targets: tuple[TargetScore, ...] = ()

    @property
    def points(self) -> Decimal | None:
        """The points so far."""
        return self.span.value

    @property
    def done(self) -> bool:
        """Whether nothing is left to answer."""
        return self.state in ("answered", "not_applicable")


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One dimension: its figure, how much is answered, and what is below it."""

    dimension: Dimension
    depth: int
    span: Span
    asked: int
    done: int
    children: tuple[DimensionScore, ...]
    items: tuple[ItemScore, ...]


@dataclass(frozen=True, slots=True)
class ReadingScore:
    """One figure held against a line; `decides` when the outcome hangs on it.

    Figures are rounded as printed. `distance` is how far the figure so far is below the line
    (negative: above), `None` without a line.
    """

    reading: Reading
    span: Span
    decides: bool
    state: LineState
    distance: Decimal | None


@dataclass(frozen=True, slots=True)
class GateScore:
    """One gate; `blocks` when its failure keeps outcomes from being reached."""

    gate: Gate
    state: GateState
    blocks: bool
    reason: Message | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class OutcomeScore:
    """One outcome: its state, why, and what is missing.

    `missing` are keys of items whose answer could still decide it, `reasons` sentences for people.
    `platform` is the official platform's score as declared; `platform_decides` when it counted.
    """

    outcome: Outcome
    state: OutcomeState
    readings: tuple[ReadingScore, ...]
    reasons: tuple[Message, ...]
    missing: tuple[str, ...]
    failed_gates: tuple[str, ...]
    open_gates: tuple[str, ...]
    platform: Decimal | None
    platform_decides: bool
    basis: Basis


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction or a shortfall: what, and which criteria it concerns."""

    id: str
    text: Message
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """The whole result of one assessment under one rubric.

    `total` counts the items required for the target, bonus and deductions; `optional` are reported
    beside it. `result` is the highest outcome reached. `with_exclusions_counted` is the total when
    not-applicable items count as zero, `None` when there are none. Where the rubric only collects
    figures, `total`, `base` and the dimensions have none. `figures` are all cells by name,
    from which every number can be traced.
    """

    rubric: str
    cycle: str
    profile: str
    target: str
    total: Span
    base: Span
    bonus: Span | None
    deductions: Span | None
    complete: bool
    asked: int
    done: int
    result: str | None
    dimensions: tuple[DimensionScore, ...]
    items: tuple[ItemScore, ...]
    gates: tuple[GateScore, ...]
    outcomes: tuple[OutcomeScore, ...]
    contradictions: tuple[Finding, ...]
    evidence_shortfalls: tuple[Finding, ...]
    with_exclusions_counted: Span | None
    figures: Mapping[str, Given]
    program: Program

    def item(self, criterion: str) -> ItemScore | None:
        """Return the score of a criterion, `None` when it is not asked here."""
        return next((item for item in self.items if item.criterion.id == criterion), None)

    def outcome(self, outcome: str) -> OutcomeScore | None:
        """Return the score of an outcome."""
        return next((entry for entry in self.outcomes if entry.outcome.id == outcome), None)
