"""Whether a PDF says what the Document says, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from assessor.errors import AssessorError, Problem
from assessor.exchange.envelope import Options, options_from, signed_from
from assessor.exchange.signature import Signed, signed_in
from assessor.i18n import message
from assessor.reports.check_code import squeeze
from assessor.reports.pdf import PageText
from assessor.reports.pdf_text import drawn_texts, first_difference, page_texts
from assessor.reports.pdfium_turns import PDFIUM_TURN
from assessor.reports.verify_words import told_apart

_pdfium: Any = import_module("pypdfium2")  # imported by name, it carries no types

_LETTERS = "[0-9A-HJKMNP-TV-Z]{4}"
_CODE = re.compile(rf"{_LETTERS}(?:-{_LETTERS}){{4}}")
_DIGEST = re.compile(r"(.*?)\s*\b([0-9a-f]{64})\Z", re.DOTALL)


@dataclass(frozen=True)
class PdfFile:
    """A PDF that was read: the text of its pages, and what its properties say of it.

    `texts` are in reading order, `drawn` in the order they were drawn: other programs keep the one
    or the other. `rubric` is the rubric's id and version, `digest` that of the payload, `program`
    what wrote it; all are empty when the properties were lost. `signed` is the signature they hold,
    else the printed one. `annotated` are the numbers of pages that carry remarks or stamps.
    """

    texts: tuple[str, ...]
    drawn: tuple[str, ...]
    subject: str
    rubric: str
    digest: str
    program: str
    options: Options
    signed: Signed
    annotated: tuple[int, ...]


def read_pdf(path: Path) -> PdfFile:
    """Read a PDF from anywhere; raises `AssessorError` when it cannot be read."""
    texts, drawn = tuple(page_texts(path)), tuple(drawn_texts(path))
    try:
        with PDFIUM_TURN, _pdfium.PdfDocument(path) as document:
            says: dict[str, str] = document.get_metadata_dict()
            annotated = tuple(_annotated(document, len(texts)))
    except (OSError, _pdfium.PdfiumError) as error:
        raise AssessorError(message("pdf.unreadable", file=path.name)) from error
    found = _DIGEST.match(says.get("Subject", ""))
    rubric, digest = (found[1], found[2]) if found else ("", "")
    signed, options = signed_from(options_from(says.get("Keywords", "")))
    if signed.blank:
        signed = signed_in(squeeze("".join(drawn)))
    subject, program = says.get("Author", ""), says.get("Creator", "")
    return PdfFile(texts, drawn, subject, rubric, digest, program, options, signed, annotated)


def _annotated(document: Any, count: int) -> Iterator[int]:
    for index in range(count):
        page = document[index]
        try:
            if _pdfium.raw.FPDFPage_GetAnnotCount(page):
                yield index + 1
        finally:
            page.close()


def matching_codes(found: PdfFile, expected: Sequence[PageText]) -> int:
    """Return how many pages carry a check code of the report."""
    codes = {page.code for page in expected}
    return sum(_code(text) in codes for text in found.texts)


def compare_pages(found: PdfFile, expected: Sequence[PageText]) -> Iterator[Problem]:
    """Yield what is wrong with the pages: missing, moved or foreign ones, and changed words."""
    by_code = {page.code: page for page in expected}
    codes = [_code(text) for text in found.texts]
    if len(codes) != len(expected):
        said = message("verify.page_count", expected=len(expected), found=len(codes))
        yield Problem(said, fix=message("verify.page_fix"))
    for number, code in enumerate(codes, 1):
        meant = by_code.get(code)
        yield from _place_problems(number, meant, code)
        if meant or number <= len(expected):
            yield from _changed_words(found, number, meant or expected[number - 1])
    for page in expected:
        if page.code not in codes:
            yield _page_problem("page_missing", page.number)


def _place_problems(number: int, meant: PageText | None, code: str) -> Iterator[Problem]:
    if meant is None:
        yield _page_problem("page_foreign" if code else "page_without_code", number, code=code)
    elif meant.number != number:
        yield _page_problem("page_moved", number, meant=meant.number)


def _changed_words(found: PdfFile, number: int, meant: PageText) -> Iterator[Problem]:
    wanted = (*meant.body, *meant.footer)
    difference = first_difference(wanted, found.drawn[number - 1])
    if difference is None or first_difference(wanted, found.texts[number - 1]) is None:
        return
    expected, other = told_apart(difference.expected, difference.found)
    yield _page_problem("page_differs", number, expected=expected, found=other)


def page_notes(found: PdfFile) -> Iterator[Problem]:
    """Yield what was put on the pages afterwards and is no part of the report."""
    for number in found.annotated:
        said = message("verify.page_annotated", page=number)
        yield Problem(said, place=_place(number), severity="warning")


def _page_problem(key: str, number: int, **values: object) -> Problem:
    said = message(f"verify.{key}", page=number, **values)
    return Problem(said, place=_place(number), fix=message("verify.page_fix"))


def _place(number: int) -> str:
    return f"p. {number}"


def _code(text: str) -> str:
    """Return the check code a page carries; it stands in the footer, so the last one counts."""
    codes = _CODE.findall(text)
    return str(codes[-1]) if codes else ""
