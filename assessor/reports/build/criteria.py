"""Each criterion: what was answered, what it gives and why, the reason, the proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessor.reports.build.answers import answer_lines, short_answer
from assessor.reports.build.context import Context, items_within, walk_dimensions
from assessor.reports.build.evidence import one_line, photo_rows
from assessor.reports.document import (
    Block,
    Field,
    Heading,
    KeyValues,
    Listing,
    ListItem,
    PageBreak,
    Paragraph,
    Run,
    Text,
    Together,
)
from assessor.rubrics.rule_models import LevelsRule, LookupRule, Option, SelectionRule
from assessor.rules.card import DimensionScore, ItemScore
from assessor.rules.explain import explain_item
from assessor.rules.target_words import baseline_said, target_line

LONG = 600
"""A text with more letters runs over pages; it does not stand beside its label."""


def criteria_chapter(context: Context) -> tuple[Block, ...]:
    """Return every item asked: the required ones under their main dimension, then the others."""
    words = context.words
    collects = context.source.rubric.collects
    title = words.told("form.criteria") if collects else words.say("criteria")
    blocks: list[Block] = [PageBreak(), Heading(1, title, "sec-criteria")]
    mains = {entry.dimension.id for entry in context.main_dimensions}
    for entry, above in walk_dimensions(context.card.dimensions):
        if entry.dimension.id in mains:
            items = [item for item in items_within(entry) if item.role == "required"]
            blocks += _dimension(context, entry, above, items)
    for role in ("optional", "bonus", "deduction"):
        items = [item for item in context.card.items if item.role == role]
        if items:
            title = words.say("role_one_by_one", role=words.told(f"report.role_{role}"))
            blocks.append(Heading(2, title, f"items-{role}"))
            blocks += [block for item in items for block in item_blocks(context, item)]
    return tuple(blocks)


def _dimension(
    context: Context,
    entry: DimensionScore,
    above: tuple[DimensionScore, ...],
    items: list[ItemScore],
) -> Iterator[Block]:
    if not items:
        return
    words = context.words
    path = [words.pick(node.dimension.name) for node in (*above, entry)]
    number = f"{entry.dimension.number} " if entry.dimension.number else ""
    yield Heading(
        2,
        number + words.join(path, "dot"),
        f"dimension-{entry.dimension.id}",
        _worth(context, entry),
        entry.span.value,
    )
    for item in items:
        yield from item_blocks(context, item)


def _worth(context: Context, entry: DimensionScore) -> str:
    if context.source.rubric.collects:
        return context.words.say("fraction", part=entry.done, whole=entry.asked)
    return context.words.of(entry.span.value, entry.span.maximum)


def item_blocks(context: Context, item: ItemScore) -> Iterator[Block]:
    """Yield one criterion; its words and the first row of photos stay together."""
    photos = photo_rows(context, context.evidence(item.evidence))
    words = (
        *_head(context, item),
        *_answers(context, item),
        *_targets(context, item),
        *_facts(context, item),
    )
    yield Together((*words, *photos[:1]))
    yield from photos[1:]


def _head(context: Context, item: ItemScore) -> Iterator[Block]:
    words, criterion = context.words, item.criterion
    title = f"{criterion.number}　{words.pick(criterion.title)}"
    aside = context.worth(item)
    yield Heading(3, title, f"item-{criterion.id}", aside, context.figure(item))
    yield Paragraph(_standing(context, item), "muted")


def _standing(context: Context, item: ItemScore) -> Text:
    """How the item is founded, where it belongs, the tier reached, the assessor's confidence."""
    words, criterion = context.words, item.criterion
    basis = context.basis(criterion.provenance)
    told = [_dimension_name(context, criterion.dimension), *_tier(context, item)]
    told += [words.told(f"report.confidence_{level}") for level in _confidences(item)]
    told.append(words.pick(criterion.question))
    return (Run(words.basis(basis), badge=basis), Run(f"　{words.join(told, 'dot')}"))


def _dimension_name(context: Context, dimension: str) -> str:
    """The innermost dimension, unless it is the heading above."""
    if dimension in {entry.dimension.id for entry in context.main_dimensions}:
        return ""
    for node, _ in context.source.rubric.walk_dimensions():
        if node.id == dimension:
            return context.words.pick(node.name)
    return ""


def _tier(context: Context, item: ItemScore) -> Iterator[str]:
    if item.rank is not None and item.rank > 0:
        target = context.source.rubric.ladder[item.rank - 1]
        yield context.words.say("tier_reached", tier=target.name)
    elif item.rank == 0 and any(option.tier for option in _options(item)):
        yield context.words.say("tier_none")


def _options(item: ItemScore) -> Sequence[Option]:
    rule = item.criterion.rule
    return rule.options if isinstance(rule, LevelsRule | LookupRule | SelectionRule) else ()


def _confidences(item: ItemScore) -> list[str]:
    given = [answer.confidence for answer in item.answers if answer and answer.confidence]
    return list(dict.fromkeys(given))


def _answers(context: Context, item: ItemScore) -> Iterator[Block]:
    if len(item.keys) == 1:
        yield Listing(tuple(answer_lines(context, item, 0)))
        return
    for index, key in enumerate(item.keys):
        yield Listing(tuple(answer_lines(context, item, index)), title=_unit_name(context, key))


def _targets(context: Context, item: ItemScore) -> Iterator[Block]:
    """Where the figure started, and how far it is from each of its targets."""
    words, criterion = context.words, item.criterion
    progress = criterion.progress_in(context.card.profile)
    if progress is None:
        return
    lines = []
    if progress.baseline is not None:
        told = words.pick(baseline_said(progress.baseline, criterion))
        lines.append(words.told("form.baseline_line", baseline=told))
    lines += [words.pick(target_line(target, criterion)) for target in item.targets]
    yield Listing(tuple(ListItem(line) for line in lines))


def _unit_name(context: Context, key: str) -> str:
    unit = key.partition("@")[2]
    for units in context.source.assessment.units.values():
        for entry in units:
            if entry.id == unit:
                return entry.name
    return unit


def _facts(context: Context, item: ItemScore) -> Iterator[Block]:
    told = [(context.words.say(name), text) for name, text in _told(context, item) if text.strip()]
    fields = tuple(Field(label, text) for label, text in told if len(text) <= LONG)
    if fields:
        yield KeyValues(fields)
    for label, text in told:
        if len(text) > LONG:
            yield Heading(4, label)
            yield Paragraph(text)


def _told(context: Context, item: ItemScore) -> Iterator[tuple[str, str]]:
    words = context.words
    if item.state != "unanswered" and not context.source.rubric.collects:
        rule = explain_item(context.source.rubric, context.card, item).rule
        yield "rule", words.pick(rule)
    for answer in item.answers:
        if answer is not None:
            yield "note", answer.note.strip()
    yield "own_answer", _own_answer(context, item)
    pieces = [one_line(words, piece) for piece in context.evidence(item.evidence)]
    yield "evidence", "\n".join(pieces)


def _own_answer(context: Context, item: ItemScore) -> str:
    """The enterprise's own answer, where it differs."""
    if context.self_card is None or len(item.keys) > 1:
        return ""
    own = context.self_card.item(item.criterion.id)
    if own is None or own.answers[0] is None:
        return ""
    told = short_answer(context, context.self_card, own)
    if told == short_answer(context, context.card, item):
        return ""
    figure = context.worth(own)
    return context.words.say("own_answer_told", answer=told, figure=figure)
