"""Where a number comes from: a tree from the total down to the answer and its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessor.assessment import Answer
from assessor.formulas import Given
from assessor.i18n import Localized, Message, message
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.models import Rubric
from assessor.rubrics.provenance import Basis, effective_basis
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    QuantityRule,
    SelectionRule,
    YesNoRule,
)
from assessor.rules import names
from assessor.rules.card import DimensionScore, ItemScore, OutcomeScore, ScoreCard
from assessor.rules.run import known


@dataclass(frozen=True, slots=True)
class Explained:
    """One number with the rule that made it and the numbers below it.

    `id` is a criterion's, dimension's or outcome's id, or `total`. `answer` and `evidence` (ids of
    evidence items) stand at the leaves.
    """

    id: str
    label: Localized
    value: Decimal | None
    maximum: Decimal | None
    rule: Message
    basis: Basis | None = None
    answer: Answer | None = None
    evidence: tuple[str, ...] = ()
    children: tuple[Explained, ...] = ()


def explain_total(rubric: Rubric, card: ScoreCard) -> Explained:
    """Explain the total down to every leaf."""
    children = [explain_dimension(rubric, card, entry) for entry in card.dimensions]
    for role, span in (("bonus", card.bonus), ("deduction", card.deductions)):
        items = tuple(explain_item(rubric, card, item) for item in card.items if item.role == role)
        if items and span is not None:
            label = message(f"explain.{role}")
            rule = message(f"explain.rule_{role}")
            children.append(
                Explained(role, label, span.value, span.maximum, rule, None, None, (), items)
            )
    rule = message("explain.rule_total_bonus" if rubric.bonus else "explain.rule_total")
    return Explained(
        "total",
        message("explain.total"),
        card.total.value,
        card.total.maximum,
        rule,
        children=tuple(children),
    )


def explain_dimension(rubric: Rubric, card: ScoreCard, entry: DimensionScore) -> Explained:
    """Explain one dimension."""
    items = [explain_item(rubric, card, item) for item in entry.items if item.role == "required"]
    below = [explain_dimension(rubric, card, child) for child in entry.children]
    weight = entry.dimension.provenance
    return Explained(
        entry.dimension.id,
        entry.dimension.name,
        entry.span.value,
        entry.span.maximum,
        message(f"explain.combine_{entry.dimension.combine}"),
        effective_basis(weight, rubric.source_by_id) if weight else None,
        children=(*below, *items),
    )


def explain_item(rubric: Rubric, card: ScoreCard, item: ItemScore) -> Explained:
    """Explain one criterion: its rule in words, the answer, the evidence, the inputs."""
    inputs = tuple(part for key in item.keys for part in _inputs(item.criterion, key, card.figures))
    return Explained(
        item.criterion.id,
        message("explain.item", number=item.criterion.number, title=item.criterion.title),
        item.points,
        item.span.maximum,
        _rule(item, card),
        effective_basis(item.criterion.provenance, rubric.source_by_id),
        item.answers[0],
        item.evidence,
        inputs,
    )


def explain_outcome(rubric: Rubric, card: ScoreCard, entry: OutcomeScore) -> Explained:
    """Explain an outcome: its readings against their lines."""
    del card
    readings = tuple(
        Explained(
            found.reading.id,
            found.reading.name,
            found.span.value,
            found.reading.line,
            message(f"explain.line_{found.state}"),
            effective_basis(found.reading.provenance, rubric.source_by_id),
        )
        for found in entry.readings
    )
    return Explained(
        entry.outcome.id,
        entry.outcome.name,
        None,
        None,
        message(f"explain.state_{entry.state}"),
        entry.basis,
        children=readings,
    )


def _inputs(criterion: Criterion, key: str, figures: Mapping[str, Given]) -> list[Explained]:
    rule = criterion.rule
    if not isinstance(rule, QuantityRule):
        return []
    parts = []
    for item in rule.measure.inputs:
        value = known(figures, names.entry(key, item.id))
        source = "explain.input_typed"
        if item.from_table and value is not None:
            source = "explain.input_counted"
        parts.append(Explained(item.id, item.name, value, None, message(source, unit=item.unit)))
    result = message("explain.result", formula=rule.measure.formula_text)
    label = message("explain.result_label", unit=rule.measure.result_unit)
    measured = known(figures, names.result(key))
    return [*parts, Explained(f"{criterion.id}.result", label, measured, None, result)]


def _rule(item: ItemScore, card: ScoreCard) -> Message:
    if item.state == "not_applicable":
        licence = item.criterion.not_applicable
        return message(f"explain.na_{licence.policy}" if licence else "explain.unanswered")
    if item.forced_by is not None:
        trigger = card.program.rubric.criterion_by_id[item.forced_by.when].number
        return message("explain.forced", trigger=trigger, option=item.forced_by.then)
    if item.state == "not_computable" and item.why is not None:
        return message("explain.not_computable", why=item.why)
    return _plain_rule(item)


def _plain_rule(item: ItemScore) -> Message:
    answer = item.answers[0]
    if item.unproven:
        return message("explain.unproven")
    if item.state == "unanswered" or answer is None:
        return message("explain.unanswered")
    if len(item.keys) > 1:
        return message("explain.repeated", units=len(item.keys))
    return _answered(item.criterion, answer, item)


def _answered(criterion: Criterion, answer: Answer, item: ItemScore) -> Message:
    match criterion.rule:
        case LevelsRule() as rule:
            option = next(o for o in rule.options if o.key == answer.option)
            way = "points" if rule.scale == "points" else "share"
            return message(f"explain.level_{way}", option=option.key, value=option.value)
        case SelectionRule() as rule:
            chosen = ", ".join(answer.options or ()) or "-"
            return message("explain.selection", chosen=chosen, cap=rule.cap)
        case ChecklistRule() as rule:
            ticked = len(answer.options or ())
            return message("explain.checklist", ticked=ticked, count=len(rule.items))
        case YesNoRule():
            return message(f"explain.answer_{answer.option}")
        case QuantityRule() as rule:
            kind = "bins" if rule.curve.kind == "bins" else "curve"
            return message(f"explain.{kind}", result=item.result, unit=rule.measure.result_unit)
