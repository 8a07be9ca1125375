"""Rubrics: listed, shown, checked with everything the linter and the golden cases know."""

from __future__ import annotations

from pathlib import Path

from assessor.analysis.golden import check_golden_cases
from assessor.errors import Problem, ProblemsError
from assessor.rubrics.catalog import Entry, get, list_rubrics
from assessor.rubrics.checks import check
from assessor.rubrics.loader import LoadedRubric, load
from assessor.rubrics.schema import SCHEMA_FILE, schema_text
from assessor.rubrics.to_enter import ToEnter, to_enter

__all__ = [
    "SCHEMA_FILE",
    "Entry",
    "check_file",
    "list_rubrics",
    "rubric_called",
    "schema_text",
    "waiting",
]


def rubric_called(name: str) -> LoadedRubric:
    """Return the newest rubric with this id, or the one in the file of this name.

    Raises `AssessorError` saying what there is instead.
    """
    path = Path(name)
    if path.suffix == ".json" and path.is_file():
        return load(path)
    return get(name)


def waiting(path: Path) -> ToEnter:
    """Return what is still to be entered into a rubric file; nothing of a file that cannot be
    read."""
    try:
        return to_enter(load(path).rubric)
    except ProblemsError:
        return ToEnter((), ())


def check_file(path: Path) -> tuple[Problem, ...]:
    """Return everything wrong with a rubric file: format, meaning, golden cases.

    The golden cases are run only when nothing else is wrong: their figures would mislead.
    """
    try:
        loaded = load(path)
    except ProblemsError as error:
        return error.problems
    problems = tuple(check(loaded.rubric))
    if not any(problem.severity == "error" for problem in problems):
        problems += tuple(check_golden_cases(loaded.rubric))
    return loaded.locate(problems)
