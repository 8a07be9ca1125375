"""What a step of work is called once the rubric is known: items and gates by name, not by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

from assessor.i18n import Localized, Message, message
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import ChecklistRule, YesNoRule
from assessor.rules import names


def in_words(rubric: Rubric, step: Message) -> Message:
    """Return a step with everything of the rubric that it names by id put in words."""
    values: dict[str, object] = {}
    for name, value in step.values.items():
        if isinstance(value, Message):
            values[name] = in_words(rubric, value)
        elif isinstance(value, str):
            values[name] = _name(rubric, name, value, step.values)
        else:
            values[name] = value
    return Message(step.key, values)


def named_in_rubric(rubric: Rubric, kind: str, value: str) -> str | Localized:
    """Return what a thing of a `kind`, such as a gate or a table, is called; else its id.

    The kind `value` stands for a chosen profile, target or cycle.
    """
    known = _aims(rubric) if kind == "value" else _titles(rubric, kind)
    return known.get(value, value)


def criterion_in_words(rubric: Rubric, keys: Iterable[str]) -> str | Localized:
    """Return what criteria are called, by the keys of their answers."""
    return _listed(_criterion(rubric, key) for key in keys)


def options_in_words(rubric: Rubric, key: str, chosen: Iterable[str]) -> str | Localized:
    """Return what options of a criterion are called."""
    return _listed(_options(rubric, key, chosen))


def _name(rubric: Rubric, kind: str, value: str, beside: Mapping[str, object]) -> object:
    match kind:
        case "criterion":
            return _criterion(rubric, value)
        case "criteria":
            return criterion_in_words(rubric, (key.strip() for key in value.split(",")))
        case "options":
            return options_in_words(rubric, str(beside.get("criterion", "")), value.split())
    return named_in_rubric(rubric, kind, value)


def _aims(rubric: Rubric) -> Mapping[str, Localized]:
    return {
        **{profile.id: profile.name for profile in rubric.profiles},
        **{target.id: target.name for target in rubric.targets},
        **{cycle.id: cycle.name for cycle in rubric.cycles},
    }


def _titles(rubric: Rubric, kind: str) -> Mapping[str, Localized]:
    match kind:
        case "gate":
            return {gate.id: gate.title for gate in rubric.gates}
        case "outcome":
            return {outcome.id: outcome.name for outcome in rubric.outcomes}
        case "indicator":
            return {indicator.id: indicator.name for indicator in rubric.indicators}
        case "table":
            return {table.id: table.name for table in rubric.tables}
        case "repeat":
            return {repeat.id: repeat.name for repeat in rubric.repeats}
    return {}


def _criterion(rubric: Rubric, key: str) -> str | Localized:
    name, _, unit = key.partition("@")
    criterion = rubric.criterion_by_id.get(name)
    if criterion is None:
        return key
    if unit:
        return message("session.item_in_unit", number=criterion.number, unit=unit)
    return message("session.item", number=criterion.number)


def _options(rubric: Rubric, key: str, chosen: Iterable[str]) -> Iterable[str | Localized]:
    """Yield what the options of a criterion are called on their cards."""
    criterion = rubric.criterion_by_id.get(key.partition("@")[0])
    rule = criterion.rule if criterion is not None else None
    called: dict[str, str | Localized] = {}
    if isinstance(rule, YesNoRule):
        called = {names.YES: rule.yes, names.NO: rule.no}
    elif isinstance(rule, ChecklistRule):
        called = {item.key: str(number) for number, item in enumerate(rule.items, start=1)}
    return (called.get(option, option) for option in chosen)


def _listed(parts: Iterable[str | Localized]) -> str | Localized:
    """Return the parts as a list in words; nothing as the empty text."""
    every = tuple(parts)
    if not every:
        return ""
    return reduce(lambda before, part: message("session.list", before=before, then=part), every)
