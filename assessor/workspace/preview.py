"""The report before it is written: its PDF in memory, pages drawn when they are looked at."""

from __future__ import annotations

from dataclasses import dataclass

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.storage.pictures import NotAPictureError

LARGEST_SIDE = 6000
"""Pixels; a page drawn larger would only cost memory."""
_DRAFT = "report.pdf"


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
        from assessor.workspace import pages  # noqa: PLC0415 (loads the reader of pages)

        try:
            picture = pages.page_picture(self.pdf, number, min(longest, LARGEST_SIDE))
        except NotAPictureError as error:
            raise AssessorError(message("pdf.unreadable", file=_DRAFT)) from error
        return PagePicture(picture.width, picture.height, picture.tobytes())
