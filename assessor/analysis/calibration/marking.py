"""An assessor's blind answers beside the experts' of a gold set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessor.analysis.agreement import (
    Agreement,
    InDimension,
    Rated,
    agreement_by_dimension,
    agreement_of,
    ratings,
)
from assessor.analysis.calibration.gold import GoldCase, GoldItem, GoldSet, case_record
from assessor.analysis.panel import Sheet, substance
from assessor.assessment import Answer
from assessor.errors import Problem
from assessor.i18n import message
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.loader import LoadedRubric
from assessor.rules.answers import check_keyed_answer

ASSESSOR, GOLD = "assessor", "gold"
"""The two raters."""

Given = Mapping[str, Mapping[str, Answer]]
"""Answers by case and criterion."""


@dataclass(frozen=True, slots=True)
class MarkedItem:
    """One question with both answers; `apart` is how far the assessor's place on the scale lies
    above the experts' (0 to 1, negative: below), `None` where one has none."""

    case: GoldCase
    item: GoldItem
    criterion: Criterion
    given: Answer
    apart: Fraction | None

    @property
    def alike(self) -> bool:
        """Whether both say the same."""
        return substance(self.given) == substance(self.item.answer)


@dataclass(frozen=True, slots=True)
class Marked:
    """The agreement of an assessor with a gold set: in all, by dimension, by question."""

    overall: Agreement
    dimensions: tuple[InDimension, ...]
    items: tuple[MarkedItem, ...]


def still_open(gold: GoldSet, given: Given) -> tuple[tuple[GoldCase, GoldItem], ...]:
    """Return the questions without an answer."""
    return tuple(
        (case, item)
        for case, item in gold.questions
        if item.criterion not in given.get(case.id, {})
    )


def check_given(loaded: LoadedRubric, gold: GoldSet, given: Given) -> Iterator[Problem]:
    """Yield every answer that is not asked for or does not fit the rubric."""
    asked = {(case.id, item.criterion) for case, item in gold.questions}
    cases = {case.id: case for case in gold.cases}
    for case_id, answers in given.items():
        for criterion, answer in answers.items():
            place = f"answers.{case_id}.{criterion}"
            if (case_id, criterion) not in asked:
                said = message("calibration.not_asked", case=case_id, item=criterion)
                yield Problem(said, place=place)
                continue
            record = case_record(loaded, gold, cases[case_id])
            for problem in check_keyed_answer(loaded.rubric, record, criterion, answer):
                yield Problem(problem.message, place=place, fix=problem.fix)


def mark(loaded: LoadedRubric, gold: GoldSet, given: Given) -> Marked:
    """Return how far blind answers agree with the experts'; every question must be answered."""
    units: list[Rated] = []
    items: list[MarkedItem] = []
    for case in gold.cases:
        rated = _rated(loaded, gold, case, given[case.id])
        units += rated.values()
        items += [_item(loaded, case, item, given, rated) for item in case.items]
    dimensions = agreement_by_dimension(loaded.rubric, units)
    return Marked(agreement_of(units), tuple(dimensions), tuple(items))


def _rated(
    loaded: LoadedRubric, gold: GoldSet, case: GoldCase, given: Mapping[str, Answer]
) -> Mapping[str, Rated]:
    experts = {item.criterion: item.answer for item in case.items}
    sheets: Sequence[Sheet] = (Sheet(ASSESSOR, _unnamed(given)), Sheet(GOLD, _unnamed(experts)))
    record = case_record(loaded, gold, case)
    return {one.key: one for one in ratings(loaded.rubric, record, sheets)}


def _unnamed(answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
    """Return answers that say nothing of whose they are."""
    return {key: one.model_copy(update={"by": None}) for key, one in answers.items()}


def _item(
    loaded: LoadedRubric,
    case: GoldCase,
    item: GoldItem,
    given: Given,
    rated: Mapping[str, Rated],
) -> MarkedItem:
    values = rated[item.criterion].values
    both = ASSESSOR in values and GOLD in values
    apart = values[ASSESSOR] - values[GOLD] if both else None
    criterion = loaded.rubric.criterion_by_id[item.criterion]
    return MarkedItem(case, item, criterion, given[case.id][item.criterion], apart)
