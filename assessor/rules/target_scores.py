"""How far a criterion has come towards its targets, read from its cells."""

from __future__ import annotations

from collections.abc import Mapping

from assessor.formulas import Given
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.progress import TargetFigure
from assessor.rules import names
from assessor.rules.card import TargetScore
from assessor.rules.progress import lower_is_better
from assessor.rules.run import known


def target_scores(
    criterion: Criterion, key: str, profile: str, values: Mapping[str, Given]
) -> list[TargetScore]:
    """Return how far a criterion has come towards each of its targets in `profile`."""
    progress = criterion.progress_in(profile)
    targets = progress.targets if progress else ()
    return [_target_score(criterion, key, target, values) for target in targets]


def _target_score(
    criterion: Criterion, key: str, target: TargetFigure, values: Mapping[str, Given]
) -> TargetScore:
    distance = known(values, names.distance(key, target.id))
    if distance is None:
        return TargetScore(target, None, None, None, "open")
    gone = distance if lower_is_better(criterion) else -distance
    met = distance < 0 if target.beyond else distance <= 0
    way = known(values, names.way(key, target.id))
    return TargetScore(target, target.value + gone, distance, way, "met" if met else "short")
