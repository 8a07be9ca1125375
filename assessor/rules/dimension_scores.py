"""The scores of dimensions, kept until an edit touches something in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from assessor.formulas import Given
from assessor.rubrics.criterion import Dimension
from assessor.rules import names
from assessor.rules.card import DimensionScore, ItemScore
from assessor.rules.program import Program
from assessor.rules.run import Changes
from assessor.rules.spans import NO_SPAN, span_of


class DimensionScores:
    """The dimension scores of one program for one assessment after another."""

    def __init__(self, program: Program) -> None:
        self._tops = program.rubric.tree
        self._collects = program.rubric.collects
        self._inside: dict[str, list[int]] = {}
        for index, entry in enumerate(program.entries):
            self._inside.setdefault(entry.criterion.dimension, []).append(index)
        self._concerned: dict[str, tuple[str, ...]] = {}
        for top in self._tops:
            self._note(top, ())
        self._holders = [
            self._concerned.get(names.dimension_maximum(entry.criterion.dimension), ())
            for entry in program.entries
        ]
        self._kept: dict[str, DimensionScore | None] = {}

    def scores(
        self,
        changes: Changes,
        items: Sequence[ItemScore],
        renewed: Set[int],
        values: Mapping[str, Given],
    ) -> tuple[DimensionScore, ...]:
        """Return the scores of all dimensions in which something is asked, in order.

        `renewed` are the places in `items` that are not what they were the last time.
        """
        stale = [self._concerned.get(name, ()) for name in changes.cells]
        stale += [self._holders[index] for index in renewed]
        for dimension in {dimension for group in stale for dimension in group}:
            self._kept.pop(dimension, None)
        return self._all(self._tops, 0, items, values)

    def _note(self, dimension: Dimension, above: tuple[str, ...]) -> None:
        """Note which dimensions are to be scored anew when a cell of this one changes."""
        here = (*above, dimension.id)
        cells = [names.dimension_sum(view, dimension.id) for view in names.VIEWS]
        for name in (*cells, names.dimension_maximum(dimension.id)):
            self._concerned[name] = here
        for child in dimension.children:
            self._note(child, here)

    def _all(
        self,
        dimensions: Sequence[Dimension],
        depth: int,
        items: Sequence[ItemScore],
        values: Mapping[str, Given],
    ) -> tuple[DimensionScore, ...]:
        for dimension in dimensions:
            if dimension.id not in self._kept:
                self._kept[dimension.id] = self._one(dimension, depth, items, values)
        found = (self._kept[dimension.id] for dimension in dimensions)
        return tuple(score for score in found if score is not None)

    def _one(
        self,
        dimension: Dimension,
        depth: int,
        items: Sequence[ItemScore],
        values: Mapping[str, Given],
    ) -> DimensionScore | None:
        """Score one dimension with everything below it; `None` where nothing is asked."""
        children = self._all(dimension.children, depth + 1, items, values)
        own = tuple(items[index] for index in self._inside.get(dimension.id, ()))
        if not own and not children:
            return None
        counted = [item for item in own if item.role == "required"]
        views = {view: names.dimension_sum(view, dimension.id) for view in names.VIEWS}
        return DimensionScore(
            dimension=dimension,
            depth=depth,
            span=NO_SPAN
            if self._collects
            else span_of(values, views, names.dimension_maximum(dimension.id)),
            asked=len(counted) + sum(child.asked for child in children),
            done=sum(item.done for item in counted) + sum(child.done for child in children),
            children=children,
            items=own,
        )
