"""Where a number comes from: a tree from the total down to the answer and its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assessor.assessment import Answer
from assessor.formulas import NotComputable
from assessor.formulas.exact import round_half_up
from assessor.i18n import Localized, Message, message
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.models import Rubric
from assessor.rubrics.provenance import Basis, effective_basis
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    QuantityRule,
    SelectionRule,
    YesNoRule,
)
from assessor.rules import names
from assessor.rules.card import DimensionScore, GateScore, ItemScore, OutcomeScore, ScoreCard
from assessor.rules.dimensions import needs_weight
from assessor.rules.outcome import stands_before
from assessor.rules.quantity import table_formula
from assessor.rules.reasons import reason_in_words
from assessor.rules.run import known
from assessor.rules.trees import SHOWN_DIGITS

TOTAL = "total"


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
    """Explain the total down to every leaf; of a form that only collects, what was collected."""
    children = [explain_dimension(rubric, card, entry) for entry in card.dimensions]
    for role, span in (("bonus", card.bonus), ("deduction", card.deductions)):
        items = tuple(explain_item(rubric, card, item) for item in card.items if item.role == role)
        if items and span is not None:
            label = message(f"explain.{role}")
            rule = message(f"explain.rule_{role}")
            children.append(
                Explained(role, label, span.value, span.maximum, rule, None, None, (), items)
            )
    return Explained(
        TOTAL,
        message("form.progress" if rubric.collects else "explain.total"),
        card.total.value,
        card.total.maximum,
        _total_rule(rubric),
        children=tuple(children),
    )


def _total_rule(rubric: Rubric) -> Message:
    if rubric.collects:
        return message("form.not_scored")
    if rubric.bonus and rubric.deductions:
        return message("explain.rule_total_bonus_deductions")
    if rubric.deductions:
        return message("explain.rule_total_deductions")
    return message("explain.rule_total_bonus" if rubric.bonus else "explain.rule_total")


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
        _dimension_rule(card, entry),
        effective_basis(weight, rubric.source_by_id) if weight else None,
        children=(*below, *items),
    )


def _dimension_rule(card: ScoreCard, entry: DimensionScore) -> Message:
    """How a dimension is made; where it can count as whole, also what it comes to by itself."""
    dimension = entry.dimension
    if card.program.rubric.collects:
        return message("form.collected", done=entry.done, asked=entry.asked)
    combined = message(f"explain.combine_{dimension.combine}")
    missing = sum(needs_weight(dimension, child, card.profile) for child in dimension.children)
    if missing and entry.span.value is None:
        return message("explain.weights_missing", rule=combined, count=missing)
    line = dimension.counts_whole_from
    if line is None:
        return combined
    own, most = known(card.figures, names.dimension_own("points", dimension.id)), entry.span.maximum
    counts = own is not None and entry.span.value == most and own != most
    return message(
        "explain.counts_whole" if counts else "explain.counts_itself",
        rule=combined,
        own="–" if own is None else round_half_up(own, SHOWN_DIGITS),
        line=line,
    )


def explain_item(rubric: Rubric, card: ScoreCard, item: ItemScore) -> Explained:
    """Explain one criterion: its rule in words, the answer, the evidence, the inputs.

    A criterion answered in several units has one child for each, and there the answers.
    """
    repeated = item.keys != (item.criterion.id,)
    if repeated:
        children = [_unit(item, at, card) for at in range(len(item.keys))]
    else:
        children = _inputs(item.criterion, item.criterion.id, card)
    return Explained(
        item.criterion.id,
        message("explain.item", number=item.criterion.number, title=item.criterion.title),
        item.result if rubric.collects else item.points,
        None if rubric.collects else item.span.maximum,
        _rule(item, card, repeated=repeated),
        effective_basis(item.criterion.provenance, rubric.source_by_id),
        None if repeated else item.answers[0],
        item.evidence,
        tuple(children),
    )


def _unit(item: ItemScore, at: int, card: ScoreCard) -> Explained:
    """Explain the answer in one unit; evidence belongs to the criterion, not to a unit."""
    key, answer = item.keys[at], item.answers[at]
    points = card.figures.get(names.leaf("points", key))
    if answer is not None and answer.na and item.criterion.not_applicable:
        rule = message(f"explain.na_{item.criterion.not_applicable.policy}")
    elif answer is not None and isinstance(points, NotComputable):
        why = reason_in_words(item.criterion, (key,), card.figures, points.reason)
        rule = message("explain.not_computable", why=why)
    else:
        result = known(card.figures, names.result(key))
        rule = _answered(item.criterion, answer, result)
    return Explained(
        key,
        message("explain.unit", unit=key.partition("@")[2]),
        known(card.figures, names.leaf("points", key)),
        known(card.figures, names.maximum(key)),
        rule,
        answer=answer,
        children=tuple(_inputs(item.criterion, key, card)),
    )


def explain_outcome(rubric: Rubric, card: ScoreCard, entry: OutcomeScore) -> Explained:
    """Explain an outcome: its readings against their lines, then the gates before it."""
    gates = tuple(
        Explained(found.gate.id, found.gate.title, None, None, _gate_rule(found), found.basis)
        for found in card.gates
        if found.blocks and stands_before(found.gate, entry.outcome)
    )
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
        children=(*readings, *(gates if entry.state != "not_assessed" else ())),
    )


def _gate_rule(found: GateScore) -> Message:
    if found.reason is None:
        return message("explain.gate_pass")
    return message(f"explain.gate_{found.state}_why", why=found.reason)


def _inputs(criterion: Criterion, key: str, card: ScoreCard) -> list[Explained]:
    rule = criterion.rule
    if not isinstance(rule, QuantityRule):
        return []
    parts = []
    for item in rule.measure.inputs:
        value = known(card.figures, names.entry(key, item.id))
        counted = table_formula(item, card.program.situation.filled_tables) is not None
        source = "explain.input_counted" if counted else "explain.input_typed"
        parts.append(Explained(item.id, item.name, value, None, message(source, unit=item.unit)))
    result = message("explain.result", formula=rule.measure.formula_text)
    label = message("explain.result_label", unit=rule.measure.result_unit)
    measured = known(card.figures, names.result(key))
    return [*parts, Explained(f"{criterion.id}.result", label, measured, None, result)]


def _rule(item: ItemScore, card: ScoreCard, *, repeated: bool) -> Message:
    rule = _own_rule(item, card, repeated=repeated)
    full, now = item.criterion.maximum_for(card.profile), item.span.maximum
    if item.state == "answered" and now is not None and now != full:
        # Without the zeros that only say how a leaf is rounded.
        trimmed = format(now.normalize(), "f")
        return message("explain.reweighted", rule=rule, full=full, maximum=trimmed)
    return rule


def _own_rule(item: ItemScore, card: ScoreCard, *, repeated: bool) -> Message:
    if item.state == "not_applicable":
        licence = item.criterion.not_applicable
        return message(f"explain.na_{licence.policy}" if licence else "explain.unanswered")
    if item.forced_by is not None:
        trigger = card.program.rubric.criterion_by_id[item.forced_by.when].number
        return message("explain.forced", trigger=trigger, option=item.forced_by.then)
    if item.state == "not_computable" and item.why is not None:
        return message("explain.not_computable", why=item.why)
    if repeated:
        return message("explain.repeated", units=len(item.keys))
    return _answered(item.criterion, item.answers[0], item.result)


def _answered(criterion: Criterion, answer: Answer | None, result: Decimal | None) -> Message:
    if answer is None or answer.no_baseline:
        return message("explain.unproven" if answer else "explain.unanswered")
    match criterion.rule:
        case LevelsRule() | LookupRule() as rule:
            return _graded(rule, answer, worth_points=bool(criterion.maximum))
        case SelectionRule() as rule:
            chosen = ", ".join(answer.options or ()) or "-"
            return message("explain.selection", chosen=chosen, cap=rule.cap)
        case ChecklistRule() as rule:
            ticked = len(answer.options or ())
            return message("explain.checklist", ticked=ticked, count=len(rule.items))
        case YesNoRule():
            return message(f"explain.answer_{answer.option}")
        case QuantityRule() as rule:
            kind = _curve_kind(rule)
            return message(f"explain.{kind}", result=result, unit=rule.measure.result_unit)


def _graded(rule: LevelsRule | LookupRule, answer: Answer, *, worth_points: bool) -> Message:
    if not worth_points:
        return message("explain.level_tier", option=answer.option)
    option = next(o for o in rule.options if o.key == answer.option)
    way = "points" if rule.scale == "points" else "share"
    if isinstance(rule, LookupRule):
        return message(f"explain.lookup_{way}", level=option.text, value=option.value)
    return message(f"explain.level_{way}", option=option.key, value=option.value)


def _curve_kind(rule: QuantityRule) -> str:
    if rule.curve is None:
        return "collected"
    return "bins" if rule.curve.kind == "bins" else "curve"
