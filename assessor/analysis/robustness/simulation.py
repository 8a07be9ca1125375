"""How often a result holds when answers are one step off as often as confidence lets expect.

The chances are an assumption of this program and no government rule: they are printed wherever the
figure is. A draw moves each answer independently with the chance of its confidence to one of its
neighbours, scores the record anew, and compares the states of all outcomes with the present ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random

from assessor.analysis.robustness.flips import States, Step, states_of, with_answers
from assessor.analysis.robustness.neighbours import movable
from assessor.assessment import Answer, Assessment, Confidence
from assessor.rubrics.models import Rubric
from assessor.scoring import Scorer

CHANCES: Mapping[Confidence, Decimal] = {
    "high": Decimal("0.02"),
    "medium": Decimal("0.10"),
    "low": Decimal("0.25"),
}
"""Chance that an answer is one step off, by the confidence it was given with."""
UNSTATED: Confidence = "medium"
"""The confidence of an answer that was given none."""
DRAWS = 500
"""Draws unless told otherwise: a share of one half is then known to about 4 in 100."""
MOST_HINGES = 5
_TWICE = 2
"""An answer is a hinge when it is off at least so many times as often in draws that turned out
differently as it is in all of them."""


@dataclass(frozen=True, slots=True)
class Hinge:
    """A criterion the result hangs on: of the draws that turned out differently, in how many its
    answer was off (`share`, 0 to 1)."""

    key: str
    criterion: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class Simulation:
    """What came of it: of `draws` draws from `seed`, in how many every outcome stayed as it is.

    `by_outcome` are the draws in which each outcome stayed; `hinges` the criteria the others hang
    on, the strongest first; `moved` how many answers could be moved at all.
    """

    draws: int
    seed: int
    held: int
    by_outcome: Mapping[str, int]
    hinges: tuple[Hinge, ...]
    moved: int

    @property
    def share(self) -> Fraction:
        """The part of the draws in which the whole result held, 0 to 1."""
        return Fraction(self.held, self.draws)


def simulate(
    rubric: Rubric,
    assessment: Assessment,
    draws: int = DRAWS,
    seed: int = 1,
    step: Step | None = None,
) -> Simulation:
    """Draw `draws` other records and count how often the result holds.

    The same record, seed and number of draws give the same figures on every machine. Raises
    `ValueError` for less than one draw.
    """
    if draws < 1:
        raise ValueError("at least one draw is needed")
    scorer = Scorer(rubric)
    random = Random(seed)  # noqa: S311 (repeatable, nothing secret)
    before = states_of(scorer.score(assessment))
    moves = movable(rubric, assessment)
    tally = _Tally(before)
    for done in range(draws):
        if step is not None:
            step(done, draws)
        moved = _drawn(assessment, moves, random)
        after = states_of(scorer.score(with_answers(assessment, moved))) if moved else before
        tally.count(moved, after)
    hinges = tally.hinges(draws)
    return Simulation(draws, seed, tally.held, tally.by_outcome, hinges, len(moves))


def chance_of(answer: Answer) -> Decimal:
    """Return the chance that an answer is one step off."""
    return CHANCES[answer.confidence or UNSTATED]


def _drawn(
    assessment: Assessment, moves: Mapping[str, Sequence[Answer]], random: Random
) -> dict[str, Answer]:
    """Return the answers that are off in one draw.

    Whole numbers are drawn, which every version of Python draws alike from a seed.
    """
    moved = {}
    for key, beside in moves.items():
        if random.randrange(100) < chance_of(assessment.answers[key]) * 100:
            moved[key] = beside[random.randrange(len(beside))]
    return moved


class _Tally:
    """Counts draws."""

    def __init__(self, before: States) -> None:
        self._before = before
        self._off: Counter[str] = Counter()
        self._off_and_turned: Counter[str] = Counter()
        self._turned = 0
        self.held = 0
        self.by_outcome = dict.fromkeys(before, 0)

    def count(self, moved: Mapping[str, Answer], after: States) -> None:
        """Take one draw in."""
        self._off.update(moved.keys())
        for outcome, state in self._before.items():
            self.by_outcome[outcome] += after[outcome] == state
        if after == self._before:
            self.held += 1
            return
        self._turned += 1
        self._off_and_turned.update(moved.keys())

    def hinges(self, draws: int) -> tuple[Hinge, ...]:
        """Return the answers that are off far more often where the result turned than elsewhere."""
        found = [
            Hinge(key, key.partition("@")[0], Fraction(count, self._turned))
            for key, count in self._off_and_turned.items()
            if Fraction(count, self._turned) >= _TWICE * Fraction(self._off[key], draws)
        ]
        return tuple(sorted(found, key=lambda one: (-one.share, one.key))[:MOST_HINGES])
