"""What the score would be if an answer were another one: computed aside, never on record."""

from __future__ import annotations

from threading import Lock

from assessor.assessment import Assessment
from assessor.rubrics.models import Rubric
from assessor.scoring import ScoreCard, Scorer


class WhatIf:
    """Scores records that are only considered, one after the other; any thread may ask.

    It has a scorer of its own, so that no answer on its way to disk waits for it, and computes only
    what differs from the record it was asked about before.
    """

    def __init__(self, rubric: Rubric) -> None:
        self._scorer = Scorer(rubric)
        self._lock = Lock()

    def card(self, considered: Assessment) -> ScoreCard:
        """Return the score of a record of this rubric."""
        with self._lock:
            return self._scorer.score(considered)
