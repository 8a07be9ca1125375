"""The answers beside one that was given: what another assessor might have said instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assessor.assessment import Answer, Assessment
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    LookupRule,
    RuleModel,
    SelectionRule,
    YesNoRule,
)
from assessor.rules import names


def neighbours(rule: RuleModel, answer: Answer) -> tuple[Answer, ...]:
    """Return the answers one step beside `answer`, never `answer` itself.

    A step is one level up or down, yes instead of no, one statement or option more or less. What
    was measured, and what does not apply, is a fact: it has no neighbours.
    """
    if answer.na or answer.inputs is not None or answer.no_baseline:
        return ()
    match rule:
        case LevelsRule() | LookupRule():
            return _levels([option.key for option in rule.options], answer)
        case YesNoRule():
            return _levels([names.NO, names.YES], answer)
        case ChecklistRule():
            return tuple(_several(answer, [item.key for item in rule.items], frozenset()))
        case SelectionRule():
            keys = [option.key for option in rule.options]
            alone = frozenset(option.key for option in rule.options if option.exclusive)
            return tuple(_several(answer, keys, alone))
        case _:
            return ()


def movable(rubric: Rubric, assessment: Assessment) -> Mapping[str, tuple[Answer, ...]]:
    """Return the keys of all answers that have neighbours, sorted, each with them."""
    found = {}
    for key in sorted(assessment.answers):
        criterion = rubric.criterion_by_id.get(key.partition("@")[0])
        if criterion is None:
            continue
        if beside := neighbours(criterion.rule, assessment.answers[key]):
            found[key] = beside
    return found


def _levels(keys: Sequence[str], answer: Answer) -> tuple[Answer, ...]:
    if answer.option not in keys:
        return ()
    at = keys.index(answer.option)
    beside = (at - 1, at + 1)
    return tuple(
        answer.model_copy(update={"option": keys[place]})
        for place in beside
        if 0 <= place < len(keys)
    )


def _several(answer: Answer, keys: Sequence[str], alone: frozenset[str]) -> Iterator[Answer]:
    """Yield the choices with one more or one less; one that stands `alone` has none beside it."""
    chosen = frozenset(answer.options or ())
    for key in keys:
        other = chosen ^ {key}
        if len(other) > 1 and other & alone:
            continue
        in_order = tuple(name for name in keys if name in other)
        update = {"options": in_order or None, "none": None if in_order else True}
        yield answer.model_copy(update=update)
