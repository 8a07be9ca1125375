"""Items and dimensions of two records beside each other, and what cannot be put beside each other.

Items belong together by their ids, which are stable across the versions of a rubric.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from assessor.analysis.comparison.sides import Side
from assessor.analysis.panel import substance
from assessor.rubrics.criterion import Criterion, Dimension
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    QuantityRule,
    SelectionRule,
)
from assessor.rules.card import DimensionScore, ItemScore, Span
from assessor.rules.progress import lower_is_better

Standing = Literal["lower", "higher", "changed", "first_only", "second_only", "same", "open"]
"""How the second side stands to the first: by the share of the item's points, then by the answer.
`changed` is another answer that gives the same; with `open` neither has answered."""
STANDINGS: tuple[Standing, ...] = get_args(Standing)

Reason = Literal["first_rubric", "second_rubric", "not_asked", "other_kind", "other_options"]
"""Why an item cannot be compared: only one version has it, one side is not asked it (another
profile or target), or it is answered in another way or with other options."""


@dataclass(frozen=True, slots=True)
class ItemPair:
    """One item of both sides; `difference` are the points of the second less those of the first,
    `None` where one has none or the item is worth more in one version than in the other. Of items
    that are collected and not scored it is the difference of the figures."""

    first: ItemScore
    second: ItemScore
    standing: Standing
    difference: Decimal | None

    @property
    def criterion(self) -> Criterion:
        """The item as the second side's rubric has it."""
        return self.second.criterion


@dataclass(frozen=True, slots=True)
class Incomparable:
    """An item that only one side can answer, or each in another way."""

    criterion: Criterion
    reason: Reason


@dataclass(frozen=True, slots=True)
class DimensionPair:
    """One dimension of both sides; `depth` is 0 at the top."""

    dimension: Dimension
    depth: int
    first: Span
    second: Span


def item_pairs(one: Side, other: Side) -> tuple[ItemPair, ...]:
    """Return the items both sides can be compared in, in the order of the second's rubric."""
    theirs = {item.criterion.id: item for item in one.card.items}
    return tuple(
        _pair(theirs[item.criterion.id], item)
        for item in other.card.items
        if item.criterion.id in theirs
        and _misfit(theirs[item.criterion.id].criterion, item.criterion) is None
    )


def incomparable(one: Side, other: Side) -> tuple[Incomparable, ...]:
    """Return what cannot be compared with the reason, first what the second's rubric has.

    What neither side is asked is left out.
    """
    known = {item.criterion.id: item.criterion for item in one.card.items}
    asked = {item.criterion.id: item.criterion for item in other.card.items}
    found = [
        Incomparable(criterion, reason)
        for criterion in asked.values()
        if (reason := _why(criterion, known, one.rubric.criterion_by_id, "second_rubric"))
    ]
    found += [
        Incomparable(criterion, reason)
        for criterion in known.values()
        if criterion.id not in asked
        and (reason := _why(criterion, asked, other.rubric.criterion_by_id, "first_rubric"))
    ]
    return tuple(found)


def dimension_pairs(one: Side, other: Side) -> tuple[DimensionPair, ...]:
    """Return the dimensions in which both are asked something, parents first."""
    theirs = {entry.dimension.id: entry for entry in _walk(one.card.dimensions)}
    return tuple(
        DimensionPair(entry.dimension, entry.depth, theirs[entry.dimension.id].span, entry.span)
        for entry in _walk(other.card.dimensions)
        if entry.asked and entry.dimension.id in theirs and theirs[entry.dimension.id].asked
    )


def _why(
    criterion: Criterion,
    asked: Mapping[str, Criterion],
    known: Mapping[str, Criterion],
    alone: Reason,
) -> Reason | None:
    if criterion.id in asked:
        return _misfit(asked[criterion.id], criterion)
    return "not_asked" if criterion.id in known else alone


def _misfit(one: Criterion, other: Criterion) -> Reason | None:
    if one.rule.kind != other.rule.kind:
        return "other_kind"
    return None if _keys(one) == _keys(other) else "other_options"


def _keys(criterion: Criterion) -> tuple[str, ...]:
    """Return the keys an answer is made of."""
    match criterion.rule:
        case LevelsRule() | SelectionRule() as rule:
            return tuple(option.key for option in rule.options)
        case LookupRule() as lookup:
            return tuple(level.key for level in lookup.levels)
        case ChecklistRule() as checklist:
            return tuple(item.key for item in checklist.items)
        case QuantityRule() as quantity:
            return tuple(entry.id for entry in quantity.measure.inputs)
    return ()


def _pair(one: ItemScore, other: ItemScore) -> ItemPair:
    gap = _figures(one, other)
    if not other.span.maximum:
        return ItemPair(one, other, _standing(one, other), gap)
    gap = None
    if one.points is not None and other.points is not None:
        gap = other.points - one.points if one.span.maximum == other.span.maximum else None
    return ItemPair(one, other, _standing(one, other), gap)


def _standing(one: ItemScore, other: ItemScore) -> Standing:
    said, now = _said(one), _said(other)
    if not said or not now:
        return "open" if not said and not now else "first_only" if said else "second_only"
    step = _step(one.span, other.span) or _progress(one, other)
    if step:
        return "lower" if step < 0 else "higher"
    return "same" if said == now else "changed"


def _said(item: ItemScore) -> dict[str, object]:
    """Return what was answered; of a measured figure the result, wherever its inputs come from."""
    if isinstance(item.criterion.rule, QuantityRule) and item.result is not None:
        return {item.criterion.id: item.result}
    pairs = zip(item.keys, item.answers, strict=True)
    return {key: substance(answer) for key, answer in pairs if answer is not None}


def _step(one: Span, other: Span) -> Decimal:
    """Return something with the sign of the step from share to share, without dividing."""
    if one.value is None or other.value is None or not one.maximum or not other.maximum:
        return Decimal(0)
    return other.value * one.maximum - one.value * other.maximum


def _figures(one: ItemScore, other: ItemScore) -> Decimal | None:
    """The figure of the second less that of the first, where both have one."""
    if one.result is None or other.result is None:
        return None
    return other.result - one.result


def _progress(one: ItemScore, other: ItemScore) -> Decimal:
    """Of collected figures, something with the sign of the step to the better."""
    gap = _figures(one, other)
    if other.span.maximum or gap is None:
        return Decimal(0)
    return -gap if lower_is_better(other.criterion) else gap


def _walk(entries: Sequence[DimensionScore]) -> Iterator[DimensionScore]:
    for entry in entries:
        yield entry
        yield from _walk(entry.children)
