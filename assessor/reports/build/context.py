"""What every section of the report needs, worked out once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from assessor.assessment import EvidenceItem
from assessor.reports.build.source import ReportOptions, ReportSource
from assessor.reports.build.wording import Wording
from assessor.rubrics.models import Profile, Target
from assessor.rubrics.provenance import Basis, Provenance, effective_basis
from assessor.rules.card import DimensionScore, ItemScore, ScoreCard
from assessor.rules.target_words import figure_said
from assessor.scoring import Scorer, score

FEWEST_AXES = 5
MOST_AXES = 16
"""A level of the tree with so many dimensions reads well as a radar and as a table of a page."""


@dataclass(frozen=True)
class Context:
    """One report in the making."""

    source: ReportSource
    options: ReportOptions

    @cached_property
    def words(self) -> Wording:
        """The words of the report's language."""
        return Wording(self.options.language)

    @property
    def card(self) -> ScoreCard:
        """The result."""
        return self.source.card

    @cached_property
    def target(self) -> Target:
        """The tier that is aimed at."""
        wanted = self.source.assessment.target
        return next(entry for entry in self.source.rubric.targets if entry.id == wanted)

    @cached_property
    def profile(self) -> Profile:
        """The kind of enterprise."""
        wanted = self.source.assessment.profile
        return next(entry for entry in self.source.rubric.profiles if entry.id == wanted)

    @cached_property
    def self_card(self) -> ScoreCard | None:
        """The result of the enterprise's own answers, `None` without a self-assessment.

        Gates, tables and units are those of the visit: only the answers are the enterprise's.
        """
        own = self.source.assessment.self_assessment
        if own is None:
            return None
        told = self.source.assessment.model_copy(update={"answers": own.answers})
        return score(self.source.rubric, told)

    @cached_property
    def main_dimensions(self) -> tuple[DimensionScore, ...]:
        """The dimensions that are shown first: the highest level that is neither too few nor too
        many to be seen at once, else the top."""
        top = level = weighty(self.card.dimensions)
        while level:
            if FEWEST_AXES <= len(level) <= MOST_AXES:
                return level
            level = tuple(child for entry in level for child in weighty(entry.children))
        return top

    def total_gain(self, key: str, option: str) -> Decimal | None:
        """Return what the total gains when one answer is another option; `None` without totals."""
        record, before = self.source.assessment, self.card.total.value
        answer = record.answers.get(key)
        if answer is None or before is None:
            return None
        answers = {**record.answers, key: answer.model_copy(update={"option": option})}
        after = self._scorer.score(record.model_copy(update={"answers": answers})).total.value
        return None if after is None else after - before

    @cached_property
    def _scorer(self) -> Scorer:
        return Scorer(self.source.rubric)

    @cached_property
    def required(self) -> tuple[ItemScore, ...]:
        """The items that count towards the total."""
        return tuple(item for item in self.card.items if item.role == "required")

    @cached_property
    def open_items(self) -> tuple[ItemScore, ...]:
        """The required items without a usable answer."""
        return tuple(item for item in self.required if not item.done)

    @cached_property
    def _evidence(self) -> dict[str, EvidenceItem]:
        return {piece.id: piece for piece in self.source.assessment.evidence}

    def worth(self, item: ItemScore) -> str:
        """Return an item's points out of its maximum; what was found where nothing is scored."""
        if self.source.rubric.collects:
            return self.words.pick(figure_said(item))
        return self.words.of(item.points, item.span.maximum)

    def figure(self, item: ItemScore) -> Decimal | None:
        """Return the figure behind `worth`."""
        return item.result if self.source.rubric.collects else item.points

    def evidence(self, ids: Sequence[str]) -> list[EvidenceItem]:
        """Return the pieces of evidence with these ids; unknown ids are left out."""
        return [self._evidence[name] for name in ids if name in self._evidence]

    def basis(self, provenance: Provenance) -> Basis:
        """Return what may be claimed of a rule."""
        return effective_basis(provenance, self.source.rubric.source_by_id)


def weighty(scores: Sequence[DimensionScore]) -> tuple[DimensionScore, ...]:
    """Return the dimensions that are asked and not worth nothing by design."""
    return tuple(
        entry for entry in asked(scores) if entry.span.maximum != 0 or not worthless(entry)
    )


def worthless(entry: DimensionScore) -> bool:
    """Return whether nothing in a dimension can ever be worth points."""
    return all(not item.criterion.maximum for item in items_within(entry))


def asked(scores: Sequence[DimensionScore]) -> tuple[DimensionScore, ...]:
    """Return the dimensions in which something counts towards the total."""
    return tuple(entry for entry in scores if entry.asked)


def walk_dimensions(
    scores: Sequence[DimensionScore],
) -> Iterator[tuple[DimensionScore, tuple[DimensionScore, ...]]]:
    """Yield every dimension in which something counts with those above it, parents first."""

    def walk(
        nodes: Sequence[DimensionScore], above: tuple[DimensionScore, ...]
    ) -> Iterator[tuple[DimensionScore, tuple[DimensionScore, ...]]]:
        for node in asked(nodes):
            yield node, above
            yield from walk(node.children, (*above, node))

    return walk(scores, ())


def items_within(entry: DimensionScore) -> Iterator[ItemScore]:
    """Yield the items of a dimension and of those below it, in order."""
    yield from entry.items
    for child in entry.children:
        yield from items_within(child)
