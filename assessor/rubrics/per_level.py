"""One tree of dimensions that is evaluated once for each of several levels.

A rubric writes the tree once; `expanded` gives the tree the engine works with: a dimension for each
level at the top, below it a copy of the tree whose ids begin with the level's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from assessor.rubrics.base import DecimalText, Id, LocalText, Model, Words
from assessor.rubrics.criterion import Combine, Dimension
from assessor.rubrics.provenance import Provenance


class TreeLevel(Model):
    """A level the tree is evaluated for; ordered from lowest to highest."""

    id: Id
    number: Words | None = None
    name: LocalText
    why: LocalText | None = None


class PerLevel(Model):
    """How the levels are evaluated and added up.

    Each level is worth `worth` points; `combine` makes its figure from the top of the tree. With
    `satisfied_counts_whole`, a level whose share (0 to 1, two digits, half-up) is at least
    `satisfied_from` counts as whole; otherwise every level counts as what it comes to.
    """

    levels: Annotated[tuple[TreeLevel, ...], Field(min_length=1)]
    combine: Combine = "weighted_mean"
    worth: DecimalText
    satisfied_from: DecimalText
    satisfied_counts_whole: bool
    provenance: Provenance


def level_dimension(level: str, dimension: str) -> str:
    """Return the id of a dimension at a level, as criteria name it."""
    return f"{level}.{dimension}"


def written_id(rule: PerLevel | None, dimension: str) -> str:
    """Return the id under which the rubric writes a dimension of the tree."""
    prefixes = (level_dimension(level.id, "") for level in rule.levels) if rule else ()
    found = (dimension.removeprefix(start) for start in prefixes if dimension.startswith(start))
    return next(found, dimension)


def expanded(rule: PerLevel, tree: Sequence[Dimension]) -> Iterator[Dimension]:
    """Yield a dimension for each level with a copy of `tree` below it."""
    whole_from = rule.satisfied_from if rule.satisfied_counts_whole else None
    for level in rule.levels:
        yield Dimension(
            id=level.id,
            number=level.number,
            name=level.name,
            weight=rule.worth,
            combine=rule.combine,
            counts_whole_from=whole_from,
            why=level.why,
            children=tuple(at_level(level.id, node) for node in tree),
            provenance=rule.provenance,
        )


def at_level(level: str, node: Dimension) -> Dimension:
    """Return a dimension and all below it as they are called at a level."""
    return node.model_copy(
        update={
            "id": level_dimension(level, node.id),
            "children": tuple(at_level(level, child) for child in node.children),
        }
    )
