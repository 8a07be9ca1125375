"""How each criterion stands: answered or not, doubtful, short of proof. No Qt in here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assessor.assessment import Assessment
from assessor.commands.remarks import remarks_on
from assessor.rules.card import DimensionScore, ItemScore, ScoreCard
from assessor.rules.program import Role
from assessor.workspace.live import Published

State = Literal["answered", "unanswered", "partial", "not_applicable"]
Filter = Literal["all", "unanswered", "no_evidence", "flagged", "optional"]
FILTERS: tuple[Filter, ...] = ("all", "unanswered", "no_evidence", "flagged", "optional")

FEWEST_AXES, MOST_AXES = 5, 16
"""A level of the tree with so many dimensions reads well as headings and as a radar."""


@dataclass(frozen=True)
class Standing:
    """One criterion. `flagged`: contradicted, marked as doubtful or with an open finding;
    `short`: more proof is wanted than there is; `optional`: does not count for the target;
    `forced`: the answer follows from that of another criterion."""

    state: State
    flagged: bool = False
    short: bool = False
    optional: bool = False
    forced: bool = False

    def passes(self, which: Filter) -> bool:
        """Tell whether a filter lets it through."""
        match which:
            case "all":
                return True
            case "unanswered":
                return not self.optional and self.state in ("unanswered", "partial")
            case "no_evidence":
                return self.short
            case "flagged":
                return self.flagged
            case "optional":
                return self.optional


def standings(published: Published) -> dict[str, Standing]:
    """Return how every criterion that is asked stands, by its id."""
    card, record = published.card, published.assessment
    doubtful = {name for found in card.contradictions for name in found.criteria}
    doubtful |= {finding.criterion for finding in record.findings if finding.state == "open"}
    short = {name for found in card.evidence_shortfalls for name in found.criteria}
    return {
        item.criterion.id: Standing(
            _state(item),
            item.criterion.id in doubtful or _unsure(record, item),
            item.criterion.id in short,
            item.role == "optional",
            item.forced_by is not None,
        )
        for item in card.items
    }


def _state(item: ItemScore) -> State:
    if item.state in ("answered", "not_applicable"):
        return item.state
    return "partial" if any(answer is not None for answer in item.answers) else "unanswered"


def _unsure(record: Assessment, item: ItemScore) -> bool:
    said = (remarks_on(record, key) for key in item.keys)
    return any(remarks is not None and remarks.confidence == "low" for remarks in said)


def is_open(item: ItemScore) -> bool:
    """Tell whether a criterion still has to be answered."""
    return not item.done and item.role != "optional"


def main_dimensions(card: ScoreCard) -> tuple[DimensionScore, ...]:
    """Return the highest level of dimensions that is neither too few nor too many, else the top."""
    top = level = weighty(card.dimensions)
    while level:
        if FEWEST_AXES <= len(level) <= MOST_AXES:
            return level
        level = tuple(child for entry in level for child in weighty(entry.children))
    return top


def weighty(scores: Sequence[DimensionScore]) -> tuple[DimensionScore, ...]:
    """Return the dimensions that are asked and not worth nothing by design."""
    return tuple(
        entry
        for entry in asked(scores)
        if any(item.criterion.maximum for item in within(entry)) or entry.span.maximum is None
    )


def asked(scores: Sequence[DimensionScore]) -> tuple[DimensionScore, ...]:
    """Return the dimensions in which something counts towards the total."""
    return tuple(entry for entry in scores if entry.asked)


def ordered(card: ScoreCard) -> tuple[ItemScore, ...]:
    """Return the criteria in the order of the tree."""
    inside = [item for entry in card.dimensions for item in within(entry)]
    return (*inside, *(item for _, items in outside(card) for item in items))


def outside(card: ScoreCard) -> tuple[tuple[Role, tuple[ItemScore, ...]], ...]:
    """Return the criteria that hang in no dimension, such as a bonus, by their role."""
    hung = {item.criterion.id for entry in card.dimensions for item in within(entry)}
    left: dict[Role, list[ItemScore]] = {}
    for item in card.items:
        if item.criterion.id not in hung:
            left.setdefault(item.role, []).append(item)
    return tuple((role, tuple(items)) for role, items in left.items())


def within(entry: DimensionScore) -> Iterator[ItemScore]:
    """Yield the criteria of a dimension and of those below it, as the tree shows them."""
    yield from entry.items
    for child in entry.children:
        yield from within(child)
