"""A rubric printed in the shape of a local standard."""

from __future__ import annotations

from pathlib import Path

from assessor.i18n import Language
from assessor.reports.build.standard import standard_document
from assessor.reports.document import Document, Heading
from assessor.rubrics.loader import LoadedRubric
from assessor.workspace.paper import program_name, write_paper
from assessor.workspace.rubric_library import rubric_called


def write_standard(rubric: str, path: Path, language: Language = "zh") -> Path:
    """Write the draft of a rubric as PDF, complete or not at all.

    Raises `AssessorError` for an unknown rubric and when it cannot be written.
    """
    return write_paper(standard_of(rubric_called(rubric), language), path)


def standard_of(loaded: LoadedRubric, language: Language) -> Document:
    """Return the draft as a document; its table of contents knows the pages."""
    return standard_document(loaded, language, program_name(), _pages)


def _pages(document: Document) -> dict[str, int]:
    from assessor.reports.pdf import expected_pages  # noqa: PLC0415 (loads the typesetter)

    titles = [b.text for b in document.pages if isinstance(b, Heading) and b.level == 1]
    found: dict[str, int] = {}
    for page in expected_pages(document).pages:
        found |= {title: page.number for title in titles if title in page.body}
    return found
