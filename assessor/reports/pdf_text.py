"""Reading the words back from a PDF, and finding where they part from what should stand there.

The file may come from anyone: sizes are limited, and whatever the reader dislikes becomes one
clear error.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from ctypes import POINTER, cast, create_string_buffer
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.reports.check_code import squeeze
from assessor.reports.pdfium_turns import PDFIUM_TURN

_pdfium: Any = import_module("pypdfium2")  # imported by name, it carries no types
_raw: Any = _pdfium.raw

MOST_BYTES = 400 * 1024 * 1024
MOST_PAGES = 3000
MOST_CHARACTERS = 200_000
"""On one page; what stands beyond is not read."""
MOST_OBJECTS = 20_000
"""Drawn on one page; what comes after is not read. A page of a report has some hundreds."""

_RIGHT_TO_LEFT = {"R", "AL"}
_LINE_END_HYPHEN = "\ufffe"
"""What the library returns for a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first text that is not found where it should be, and what was found instead."""

    expected: str
    found: str


def page_texts(path: Path) -> list[str]:
    """Return the text of each page of the PDF at `path`, in reading order.

    Raises `AssessorError` when the file is missing, no PDF, damaged, encrypted or too large.
    """
    return _read(path, _page_text)


def drawn_texts(path: Path) -> list[str]:
    """Return the text of each page in the order it was drawn; raises as `page_texts`.

    Reading order puts together what stands at nearly the same height, as labels round a chart may.
    """
    return _read(path, _drawn_text)


def _read(path: Path, text_of: Callable[[Any, int], str]) -> list[str]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(path)
        with PDFIUM_TURN, _pdfium.PdfDocument(path) as document:
            if len(document) > MOST_PAGES:
                raise _too_large(path)
            return [text_of(document, index) for index in range(len(document))]
    except (OSError, _pdfium.PdfiumError) as error:
        raise AssessorError(message("pdf.unreadable", file=path.name)) from error


def _page_text(document: Any, index: int) -> str:
    page = document[index]
    words = page.get_textpage()
    try:
        count = min(words.count_chars(), MOST_CHARACTERS)
        return str(words.get_text_range(0, count)).replace(_LINE_END_HYPHEN, "-")
    finally:
        words.close()
        page.close()


def _drawn_text(document: Any, index: int) -> str:
    page = document[index]
    words = page.get_textpage()
    try:
        count = min(_raw.FPDFPage_CountObjects(page), MOST_OBJECTS)
        drawn = (_raw.FPDFPage_GetObject(page, number) for number in range(count))
        parts = [_object_text(one, words) for one in drawn if _is_text(one)]
        return "".join(parts).replace(_LINE_END_HYPHEN, "-")[:MOST_CHARACTERS]
    finally:
        words.close()
        page.close()


def _is_text(drawn: Any) -> bool:
    return bool(_raw.FPDFPageObj_GetType(drawn) == _raw.FPDF_PAGEOBJ_TEXT)


def _object_text(drawn: Any, words: Any) -> str:
    size = _raw.FPDFTextObj_GetText(drawn, words, None, 0)
    letters = create_string_buffer(size)
    _raw.FPDFTextObj_GetText(drawn, words, cast(letters, POINTER(_raw.FPDF_WCHAR)), size)
    return letters.raw.decode("utf-16-le", "replace").rstrip("\x00")


def _too_large(path: Path) -> AssessorError:
    megabytes = MOST_BYTES // (1024 * 1024)
    return AssessorError(
        message("pdf.too_large", file=path.name, megabytes=megabytes, pages=MOST_PAGES)
    )


def first_difference(drawn: Sequence[str], extracted: str) -> Difference | None:
    """Return where `extracted` first departs from the texts that were `drawn`, or None.

    White space does not count. A text that is left over at the end is a difference, too. Where
    Arabic or Hebrew turns the order of a line round, only the letters of the page are compared.
    """
    rest = squeeze(extracted)
    if any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in rest):
        wanted = squeeze("".join(drawn))
        return None if sorted(wanted) == sorted(rest) else Difference(wanted, rest)
    for words in drawn:
        wanted = squeeze(words)
        if not rest.startswith(wanted):
            return Difference(words, rest[: max(len(wanted), 1)])
        rest = rest[len(wanted) :]
    return Difference("", rest) if rest else None
