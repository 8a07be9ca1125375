"""The nearest steps: items that are one option below what the next outcome asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor.reports.build.answers import option_text
from assessor.reports.build.context import Context
from assessor.reports.build.focus import counted_items, items_reading, next_outcome
from assessor.reports.document import (
    Block,
    Cell,
    Column,
    Heading,
    Row,
    Table,
)
from assessor.rubrics.outcomes import CountReading, ItemsReading
from assessor.rubrics.rule_models import LevelsRule, LookupRule, Option, Scale
from assessor.rules.card import ItemScore, OutcomeScore, ReadingScore

FEW = 3
"""Rows on the verdict page."""


@dataclass(frozen=True, slots=True)
class Step:
    """One option up: from where, to what, and the points it adds to the total (`None` where it is
    worth no points, or there is no total)."""

    item: ItemScore
    here: str
    to: Option
    gain: Decimal | None


def steps_to(context: Context, outcome: OutcomeScore) -> tuple[Step, ...]:
    """Return the items one option below.

    Where the outcome counts items at a tier: those whose next option reaches it, in the order of
    the rubric. Otherwise: all that can go one option up, those that add the most first.
    """
    reading = items_reading(outcome)
    if reading is not None:
        return tuple(_tier_steps(context, reading))
    counted = tuple(_counted_steps(context, outcome))
    if all(isinstance(one.reading, CountReading) for one in _wanting(outcome)) and counted:
        return counted
    return (*counted, *_point_steps(context))


def _wanting(outcome: OutcomeScore) -> list[ReadingScore]:
    """Return the readings that decide and do not meet their line yet."""
    return [found for found in outcome.readings if found.decides and found.state != "met"]


def _counted_steps(context: Context, outcome: OutcomeScore) -> Iterator[Step]:
    """Yield the steps that readings of a number of items still want, each item once."""
    seen: set[str] = set()
    for found in _wanting(outcome):
        steps = (
            _tier_steps(context, found.reading) if isinstance(found.reading, CountReading) else ()
        )
        for step in steps:
            if step.item.criterion.id not in seen:
                seen.add(step.item.criterion.id)
                yield step


def _point_steps(context: Context) -> tuple[Step, ...]:
    found = (_one_up(context, item) for item in context.required)
    gains = [(step.gain, step) for step in found if step is not None and step.gain is not None]
    return tuple(step for gain, step in sorted(gains, key=lambda pair: -pair[0]) if gain > 0)


def _tier_steps(context: Context, reading: ItemsReading | CountReading) -> Iterator[Step]:
    ranks = context.source.rubric.tier_rank
    wanted = ranks[reading.tier]
    for item in counted_items(context, reading):
        step = _one_up(context, item) if item.rank is not None and item.rank < wanted else None
        if step is not None and step.to.tier and ranks[step.to.tier] >= wanted:
            yield step


def _one_up(context: Context, item: ItemScore) -> Step | None:
    """The next option of a graded item that is answered once and not at its top."""
    rule, answer = item.criterion.rule, item.answers[0]
    if (
        not isinstance(rule, LevelsRule | LookupRule)
        or item.state != "answered"
        or len(item.keys) > 1
    ):
        return None
    here = item.forced_by.then if item.forced_by else answer.option if answer else None
    keys = [option.key for option in rule.options]
    if here not in keys[:-1]:
        return None
    now, after = rule.options[keys.index(here)], rule.options[keys.index(here) + 1]
    return Step(item, now.key, after, _gain(context, item, rule.scale, now, after))


def _gain(
    context: Context, item: ItemScore, scale: Scale, now: Option, after: Option
) -> Decimal | None:
    """What one option up adds to the total: directly where points add up, else tried out."""
    most, whole = item.criterion.maximum_for(context.card.profile), item.span.maximum or Decimal(0)
    if not most:
        return None
    if item.criterion.dimension in context.source.rubric.plain_sums:
        return (after.value - now.value) * (whole if scale == "share" else whole / most)
    return context.total_gain(item.keys[0], after.key)


def nearest_steps(context: Context) -> tuple[Block, ...]:
    """Return the first few steps for the verdict page; nothing when there are none."""
    words, ahead = context.words, next_outcome(context)
    steps = steps_to(context, ahead) if ahead else ()
    if ahead is None or not steps:
        return ()
    columns = (
        Column(words.say("item"), Decimal("2.6")),
        *_from_to(context),
        Column(words.say("gain"), Decimal("0.8"), "right"),
        Column(words.say("missing_proof"), Decimal("3.4")),
    )
    rows = tuple(
        Row((*_beginning(context, step), Cell(_missing_proof(context, step.item))))
        for step in steps[:FEW]
    )
    more = words.say("more_steps", count=len(steps)) if len(steps) > FEW else ""
    heading = Heading(2, words.say("nearest", outcome=ahead.outcome.name), "sec-nearest", more)
    return (heading, Table(columns, rows, "nearest"))


def step_chapter(context: Context) -> tuple[Block, ...]:
    """Return all steps with what the next option asks for; nothing when there are none."""
    words, ahead = context.words, next_outcome(context)
    steps = steps_to(context, ahead) if ahead else ()
    if ahead is None or not steps:
        return ()
    columns = (
        Column(words.say("item"), Decimal("2.3")),
        *_from_to(context),
        Column(words.say("gain"), Decimal("0.8"), "right"),
        Column(words.say("what_to_do"), Decimal("4.6")),
    )
    rows = tuple(
        Row((*_beginning(context, step), Cell(option_text(context, step.to)))) for step in steps
    )
    tiered = items_reading(ahead) is not None
    return (
        Heading(1, words.say("steps", outcome=ahead.outcome.name), "sec-steps"),
        Table(
            columns,
            rows,
            "steps",
            words.say("steps_tier" if tiered else "steps_points", count=len(steps)),
        ),
    )


def _from_to(context: Context) -> tuple[Column, ...]:
    words = context.words
    return (
        Column(words.say("from"), Decimal("0.68"), "center"),
        Column(words.say("to"), Decimal("0.68"), "center"),
    )


def _beginning(context: Context, step: Step) -> tuple[Cell, ...]:
    words, criterion = context.words, step.item.criterion
    return (
        Cell(f"{criterion.number} {words.pick(criterion.title)}"),
        Cell(step.here),
        Cell(step.to.key, strong=True, tone="accent"),
        Cell(_gain_text(context, step), step.gain),
    )


def _gain_text(context: Context, step: Step) -> str:
    words = context.words
    if step.gain is None:
        return words.say("no_figure")
    return words.say("plus", points=words.score(step.gain))


def _missing_proof(context: Context, item: ItemScore) -> str:
    """The first proof to ask for of a kind that is not there yet."""
    there = {piece.kind for piece in context.evidence(item.evidence)}
    wanted: Sequence[str] = [
        context.words.pick(proof.text)
        for proof in item.criterion.evidence
        if proof.kind not in there
    ]
    return wanted[0] if wanted else context.words.say("no_figure")
