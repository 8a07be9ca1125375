"""Answers met before: equal ones are one object, so nothing is checked or scored twice.

A scorer looks again only at answers that are other objects than before, and whether an answer fits
its criterion hangs on nothing but the rubric and the profile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessor.assessment import Answer, Assessment

MOST_KEPT = 20_000
_LONG = 200
"""Characters of notes from which an answer is a visit's own."""


@dataclass
class AnswersMet:
    """The answers of earlier visits, and for which criteria they are known to fit."""

    _kept: dict[tuple[object, ...], Answer] = field(default_factory=dict)
    _fitting: set[tuple[str, str, str, int]] = field(default_factory=set)

    def shared(self, assessment: Assessment) -> Assessment:
        """Return the same record, its answers replaced by equal ones that were met before."""
        if len(self._kept) > MOST_KEPT:
            # Both together: what fits is known by the objects that are kept.
            self._kept.clear()
            self._fitting.clear()
        changes: dict[str, object] = {"answers": self._shared(assessment.answers)}
        own = assessment.self_assessment
        if own is not None:
            answers = self._shared(own.answers)
            changes["self_assessment"] = own.model_copy(update={"answers": answers})
        return assessment.model_copy(update=changes)

    def unchecked(
        self, digest: str, assessment: Assessment, answers: Mapping[str, Answer]
    ) -> dict[str, Answer]:
        """Return the answers that are not known to fit the rubric of a digest."""
        if assessment.units:
            return dict(answers)
        profile, fitting = assessment.profile, self._fitting
        return {
            key: answer
            for key, answer in answers.items()
            if (digest, profile, key, id(answer)) not in fitting
        }

    def fit(self, digest: str, assessment: Assessment, answers: Mapping[str, Answer]) -> None:
        """Remember that answers were checked and nothing is wrong with them."""
        if not assessment.units:
            self._fitting.update(
                (digest, assessment.profile, key, id(answer))
                for key, answer in answers.items()
                if self._kept.get(_content(answer)) is answer
            )

    def _shared(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        return {
            key: answer if _is_long(answer) else self._kept.setdefault(_content(answer), answer)
            for key, answer in answers.items()
        }


def _is_long(answer: Answer) -> bool:
    return len(answer.note) + len(answer.reason) + len(answer.other) > _LONG


def _content(answer: Answer) -> tuple[object, ...]:
    """Return all an answer says; the digits of its figures count, too."""
    inputs = answer.inputs
    return (
        answer.option,
        answer.options,
        answer.none,
        None if inputs is None else tuple((name, str(value)) for name, value in inputs.items()),
        answer.no_baseline,
        answer.industry_baseline,
        answer.na,
        answer.reason,
        answer.other,
        answer.note,
        answer.confidence,
        answer.by,
    )
