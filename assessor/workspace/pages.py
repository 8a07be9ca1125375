"""Pages of PDF documents as pictures."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

from PIL import Image

from assessor.reports.pdfium_turns import PDFIUM_TURN
from assessor.storage.pictures import NotAPictureError

PDF = "application/pdf"
_pdfium: Any = import_module("pypdfium2")  # imported by name, it carries no types

T = TypeVar("T")


def page_picture(data: bytes, page: int, longest: int) -> Image.Image:
    """Return one page (counted from 0) with a longer side of `longest` pixels.

    Raises `NotAPictureError` when the document cannot be read or has no such page.
    """

    def draw(document: Any) -> Image.Image:
        found = document[page]
        scale = longest / max(*found.get_size(), 1)
        picture: Image.Image = found.render(scale=scale, rev_byteorder=True).to_pil()
        return picture.convert("RGB")

    return _read(data, draw)


def page_count(data: bytes) -> int:
    """Return how many pages a document has; raises `NotAPictureError` when it cannot be read."""
    return _read(data, len)


def page_sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    """Return width and height of every page in points (1/72 inch).

    Raises `NotAPictureError` when the document cannot be read.
    """

    def measure(document: Any) -> tuple[tuple[float, float], ...]:
        found = (document.get_page_size(number) for number in range(len(document)))
        return tuple((float(width), float(height)) for width, height in found)

    return _read(data, measure)


def _read(data: bytes, work: Callable[[Any], T]) -> T:
    with PDFIUM_TURN:
        try:
            with _pdfium.PdfDocument(data) as document:
                return work(document)
        except (_pdfium.PdfiumError, IndexError, ValueError) as error:
            raise NotAPictureError from error
