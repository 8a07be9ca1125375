"""The fill-in workbook of a rubric."""

from __future__ import annotations

from pathlib import Path

from assessor.errors import AssessorError
from assessor.exchange.template import template_workbook
from assessor.i18n import Language, message
from assessor.sheets import read_workbook
from assessor.storage.atomic import aside, put_in_place
from assessor.storage.errors import translated
from assessor.workspace.rubric_library import rubric_called


def write_fill_in_workbook(
    rubric: str,
    path: Path,
    *,
    profile: str | None = None,
    target: str | None = None,
    language: Language = "zh",
) -> Path:
    """Write the workbook in which an enterprise answers a rubric; complete or not at all.

    Raises `AssessorError` for an unknown rubric, profile or target and when it cannot be written.
    """
    if path.is_dir():
        raise AssessorError(message("visit.is_folder", path=str(path)))
    content = template_workbook(rubric_called(rubric), profile, target, language)
    with translated(path), aside(path) as draft:
        draft.write_bytes(content)
        read_workbook(draft)
        put_in_place(draft, path)
    return path
