"""What a rubric leaves to the user who holds its source: weights and wordings to be entered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor.rubrics.criterion import Combine, Dimension
from assessor.rubrics.models import Rubric


@dataclass(frozen=True)
class ToEnter:
    """The ids of dimensions whose weight is missing in some profile, and of criteria whose wording
    is still to be entered."""

    weights: tuple[str, ...]
    texts: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.weights or self.texts)


def to_enter(rubric: Rubric) -> ToEnter:
    """Return what is still to be entered into `rubric`; without the weights there is no score."""
    top: Combine = rubric.per_level.combine if rubric.per_level else "sum"
    profiles = [profile.id for profile in rubric.profiles]
    weights = tuple(_weights(rubric.dimensions, top, profiles))
    return ToEnter(weights, tuple(item.id for item in rubric.criteria if item.text_to_enter))


def with_weights(rubric: Rubric, weights: Mapping[str, Decimal]) -> Rubric:
    """Return `rubric` with exactly these weights, by dimension as written, where some are to be
    entered: what was entered already is put aside."""

    def entered(node: Dimension) -> Dimension:
        children = tuple(map(entered, node.children))
        if not node.weight_to_enter:
            return node.model_copy(update={"children": children})
        weight = weights.get(node.id)
        return node.model_copy(
            update={"weight": weight, "weight_by_profile": {}, "children": children}
        )

    return rubric.model_copy(update={"dimensions": tuple(map(entered, rubric.dimensions))})


def _weights(
    nodes: Sequence[Dimension], combine: Combine, profiles: Sequence[str]
) -> Iterator[str]:
    for node in nodes:
        missing = any(node.weight_for(profile) is None for profile in profiles)
        if combine == "weighted_mean" and node.weight_to_enter and missing:
            yield node.id
        yield from _weights(node.children, node.combine, profiles)
