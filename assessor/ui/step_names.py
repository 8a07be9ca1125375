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


def _name(rubric: Rubric, kind: str, value: str, beside: Mapping[str, object]) -> object:
    match kind:
        case "criterion":
            return _criterion(rubric, value)
        case "criteria":
            return _listed(_criterion(rubric, key.strip()) for key in value.split(","))
        case "options":
            return _listed(_options(rubric, str(beside.get("criterion", "")), value.split()))
        case "value":
            return _aims(rubric).get(value, value)
    return _titles(rubric, kind).get(value, value)


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


def _criterion(rubric: Rubric, key: str) -> object:
    name, _, unit = key.partition("@")
    criterion = rubric.criterion_by_id.get(name)
    if criterion is None:
        return key
    if unit:
        return message("session.item_in_unit", number=criterion.number, unit=unit)
    return message("session.item", number=criterion.number)


def _options(rubric: Rubric, key: str, chosen: Iterable[str]) -> Iterable[object]:
    """Yield what the options of a criterion are called on their cards."""
    criterion = rubric.criterion_by_id.get(key.partition("@")[0])
    rule = criterion.rule if criterion is not None else None
    called: dict[str, object] = {}
    if isinstance(rule, YesNoRule):
        called = {names.YES: rule.yes, names.NO: rule.no}
    elif isinstance(rule, ChecklistRule):
        called = {item.key: str(number) for number, item in enumerate(rule.items, start=1)}
    return (called.get(option, option) for option in chosen)


def _listed(parts: Iterable[object]) -> object:
    """Return the parts as a list in words."""
    return reduce(lambda before, part: message("session.list", before=before, then=part), parts)
