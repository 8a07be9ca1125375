"""The diagnosis report of a visit: made, written, and read again before it counts."""

from __future__ import annotations

from pathlib import Path

from assessor import __version__
from assessor.analysis.diagnosis import Diagnosis
from assessor.bureau.bulletin.reread import check_pdf
from assessor.errors import AssessorError
from assessor.i18n import Language, message
from assessor.reports.build.diagnosis import diagnosis_document
from assessor.reports.document import Document
from assessor.storage.atomic import aside, put_in_place
from assessor.storage.errors import translated
from assessor.workspace.reread_sheets import check_sheets

PDF, WORKBOOK = ".pdf", ".xlsx"


def write_diagnosis(found: Diagnosis, path: Path, language: Language) -> Path:
    """Write a diagnosis as PDF or workbook, by the name's ending.

    Raises `AssessorError` for another ending, or a file that does not say what was written.
    """
    ending = path.suffix.lower()
    if ending not in (PDF, WORKBOOK):
        raise AssessorError(message("diagnosis.wrong_ending", file=path.name))
    document = diagnosis_document(found, language, f"assessor {__version__}")
    with translated(path), aside(path) as draft:
        if ending == PDF:
            _pdf(document, draft)
        else:
            _workbook(document, draft)
        put_in_place(draft, path)
    return path


def _pdf(document: Document, draft: Path) -> None:
    from assessor.reports.pdf import write_pdf  # noqa: PLC0415 (loads the typesetter)

    check_pdf(draft, write_pdf(document, draft, _no_picture))


def _workbook(document: Document, draft: Path) -> None:
    from assessor.reports.excel import write_workbook  # noqa: PLC0415 (loads the writer)

    write_workbook(document, draft, ())
    check_sheets(draft, document)


def _no_picture(digest: str) -> bytes:
    raise KeyError(digest)
