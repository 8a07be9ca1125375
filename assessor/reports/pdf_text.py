"""Reading the words back from a PDF, and finding where they part from what should stand there.

The file may come from anyone: sizes are limited, and whatever the reader dislikes becomes one
clear error.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.reports.check_code import squeeze

_pdfium: Any = import_module("pypdfium2")  # imported by name, it carries no types

MOST_BYTES = 400 * 1024 * 1024
MOST_PAGES = 3000
MOST_CHARACTERS = 200_000
"""On one page; what stands beyond is not read."""

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
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(path)
        with _pdfium.PdfDocument(path) as document:
            if len(document) > MOST_PAGES:
                raise _too_large(path)
            return [_page_text(document, index) for index in range(len(document))]
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
