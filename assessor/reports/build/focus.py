"""Which outcome the report is about first, and its figures in a phrase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor.reports.build.context import Context
from assessor.reports.build.wording import HUNDRED
from assessor.rubrics.outcomes import CountReading, ItemsReading, unit_of
from assessor.rules import names
from assessor.rules.card import ItemScore, OutcomeScore, ReadingScore
from assessor.rules.readings import counted_by
from assessor.scoring import shown


def assessed(context: Context) -> tuple[OutcomeScore, ...]:
    """Return the outcomes that are not beyond the target, from lowest to highest."""
    return tuple(entry for entry in context.card.outcomes if entry.state != "not_assessed")


def next_outcome(context: Context) -> OutcomeScore | None:
    """Return the lowest outcome above the best one that is not reached, `None` without any."""
    outcomes, best = assessed(context), best_outcome(context)
    start = outcomes.index(best) + 1 if best is not None else 0
    return next((entry for entry in outcomes[start:] if entry.state != "reached"), None)


def best_outcome(context: Context) -> OutcomeScore | None:
    """Return the highest outcome reached."""
    return context.card.outcome(context.card.result) if context.card.result else None


def outcome_in_focus(context: Context) -> OutcomeScore:
    """Return the next outcome, or the highest when nothing is left to reach."""
    return next_outcome(context) or assessed(context)[-1]


@dataclass(frozen=True, slots=True)
class TierCount:
    """How many of the items asked for a tier reach it."""

    reached: int
    asked: int


def items_reading(outcome: OutcomeScore) -> ItemsReading | None:
    """Return the reading that counts items at a tier, the deciding one first."""
    ranked = sorted(outcome.readings, key=lambda found: not found.decides)
    found = (entry.reading for entry in ranked if isinstance(entry.reading, ItemsReading))
    return next(found, None)


def counted_items(context: Context, reading: ItemsReading | CountReading) -> tuple[ItemScore, ...]:
    """Return the items a reading counts, without those left out."""
    card = context.card
    wholes = [entry.whole for entry in card.program.entries]
    ranked = {item.key for item in counted_by(reading, wholes, card.program.rubric)}
    return tuple(
        item
        for item in card.items
        if item.criterion.id in ranked and _counts(context, item.criterion.id)
    )


def _counts(context: Context, criterion: str) -> bool:
    return context.card.figures.get(names.asked(criterion)) != Decimal(0)


def tier_count(
    context: Context, reading: ItemsReading | CountReading, items: Sequence[ItemScore]
) -> TierCount:
    """Return how many of `items` reach the reading's tier."""
    rank = context.source.rubric.tier_rank[reading.tier]
    reached = sum(item.rank is not None and item.rank >= rank for item in items)
    return TierCount(reached, len(items))


def items_short(count: TierCount, line: Decimal) -> int:
    """Return how many more items it takes until the printed share meets the line."""
    short = 0
    while count.reached + short < count.asked:
        if shown(Decimal(count.reached + short) / count.asked * HUNDRED) >= line:
            break
        short += 1
    return short


def reading_phrase(context: Context, found: ReadingScore) -> str:
    """Return the figures of one reading, e.g. `69 题中 48 题达标，69.57 %，线 75 %，差 4 题`."""
    words = context.words
    parts = [_value_phrase(context, found)]
    if found.reading.line is not None:
        parts.append(words.say("line", line=line_text(context, found)))
        parts.append(_distance_phrase(context, found))
    if found.state == "open":
        parts.append(words.say("still_possible", range=possible_text(context, found)))
    return words.join(parts, "list")


def line_text(context: Context, found: ReadingScore) -> str:
    """Return the line of a reading with its unit, a dash without a line."""
    line = context.words.constant(found.reading.line)
    return line if found.reading.line is None else _in_unit(context, found, line)


def value_text(context: Context, found: ReadingScore) -> str:
    """Return the figure so far with its unit."""
    words, unit = context.words, unit_of(found.reading)
    if unit == "items" and found.span.value is not None:
        return _in_unit(context, found, words.constant(found.span.value))
    return words.percent(found.span.value) if unit == "percent" else words.score(found.span.value)


def possible_text(context: Context, found: ReadingScore) -> str:
    """Return the least and the most still possible with their unit."""
    words, span, unit = context.words, found.span, unit_of(found.reading)
    if unit != "items":
        return words.between(span, percent=unit == "percent")
    ends = dict.fromkeys(words.constant(value) for value in (span.lowest, span.highest))
    return words.say("range").join(ends)


def _in_unit(context: Context, found: ReadingScore, figure: str) -> str:
    unit = unit_of(found.reading)
    if unit == "percent":
        return f"{figure} %"
    return context.words.say("items_figure", count=figure) if unit == "items" else figure


def _value_phrase(context: Context, found: ReadingScore) -> str:
    words = context.words
    if not isinstance(found.reading, ItemsReading):
        return words.say("named_value", name=found.reading.name, value=value_text(context, found))
    count = tier_count(context, found.reading, counted_items(context, found.reading))
    return words.say(
        "items_at_tier",
        asked=count.asked,
        reached=count.reached,
        share=words.percent(found.span.value),
    )


def _distance_phrase(context: Context, found: ReadingScore) -> str:
    words, line = context.words, found.reading.line
    if line is None or found.distance is None or found.distance <= 0:
        return ""
    if isinstance(found.reading, ItemsReading):
        count = tier_count(context, found.reading, counted_items(context, found.reading))
        return words.say("items_short", count=items_short(count, line))
    if isinstance(found.reading, CountReading):
        return words.say("counts_short", count=words.constant(found.distance))
    return words.say("points_short", points=words.score(found.distance))


def outcome_phrase(context: Context, outcome: OutcomeScore) -> str:
    """Return an outcome with its state and the figures that decide it, in one line."""
    words = context.words
    phrases = [reading_phrase(context, found) for found in outcome.readings if found.decides]
    return words.say(
        "outcome_line",
        outcome=outcome.outcome.name,
        state=words.told(f"report.state_{outcome.state}"),
        figures=words.join(phrases),
    )
