"""Single answers that turn a result: each answer beside the one given is scored, exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from assessor.analysis.robustness.neighbours import movable
from assessor.assessment import Answer, Assessment
from assessor.rubrics.models import Rubric
from assessor.rules.card import ScoreCard
from assessor.scoring import Scorer

States = Mapping[str, str]
"""Outcome -> its state, of the outcomes that are assessed."""
Step = Callable[[int, int], None]
"""Told how many of how many are done; what it raises ends the work."""


@dataclass(frozen=True, slots=True)
class Flip:
    """One answer beside the one given, and the state an outcome would have with it."""

    key: str
    criterion: str
    answer: Answer
    outcome: str
    before: str
    after: str


def states_of(card: ScoreCard) -> States:
    """Return the state of every outcome that is assessed."""
    return {
        entry.outcome.id: entry.state for entry in card.outcomes if entry.state != "not_assessed"
    }


def flips(rubric: Rubric, assessment: Assessment, step: Step | None = None) -> tuple[Flip, ...]:
    """Return every single answer that would turn an outcome, in the order of their keys.

    Empty means: no one answer, given one step differently, changes any state.
    """
    scorer = Scorer(rubric)
    before = states_of(scorer.score(assessment))
    moves = movable(rubric, assessment)
    found: list[Flip] = []
    for done, (key, beside) in enumerate(moves.items()):
        if step is not None:
            step(done, len(moves))
        for answer in beside:
            after = states_of(scorer.score(with_answers(assessment, {key: answer})))
            found.extend(_turned(key, answer, before, after))
    return tuple(found)


def with_answers(assessment: Assessment, other: Mapping[str, Answer]) -> Assessment:
    """Return the record with other answers under their keys."""
    return assessment.model_copy(update={"answers": {**assessment.answers, **other}})


def _turned(key: str, answer: Answer, before: States, after: States) -> Iterator[Flip]:
    for outcome, state in before.items():
        if after[outcome] != state:
            yield Flip(key, key.partition("@")[0], answer, outcome, state, after[outcome])
