"""Filling a visit from a file of answers: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from assessor.assessment import Answer, Assessment, Enterprise, SelfAssessment, Unit, Visit
from assessor.commands.gates import gates_laid_over
from assessor.commands.remarks import with_jotting
from assessor.errors import AssessorError
from assessor.exchange.imported import ImportedAnswers
from assessor.i18n import message
from assessor.rubrics.loader import LoadedRubric
from assessor.rubrics.models import Rubric
from assessor.workspace.visits import OpenVisit, refuse_misfits

T = TypeVar("T", Enterprise, Visit)

WORKBOOKS = (".xlsx", ".xlsm")


def read_file(visit: OpenVisit, path: Path) -> ImportedAnswers:
    """Read a JSON file or a fill-in workbook made for this visit's rubric.

    Raises `ProblemsError` with the place of everything wrong.
    """
    return read_answer_file(path, visit.loaded, visit.assessment)


def read_answer_file(path: Path, loaded: LoadedRubric, assessment: Assessment) -> ImportedAnswers:
    """Read a JSON file or a fill-in workbook made for a rubric, for a record of it.

    Raises `ProblemsError` with the place of everything wrong.
    """
    if path.suffix.lower() in WORKBOOKS:
        from assessor.exchange.answers_workbook import (  # noqa: PLC0415 (starts a reading process)
            read_answers_workbook,
        )

        return read_answers_workbook(path, loaded, assessment)
    from assessor.exchange.answers import read_answers  # noqa: PLC0415 (as above)

    return read_answers(path, loaded, assessment)


def fill(
    visit: OpenVisit, path: Path, *, as_self_assessment: bool = False, today: date | None = None
) -> ImportedAnswers:
    """Put everything a file says into the visit, in one durable step.

    With `as_self_assessment` the answers are kept as the enterprise's own beside the assessor's,
    and only enterprise and tables are taken over. Raises `AssessorError`; nothing is changed then.
    """
    imported = read_file(visit, path)
    if imported.empty:
        raise AssessorError(message("visit.nothing_filled", file=path.name))
    rubric = visit.loaded.rubric
    new = filled(visit.assessment, imported, rubric, as_self=as_self_assessment, today=today)
    refuse_misfits(visit.loaded, new, message("visit.fill_refused", file=path.name))
    visit.commit(new, message("visit.filled", file=path.name))
    return imported


def filled(
    old: Assessment,
    imported: ImportedAnswers,
    rubric: Rubric,
    *,
    as_self: bool,
    today: date | None = None,
) -> Assessment:
    """Return a record with what a file says; `as_self` its answers stand beside, as in `fill`."""
    update: dict[str, object] = {
        "enterprise": _laid_over(old.enterprise, imported.enterprise),
        "tables": {**old.tables, **imported.tables},
    }
    if as_self:
        update["self_assessment"] = SelfAssessment(
            answers=dict(imported.answers),
            made_on=imported.filled_on or today,
            by=imported.filled_by,
        )
    else:
        update |= {
            "visit": _laid_over(old.visit, imported.visit),
            "units": {**old.units, **imported.units},
            "answers": {**_kept_answers(old, imported, rubric), **_with_jottings(old, imported)},
            "jottings": {
                key: noted for key, noted in old.jottings.items() if key not in imported.answers
            },
            "gates": gates_laid_over(old.gates, imported.gates),
            "indicators": {**old.indicators, **imported.indicators},
            "platform_results": {**old.platform_results, **imported.platform_results},
        }
    return old.model_copy(update=update)


def _with_jottings(old: Assessment, imported: ImportedAnswers) -> dict[str, Answer]:
    """The answers of the file with what was noted on their criteria before."""
    return {
        key: with_jotting(answer, old.jottings.get(key)) for key, answer in imported.answers.items()
    }


def _kept_answers(old: Assessment, imported: ImportedAnswers, rubric: Rubric) -> dict[str, Answer]:
    """The answers given before, without those that new units leave no place for."""
    now = {**old.units, **imported.units}
    return {
        key: answer for key, answer in old.answers.items() if _has_place(key, imported, now, rubric)
    }


def _has_place(
    key: str, imported: ImportedAnswers, now: Mapping[str, tuple[Unit, ...]], rubric: Rubric
) -> bool:
    criterion, _, unit = key.partition("@")
    for repeat in rubric.repeats:
        if criterion in repeat.criteria and repeat.id in imported.units:
            named = [one.id for one in now[repeat.id]]
            return unit in named if named else not unit
    return True


def _laid_over(old: T, given: Mapping[str, object]) -> T:
    if not given:
        return old
    return type(old).model_validate({**old.model_dump(), **given})
