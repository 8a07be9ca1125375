"""What was answered: in a few characters for tables, and in full with its descriptor."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessor.assessment import Answer
from assessor.reports.build.context import Context
from assessor.reports.build.wording import Wording
from assessor.reports.document import ListItem, Mark, Run, Tone
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    Measure,
    Option,
    QuantityInput,
    QuantityRule,
    SelectionRule,
    YesNoRule,
)
from assessor.rules import names
from assessor.rules.card import ItemScore, ScoreCard


def option_text(context: Context, option: Option) -> str:
    """Return an option's descriptor for the profile of the visit."""
    return context.words.pick(option.text_by_profile.get(context.card.profile, option.text))


def result_text(words: Wording, measure: Measure, result: Decimal | None) -> str:
    """Return a measured result with the digits of its measure and its unit."""
    if result is None:
        return words.say("no_figure")
    digits = result.quantize(Decimal(1).scaleb(-measure.digits))
    return words.quantity(digits, words.pick(measure.result_unit))


def input_name(context: Context, item: QuantityInput) -> str:
    """Return what an input means in the profile of the visit."""
    variant = item.by_profile.get(context.card.profile)
    return context.words.pick(variant.name if variant else item.name)


def input_text(context: Context, item: QuantityInput, value: Decimal | None) -> str:
    """Return the value of an input with its unit, a dash where it is missing."""
    words = context.words
    if value is None:
        return words.say("no_figure")
    return words.quantity(value, words.pick(item.unit))


def input_value(card: ScoreCard, key: str, item: QuantityInput) -> Decimal | None:
    """Return the value an input counts with: typed or computed from a table."""
    value = card.figures.get(names.entry(key, item.id))
    return value if isinstance(value, Decimal) else None


def measured(card: ScoreCard, key: str) -> Decimal | None:
    """Return the measured result under an answer key."""
    value = card.figures.get(names.result(key))
    return value if isinstance(value, Decimal) else None


def short_answer(context: Context, card: ScoreCard, item: ItemScore, index: int = 0) -> str:
    """Return an answer in a few characters, e.g. `C`, `B, D`, `4 of 6`, `82.81 %`."""
    words = context.words
    answer = effective_answer(item, index)
    if answer is None:
        return words.say("unanswered_short")
    if answer.na:
        return words.say("not_applicable_short")
    if answer.no_baseline:
        return words.say("no_baseline_short")
    return _short_by_rule(context, card, item, answer, item.keys[index])


def effective_answer(item: ItemScore, index: int) -> Answer | None:
    """Return the answer that counts: the linked option where a link sets it."""
    answer = item.answers[index]
    if item.forced_by is None:
        return answer
    base = (
        answer.model_dump(exclude={"option", "options", "none", "inputs", "na", "reason"})
        if answer
        else {}
    )
    return Answer.model_validate({**base, "option": item.forced_by.then})


def _short_by_rule(
    context: Context, card: ScoreCard, item: ItemScore, answer: Answer, key: str
) -> str:
    words = context.words
    match item.criterion.rule:
        case LevelsRule() | LookupRule():
            return answer.option or ""
        case YesNoRule():
            return words.told(f"report.answer_{answer.option}")
        case SelectionRule():
            return words.join(list(answer.options or ()), "list") or words.say("none_short")
        case ChecklistRule() as rule:
            ticked = len(answer.options or ())
            return words.say("ticked", ticked=ticked, count=len(rule.items))
        case QuantityRule() as rule:
            return result_text(words, rule.measure, measured(card, key))


def answer_lines(context: Context, item: ItemScore, index: int) -> Iterator[ListItem]:
    """Yield an answer in full: the chosen descriptor, every statement with its tick, the inputs."""
    words = context.words
    answer = effective_answer(item, index)
    if answer is None:
        told = words.say("unanswered", range=words.between(item.span))
        if context.source.rubric.collects:
            told = words.told("form.not_filled")
        yield ListItem((Run(told, strong=True),), "circle", "caution")
    elif answer.na:
        told = words.say("na_reason", text=answer.reason.strip())
        yield _stated(words.say("not_applicable"), told, "circle", "muted")
    else:
        yield from _by_rule(context, item, answer, item.keys[index])


def _stated(strong: str, told: str, mark: Mark, tone: Tone) -> ListItem:
    """What counts in bold, what it rests on behind it."""
    more = (Run(f"　{told}", tone="muted"),) if told else ()
    return ListItem((Run(strong, strong=True), *more), mark, tone)


def _by_rule(context: Context, item: ItemScore, answer: Answer, key: str) -> Iterator[ListItem]:
    match item.criterion.rule:
        case LevelsRule() | LookupRule() as rule:
            chosen = next((o for o in rule.options if o.key == answer.option), None)
            if chosen is not None:
                yield _chosen(chosen.key, option_text(context, chosen))
        case YesNoRule() as rule:
            yield from _yes_no(context, rule, answer)
        case SelectionRule() as rule:
            yield from _selection(context, rule, answer)
        case ChecklistRule() as rule:
            ticked = answer.options or ()
            for statement in rule.items:
                yield _ticked(context.words.pick(statement.text), statement.key in ticked)
        case QuantityRule() as rule:
            yield from _quantity(context, rule.measure, item, answer, key)


def _chosen(key: str, descriptor: str) -> ListItem:
    return ListItem((Run(f"{key}　", strong=True, tone="accent"), Run(descriptor)), "chosen_radio")


def _ticked(statement: str, yes: bool) -> ListItem:
    return ListItem(statement, "checked_box" if yes else "box", "text" if yes else "muted")


def _yes_no(context: Context, rule: YesNoRule, answer: Answer) -> Iterator[ListItem]:
    yes = answer.option == names.YES
    statement = context.words.pick(rule.yes if yes else rule.no)
    yield ListItem(statement, "check" if yes else "cross", "text")


def _selection(context: Context, rule: SelectionRule, answer: Answer) -> Iterator[ListItem]:
    chosen = answer.options or ()
    if not chosen:
        yield ListItem((Run(context.words.say("none_of_these"), strong=True),), "circle")
    for option in rule.options:
        if option.key in chosen:
            descriptor = option_text(context, option)
            yield ListItem(
                (Run(f"{option.key}　", strong=True, tone="accent"), Run(descriptor)), "checked_box"
            )
    if chosen and answer.other.strip():
        yield ListItem(context.words.say("other_text", text=answer.other.strip()), "checked_box")


def _quantity(
    context: Context, measure: Measure, item: ItemScore, answer: Answer, key: str
) -> Iterator[ListItem]:
    words = context.words
    inputs = words.join(list(_inputs(context, measure, key)))
    if answer.no_baseline:
        yield _stated(words.say("no_baseline"), inputs, "circle", "caution")
    else:
        result = result_text(words, measure, measured(context.card, key))
        told = words.say("measured_result", result=result)
        if item.state == "answered":
            yield _stated(told, inputs, "chosen_radio", "text")
        else:
            yield _stated(told, inputs, "circle", "caution")
    if answer.industry_baseline:
        yield ListItem(words.say("industry_baseline"), "flag", "caution")


def _inputs(context: Context, measure: Measure, key: str) -> Iterator[str]:
    """The inputs that are known, each with its name and unit."""
    for entry in measure.inputs:
        value = input_value(context.card, key, entry)
        if value is not None:
            told = input_text(context, entry, value)
            yield context.words.say("named_value", name=input_name(context, entry), value=told)
