"""A rubric printed in the shape of a local standard."""

from __future__ import annotations

from pathlib import Path

from assessor.errors import AssessorError
from assessor.i18n import Language, message
from assessor.reports.build.standard import standard_document
from assessor.reports.document import Document, Heading
from assessor.rubrics.loader import LoadedRubric
from assessor.storage.atomic import aside, put_in_place
from assessor.storage.errors import translated
from assessor.workspace.paper import no_picture, program_name
from assessor.workspace.rubric_library import rubric_called


def write_standard(rubric: str, path: Path, language: Language = "zh") -> Path:
    """Write the draft of a rubric as PDF; every page is read again before the file has its name.

    Raises `AssessorError` for an unknown rubric and when it cannot be written.
    """
    from assessor.bureau.bulletin.reread import check_pdf  # noqa: PLC0415 (loads a PDF reader)
    from assessor.reports.pdf import write_pdf  # noqa: PLC0415 (loads the typesetter)

    if path.is_dir():
        raise AssessorError(message("visit.is_folder", path=str(path)))
    document = standard_of(rubric_called(rubric), language)
    with translated(path), aside(path) as draft:
        check_pdf(draft, write_pdf(document, draft, no_picture))
        put_in_place(draft, path)
    return path


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
