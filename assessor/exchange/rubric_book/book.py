"""The two ways: a rubric to its workbook, a workbook to its rubric."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assessor.canonical import canonical_json
from assessor.errors import AssessorError, Problem, ProblemsError
from assessor.exchange.imported import Places
from assessor.exchange.refusals import refused
from assessor.exchange.rubric_book.assembled import Assembly
from assessor.exchange.rubric_book.drawing import BOOK, BOOK_VERSION, draw_book
from assessor.exchange.rubric_book.reading import ReadRow, SheetReader, hang
from assessor.exchange.rubric_book.rows import book_of
from assessor.exchange.rubric_book.shapes import ROOT
from assessor.exchange.rubric_book.tables import layout
from assessor.i18n import DEFAULT_LANGUAGE, Language, message
from assessor.rubrics.loader import LoadedRubric, loads
from assessor.sheets import Limits, Sheet, Workbook, read_workbook

LIMITS = Limits(cells=1_000_000, seconds=60.0, memory_bytes=1024 * 1024 * 1024)
"""A rubric of 2,000 criteria fills 200,000 cells; what a rubric itself may hold stays the bound."""


@dataclass(frozen=True)
class ReadBook:
    """A rubric read from a workbook.

    `content` is its file, laid out like the rubrics that come with the program.
    """

    loaded: LoadedRubric
    content: bytes
    file: str
    places: Places

    def locate(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return the problems of a rubric's checks, placed in the workbook by sheet and cell."""
        return tuple(
            replace(one, file=self.file, place=self.places.of(one.place)) for one in problems
        )


def rubric_workbook(loaded: LoadedRubric, language: Language = DEFAULT_LANGUAGE) -> bytes:
    """Return the workbook (.xlsx) of a rubric: every value in one cell, no formula.

    Raises `AssessorError` for a text that is longer than a cell can be.
    """
    return draw_book(loaded, book_of(loaded.data), language)


def read_rubric_workbook(path: Path, limits: Limits = LIMITS) -> ReadBook:
    """Read a rubric from its workbook.

    Raises `AssessorError` when the file is no such workbook, `ProblemsError` listing every faulty
    cell. Whether the rubric makes sense is asked of `assessor.rubrics.checks`.
    """
    workbook = read_workbook(path, limits)
    _check_guide(path.name, workbook)
    reader = SheetReader()
    assembly = _assembled(workbook, reader)
    content = rubric_text(assembly.data)
    places = Places(assembly.places, extends=False)
    loaded, refusals = _loaded(path.name, content, places)
    found = [*reader.problems, *_unseen(refusals, reader.problems)]
    if found or loaded is None:
        located = tuple(replace(problem, file=path.name) for problem in found)
        raise refused("rubric_book.refused", located, file=path.name)
    return ReadBook(loaded, content, path.name, places)


def rubric_text(data: Mapping[str, object]) -> bytes:
    """Return a rubric's data as its file."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def same_rubric(one: LoadedRubric, other: LoadedRubric) -> bool:
    """Return whether two rubrics say the same, layout and order of keys aside."""
    return canonical_json(one.data) == canonical_json(other.data)


def _check_guide(file: str, workbook: Workbook) -> None:
    found = next((sheet for sheet in workbook.sheets if _mark(sheet) == BOOK), None)
    if found is None:
        raise AssessorError(message("rubric_book.not_a_book", file=file))
    cell = found.at("B1")
    version = cell.text.strip() if cell else ""
    if version != str(BOOK_VERSION):
        raise AssessorError(
            message("rubric_book.newer_book", file=file, found=version[:20], known=BOOK_VERSION)
        )


def _mark(sheet: Sheet) -> str:
    cell = sheet.at("A1")
    return cell.text.strip() if cell else ""


def _assembled(workbook: Workbook, reader: SheetReader) -> Assembly:
    sheets: dict[str, Sheet] = {}
    for sheet in workbook.sheets:
        mark = _mark(sheet)
        if mark in sheets:
            reader.refuse(f"{sheet.name} A1", "sheet_twice", table=mark)
        elif mark == ROOT or mark in layout().tables:
            sheets[mark] = sheet
    empty = Sheet(ROOT, {})
    root = reader.root(sheets.get(ROOT, empty))
    tables = layout().tables
    rows: dict[str, list[ReadRow]] = {
        name: list(reader.table(tables[name], sheet))
        for name, sheet in sheets.items()
        if name != ROOT
    }
    hang(rows, reader)
    assembly = Assembly(reader)
    assembly.build(root, rows)
    return assembly


def _loaded(
    file: str, content: bytes, places: Places
) -> tuple[LoadedRubric | None, tuple[Problem, ...]]:
    try:
        return loads(content, file), ()
    except ProblemsError as error:
        return None, tuple(replace(one, place=places.of(one.place)) for one in error.problems)


def _unseen(refusals: Iterable[Problem], known: Iterable[Problem]) -> list[Problem]:
    """Leave out what only follows from a cell that could not be read."""
    seen = {problem.place for problem in known}
    return [problem for problem in refusals if problem.place not in seen]
