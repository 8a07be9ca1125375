"""The fill-in workbook of a rubric."""

from __future__ import annotations

from pathlib import Path

from assessor.exchange.template import write_template
from assessor.i18n import Language
from assessor.storage.atomic import aside, put_in_place
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
    loaded = rubric_called(rubric)
    with aside(path) as draft:
        write_template(loaded, draft, profile=profile, target=target, language=language)
        put_in_place(draft, path)
    return path
