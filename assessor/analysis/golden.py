"""Golden cases: answers a rubric carries with the result they must give."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pydantic import ValidationError

from assessor.assessment import Answer, Assessment, Enterprise, GateAnswer, RubricRef
from assessor.errors import Problem
from assessor.i18n import message
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.gates import DeclaredCheck
from assessor.rubrics.models import GoldenBase, GoldenCase, GoldenExpectation, Rubric
from assessor.rubrics.rule_models import LevelsRule, LookupRule
from assessor.rubrics.to_enter import with_weights
from assessor.rules.answers import check_assessment
from assessor.rules.card import DimensionScore, ScoreCard, Span
from assessor.scoring import Scorer, shown

_NO_DIGEST = "0" * 64


def check_golden_cases(rubric: Rubric) -> Iterator[Problem]:
    """Run every golden case of `rubric` and yield each figure that comes out otherwise."""
    scorers = _Scorers(rubric)
    for index, case in enumerate(rubric.golden):
        place = f"golden[{index}]"
        try:
            assessment = golden_assessment(rubric, case)
        except ValidationError as error:
            text = message("golden.unreadable", case=case.id, detail=str(error.errors()[0]["msg"]))
            yield Problem(text, place=place, subject=case.id)
            continue
        misfits = list(check_assessment(rubric, assessment))
        for misfit in misfits:
            text = message("golden.misfit", case=case.id, problem=misfit.message)
            yield Problem(text, place=f"{place}.{misfit.place}", subject=case.id, fix=misfit.fix)
        if not misfits:
            yield from _compare(case, scorers.of(case).score(assessment), place)


class _Scorers:
    """One scorer for the rubric as it is, and one for each table of weights that cases bring."""

    def __init__(self, rubric: Rubric) -> None:
        self._rubric = rubric
        self._known: dict[tuple[tuple[str, Decimal], ...] | None, Scorer] = {}

    def of(self, case: GoldenCase) -> Scorer:
        key = tuple(sorted(case.weights.items())) if case.own_weights else None
        if key not in self._known:
            own = case.own_weights
            rubric = with_weights(self._rubric, case.weights) if own else self._rubric
            self._known[key] = Scorer(rubric)
        return self._known[key]


def golden_assessment(rubric: Rubric, case: GoldenCase) -> Assessment:
    """Return the assessment a golden case describes."""
    answers: dict[str, Answer] = {}
    gates: dict[str, GateAnswer] = {}
    if case.base is not None:
        answers = _base_answers(rubric, case, case.base)
        if case.base.gates == "pass":
            gates = {
                gate.id: GateAnswer.model_validate({"pass": True})
                for gate in rubric.gates
                if isinstance(gate.check, DeclaredCheck)
            }
    answers |= {key: Answer.model_validate(value) for key, value in case.answers.items()}
    gates |= {key: GateAnswer.model_validate(value) for key, value in case.gates.items()}
    return Assessment(
        id=f"golden.{case.id}",
        rubric=RubricRef(id=rubric.id, version=rubric.version, digest=_NO_DIGEST),
        cycle=case.cycle,
        profile=case.profile,
        target=case.target,
        enterprise=Enterprise(name=case.id),
        answers={key: value for key, value in answers.items() if key not in case.unanswered},
        gates=gates,
        tables=case.tables,
    )


def _base_answers(rubric: Rubric, case: GoldenCase, base: GoldenBase) -> dict[str, Answer]:
    return {
        criterion.id: Answer(option=_base_option(rubric, criterion.rule, base))
        for criterion in rubric.criteria_for(case.profile)
        if isinstance(criterion.rule, LevelsRule | LookupRule) and _asked(criterion, case.target)
    }


def _asked(criterion: Criterion, target: str) -> bool:
    return criterion.asked.get(target) == "required"


def _base_option(rubric: Rubric, rule: LevelsRule | LookupRule, base: GoldenBase) -> str:
    if base.options == "first":
        return rule.options[0].key
    if base.options == "last":
        return rule.options[-1].key
    limit = rubric.tier_rank.get(base.tier or "", 0)
    within = [
        option.key
        for option in rule.options
        if (rubric.tier_rank[option.tier] if option.tier else 0) <= limit
    ]
    return within[-1] if within else rule.options[0].key


def _compare(case: GoldenCase, card: ScoreCard, place: str) -> Iterator[Problem]:
    for name, expected, found in _figures(case, card):
        if expected != found:
            yield Problem(
                message("golden.differs", case=case.id, name=name, expected=expected, found=found),
                place=f"{place}.expect.{name}",
                subject=case.id,
                fix=message("golden.fix"),
            )


def _figures(case: GoldenCase, card: ScoreCard) -> Iterator[tuple[str, str, str]]:
    """Yield (name, expected, found) of every figure the case names."""
    expect = case.expect
    spans = {
        "total": (expect.total, card.total.value),
        "maximum": (expect.maximum, card.total.maximum),
        "lowest_possible": (expect.lowest_possible, card.total.lowest),
        "highest_possible": (expect.highest_possible, card.total.highest),
    }
    for name, (wanted, found) in spans.items():
        if wanted is not None:
            yield name, _text(wanted), _text(found)
    if expect.complete is not None:
        yield "complete", str(expect.complete), str(card.complete)
    if "result" in expect.model_fields_set:
        yield "result", expect.result or "-", card.result or "-"
    for outcome_id, state in expect.outcomes.items():
        entry = card.outcome(outcome_id)
        yield f"outcomes.{outcome_id}", state, entry.state if entry else "-"
    for gate_id, gate_state in expect.gates.items():
        states = {gate.gate.id: gate.state for gate in card.gates}
        yield f"gates.{gate_id}", gate_state, states.get(gate_id, "-")
    yield from _reading_figures(case, card)
    yield from _progress_figures(case.expect, card)
    dimensions = dict(_dimension_spans(card.dimensions))
    for dimension_id, wanted in expect.dimensions.items():
        span = dimensions.get(dimension_id)
        yield f"dimensions.{dimension_id}", _text(wanted), _text(span.value if span else None)


def _reading_figures(case: GoldenCase, card: ScoreCard) -> Iterator[tuple[str, str, str]]:
    for outcome_id, readings in case.expect.readings.items():
        entry = card.outcome(outcome_id)
        known = {found.reading.id: found.span.value for found in entry.readings} if entry else {}
        for reading_id, wanted in readings.items():
            name = f"readings.{outcome_id}.{reading_id}"
            yield name, _text(wanted), _text(known.get(reading_id))


def _progress_figures(expect: GoldenExpectation, card: ScoreCard) -> Iterator[tuple[str, str, str]]:
    items = {item.criterion.id: item for item in card.items}
    for name, result in expect.results.items():
        yield f"results.{name}", _text(result), _text(items[name].result)
    for name, distances in expect.distances.items():
        found = {one.target.id: one.distance for one in items[name].targets}
        for target, wanted in distances.items():
            yield f"distances.{name}.{target}", _text(wanted), _text(found.get(target))
    for name, ways in expect.ways.items():
        found = {one.target.id: one.way for one in items[name].targets}
        for target, wanted in ways.items():
            yield f"ways.{name}.{target}", _text(wanted), _text(found.get(target))


def _dimension_spans(
    dimensions: tuple[DimensionScore, ...],
) -> Iterator[tuple[str, Span]]:
    for entry in dimensions:
        yield entry.dimension.id, entry.span
        yield from _dimension_spans(entry.children)


def _text(value: Decimal | None) -> str:
    return "-" if value is None else format(shown(value), "f")
