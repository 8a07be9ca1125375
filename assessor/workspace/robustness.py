"""How sure the result of a visit is: distances to the lines, answers that turn it, a simulation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessor.analysis.robustness import DRAWS, Flip, Simulation, flips, simulate
from assessor.analysis.robustness.flips import Step
from assessor.assessment import Assessment
from assessor.errors import AssessorError
from assessor.i18n import Message, message
from assessor.rubrics.models import Rubric
from assessor.rules.card import OutcomeScore, ReadingScore, ScoreCard
from assessor.scoring import score, shown_text

_HALF = 2


@dataclass(frozen=True, slots=True)
class Robustness:
    """Everything that is said of how sure a result is; `lines` are readings with a line."""

    lines: tuple[tuple[OutcomeScore, ReadingScore], ...]
    flips: tuple[Flip, ...]
    simulation: Simulation


def robustness(
    rubric: Rubric,
    assessment: Assessment,
    draws: int = DRAWS,
    seed: int = 1,
    step: Step | None = None,
) -> Robustness:
    """Look how sure the result of `assessment` is.

    `step` is told how many of how many parts are done, and what it raises ends the work. Raises
    `AssessorError` for a form, which has no result.
    """
    if rubric.collects:
        raise AssessorError(message("form.no_robustness", rubric=rubric.title))
    halves = _Halves(step)
    turned = flips(rubric, assessment, halves.first)
    drawn = simulate(rubric, assessment, draws, seed, halves.second)
    return Robustness(tuple(lines_of(score(rubric, assessment))), turned, drawn)


def lines_of(card: ScoreCard) -> Iterator[tuple[OutcomeScore, ReadingScore]]:
    """Yield the readings that are held against a line, with the outcomes they decide."""
    for outcome in card.outcomes:
        if outcome.state != "not_assessed":
            for reading in outcome.readings:
                if reading.decides and reading.distance is not None:
                    yield outcome, reading


def distance_said(outcome: OutcomeScore, reading: ReadingScore) -> Message:
    """Return how far a reading is from its line."""
    distance = reading.distance
    if not distance:
        gap = message("robust.exactly")
    else:
        key = "robust.short_of" if distance > 0 else "robust.above"
        gap = message(key, distance=shown_text(abs(distance)))
    return message(
        "robust.distance",
        outcome=outcome.outcome.name,
        reading=reading.reading.name,
        value=shown_text(reading.span.value),
        line=shown_text(reading.reading.line),
        gap=gap,
    )


class _Halves:
    """Tells the progress of two pieces of work as that of one, in hundredths."""

    def __init__(self, step: Step | None) -> None:
        self._step = step

    def first(self, done: int, total: int) -> None:
        """So much of the first piece is done."""
        self._tell(done * 100 // total // _HALF)

    def second(self, done: int, total: int) -> None:
        """So much of the second piece is done."""
        self._tell(50 + done * 100 // total // _HALF)

    def _tell(self, part: int) -> None:
        if self._step is not None:
            self._step(part, 100)
