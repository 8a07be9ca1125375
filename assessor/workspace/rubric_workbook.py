"""A rubric as a workbook for its authors, and back."""

from __future__ import annotations

from pathlib import Path

from assessor.analysis.golden import check_golden_cases
from assessor.errors import AssessorError, Problem
from assessor.exchange.rubric_book.book import (
    read_rubric_workbook,
    rubric_workbook,
    same_rubric,
)
from assessor.i18n import Language, message
from assessor.rubrics.checks import check
from assessor.rubrics.loader import load
from assessor.rubrics.models import Rubric
from assessor.storage.atomic import aside, put_in_place
from assessor.storage.errors import translated
from assessor.workspace.rubric_library import rubric_called


def write_rubric_workbook(rubric: str, path: Path, language: Language = "zh") -> Path:
    """Write the workbook of a rubric; it is read back and compared before it gets its name.

    Raises `AssessorError` for an unknown rubric and when it cannot be written.
    """
    _refuse_folder(path)
    loaded = rubric_called(rubric)
    content = rubric_workbook(loaded, language)
    with translated(path), aside(path) as draft:
        draft.write_bytes(content)
        if not same_rubric(loaded, read_rubric_workbook(draft).loaded):
            raise AssessorError(message("rubric_book.not_the_same", file=path.name))
        put_in_place(draft, path)
    return path


def rubric_from_workbook(workbook: Path, path: Path) -> tuple[Problem, ...]:
    """Write the rubric a workbook holds; return what its checks say, placed by sheet and cell.

    A rubric that fits the format is written even when it does not make sense yet: its author may
    still be at work. Raises `AssessorError`, with every faulty cell, when it does not fit.
    """
    _refuse_folder(path)
    book = read_rubric_workbook(workbook)
    with translated(path), aside(path) as draft:
        draft.write_bytes(book.content)
        if not same_rubric(book.loaded, load(draft)):
            raise AssessorError(message("rubric_book.not_the_same", file=path.name))
        put_in_place(draft, path)
    return book.locate(all_problems(book.loaded.rubric))


def all_problems(rubric: Rubric) -> tuple[Problem, ...]:
    """Return what the linter finds and, where that is no error, what the golden cases find."""
    problems = tuple(check(rubric))
    if not any(problem.severity == "error" for problem in problems):
        problems += tuple(check_golden_cases(rubric))
    return problems


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise AssessorError(message("visit.is_folder", path=str(path)))
