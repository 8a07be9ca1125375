"""The report before it is written: its PDF in memory, pages drawn when they are looked at."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from PIL import Image

from assessor.errors import AssessorError
from assessor.i18n import Language, message
from assessor.reports.build import ReportOptions
from assessor.reports.pdfium_turns import PDFIUM_TURN
from assessor.storage.errors import translated
from assessor.storage.pictures import NotAPictureError
from assessor.workspace.live import LiveVisit, Published
from assessor.workspace.pages import page_picture
from assessor.workspace.reports import (
    ReportFiles,
    Step,
    document_of,
    file_name,
    write_pages,
    write_report,
)
from assessor.workspace.snapshot import Record, Snapshot

LARGEST_SIDE = 6000
"""Pixels; a page drawn larger would only cost memory."""
_DRAFT = "report.pdf"
_pdfium: Any = import_module("pypdfium2")  # imported by name, it carries no types


@dataclass(frozen=True)
class PagePicture:
    """One page as pixels of three bytes (red, green, blue), rows without gaps."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True)
class Preview:
    """The PDF of a report; `sizes` are width and height of its pages in points (1/72 inch)."""

    pdf: bytes
    sizes: tuple[tuple[float, float], ...]

    def page(self, number: int, longest: int) -> PagePicture:
        """Draw a page, counted from 0, with a longer side of `longest` pixels.

        Raises `AssessorError` when it cannot be drawn.
        """
        try:
            picture: Image.Image = page_picture(self.pdf, number, min(longest, LARGEST_SIDE))
        except NotAPictureError as error:
            raise AssessorError(message("pdf.unreadable", file=_DRAFT)) from error
        return PagePicture(picture.width, picture.height, picture.tobytes())


def snapshot_of(published: Published, live: LiveVisit) -> Snapshot:
    """Return the visit as it was published. Its evidence is fetched from the visit's thread, so it
    must not be read on that thread."""

    def read(sha256: str) -> bytes:
        return live.run(lambda visit: visit.read_blob(sha256)).result()

    return Snapshot(published.assessment, live.loaded, published.card, read)


def make_preview(
    record: Record, language: Language, photos: bool, step: Step | None = None
) -> Preview:
    """Return the PDF that `write_files` would write now; nothing of it stays on disk.

    `step` is told how far the work is and may raise to end it. Raises `AssessorError`.
    """
    watch = step or _unwatched
    watch(0, 2)
    document, _, _ = document_of(record, ReportOptions(language=language, photos=photos))
    watch(1, 2)
    folder = Path(tempfile.gettempdir())
    with translated(folder), tempfile.TemporaryDirectory(prefix="assessor-") as place:
        path = Path(place) / _DRAFT
        write_pages(document, path, record)
        data = path.read_bytes()
    watch(2, 2)
    return Preview(data, _sizes(data))


def write_files(
    record: Record, folder: Path, language: Language, photos: bool, step: Step | None = None
) -> ReportFiles:
    """Write PDF and workbook into `folder`, both verified or neither there; see `write_report`."""
    return write_report(record, folder, ReportOptions(language=language, photos=photos), step=step)


def reports_in(record: Record, folder: Path) -> tuple[Path, ...]:
    """Return the files in `folder` that writing the report there would replace."""
    name = file_name(record)
    paths = (folder / f"{name}.pdf", folder / f"{name}.xlsx")
    return tuple(path for path in paths if path.exists())


def _sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    with PDFIUM_TURN, _pdfium.PdfDocument(data) as document:
        found = (document.get_page_size(number) for number in range(len(document)))
        return tuple((float(width), float(height)) for width, height in found)


def _unwatched(done: int, total: int) -> None:
    """Let the work go on."""
