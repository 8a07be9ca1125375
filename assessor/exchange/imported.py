"""What was read from a file of answers, whichever kind of file it was, and whether it fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from assessor.assessment import (
    Answer,
    Assessment,
    GateAnswer,
    PlatformResult,
    TableRow,
    Unit,
)
from assessor.errors import Problem
from assessor.i18n import message
from assessor.rubrics.models import Rubric
from assessor.rubrics.outcomes import Outcome
from assessor.rules.answers import check_assessment


@dataclass(frozen=True)
class ImportedAnswers:
    """Everything a file of answers says, checked against the rubric; nothing has been applied.

    Keys are those of the assessment: criteria by id (or `<id>@<unit>`), never by printed number.
    `enterprise` and `visit` hold only the fields the file gives, by name, as values of the models
    `Enterprise` and `Visit`. Tables named here replace the ones of the visit. `warnings` are for
    people and hinder nothing.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    gates: Mapping[str, GateAnswer] = field(default_factory=dict)
    indicators: Mapping[str, Answer] = field(default_factory=dict)
    tables: Mapping[str, tuple[TableRow, ...]] = field(default_factory=dict)
    units: Mapping[str, tuple[Unit, ...]] = field(default_factory=dict)
    platform_results: Mapping[str, PlatformResult] = field(default_factory=dict)
    enterprise: Mapping[str, object] = field(default_factory=dict)
    visit: Mapping[str, object] = field(default_factory=dict)
    filled_by: str = ""
    filled_on: date | None = None
    warnings: tuple[Problem, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the file says nothing at all."""
        sections = (
            self.answers,
            self.gates,
            self.indicators,
            self.tables,
            self.units,
            self.platform_results,
            self.enterprise,
            self.visit,
        )
        return not any(sections)


@dataclass(frozen=True)
class Places:
    """Where each part of an assessment (`answers.a1.inputs.n`) stands in the file it came from.

    With `extends` the rest of a longer place is kept (paths in JSON); without, the nearest known
    place stands for it (cells).
    """

    known: Mapping[str, str]
    extends: bool

    def of(self, place: str) -> str:
        """Return where `place` is, or the nearest thing around it that is known."""
        around = place
        while around not in self.known:
            cut = max(around.rfind("."), around.rfind("["))
            if cut < 0:
                return place
            around = around[:cut]
        return self.known[around] + (place[len(around) :] if self.extends else "")


def misfits(
    rubric: Rubric, assessment: Assessment, imported: ImportedAnswers, places: Places
) -> tuple[Problem, ...]:
    """Return what does not fit the rubric, each problem placed in the file it came from."""
    probe = assessment.model_copy(
        update={
            "answers": dict(imported.answers),
            "gates": dict(imported.gates),
            "indicators": dict(imported.indicators),
            "tables": dict(imported.tables),
            "units": {**assessment.units, **imported.units},
        }
    )
    found = [
        *check_assessment(rubric, probe),
        *_units(rubric, imported),
        *_platform_results(rubric, assessment, imported),
    ]
    return tuple(replace(problem, place=places.of(problem.place)) for problem in found)


def _units(rubric: Rubric, imported: ImportedAnswers) -> Iterable[Problem]:
    repeats = [repeat.id for repeat in rubric.repeats]
    for name, units in imported.units.items():
        place = f"units.{name}"
        if name not in repeats:
            yield _unknown("unknown_repeat", name, repeats, place)
        ids = [unit.id for unit in units]
        if len(set(ids)) != len(ids):
            yield Problem(message("import.unit_twice", name=name), place=place, subject=name)


def _platform_results(
    rubric: Rubric, assessment: Assessment, imported: ImportedAnswers
) -> Iterable[Problem]:
    outcomes = {one.id: one for one in rubric.outcomes if one.platform_score is not None}
    for name, result in imported.platform_results.items():
        place = f"platform_results.{name}"
        if name not in outcomes:
            yield _unknown("unknown_platform", name, list(outcomes), place)
            continue
        yield from _platform_score(outcomes[name], result, place)
        have = {piece.id for piece in assessment.evidence}
        for piece in result.evidence:
            if piece not in have:
                text = message("import.unknown_evidence", evidence=piece)
                fix = message("import.attach_first")
                yield Problem(text, place=f"{place}.evidence", subject=name, fix=fix)


def _platform_score(outcome: Outcome, result: PlatformResult, place: str) -> Iterable[Problem]:
    most = outcome.platform_score.maximum if outcome.platform_score else None
    if result.score < 0 or (most is not None and result.score > most):
        text = message("import.platform_range", score=result.score, most=most or "-")
        yield Problem(
            text, place=f"{place}.score", subject=outcome.id, fix=message("answer.check_figure")
        )


def _unknown(name: str, given: str, choices: list[str], place: str) -> Problem:
    fix = message("answer.choose_from", choices=", ".join(choices) or "-")
    return Problem(message(f"import.{name}", given=given), place=place, subject=given, fix=fix)
