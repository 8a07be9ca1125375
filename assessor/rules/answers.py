"""Whether answers fit the rubric: each problem with its place, what is wrong, how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.assessment import Answer, Assessment, GateAnswer
from assessor.errors import Problem
from assessor.formulas import Scope, evaluate, parse
from assessor.i18n import Message, message
from assessor.rubrics.base import decimal_to_text
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.gates import DeclaredCheck, FormulaCheck, Gate
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    Measure,
    QuantityRule,
    SelectionRule,
    YesNoRule,
)
from assessor.rules import names
from assessor.rules.gates import comparable
from assessor.rules.item import exclusion_for
from assessor.rules.table_rows import check_table


def check_assessment(rubric: Rubric, assessment: Assessment) -> Iterator[Problem]:
    """Yield every problem of the whole record: unknown ids, misfitting answers, gates, tables."""
    yield from _check_frame(rubric, assessment)
    for key, answer in assessment.answers.items():
        yield from check_keyed_answer(rubric, assessment, key, answer)
    for gate_id, gate_answer in assessment.gates.items():
        yield from check_gate_answer(rubric, gate_id, gate_answer)
    for indicator_id, answer in assessment.indicators.items():
        yield from check_indicator(rubric, indicator_id, answer)
    for table_id, rows in assessment.tables.items():
        yield from check_table(rubric, table_id, rows)


def _check_frame(rubric: Rubric, assessment: Assessment) -> Iterator[Problem]:
    frame = {
        "profile": (assessment.profile, [entry.id for entry in rubric.profiles]),
        "target": (assessment.target, [entry.id for entry in rubric.targets]),
        "cycle": (assessment.cycle, [entry.id for entry in rubric.cycles]),
    }
    for field, (value, allowed) in frame.items():
        if value not in allowed:
            yield _problem(
                message(
                    "answer.unknown_frame", field=message(f"answer.field_{field}"), given=value
                ),
                field,
                value,
                message("answer.choose_from", choices=", ".join(allowed)),
            )


def check_keyed_answer(
    rubric: Rubric, assessment: Assessment, key: str, answer: Answer
) -> Iterator[Problem]:
    """Yield what is wrong with the answer kept under `key` (a criterion, or one in a unit)."""
    criterion_id, _, unit = key.partition("@")
    criterion = rubric.criterion_by_id.get(criterion_id)
    place = f"answers.{key}"
    if criterion is None:
        yield _problem(message("answer.unknown_item", item=criterion_id), place, key, _closest())
        return
    if assessment.profile not in criterion.profiles:
        yield _problem(
            message("answer.not_in_profile", number=criterion.number), place, key, _closest()
        )
    yield from _check_unit(criterion, unit, key, _units(rubric, assessment, criterion_id))
    yield from check_answer(criterion, answer, assessment.profile, place)


def _check_unit(
    criterion: Criterion, unit: str, key: str, known: tuple[str, ...]
) -> Iterator[Problem]:
    place = f"answers.{key}"
    if unit and unit not in known:
        text = message("answer.unknown_unit", unit=unit, number=criterion.number)
        choices = ", ".join(known) or "-"
        yield _problem(text, place, key, message("answer.choose_from", choices=choices))
    elif known and not unit:
        text = message("answer.unit_missing", number=criterion.number)
        wanted = ", ".join(f"{key}@{name}" for name in known)
        yield _problem(text, place, key, message("answer.unit_missing_fix", keys=wanted))


def _closest() -> Message:
    return message("answer.list_items")


def _units(rubric: Rubric, assessment: Assessment, criterion: str) -> tuple[str, ...]:
    return tuple(
        unit.id
        for repeat in rubric.repeats
        if criterion in repeat.criteria
        for unit in assessment.units.get(repeat.id, ())
    )


def check_answer(
    criterion: Criterion, answer: Answer, profile: str, place: str
) -> Iterator[Problem]:
    """Yield what is wrong with an answer to `criterion`."""
    if answer.na:
        if exclusion_for(criterion, profile) is None:
            text = message("answer.na_not_allowed", number=criterion.number)
            yield _problem(text, place, criterion.id, message("answer.na_fix"))
        return
    match criterion.rule:
        case LevelsRule() | LookupRule() as rule:
            yield from _one_of([o.key for o in rule.options], criterion, answer, place)
        case YesNoRule():
            yield from _one_of([names.YES, names.NO], criterion, answer, place)
        case SelectionRule() as rule:
            yield from _several([o.key for o in rule.options], criterion, answer, place)
            yield from _selection(rule, criterion, answer, place)
        case ChecklistRule() as checklist:
            yield from _several([i.key for i in checklist.items], criterion, answer, place)
        case QuantityRule() as quantity:
            yield from check_measure(
                quantity.measure, answer, criterion.number, criterion.id, place
            )


def _one_of(keys: list[str], criterion: Criterion, answer: Answer, place: str) -> Iterator[Problem]:
    if answer.option is None:
        yield _wrong_way(criterion.number, criterion.id, place, "answer.way_option")
    elif answer.option not in keys:
        yield _unknown_option(answer.option, keys, criterion, place)


def _several(
    keys: list[str], criterion: Criterion, answer: Answer, place: str
) -> Iterator[Problem]:
    if answer.options is None and not answer.none:
        yield _wrong_way(criterion.number, criterion.id, place, "answer.way_options")
    chosen = answer.options or ()
    for key in chosen:
        if key not in keys:
            yield _unknown_option(key, keys, criterion, place)
    if len(set(chosen)) != len(chosen):
        text = message("answer.option_twice", number=criterion.number)
        yield _problem(text, place, criterion.id, message("answer.option_twice_fix"))


def _selection(
    rule: SelectionRule, criterion: Criterion, answer: Answer, place: str
) -> Iterator[Problem]:
    chosen = set(answer.options or ())
    for option in rule.options:
        if option.key not in chosen:
            continue
        if option.exclusive and len(chosen) > 1:
            text = message("answer.exclusive", number=criterion.number, option=option.key)
            yield _problem(text, place, criterion.id, message("answer.exclusive_fix"))
        if option.needs_text and not answer.other.strip():
            text = message("answer.needs_text", number=criterion.number, option=option.key)
            yield _problem(text, place, criterion.id, message("answer.needs_text_fix"))


def check_measure(
    measure: Measure, answer: Answer, number: str, subject: str, place: str
) -> Iterator[Problem]:
    """Yield what is wrong with the inputs of a measured quantity."""
    if answer.inputs is None and not answer.no_baseline:
        yield _wrong_way(number, subject, place, "answer.way_inputs")
        return
    if answer.no_baseline and not measure.baseline:
        yield _problem(message("answer.no_baseline_here", number=number), place, subject, None)
    if answer.industry_baseline and not measure.industry_baseline:
        text = message("answer.no_industry_baseline", number=number)
        yield _problem(text, place, subject, message("answer.no_industry_baseline_fix"))
    inputs = answer.inputs or {}
    known = {item.id: item for item in measure.inputs}
    for name, value in inputs.items():
        item = known.get(name)
        where = f"{place}.inputs.{name}"
        if item is None:
            choices = message("answer.choose_from", choices=", ".join(known))
            text = message("answer.unknown_input", number=number, name=name)
            yield _problem(text, where, subject, choices)
            continue
        if item.minimum is not None and value < item.minimum:
            text = message(
                "answer.below_minimum", number=number, name=item.name, least=item.minimum
            )
            yield _problem(text, where, subject, message("answer.check_figure"))
        if item.whole and value != value.to_integral_value():
            given = decimal_to_text(value)
            text = message("answer.not_whole", number=number, name=item.name, given=given)
            yield _problem(text, where, subject, message("answer.check_figure"))
    yield from _input_checks(measure, inputs, number, subject, place)


def _input_checks(
    measure: Measure, inputs: dict[str, Decimal], number: str, subject: str, place: str
) -> Iterator[Problem]:
    for check in measure.checks:
        if evaluate(parse(check.condition), Scope(values=dict(inputs))) is False:
            text = message("answer.check_failed", number=number, text=check.text)
            yield _problem(text, f"{place}.inputs", subject, message("answer.check_figure"))


def check_indicator(rubric: Rubric, indicator: str, answer: Answer) -> Iterator[Problem]:
    """Yield what is wrong with the inputs of a reported indicator."""
    place = f"indicators.{indicator}"
    for known in rubric.indicators:
        if known.id == indicator:
            yield from check_measure(known, answer, indicator, indicator, place)
            return
    choices = ", ".join(known.id for known in rubric.indicators)
    text = message("answer.unknown_indicator", item=indicator)
    yield _problem(text, place, indicator, message("answer.choose_from", choices=choices))


def check_gate_answer(rubric: Rubric, gate_id: str, answer: GateAnswer) -> Iterator[Problem]:
    """Yield what is wrong with what was found for a gate."""
    place = f"gates.{gate_id}"
    gate = next((gate for gate in rubric.gates if gate.id == gate_id), None)
    if gate is None:
        choices = ", ".join(gate.id for gate in rubric.gates)
        text = message("answer.unknown_gate", gate=gate_id)
        yield _problem(text, place, gate_id, message("answer.choose_from", choices=choices))
    elif isinstance(gate.check, FormulaCheck):
        yield from _gate_inputs(gate, gate.check, answer, place)
    elif not isinstance(gate.check, DeclaredCheck):
        text = message("answer.gate_computed", title=gate.title)
        yield _problem(text, place, gate_id, message("answer.gate_computed_fix"))
    elif answer.inputs:
        text = message("answer.gate_without_inputs", title=gate.title)
        yield _problem(text, place, gate_id, message("answer.gate_pass_fix"))


def _gate_inputs(
    gate: Gate, check: FormulaCheck, answer: GateAnswer, place: str
) -> Iterator[Problem]:
    if answer.confirmed is not None:
        text = message("answer.gate_needs_inputs", title=gate.title)
        wanted = ", ".join(field.id for field in check.inputs)
        yield _problem(text, place, gate.id, message("answer.choose_from", choices=wanted))
    known = {field.id: field for field in check.inputs}
    for name, value in answer.inputs.items():
        where = f"{place}.inputs.{name}"
        if name not in known:
            text = message("answer.unknown_input", number=gate.id, name=name)
            choices = message("answer.choose_from", choices=", ".join(known))
            yield _problem(text, where, gate.id, choices)
            continue
        try:
            comparable(value, known[name].type)
        except ValueError:
            text = message(
                "answer.gate_value", title=gate.title, name=known[name].name, given=value
            )
            yield _problem(text, where, gate.id, message(f"answer.write_{known[name].type}"))


def _wrong_way(number: str, subject: str, place: str, way: str) -> Problem:
    text = message("answer.wrong_way", number=number)
    return _problem(text, place, subject, message(way))


def _unknown_option(given: str, keys: list[str], criterion: Criterion, place: str) -> Problem:
    text = message("answer.unknown_option", number=criterion.number, option=given)
    fix = message("answer.choose_from", choices=", ".join(keys))
    return _problem(text, place, criterion.id, fix)


def _problem(text: Message, place: str, subject: str, fix: Message | None) -> Problem:
    return Problem(message=text, place=place, subject=subject, fix=fix)
