"""Scoring one visit after another with compiled rubrics that are kept between files."""

from __future__ import annotations

from dataclasses import dataclass, field

from assessor.assessment import Answer, Assessment
from assessor.rubrics.loader import LoadedRubric
from assessor.rules.card import ScoreCard
from assessor.rules.run import situation_of
from assessor.scoring import Scorer

MOST_SITUATIONS = 24
"""Compiled programs that are kept of one rubric; each takes a few megabytes."""


@dataclass
class Scorers:
    """Compiled rubrics by digest; not for use by two threads at once."""

    _kept: dict[str, _Kept] = field(default_factory=dict)

    def score(self, loaded: LoadedRubric, assessment: Assessment) -> ScoreCard:
        """Return the score card of `assessment`, the same as `assessor.scoring.score` gives."""
        kept = self._kept.get(loaded.digest)
        if kept is None or kept.full(assessment):
            kept = self._kept[loaded.digest] = _Kept(Scorer(loaded.rubric))
        return kept.score(assessment)


@dataclass
class _Kept:
    """The scorer of one rubric and the answers it has seen.

    A scorer looks again only at answers that are other objects than before. Visits of one rubric
    have many equal answers, so equal ones are made the same object.
    """

    scorer: Scorer
    situations: set[object] = field(default_factory=set)
    answers: dict[str, Answer] = field(default_factory=dict)

    def full(self, assessment: Assessment) -> bool:
        """Whether another situation would be one too many."""
        situation = situation_of(assessment)
        return situation not in self.situations and len(self.situations) >= MOST_SITUATIONS

    def score(self, assessment: Assessment) -> ScoreCard:
        """Score with equal answers shared."""
        self.situations.add(situation_of(assessment))
        shared = {key: self._shared(key, answer) for key, answer in assessment.answers.items()}
        return self.scorer.score(assessment.model_copy(update={"answers": shared}))

    def _shared(self, key: str, answer: Answer) -> Answer:
        before = self.answers.get(key)
        if before is not None and before == answer:
            return before
        self.answers[key] = answer
        return answer
