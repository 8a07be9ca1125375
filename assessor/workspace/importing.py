"""Answers that arrive in a file while a visit is open: one step of work that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assessor.assessment import Assessment
from assessor.commands.between import edit_between
from assessor.commands.edit import Edit
from assessor.errors import AssessorError, Problem
from assessor.exchange.imported import ImportedAnswers
from assessor.i18n import message
from assessor.rubrics.loader import LoadedRubric
from assessor.workspace.filling import filled, read_answer_file
from assessor.workspace.visits import opened

VISIT_SUFFIX = ".assessment"


@dataclass(frozen=True)
class Arrived:
    """What a file says, how many answers, and the edit that puts it on record when its turn comes.

    `own` tells whether they are the enterprise's own answers beside the assessor's. `warnings`
    hinder nothing.
    """

    count: int
    own: bool
    make_edit: Callable[[Assessment], Edit | None]
    warnings: tuple[Problem, ...] = ()


def read_arrived(
    path: Path, loaded: LoadedRubric, record: Assessment, today: date | None = None
) -> Arrived:
    """Read a fill-in workbook, a JSON file of answers or a visit for a visit that is open.

    In the enterprise's own visit they become its answers, in anybody else's they stand beside.
    Raises `AssessorError` for another rubric or an empty file, `ProblemsError` with the place of
    everything wrong; nothing is changed then.
    """
    if path.suffix.lower() == VISIT_SUFFIX:
        imported = _from_visit(path, loaded, record)
    else:
        imported = read_answer_file(path, loaded, record)
    if imported.empty:
        raise AssessorError(message("visit.nothing_filled", file=path.name))
    own = record.visit.kind != "self"
    what = message("visit.filled", file=path.name)

    def make_edit(now: Assessment) -> Edit | None:
        after = filled(now, imported, loaded.rubric, as_self=own, today=today)
        return edit_between(now, after, what)

    return Arrived(len(imported.answers), own, make_edit, imported.warnings)


def _from_visit(path: Path, loaded: LoadedRubric, record: Assessment) -> ImportedAnswers:
    """Return the answers of a visit under the same rubric and profile."""
    with opened(path, read_only=True) as visit:
        theirs, given = visit.assessment, visit.loaded
    if (given.digest, theirs.profile) != (loaded.digest, record.profile):
        wanted = f"{loaded.rubric.id} {loaded.rubric.version} {record.profile}"
        said = f"{given.rubric.id} {given.rubric.version} {theirs.profile}"
        raise AssessorError(message("visit.other_frame", file=path.name, given=said, wanted=wanted))
    return ImportedAnswers(
        answers=theirs.answers,
        tables=theirs.tables,
        filled_by=theirs.enterprise.contact.name or theirs.enterprise.name,
        filled_on=theirs.visit.date_to or theirs.visit.date_from,
    )
