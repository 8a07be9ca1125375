"""Random answers that fit a rubric."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from assessor.assessment import Answer, Assessment, Enterprise, GateAnswer, RubricRef
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.gates import DeclaredCheck
from assessor.rubrics.loader import LoadedRubric, load
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import (
    ChecklistRule,
    LevelsRule,
    QuantityRule,
    SelectionRule,
    YesNoRule,
)
from assessor.rules.item import exclusion_for

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("digital_workshop", "future_factory")


@cache
def shipped(name: str) -> LoadedRubric:
    """Return one of the shipped rubrics by its file's name."""
    return load(ROOT / "rubrics" / f"{name}.json")


def visit_for(
    loaded: LoadedRubric,
    answers: dict[str, Answer],
    *,
    profile: str = "discrete",
    target: str | None = None,
    gates: dict[str, GateAnswer] | None = None,
) -> Assessment:
    """Return a visit with these answers."""
    rubric = loaded.rubric
    return Assessment(
        id="visit-1",
        rubric=RubricRef(id=rubric.id, version=rubric.version, digest=loaded.digest),
        cycle=rubric.cycles[0].id,
        profile=profile,
        target=target or rubric.targets[-1].id,
        enterprise=Enterprise(name="宁波示例精密机械有限公司"),
        answers=answers,
        gates=gates or {},
    )


def answer_to(criterion: Criterion, profile: str) -> st.SearchStrategy[Answer]:
    """Return answers that fit `criterion`, not applicable among them where it may be."""
    usual = _usual(criterion)
    if exclusion_for(criterion, profile) is None:
        return usual
    return st.one_of(usual, usual, st.just(Answer(na=True, reason="本车间没有这项业务")))


def _usual(criterion: Criterion) -> st.SearchStrategy[Answer]:
    rule = criterion.rule
    if isinstance(rule, LevelsRule):
        return st.sampled_from([Answer(option=option.key) for option in rule.options])
    if isinstance(rule, YesNoRule):
        return st.sampled_from([Answer(option="yes"), Answer(option="no")])
    if isinstance(rule, ChecklistRule):
        return _some([item.key for item in rule.items])
    if isinstance(rule, SelectionRule):
        free = [option.key for option in rule.options if not option.exclusive]
        return _some(free).map(lambda a: a.model_copy(update={"other": "另有说明"}))
    return _measured(rule)


def _some(keys: list[str]) -> st.SearchStrategy[Answer]:
    chosen = st.lists(st.sampled_from(keys), unique=True, max_size=len(keys))
    return chosen.map(lambda some: Answer(options=tuple(some)) if some else Answer(none=True))


@st.composite
def _measured(draw: st.DrawFn, rule: QuantityRule) -> Answer:
    """A whole before its part, so that the rubric's checks hold most of the time."""
    amounts = draw(
        st.lists(
            st.integers(0, 400),
            min_size=len(rule.measure.inputs),
            max_size=len(rule.measure.inputs),
        )
    )
    names = [item.id for item in rule.measure.inputs]
    if len(names) == 2 and not rule.measure.baseline:
        amounts.sort()
    inputs = {name: Decimal(amount) for name, amount in zip(names, amounts, strict=True)}
    return Answer(inputs=inputs)


@st.composite
def visits(draw: st.DrawFn, name: str, *, complete: bool = False) -> Assessment:
    """Return a visit under a shipped rubric, partly answered unless `complete`."""
    loaded = shipped(name)
    rubric = loaded.rubric
    profile = draw(st.sampled_from([entry.id for entry in rubric.profiles]))
    target = draw(st.sampled_from([entry.id for entry in rubric.targets]))
    answers: dict[str, Answer] = {}
    for criterion in rubric.every_criterion:
        if profile in criterion.profiles and (complete or draw(st.integers(0, 3))):
            answers[criterion.id] = draw(answer_to(criterion, profile))
    return visit_for(
        loaded, answers, profile=profile, target=target, gates=draw(gate_answers(rubric))
    )


@st.composite
def gate_answers(draw: st.DrawFn, rubric: Rubric) -> dict[str, GateAnswer]:
    """Return what was found for some of the declared gates, mostly passed."""
    found: dict[str, GateAnswer] = {}
    for gate in rubric.gates:
        if isinstance(gate.check, DeclaredCheck) and draw(st.integers(0, 9)):
            passed = draw(st.integers(0, 9)) > 0
            found[gate.id] = GateAnswer.model_validate({"pass": passed})
    return found
