"""Answers as ratings: what was said, its label, and where it stands between worst and best.

Rubrics mix levels, yes/no, checklists and measured figures, and items differ in how many levels
they have. So every answer is placed on one scale from 0 to 1: a level by its rank among the levels
of its item, anything else by the share of the item's points it earns. Answers that do not fit the
rubric are taken for missing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessor.analysis.agreement.figures import Labels, Values
from assessor.analysis.panel import Sheet, by_expert, levels_of, substance
from assessor.assessment import Answer, Assessment
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.models import Rubric
from assessor.rules.answers import check_keyed_answer
from assessor.scoring import Scorer

_NOT_APPLICABLE = "na"
_Answers = Mapping[str, Mapping[str, Answer]]


@dataclass(frozen=True, slots=True)
class Rated:
    """One thing that was rated, by expert: `answers` and, without remarks, what they say (`said`);
    `labels` is the place on the scale or that it does not apply, `values` the place alone."""

    key: str
    criterion: Criterion
    answers: Mapping[str, tuple[Answer, ...]]
    said: Labels
    labels: Labels
    values: Values


def ratings(rubric: Rubric, record: Assessment, sheets: Sequence[Sheet]) -> tuple[Rated, ...]:
    """Return everything any expert rated, in the order of the rubric.

    `record` gives profile, target, cycle, tables and units, under which all of them are scored. A
    graded criterion in several units is rated once in each; any other once for all of them.
    """
    given = {
        expert: _fitting(rubric, record, answers) for expert, answers in by_expert(sheets).items()
    }
    shares = _shares(rubric, record, given)
    return tuple(
        one
        for criterion in rubric.every_criterion
        for one in (
            _graded(criterion, given)
            if levels_of(criterion)
            else _by_points(criterion, given, shares)
        )
    )


def _fitting(
    rubric: Rubric, record: Assessment, answers: Mapping[str, Answer]
) -> Mapping[str, Answer]:
    return {
        key: answer
        for key, answer in answers.items()
        if not any(check_keyed_answer(rubric, record, key, answer))
    }


def _graded(criterion: Criterion, given: _Answers) -> Iterator[Rated]:
    levels = levels_of(criterion)
    keys = {key for answers in given.values() for key in answers}
    for key in sorted(key for key in keys if key.partition("@")[0] == criterion.id):
        opinions = {expert: answers[key] for expert, answers in given.items() if key in answers}
        values = {
            expert: Fraction(levels.index(answer.option), max(len(levels) - 1, 1))
            for expert, answer in opinions.items()
            if answer.option is not None
        }
        told = {expert: (answer,) for expert, answer in opinions.items()}
        yield _rated(key, criterion, told, values)


def _by_points(
    criterion: Criterion, given: _Answers, shares: Mapping[str, Mapping[str, Fraction]]
) -> Iterator[Rated]:
    told: dict[str, tuple[Answer, ...]] = {}
    for expert, answers in given.items():
        keys = sorted(key for key in answers if key.partition("@")[0] == criterion.id)
        if keys:
            told[expert] = tuple(answers[key] for key in keys)
    if told:
        values = {
            expert: shares[expert][criterion.id]
            for expert in told
            if criterion.id in shares[expert]
        }
        yield _rated(criterion.id, criterion, told, values)


def _rated(
    key: str, criterion: Criterion, told: Mapping[str, tuple[Answer, ...]], values: Values
) -> Rated:
    said = {expert: tuple(map(substance, answers)) for expert, answers in told.items()}
    excluded = [expert for expert, answers in told.items() if all(one.na for one in answers)]
    labels: dict[str, Hashable] = {**values, **dict.fromkeys(excluded, _NOT_APPLICABLE)}
    return Rated(key, criterion, told, said, labels, values)


def _shares(
    rubric: Rubric, record: Assessment, given: _Answers
) -> Mapping[str, Mapping[str, Fraction]]:
    """Return, by expert and criterion, the share of the points that ungraded answers earn."""
    scorer = Scorer(rubric)
    return {expert: dict(_earned(scorer, record, answers)) for expert, answers in given.items()}


def _earned(
    scorer: Scorer, record: Assessment, answers: Mapping[str, Answer]
) -> Iterator[tuple[str, Fraction]]:
    ungraded = {key: one for key, one in answers.items() if _ungraded(scorer.rubric, key)}
    if not ungraded:
        return
    card = scorer.score(record.model_copy(update={"answers": ungraded}))
    for item in card.items:
        most, applies = item.span.maximum, item.state == "answered"
        if applies and most and item.points is not None and not levels_of(item.criterion):
            yield item.criterion.id, Fraction(item.points) / Fraction(most)


def _ungraded(rubric: Rubric, key: str) -> bool:
    return not levels_of(rubric.criterion_by_id[key.partition("@")[0]])
