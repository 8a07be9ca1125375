"""The rows of the criteria: one cell for a level, one for each item, option or input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assessor.exchange.form.rows import Entry, Row
from assessor.i18n import Language, text
from assessor.rubrics.base import LocalText, decimal_to_text
from assessor.rubrics.criterion import Criterion, Dimension
from assessor.rubrics.models import Indicator, Rubric
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
from assessor.rules.item import exclusion_for
from assessor.rules.target_words import progress_said


@dataclass(frozen=True)
class FormContext:
    """For whom a form is made: the rubric, the profile, the target tier and the language."""

    rubric: Rubric
    profile: str
    target: str
    language: Language

    def say(self, name: str, /, **values: object) -> str:
        """Return the words of `template.<name>`."""
        return text(f"template.{name}", self.language, **values)

    def pick(self, words: LocalText) -> str:
        """Return a text of the rubric."""
        return words.pick(self.language)

    @property
    def yes_no(self) -> Entry:
        """A cell for yes or no."""
        return Entry("yes_no", (self.say("yes"), self.say("no")))

    @property
    def yes(self) -> Entry:
        """A cell that is left blank or says yes."""
        return Entry("yes", (self.say("yes"),))

    def listed(self, texts: Iterable[LocalText]) -> str:
        """Return texts of the rubric as one enumeration, without their full stops."""
        return self.say("joiner").join(self.pick(one).rstrip("。. ") for one in texts)

    def asked(self) -> tuple[Criterion, ...]:
        """The criteria this form asks, in order: of this profile, up to this target."""
        return tuple(
            item
            for item in self.rubric.every_criterion
            if self.profile in item.profiles and self.target in item.asked
        )


def criteria_rows(context: FormContext) -> Iterator[Row]:
    """Yield the rows of all criteria, with a heading wherever the dimension changes."""
    paths = _dimension_paths(context)
    before = ""
    for item in context.asked():
        path = paths.get(item.dimension, "")
        if _is_bonus(context.rubric, item):
            path = context.say("bonus")
        if path != before:
            yield Row("band", title=path)
            before = path
        yield from criterion_rows(context, item)


def _is_bonus(rubric: Rubric, item: Criterion) -> bool:
    return rubric.bonus is not None and item in rubric.bonus.criteria


def _dimension_paths(context: FormContext) -> dict[str, str]:
    paths: dict[str, str] = {}

    def walk(nodes: tuple[Dimension, ...], above: str) -> None:
        for node in nodes:
            own = f"{node.number} {context.pick(node.name)}" if node.number else ""
            own = own or context.pick(node.name)
            paths[node.id] = f"{above} › {own}" if above else own
            walk(node.children, paths[node.id])

    walk(context.rubric.tree, "")
    return paths


def criterion_rows(context: FormContext, item: Criterion) -> Iterator[Row]:
    """Yield the rows of one criterion; the first carries its question and guidance."""
    key = f"answers/{item.id}"
    lead = Row(
        "lead",
        number=item.number,
        title=context.pick(item.title),
        body=_guidance(context, item),
        confidence=True,
        remark=True,
    )
    yield from _rule_rows(context, item, lead, key)
    if exclusion_for(item, context.profile) is not None:
        yield _part(f"{key}/na", context.say("na"), context.yes, remark=True)


def _guidance(context: FormContext, item: Criterion) -> str:
    points = decimal_to_text(item.maximum_for(context.profile))
    asked = context.say(item.asked[context.target])
    lines = [context.say("worth", points=points, asked=asked), context.pick(item.question)]
    if context.rubric.collects:
        lines = [context.pick(item.question), *_targets(context, item)]
    if item.look_for:
        lines.append(context.say("look_for", text=context.listed(item.look_for)))
    if item.evidence:
        proofs = (proof.text for proof in item.evidence)
        lines.append(context.say("evidence", text=context.listed(proofs)))
    if item.cautions:
        lines.append(context.say("caution", text=context.listed(item.cautions)))
    return "\n".join(lines)


def _targets(context: FormContext, item: Criterion) -> Iterator[str]:
    progress = item.progress_in(context.profile)
    told = progress_said(progress, item) if progress else ()
    yield from (line.pick(context.language) for line in told)


def _rule_rows(context: FormContext, item: Criterion, lead: Row, key: str) -> Iterator[Row]:
    match item.rule:
        case LevelsRule() | LookupRule() as rule:
            prompt = "\n".join(_option(context, option) for option in rule.options)
            entry = Entry("choice", tuple(option.key for option in rule.options))
            yield _filled(lead, f"{key}/option", prompt, entry)
        case YesNoRule() as yes_no:
            yield _filled(lead, f"{key}/option", _yes_no(context, yes_no), context.yes_no)
        case ChecklistRule() as checklist:
            yield _filled(lead, f"{key}/note", context.say("tick_items"), Entry())
            for point in checklist.items:
                prompt = f"{point.key}　{context.pick(point.text)}"
                yield _part(f"{key}/items/{point.key}", prompt, context.yes_no)
        case SelectionRule() as selection:
            yield _filled(lead, f"{key}/note", context.say("tick_options"), Entry())
            yield from _selection(context, selection, key)
        case QuantityRule() as quantity:
            yield from measure_rows(context, quantity.measure, lead, key)


def _option(context: FormContext, option: Option) -> str:
    words = option.text_by_profile.get(context.profile, option.text)
    return f"{option.key}　{context.pick(words)}"


def _yes_no(context: FormContext, rule: YesNoRule) -> str:
    lines = [f"{context.say('yes')}　{context.pick(rule.yes)}"]
    lines.append(f"{context.say('no')}　{context.pick(rule.no)}")
    if rule.conditions:
        lines.append(context.say("conditions", text=context.listed(rule.conditions)))
    return "\n".join(lines)


def _selection(context: FormContext, rule: SelectionRule, key: str) -> Iterator[Row]:
    for option in rule.options:
        prompt = _option(context, option)
        if option.exclusive:
            prompt = f"{prompt}{context.say('exclusive')}"
        if option.needs_text:
            prompt = f"{prompt}{context.say('needs_text')}"
        yield _part(f"{key}/items/{option.key}", prompt, context.yes_no, remark=option.needs_text)


def measure_rows(context: FormContext, measure: Measure, lead: Row, key: str) -> Iterator[Row]:
    """Yield a row for each input of a measured quantity, and for the declarations on a baseline."""
    prompt = context.say("formula", text=context.pick(measure.formula_text))
    yield _filled(lead, f"{key}/note", prompt, Entry())
    for entry in measure.inputs:
        kind = Entry("whole" if entry.whole else "number", minimum=entry.minimum)
        row = _part(f"{key}/inputs/{entry.id}", _input(context, entry), kind)
        yield replace(row, unit=context.pick(entry.unit))
    if measure.baseline:
        name = "no_baseline_form" if context.rubric.collects else "no_baseline"
        yield _part(f"{key}/no_baseline", context.say(name), context.yes)
    if measure.industry_baseline:
        yield _part(f"{key}/industry", context.say("industry_baseline"), context.yes)


def _input(context: FormContext, entry: QuantityInput) -> str:
    variant = entry.by_profile.get(context.profile)
    name = context.pick(variant.name if variant else entry.name)
    note = (variant.note if variant else None) or entry.note
    words = context.say("input", name=name, note=context.pick(note)) if note else name
    return f"{words} {context.say('from_table')}" if entry.from_table else words


def indicator_rows(context: FormContext) -> Iterator[Row]:
    """Yield the rows of the figures that are reported and never scored."""
    for number, indicator in enumerate(context.rubric.indicators, start=1):
        yield from _indicator(context, indicator, str(number))


def _indicator(context: FormContext, indicator: Indicator, number: str) -> Iterator[Row]:
    body = [context.pick(indicator.question)]
    if indicator.note:
        body.append(context.pick(indicator.note))
    lead = Row(
        "lead",
        number=number,
        title=context.pick(indicator.name),
        body="\n".join(body),
        confidence=True,
        remark=True,
    )
    yield from measure_rows(context, indicator, lead, f"indicators/{indicator.id}")


def _filled(lead: Row, key: str, prompt: str, entry: Entry) -> Row:
    return replace(lead, key=key, prompt=prompt, entry=entry)


def _part(key: str, prompt: str, entry: Entry, *, remark: bool = False) -> Row:
    return Row("part", key, prompt=prompt, entry=entry, remark=remark)
