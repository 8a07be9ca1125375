"""The way to an outcome, asked of a visit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path as File

from assessor.analysis.improvement import Path, improvement_path
from assessor.assessment import Assessment
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.rubrics.base import decimal_from_text
from assessor.rubrics.models import Rubric

MOST_BYTES = 1_000_000
"""An effort file is a line for each criterion; more is a mistake."""


def find_way(
    rubric: Rubric,
    assessment: Assessment,
    outcome: str,
    effort: dict[str, Decimal] | None = None,
) -> Path:
    """Return the cheapest way to `outcome`, given by its id or its name in any language.

    Raises `AssessorError` when there is no such outcome.
    """
    return improvement_path(rubric, assessment, outcome_called(rubric, outcome), effort)


def outcome_called(rubric: Rubric, name: str) -> str:
    """Return the id of the outcome with that id or name; raises `AssessorError`."""
    for entry in rubric.outcomes:
        if name in (entry.id, entry.name.zh, entry.name.en):
            return entry.id
    if rubric.collects:
        raise AssessorError(message("form.no_outcome", rubric=rubric.title))
    known = ", ".join(entry.id for entry in rubric.outcomes)
    raise AssessorError(message("path.no_such_outcome", outcome=name, known=known))


def read_effort(path: File, rubric: Rubric) -> dict[str, Decimal]:
    """Read what a step of each criterion costs: a JSON object of ids or numbers and decimals.

    Raises `AssessorError` that says what is wrong with the file.
    """
    data = _object(path)
    known = {item.number: item.id for item in rubric.criteria} | {
        item.id: item.id for item in rubric.criteria
    }
    found = {}
    for name, value in data.items():
        if name not in known:
            raise AssessorError(message("path.effort_unknown", file=str(path), criterion=name))
        try:
            found[known[name]] = decimal_from_text(str(value))
        except ValueError:
            raise AssessorError(message("path.effort_not_positive", criterion=name)) from None
    return found


def _object(path: File) -> Mapping[str, object]:
    """Return the object of a JSON file; raises `AssessorError`."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise AssessorError(message("path.effort_too_large", file=str(path)))
        data = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=str, parse_int=str)
    except (OSError, ValueError, RecursionError) as error:
        raise AssessorError(message("path.effort_unreadable", file=str(path))) from error
    if not isinstance(data, dict):
        raise AssessorError(message("path.effort_unreadable", file=str(path)))
    return data
