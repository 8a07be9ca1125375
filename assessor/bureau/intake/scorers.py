"""Scoring one visit after another with compiled rubrics that are kept between files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessor.assessment import Assessment
from assessor.formulas import Given
from assessor.rubrics.loader import LoadedRubric
from assessor.rules.card import ScoreCard
from assessor.rules.run import situation_of
from assessor.scoring import Scorer

MOST = 24
"""Compiled programs that are kept of one rubric; each takes a few megabytes."""


@dataclass
class Scorers:
    """Compiled rubrics by digest; not for use by two threads at once."""

    _kept: dict[str, _Kept] = field(default_factory=dict)

    def score(self, loaded: LoadedRubric, assessment: Assessment) -> ScoreCard:
        """Return the score card of `assessment`, the same as `assessor.scoring.score` gives."""
        return self._scorer(loaded, assessment).score(assessment)

    def figures(self, loaded: LoadedRubric, assessment: Assessment) -> Mapping[str, Given]:
        """Return the figures of that score card, without making it."""
        return self._scorer(loaded, assessment).figures(assessment)

    def _scorer(self, loaded: LoadedRubric, assessment: Assessment) -> Scorer:
        situation, kept = situation_of(assessment), self._kept.get(loaded.digest)
        if kept is None or (situation not in kept.situations and len(kept.situations) >= MOST):
            kept = self._kept[loaded.digest] = _Kept(Scorer(loaded.rubric))
        kept.situations.add(situation)
        return kept.scorer


@dataclass
class _Kept:
    """The scorer of one rubric and the situations it has a program for."""

    scorer: Scorer
    situations: set[object] = field(default_factory=set)
