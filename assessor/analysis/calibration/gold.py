"""A gold set: cases with descriptions of evidence, and experts' answers with their reasons.

Whoever is calibrated sees the descriptions and answers blind; only then the experts' answers are
shown. The file itself hides nothing: it is a matter of trust, like any test taken at home.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from assessor.assessment import Answer, Assessment, Enterprise, RubricRef
from assessor.canonical import digest_of
from assessor.errors import Problem
from assessor.i18n import message
from assessor.rubrics.base import Id, LocalText, Model, Words
from assessor.rubrics.loader import LoadedRubric
from assessor.rules.answers import check_keyed_answer

FORMAT = "assessor.gold"


class GoldItem(Model):
    """One question: what the assessor is shown, what the experts answered, and why."""

    criterion: Id
    evidence: LocalText
    answer: Answer
    reason: LocalText


class GoldCase(Model):
    """One workshop or enterprise, described, with its questions."""

    id: Id
    title: LocalText
    text: LocalText
    profile: Id
    target: Id
    items: Annotated[tuple[GoldItem, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _asked_once(self) -> GoldCase:
        if len({item.criterion for item in self.items}) != len(self.items):
            raise ValueError("a criterion is asked twice in a case")
        return self


class RubricVersion(Model):
    """The version of a rubric the experts answered by."""

    id: Id
    version: Words


class GoldSet(Model):
    """Cases for one season: the cycle of the rubric, and at most until a day.

    `invented` marks an example that no authority stands behind; `notice` says so to the reader.
    """

    format: Literal["assessor.gold"]
    format_version: Literal[1]
    id: Id
    title: LocalText
    invented: bool = False
    notice: LocalText | None = None
    rubric: RubricVersion
    cycle: Id
    valid_until: date | None = None
    cases: Annotated[tuple[GoldCase, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _named_once(self) -> GoldSet:
        if len({case.id for case in self.cases}) != len(self.cases):
            raise ValueError("two cases have one id")
        return self

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the set in hex: it names exactly these cases and answers."""
        return digest_of(self.model_dump(mode="json", exclude_defaults=True))

    @property
    def questions(self) -> Iterator[tuple[GoldCase, GoldItem]]:
        """Every question with its case, in order."""
        return ((case, item) for case in self.cases for item in case.items)


class BlindAnswers(Model):
    """What an assessor answered to a set: by case and criterion."""

    format: Literal["assessor.gold_answers"]
    format_version: Literal[1]
    set_id: Id
    answers: dict[Id, dict[Id, Answer]]


def case_record(loaded: LoadedRubric, gold: GoldSet, case: GoldCase) -> Assessment:
    """Return a record of a case without answers, for whatever looks at answers within a visit."""
    rubric = loaded.rubric
    return Assessment(
        id="calibration",
        rubric=RubricRef(id=rubric.id, version=rubric.version, digest=loaded.digest),
        cycle=gold.cycle,
        profile=case.profile,
        target=case.target,
        enterprise=Enterprise(name=case.title.zh),
    )


def check_gold(loaded: LoadedRubric, gold: GoldSet) -> Iterator[Problem]:
    """Yield everything in a set that does not fit its rubric."""
    rubric = loaded.rubric
    frames = {
        "cycle": (gold.cycle, {one.id for one in rubric.cycles}),
        **{
            f"cases[{at}].profile": (case.profile, {one.id for one in rubric.profiles})
            for at, case in enumerate(gold.cases)
        },
        **{
            f"cases[{at}].target": (case.target, {one.id for one in rubric.targets})
            for at, case in enumerate(gold.cases)
        },
    }
    for place, (value, known) in frames.items():
        if value not in known:
            said = message("calibration.unknown_frame", value=value, known=", ".join(sorted(known)))
            yield Problem(said, place=place)
    for at, case in enumerate(gold.cases):
        record = case_record(loaded, gold, case)
        for number, item in enumerate(case.items):
            for problem in check_keyed_answer(rubric, record, item.criterion, item.answer):
                yield Problem(problem.message, place=f"cases[{at}].items[{number}].answer")
