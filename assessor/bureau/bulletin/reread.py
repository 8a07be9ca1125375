"""Everything written is read again by another program's reader before it counts as written."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from assessor.bureau.bulletin.book import Part, cell_value
from assessor.bureau.bulletin.docx_file import docx_texts
from assessor.bureau.bulletin.grid import Grid
from assessor.errors import AssessorError
from assessor.i18n import Language, message
from assessor.reports.pdf import PdfSummary
from assessor.reports.pdf_text import drawn_texts, first_difference
from assessor.sheets import cell_name, safe_text

_calamine: Any = import_module("python_calamine")  # imported by name, it carries no types


class NotAsWrittenError(AssessorError):
    """A file does not say what was written into it."""

    def __init__(self, path: Path, place: str) -> None:
        super().__init__(message("bureau_stats.not_as_written", file=path.name, place=place))


def check_book(path: Path, parts: Sequence[Part], language: Language) -> None:
    """Hold every cell of the summary workbook against its grid."""
    book = _calamine.CalamineWorkbook.from_path(str(path))
    try:
        for part in parts:
            found = book.get_sheet_by_name(part.sheet).to_python(skip_empty_area=False)
            _check_part(path, part, found, language)
    finally:
        book.close()


def _check_part(
    path: Path, part: Part, found: Sequence[Sequence[object]], language: Language
) -> None:
    kinds = [column.kind for column in part.grid.columns]
    for row, line in enumerate(part.grid.lines, part.head + 1):
        cells = found[row] if row < len(found) else ()
        for at, value in enumerate(line.values):
            wanted = cell_value(value, kinds[at], language, hidden=at in line.hidden)
            if not _same(wanted, cells[at] if at < len(cells) else ""):
                raise NotAsWrittenError(path, f"{part.sheet}!{cell_name(row + 1, at + 1)}")


def _same(wanted: Decimal | str, found: object) -> bool:
    if isinstance(wanted, Decimal):
        # Readers give binary numbers; the shortest digits of one are those that were written.
        return isinstance(found, int | float) and Decimal(repr(found)) == wanted
    return found == safe_text(wanted)


def check_csv(path: Path, grid: Grid, rows: Sequence[Sequence[str]]) -> None:
    """Hold a CSV file against the rows it was made from, headings included."""
    heads = [column.key for column in grid.columns]
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, (wanted, found) in enumerate(_beside([heads, *rows], csv.reader(file)), 1):
            if wanted is None or list(wanted) != found:
                raise NotAsWrittenError(path, str(number))


def _beside(
    wanted: Sequence[Sequence[str]], found: Iterator[list[str]]
) -> Iterator[tuple[Sequence[str] | None, list[str] | None]]:
    at = 0
    for row in found:
        yield (wanted[at] if at < len(wanted) else None), row
        at += 1
    if at < len(wanted):
        yield wanted[at], None


def check_pdf(path: Path, summary: PdfSummary) -> None:
    """Hold the words of every page against those that were set."""
    pages = drawn_texts(path)
    if len(pages) != len(summary.pages):
        raise NotAsWrittenError(path, str(len(pages)))
    for found, page in zip(pages, summary.pages, strict=True):
        if first_difference((*page.body, *page.footer), found) is not None:
            raise NotAsWrittenError(path, str(page.number))


def check_docx(path: Path, written: Sequence[str]) -> None:
    """Hold every paragraph of the editable document against what was written."""
    found = docx_texts(path)
    for number, (one, other) in enumerate(zip(found, written, strict=False), 1):
        if one != other:
            raise NotAsWrittenError(path, str(number))
    if len(found) != len(written):
        raise NotAsWrittenError(path, str(len(found)))
