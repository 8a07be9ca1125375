"""Reports: PDF and workbook together, read again before anybody is told they are there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assessor.errors import AssessorError
from assessor.exchange.envelope import to_rows
from assessor.exchange.payload import payload_text
from assessor.i18n import message
from assessor.reports.build import ReportOptions
from assessor.reports.document import Document
from assessor.storage.atomic import aside, put_in_place
from assessor.storage.errors import translated
from assessor.workspace.verification import require_verified, source_of_visit
from assessor.workspace.visits import OpenVisit

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """The files that were written and verified; `None` for what was not asked for."""

    pdf: Path | None
    workbook: Path | None
    payload_digest: str


def write_report(
    visit: OpenVisit,
    folder: Path,
    options: ReportOptions | None = None,
    *,
    pdf: bool = True,
    workbook: bool = True,
) -> ReportFiles:
    """Write the report of a visit into `folder` (made if absent).

    Each file is written aside, read again and compared with what it should say, and only then
    appears under its name. Raises `AssessorError`; an older report of that name is then untouched.
    """
    chosen = options or ReportOptions()
    document, rows, digest = document_of(visit, chosen)
    make_folder(folder)
    name = file_name(visit)
    book = folder / f"{name}.xlsx" if workbook else None
    page = folder / f"{name}.pdf" if pdf else None
    if book is not None:
        _write(book, lambda path: _write_workbook(document, path, rows), visit, chosen)
    if page is not None:
        _write(page, lambda path: _write_pdf(document, path, visit), visit, chosen)
    return ReportFiles(page, book, digest)


def document_of(visit: OpenVisit, options: ReportOptions) -> tuple[Document, list[list[str]], str]:
    """Return the report of a visit, the rows of its machine sheet and the payload's digest."""
    source = source_of_visit(visit)
    rows = to_rows(payload_text(source.payload.to_json()), options=options.as_pairs())
    return source.document(options), rows, source.digest


def make_folder(folder: Path) -> None:
    """Make a folder to write to, unless it is there; raises `AssessorError` where it cannot be."""
    if folder.exists() and not folder.is_dir():
        raise AssessorError(message("visit.not_a_folder", path=str(folder)))
    with translated(folder):
        folder.mkdir(parents=True, exist_ok=True)


def file_name(visit: OpenVisit) -> str:
    """Return the name of the report's files without ending: enterprise, rubric, revision."""
    assessment = visit.assessment
    title = visit.loaded.rubric.short_title.pick("zh")
    name = f"{assessment.enterprise.name}-{title}-r{assessment.revision}"
    return _UNFIT.sub("_", name).strip(" .")[:_LONGEST_NAME]


def _write(
    path: Path, write: Callable[[Path], None], visit: OpenVisit, options: ReportOptions
) -> None:
    with translated(path), aside(path) as draft:
        write(draft)
        require_verified(draft, path, visit, options)
        put_in_place(draft, path)


def _write_pdf(document: Document, path: Path, visit: OpenVisit) -> None:
    from assessor.reports.pdf import write_pdf  # noqa: PLC0415 (loads the typesetter)

    write_pdf(document, path, visit.file.read_blob)


def _write_workbook(document: Document, path: Path, rows: list[list[str]]) -> None:
    from assessor.reports.excel import write_workbook  # noqa: PLC0415 (loads the writer)

    write_workbook(document, path, rows)
