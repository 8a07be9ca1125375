"""Reports: PDF and workbook together, read again before anybody is told they are there."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
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
from assessor.workspace.handing_on import report_pictures
from assessor.workspace.snapshot import Record
from assessor.workspace.verification import require_verified, source_of_visit

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST_NAME = 80

Step = Callable[[int, int], None]
"""Told how many parts of how many are done; what it raises ends the work."""


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """The files that were written and verified; `None` for what was not asked for."""

    pdf: Path | None
    workbook: Path | None
    payload_digest: str


def write_report(
    visit: Record,
    folder: Path,
    options: ReportOptions | None = None,
    *,
    pdf: bool = True,
    workbook: bool = True,
    step: Step | None = None,
) -> ReportFiles:
    """Write the report of a visit into `folder` (made if absent).

    Each file is written aside, read again and compared with what it should say; only when all of
    them hold do they appear under their names. `step` is told how many parts of how many are done,
    and what it raises ends the work. Raises `AssessorError`; older reports of that name are then
    untouched.
    """
    chosen = options or ReportOptions()
    parts = _Parts(step, 1 + 2 * (pdf + workbook))
    document, rows, digest = document_of(visit, chosen)
    make_folder(folder)
    parts.done()
    name = file_name(visit)
    book = folder / f"{name}.xlsx" if workbook else None
    page = folder / f"{name}.pdf" if pdf else None
    with ExitStack() as drafts:
        ready: list[tuple[Path, Path]] = []
        for path in filter(None, (book, page)):
            drafts.enter_context(translated(path))
            draft = drafts.enter_context(aside(path))
            if path is book:
                _write_workbook(document, draft, rows)
            else:
                write_pages(document, draft, visit)
            parts.done()
            require_verified(draft, path, visit, chosen)
            parts.done()
            ready.append((draft, path))
        for draft, path in ready:
            put_in_place(draft, path)
    return ReportFiles(page, book, digest)


class _Parts:
    """Counts the parts of the work for whoever watches it."""

    def __init__(self, step: Step | None, total: int) -> None:
        self._step = step
        self._finished = 0
        self._total = total
        self._tell()

    def done(self) -> None:
        """One more part is finished."""
        self._finished += 1
        self._tell()

    def _tell(self) -> None:
        if self._step is not None:
            self._step(self._finished, self._total)


def document_of(visit: Record, options: ReportOptions) -> tuple[Document, list[list[str]], str]:
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


def file_name(visit: Record) -> str:
    """Return the name of the report's files without ending: enterprise, rubric, revision."""
    assessment = visit.assessment
    title = visit.loaded.rubric.short_title.pick("zh")
    name = f"{assessment.enterprise.name}-{title}-r{assessment.revision}"
    return _UNFIT.sub("_", name).strip(" .")[:_LONGEST_NAME]


def write_pages(document: Document, path: Path, visit: Record) -> None:
    """Write the report as a PDF, photographs included, to a name nobody looks at yet."""
    from assessor.reports.pdf import write_pdf  # noqa: PLC0415 (loads the typesetter)

    write_pdf(document, path, report_pictures(visit))


def _write_workbook(document: Document, path: Path, rows: list[list[str]]) -> None:
    from assessor.reports.excel import write_workbook  # noqa: PLC0415 (loads the writer)

    write_workbook(document, path, rows)
