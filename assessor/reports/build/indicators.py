"""Measured figures: formula, inputs, result, and where it lies on its curve."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.assessment import Answer
from assessor.formulas import NotComputable, Scope, evaluate
from assessor.reports.build.answers import (
    input_name,
    input_text,
    input_value,
    measured,
    result_text,
)
from assessor.reports.build.context import Context
from assessor.reports.build.curves import position
from assessor.reports.document import (
    Beside,
    Block,
    Field,
    Heading,
    KeyValues,
    Paragraph,
    Run,
    Together,
)
from assessor.rubrics.models import Indicator
from assessor.rubrics.rule_models import Measure, QuantityRule
from assessor.rules import names
from assessor.rules.card import ItemScore
from assessor.rules.quantity import result_tree


def indicator_chapter(context: Context) -> tuple[Block, ...]:
    """Return scored measures, then those that are only reported; nothing when there are none."""
    words = context.words
    blocks: list[Block] = []
    for item in context.card.items:
        if isinstance(item.criterion.rule, QuantityRule):
            blocks += _scored(context, item, item.criterion.rule)
    reported = context.source.rubric.indicators
    if reported:
        blocks.append(Heading(2, words.say("reported_only"), "sec-reported"))
        blocks += [Together(tuple(_reported(context, entry))) for entry in reported]
        blocks.append(Paragraph(words.say("reported_note"), "muted"))
    return (Heading(1, words.say("indicators"), "sec-indicators"), *blocks) if blocks else ()


def _scored(context: Context, item: ItemScore, rule: QuantityRule) -> Iterator[Block]:
    words, criterion = context.words, item.criterion
    title = f"{criterion.number}　{words.pick(criterion.title)}"
    if rule.curve is None and len(rule.measure.inputs) == 1:
        return
    aside = context.worth(item)
    for key in item.keys:
        answer = context.source.assessment.answers.get(key)
        if answer is None:
            continue
        result = measured(context.card, key)
        fields = [
            *_inputs(context, rule.measure, key),
            _result(context, rule.measure, result, answer),
        ]
        told: Block = KeyValues(tuple(fields))
        if rule.curve is not None:
            chart = position(context, item, rule, rule.curve, result)
            told = Beside(((told,), (chart,)), (Decimal("1.15"), Decimal(1)))
        heading = Heading(3, title, f"measure-{key}".replace("@", "-"), aside, context.figure(item))
        yield Together((heading, _formula(context, rule.measure), told))


def _formula(context: Context, measure: Measure) -> Paragraph:
    words = context.words
    basis = context.basis(measure.formula_provenance)
    text = f"　{words.pick(measure.formula_text)}"
    return Paragraph((Run(words.basis(basis), badge=basis), Run(text)), "muted")


def _inputs(context: Context, measure: Measure, key: str) -> list[Field]:
    fields = []
    for entry in measure.inputs:
        value = input_value(context.card, key, entry)
        fields.append(Field(input_name(context, entry), input_text(context, entry, value), value))
    return fields


def _result(context: Context, measure: Measure, result: Decimal | None, answer: Answer) -> Field:
    words = context.words
    label = words.say("result_label")
    if answer.no_baseline:
        return Field(label, words.say("no_baseline"), tone="caution")
    if answer.na:
        return Field(label, words.say("not_applicable"), tone="muted")
    return Field(label, result_text(words, measure, result), result, "accent")


def _reported(context: Context, entry: Indicator) -> Iterator[Block]:
    words = context.words
    answer = context.source.assessment.indicators.get(entry.id)
    result = _indicator_result(entry, answer)
    aside = result_text(words, entry, result) if answer else words.say("unanswered_short")
    yield Heading(3, words.pick(entry.name), f"indicator-{entry.id}", aside, result)
    yield _formula(context, entry)
    fields = _entered(context, entry, answer) if answer else []
    if fields:
        yield KeyValues(tuple(fields), 2)
    if answer and answer.note.strip():
        yield Paragraph(answer.note.strip(), "quote")


def _entered(context: Context, entry: Indicator, answer: Answer) -> list[Field]:
    given = answer.inputs or {}
    fields = [
        Field(input_name(context, asked), input_text(context, asked, given.get(asked.id)))
        for asked in entry.inputs
    ]
    if answer.industry_baseline:
        told = context.words.say("industry_baseline")
        fields.append(Field(context.words.say("baseline"), told))
    if answer.no_baseline:
        told = context.words.say("no_baseline")
        fields.append(Field(context.words.say("baseline"), told))
    return fields


def _indicator_result(entry: Indicator, answer: Answer | None) -> Decimal | None:
    """The result of a reported figure, which the score knows nothing of."""
    if answer is None or answer.inputs is None:
        return None
    values = {names.entry(entry.id, name): value for name, value in answer.inputs.items()}
    found = evaluate(result_tree(entry, entry.id), Scope(values=dict(values)))
    return found if isinstance(found, Decimal) and not isinstance(found, NotComputable) else None
