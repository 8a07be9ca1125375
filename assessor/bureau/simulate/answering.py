"""Answers as an enterprise of a certain skill gets them, drawn for every criterion."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from assessor.assessment import Answer, GateAnswer
from assessor.bureau.simulate.region import between, name_parts
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

_NOISE, _HARDNESS = 110, 120
_NOTED, _OPEN = 120, 15
"""Of a thousand answers, how many have a note, and how many questions are left open."""
_CONFIDENCE = (None, "high", "high", "medium", "low")
_FAILING = 12
"""Of a thousand gates, how many are failed by an average enterprise."""
_BEFORE = 2_000
_GIVEN = {"month": "2025-06", "date": "2025-06-30", "number": "6"}
_STATED = {"days": "180", "difference": "3", "amount": "6800", "count": "12", "stages": "5"}


def answers_of(rubric: Rubric, profile: str, skill: int, rng: Random) -> dict[str, Answer]:
    """Return the answers to what is asked of a profile; a few questions stay open."""
    answers = {}
    for criterion in rubric.criteria_for(profile):
        level = between(skill - _hardness(criterion.id) + round(rng.gauss() * _NOISE))
        if rng.randrange(1000) >= _OPEN:
            answers[criterion.id] = _with_note(_answer(criterion, level, rng), rng)
    return answers


def gates_of(rubric: Rubric, skill: int, rng: Random) -> dict[str, GateAnswer]:
    """Return answers to the gates that are asked; the weak fail one now and then."""
    risk = _FAILING * (1200 - skill) // 1000
    return {
        gate.id: _gate(gate, failed=rng.randrange(1000) < risk)
        for gate in rubric.gates
        if isinstance(gate.check, DeclaredCheck | FormulaCheck)
    }


def _hardness(criterion: str) -> int:
    """Return how hard a criterion is for everybody: the same in every region."""
    return round(Random(f"criterion:{criterion}").gauss() * _HARDNESS)  # noqa: S311 (as above)


def _with_note(answer: Answer, rng: Random) -> Answer:
    noted = rng.choice(name_parts()["notes"]) if rng.randrange(1000) < _NOTED else ""
    return answer.model_copy(update={"note": noted, "confidence": rng.choice(_CONFIDENCE)})


def _answer(criterion: Criterion, level: int, rng: Random) -> Answer:
    match criterion.rule:
        case LevelsRule() | LookupRule() as rule:
            return Answer(option=rule.options[level * len(rule.options) // 1000].key)
        case YesNoRule():
            return Answer(option=names.YES if rng.randrange(1000) < level else names.NO)
        case ChecklistRule() as rule:
            keys = tuple(item.key for item in rule.items if rng.randrange(1000) < level)
            return Answer(options=keys) if keys else Answer(none=True)
        case SelectionRule() as rule:
            free = [option for option in rule.options if not option.exclusive]
            chosen = tuple(one.key for one in free if rng.randrange(1000) < level)
            other = rng.choice(name_parts()["notes"]) if _needs_text(rule, chosen) else ""
            return Answer(options=chosen, other=other) if chosen else Answer(none=True)
        case QuantityRule() as rule:
            return Answer(inputs=_measured(rule.measure, level))


def _needs_text(rule: SelectionRule, chosen: tuple[str, ...]) -> bool:
    return any(option.needs_text and option.key in chosen for option in rule.options)


def _measured(measure: Measure, level: int) -> dict[str, Decimal]:
    """Return a part of a whole, or figures from before and after that are better by `level`."""
    inputs = [item.id for item in measure.inputs]
    if not measure.baseline:
        return dict(zip(inputs, (Decimal(level * 2 // 10), Decimal(200)), strict=True))
    better = -1 if measure.formula.startswith("(1 -") else 1
    before, after = Decimal(_BEFORE), Decimal(_BEFORE + better * level // 2)
    whole = Decimal(90_000)
    pairs = (before, after) if len(inputs) == 2 else (before, whole, after, whole)  # noqa: PLR2004
    return dict(zip(inputs, pairs, strict=True))


def _gate(gate: Gate, *, failed: bool) -> GateAnswer:
    if isinstance(gate.check, FormulaCheck):
        given = {one.id: _STATED.get(one.id, _GIVEN[one.type]) for one in gate.check.inputs}
        return GateAnswer(inputs=given)
    return GateAnswer.model_validate({"pass": not failed})
