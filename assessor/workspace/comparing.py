"""Records beside each other: read from visits and exports, written as PDF or workbook."""

from __future__ import annotations

from pathlib import Path

from assessor import __version__
from assessor.analysis.comparison import Comparison, Side, compare, own_side, side_of
from assessor.assessment import Assessment
from assessor.errors import AssessorError
from assessor.i18n import Language, message
from assessor.reports.document import Document
from assessor.rubrics.models import Rubric
from assessor.storage.atomic import aside, put_in_place
from assessor.storage.errors import translated
from assessor.workspace.filling import WORKBOOKS
from assessor.workspace.visits import opened

PDF, WORKBOOK = ".pdf", ".xlsx"


def compare_files(first: Path, second: Path | None = None) -> Comparison:
    """Compare two visits or exported workbooks; a single one with the enterprise's own answers in
    it.

    Raises `NotComparableError` for different rubrics or where there are no own answers,
    `AssessorError` for a file that cannot be read.
    """
    rubric, record = read_record(first)
    if second is None:
        return compare_own(rubric, record)
    return compare(side_of(rubric, record), read_side(second))


def compare_own(rubric: Rubric, record: Assessment) -> Comparison:
    """Compare the enterprise's own answers with those of the record; raises as above."""
    return compare(own_side(rubric, record), Side(rubric, record, side_of(rubric, record).card))


def compare_with(rubric: Rubric, record: Assessment, other: Path) -> Comparison:
    """Compare a record with the one in a file; raises as above."""
    return compare(side_of(rubric, record), read_side(other))


def read_side(path: Path) -> Side:
    """Read a visit or an exported workbook as one side; raises `AssessorError`."""
    return side_of(*read_record(path))


def read_record(path: Path) -> tuple[Rubric, Assessment]:
    """Read rubric and record of a visit or an exported workbook; raises `AssessorError`."""
    if path.suffix.lower() in WORKBOOKS:
        from assessor.reports.verify import source_of_workbook  # noqa: PLC0415 (heavy)
        from assessor.workspace.verification import find_rubric  # noqa: PLC0415 (heavy)

        source = source_of_workbook(path, find_rubric)
        return source.loaded.rubric, source.payload.assessment
    with opened(path, read_only=True) as visit:
        return visit.loaded.rubric, visit.assessment


def write_comparison(found: Comparison, path: Path, language: Language) -> Path:
    """Write a comparison as PDF or workbook, by the name's ending; read back before it counts.

    Raises `AssessorError` for another ending, or a file that does not say what was written.
    """
    if path.suffix.lower() not in (PDF, WORKBOOK):
        raise AssessorError(message("comparison.wrong_ending", file=path.name))
    from assessor.reports.build.compared import comparison_document  # noqa: PLC0415 (heavy)

    document = comparison_document(found, language, f"assessor {__version__}")
    with translated(path), aside(path) as draft:
        if path.suffix.lower() == PDF:
            _pdf(document, draft)
        else:
            _workbook(document, draft)
        put_in_place(draft, path)
    return path


def _pdf(document: Document, draft: Path) -> None:
    from assessor.bureau.bulletin.reread import check_pdf  # noqa: PLC0415 (loads other readers)
    from assessor.reports.pdf import write_pdf  # noqa: PLC0415 (loads the typesetter)

    check_pdf(draft, write_pdf(document, draft, _no_picture))


def _workbook(document: Document, draft: Path) -> None:
    from assessor.reports.excel import write_workbook  # noqa: PLC0415 (loads the writer)
    from assessor.workspace.reread_sheets import check_sheets  # noqa: PLC0415 (loads a reader)

    write_workbook(document, draft, ())
    check_sheets(draft, document)


def _no_picture(digest: str) -> bytes:
    raise KeyError(digest)
