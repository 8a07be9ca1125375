"""Results within one answer of a line: a single judgement one level off would turn them.

Only readings that are settled are looked at; one that is still open hangs on more than one answer.
A measured figure is no judgement and has no next level, so it never makes a result near.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessor.assessment import Answer
from assessor.rubrics.models import Rubric
from assessor.rubrics.outcomes import (
    CountReading,
    ItemsReading,
    Outcome,
    PointsReading,
    Reading,
    TotalReading,
)
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    SelectionRule,
    YesNoRule,
)
from assessor.rules import names
from assessor.rules.card import ItemScore, OutcomeScore, ReadingScore, ScoreCard
from assessor.rules.item import leaves_out
from assessor.rules.leaf import rank_of, worth

HUNDRED = Decimal(100)
_TIERED = (LevelsRule, LookupRule, SelectionRule)


@dataclass(frozen=True, slots=True)
class NearLine:
    """A settled reading that one answer could turn, and the criteria whose answer that could be.

    `distance` is how far the figure is below the line (negative: above), in the reading's unit.
    """

    outcome: Outcome
    reading: Reading
    distance: Decimal
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """What an item would give one level lower or higher: points, and the rank of the tier."""

    points: Decimal
    rank: int = 0


def near_lines(card: ScoreCard) -> tuple[NearLine, ...]:
    """Return the readings near their lines, in the order of the outcomes."""
    return tuple(
        near
        for outcome in card.outcomes
        if outcome.state != "not_assessed" and not outcome.platform_decides
        for found in outcome.readings
        for near in _near(card, outcome, found)
    )


def _near(card: ScoreCard, outcome: OutcomeScore, found: ReadingScore) -> Iterator[NearLine]:
    line, settled = found.reading.line, found.state in ("met", "missed")
    bound = found.span.lowest if found.state == "met" else found.span.highest
    if not found.decides or not settled or line is None or bound is None:
        return
    distance = line - bound
    upwards = found.state == "missed"
    share = _share(card, found.reading)
    if share is not None and (share < distance if upwards else share <= -distance):
        return
    turning = tuple(
        item.criterion.id
        for item in card.items
        for effect in [_effect(card, item, found.reading, share, upwards=upwards)]
        if (effect >= distance if upwards else effect > -distance)
    )
    if turning:
        yield NearLine(outcome.outcome, found.reading, distance, turning)


def _share(card: ScoreCard, reading: Reading) -> Decimal | None:
    """Return by how much one item moves a share or number of items, `None` for another reading."""
    if isinstance(reading, CountReading):
        return Decimal(1)
    return HUNDRED / max(_asked(card, reading), 1) if isinstance(reading, ItemsReading) else None


def _effect(
    card: ScoreCard, item: ItemScore, reading: Reading, share: Decimal | None, *, upwards: bool
) -> Decimal:
    """Return by how much one level more, or less, moves the reading; 0 where it does not.

    `share` is what one item is worth in a share of items.
    """
    none = Decimal(0)
    answer = item.answers[0] if item.answers else None
    if item.state != "answered" or item.forced_by or len(item.keys) != 1 or answer is None:
        return none
    if not _counts(card.program.rubric, item, reading):
        return none
    steps = _steps(card, item, answer)
    if isinstance(reading, ItemsReading | CountReading):
        wanted = card.program.rubric.tier_rank[reading.tier]
        reached = (item.rank or 0) >= wanted
        crosses = reached != upwards and any((step.rank >= wanted) != reached for step in steps)
        return (share or none) if crosses else none
    have = item.points or none
    moves = [(step.points - have) if upwards else (have - step.points) for step in steps]
    return max([none, *moves])


def _counts(rubric: Rubric, item: ItemScore, reading: Reading) -> bool:
    """Whether the points of an item, or its tier, go into the reading as they are."""
    match reading:
        case TotalReading():
            summed = item.criterion.dimension in rubric.plain_sums
            return item.role == "required" and summed
        case PointsReading():
            return item.criterion.asked.get(reading.target) == "required"
        case CountReading():
            group = rubric.group_by_id[reading.group].criteria if reading.group else None
            asked = item.criterion.asked.get(reading.target) == "required"
            inside = group is None or item.criterion.id in group
            return asked and inside and isinstance(item.criterion.rule, _TIERED)
        case ItemsReading():
            asked = item.criterion.asked.get(reading.target) == "required"
            return asked and isinstance(item.criterion.rule, _TIERED)
        case _:
            return False


def _asked(card: ScoreCard, reading: ItemsReading) -> int:
    """Return how many items the share is a share of."""
    return sum(
        _counts(card.program.rubric, item, reading)
        and not (item.state == "not_applicable" and leaves_out(item.criterion.not_applicable))
        for item in card.items
    )


def _steps(card: ScoreCard, item: ItemScore, answer: Answer) -> tuple[_Step, ...]:
    """Return what the answers next to the one given would give."""
    rule, most = item.criterion.rule, item.span.maximum or Decimal(0)
    ranks: Mapping[str, int] = card.program.rubric.tier_rank
    match rule:
        case LevelsRule() | LookupRule():
            keys = [option.key for option in rule.options]
            at = keys.index(answer.option or "")
            beside = rule.options[max(at - 1, 0) : at + 2]
            return tuple(
                _Step(worth(option.value, rule.scale, most), rank_of(option, ranks))
                for option in beside
            )
        case YesNoRule():
            return (_Step(Decimal(0) if answer.option == names.YES else most),)
        case ChecklistRule():
            return _ticks(rule, len(answer.options or ()), most)
        case SelectionRule():
            return _selections(rule, frozenset(answer.options or ()), most, ranks)
        case _:
            return ()


def _ticks(rule: ChecklistRule, ticked: int, most: Decimal) -> tuple[_Step, ...]:
    count = len(rule.items)
    shares = rule.count_shares or [Decimal(n) / count for n in range(count + 1)]
    near = [n for n in (ticked - 1, ticked + 1) if 0 <= n <= count]
    return tuple(_Step(shares[n] * most) for n in near)


def _selections(
    rule: SelectionRule, chosen: frozenset[str], most: Decimal, ranks: Mapping[str, int]
) -> tuple[_Step, ...]:
    """Return what one option more or less would give; an exclusive one stands alone."""
    options = {option.key: option for option in rule.options}
    exclusive = {option.key for option in rule.options if option.exclusive}
    others = [chosen ^ {key} for key in options if key in chosen or not exclusive & {*chosen, key}]
    cap = worth(rule.cap, rule.scale, most)
    steps = []
    for keys in others:
        worths = [worth(options[key].value, rule.scale, most) for key in keys]
        best = max((rank_of(options[key], ranks) for key in keys), default=0)
        steps.append(_Step(min(sum(worths, Decimal(0)), cap), best))
    return tuple(steps)
