"""Reports: PDF and workbook together, read again before anybody is told they are there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

from assessor.exchange.envelope import to_rows
from assessor.exchange.signature import Sign, digests_of
from assessor.i18n import message
from assessor.reports.build import Logo, ReportOptions
from assessor.reports.document import Document
from assessor.storage.errors import DamagedError, translated
from assessor.workspace.handing_on import report_pictures
from assessor.workspace.identity import own_signature
from assessor.workspace.report_files import (
    WORKBOOK,
    Draft,
    ReportFiles,
    as_report_files,
    drafts_of,
)
from assessor.workspace.snapshot import Record
from assessor.workspace.verification import require_verified, source_of_visit

Step = Callable[[int, int], None]
"""Told how many parts of how many are done; what it raises ends the work."""


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
    with drafts_of(visit, folder, pdf=pdf, workbook=workbook) as drafts:
        digest = fill_drafts(visit, drafts, options or ReportOptions(), step)
    return as_report_files(drafts, digest)


def fill_drafts(
    visit: Record,
    drafts: Sequence[Draft],
    options: ReportOptions,
    step: Step | None = None,
    sign: Sign = own_signature,
) -> str:
    """Write the files of a report under the names of `drafts` and hold each against the visit.

    They carry the signature that `sign` gives.
    Returns the digest of what they carry; raises `AssessorError` when one cannot be written or
    does not hold.
    """
    parts = _Parts(step, 1 + 2 * len(drafts))
    document, rows, digest = document_of(visit, options, sign)
    parts.done()
    for draft in drafts:
        with translated(draft.final):
            book = draft.final.suffix == WORKBOOK
            content = _workbook(document, rows) if book else _pages(document, visit, options.logo)
            draft.path.write_bytes(content)
            parts.done()
            require_verified(draft.path, draft.final, visit, options, document.meta.signed)
            _require_same(draft, content)
        parts.done()
    return digest


def set_pages(
    visit: Record,
    path: Path,
    options: ReportOptions,
    step: Step | None = None,
    sign: Sign = own_signature,
) -> tuple[tuple[float, float], ...]:
    """Write the PDF of a report alone, to be looked at.

    Returns width and height of its pages in points (1/72 inch). Raises `AssessorError`.
    """
    from assessor.workspace.pages import page_sizes  # noqa: PLC0415 (loads the reader of pages)

    parts = _Parts(step, 2)
    document, _, _ = document_of(visit, options, sign)
    parts.done()
    with translated(path):
        content = _pages(document, visit, options.logo)
        path.write_bytes(content)
        sizes = page_sizes(content)
    parts.done()
    return sizes


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


def document_of(
    visit: Record, options: ReportOptions, sign: Sign = own_signature
) -> tuple[Document, list[list[str]], str]:
    """Return the report of a visit, the rows of its machine sheet and the payload's digest.

    Raises `AssessorError` when it cannot be signed by an installation that signs.
    """
    source = source_of_visit(visit)
    signed = sign(digests_of(source.text))
    rows = to_rows(source.text, signed, options.as_pairs())
    return source.document(options, signed), rows, source.digest


def _pages(document: Document, visit: Record, logo: Logo | None) -> bytes:
    """Return the report as a PDF, logo and photographs included."""
    from assessor.reports.pdf import write_pdf  # noqa: PLC0415 (loads the typesetter)

    out = BytesIO()
    write_pdf(document, out, report_pictures(visit, logo))
    return out.getvalue()


def _workbook(document: Document, rows: list[list[str]]) -> bytes:
    """Return the report as a workbook."""
    from assessor.reports.excel import write_workbook  # noqa: PLC0415 (loads the writer)

    out = BytesIO()
    write_workbook(document, out, rows)
    return out.getvalue()


def _require_same(draft: Draft, content: bytes) -> None:
    """Raise `DamagedError` unless a file holds to the byte what was written.

    That it verifies would not do: a byte of a font or a picture may change no word.
    """
    if draft.path.read_bytes() != content:
        raise DamagedError(message("storage.written_wrongly", path=str(draft.final)))
