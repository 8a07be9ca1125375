"""Tables a bureau fills in itself: roster, decisions, plan targets, read from a workbook.

A table is taken whole or not at all: every fault is told with its cell, and nothing is entered
while there is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from assessor.bureau.bulletin.naming import Naming
from assessor.bureau.register import Decision, DecisionKind, Expected, PlanTarget
from assessor.credit_code import check_credit_code
from assessor.errors import Problem, ProblemsError
from assessor.i18n import LANGUAGES, message, text
from assessor.rubrics.models import Rubric
from assessor.sheets import Cell, Sheet, cell_name, read_workbook

_DATE = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})(?!\d)")
_T = TypeVar("_T")
_HEADS = (
    "cycle",
    "credit_code",
    "enterprise",
    "district",
    "due",
    "rubric",
    "tier",
    "kind",
    "decided",
    "document",
    "year",
    "target",
    "source",
)


def read_roster(path: Path) -> tuple[Expected, ...]:
    """Return who is expected; raises `AssessorError` with every fault and its cell."""
    return _read(path, ("cycle", "enterprise"), _expected)


def read_decisions(path: Path, rubrics: Mapping[str, Rubric]) -> tuple[Decision, ...]:
    """Return the decisions in a workbook; raises `AssessorError` with every fault and its cell."""
    wanted = ("enterprise", "rubric", "tier", "kind", "decided")
    return _read(path, wanted, lambda row: _decision(row, rubrics))


def read_targets(path: Path, rubrics: Mapping[str, Rubric]) -> tuple[PlanTarget, ...]:
    """Return the plan's targets in a workbook; raises `AssessorError` as above."""
    wanted = ("rubric", "tier", "year", "target")
    return _read(path, wanted, lambda row: _target(row, rubrics))


class _FaultError(Exception):
    """A cell that cannot be used; the row is told and left."""

    def __init__(self, head: str, key: str, **values: object) -> None:
        super().__init__(key)
        self.head = head
        self.key = key
        self.values = values


@dataclass(frozen=True)
class _Row:
    """One filled row: its cells by what their column is about."""

    number: int
    cells: Mapping[str, Cell]
    places: Mapping[str, int]

    def words(self, head: str, *, needed: bool = False) -> str:
        cell = self.cells.get(head)
        words = cell.text.strip() if cell else ""
        if cell is not None and cell.kind in ("error", "uncomputed"):
            raise _FaultError(head, "unreadable")
        if needed and not words:
            raise _FaultError(head, "empty")
        return words

    def code(self) -> str:
        """Return the credit code as it should be; one typed as a number has lost digits."""
        cell = self.cells.get("credit_code")
        if cell is not None and cell.kind == "number":
            raise _FaultError("credit_code", "code_is_number", given=cell.text)
        given = self.words("credit_code")
        if not given:
            return ""
        found = check_credit_code(given)
        if not found.acceptable:
            raise _FaultError("credit_code", "code_wrong", given=given, likely=found.code or "—")
        return found.code

    def day(self, head: str) -> date | None:
        words = self.words(head)
        if not words:
            return None
        found = _DATE.match(words)
        try:
            year, month, day = (int(part) for part in found.groups()) if found else (0, 0, 0)
            return date(year, month, day)
        except ValueError as error:
            raise _FaultError(head, "no_date", given=words) from error

    def whole(self, head: str) -> int:
        words = self.words(head, needed=True)
        if not words.isdecimal():
            raise _FaultError(head, "no_number", given=words)
        return int(words)


def _expected(row: _Row) -> Expected:
    return Expected(
        row.words("cycle", needed=True),
        row.code(),
        row.words("enterprise", needed=True),
        row.words("district"),
        row.day("due"),
    )


def _decision(row: _Row, rubrics: Mapping[str, Rubric]) -> Decision:
    rubric = _rubric(row, rubrics)
    decided = row.day("decided")
    if decided is None:
        raise _FaultError("decided", "empty")
    return Decision(
        row.words("cycle"),
        row.code(),
        row.words("enterprise", needed=True),
        row.words("district"),
        rubric,
        _tier(row, rubric, rubrics),
        _kind(row),
        decided,
        row.words("document"),
    )


def _target(row: _Row, rubrics: Mapping[str, Rubric]) -> PlanTarget:
    rubric = _rubric(row, rubrics)
    return PlanTarget(
        rubric,
        _tier(row, rubric, rubrics),
        row.whole("year"),
        row.words("district"),
        row.whole("target"),
        row.words("source"),
    )


def _rubric(row: _Row, rubrics: Mapping[str, Rubric]) -> str:
    given = row.words("rubric", needed=True)
    for name, rubric in rubrics.items():
        titles = (rubric.short_title, rubric.title)
        said = {name, *(title.pick(language) for title in titles for language in LANGUAGES)}
        if given in said:
            return name
    raise _FaultError("rubric", "no_rubric", given=given, known=", ".join(rubrics))


def _tier(row: _Row, rubric: str, rubrics: Mapping[str, Rubric]) -> str:
    given = row.words("tier", needed=True)
    ids = Naming("zh", rubrics).tiers(rubric)
    for tier in ids:
        said = {tier, *(Naming(language, rubrics).tier(rubric, tier) for language in LANGUAGES)}
        if given in said:
            return tier
    known = ", ".join(Naming("zh", rubrics).tier(rubric, tier) for tier in ids)
    raise _FaultError("tier", "no_tier", given=given, known=known)


def _kind(row: _Row) -> DecisionKind:
    given = row.words("kind", needed=True)
    for kind in DecisionKind:
        said = {text(f"bureau_grid.decision_{kind.value}", language) for language in LANGUAGES}
        if given in said | {kind.value}:
            return kind
    known = ", ".join(text(f"bureau_grid.decision_{kind.value}", "zh") for kind in DecisionKind)
    raise _FaultError("kind", "no_kind", given=given, known=known)


def _read(path: Path, wanted: tuple[str, ...], make: Callable[[_Row], _T]) -> tuple[_T, ...]:
    made: list[_T] = []
    problems: list[Problem] = []
    sheet, rows = _rows(path, wanted)
    for row in rows:
        try:
            made.append(make(row))
        except _FaultError as fault:
            problems.append(_problem(path, sheet, row, fault))
    if problems:
        raise ProblemsError(message("bureau_stats.table_refused", file=path.name), tuple(problems))
    if not made:
        raise ProblemsError(message("bureau_stats.table_empty", file=path.name), ())
    return tuple(made)


def _problem(path: Path, sheet: Sheet, row: _Row, fault: _FaultError) -> Problem:
    column = row.places.get(fault.head, 1)
    return Problem(
        file=path.name,
        place=f"{sheet.name}!{cell_name(row.number, column)}",
        message=message(f"bureau_stats.entered_{fault.key}", **fault.values),
    )


def _rows(path: Path, wanted: tuple[str, ...]) -> tuple[Sheet, Iterator[_Row]]:
    for sheet in read_workbook(path).sheets:
        rows = sheet.rows()
        for number, cells in rows.items():
            places = _places(cells)
            if set(wanted) <= places.keys():
                return sheet, _below(rows, number, places)
    heads = ", ".join(_said(head)[0] for head in wanted)
    raise ProblemsError(message("bureau_stats.table_no_head", file=path.name, heads=heads), ())


def _below(
    rows: Mapping[int, Mapping[int, Cell]], head: int, places: Mapping[str, int]
) -> Iterator[_Row]:
    for number, cells in rows.items():
        if number > head:
            found = {name: cells[at] for name, at in places.items() if at in cells}
            if any(cell.text.strip() for cell in found.values()):
                yield _Row(number, found, places)


def _places(cells: Mapping[int, Cell]) -> dict[str, int]:
    words = {cell.text.strip().casefold(): at for at, cell in sorted(cells.items(), reverse=True)}
    found = ((head, words.get(said)) for head in _HEADS for said in _said(head))
    return {head: at for head, at in found if at is not None}


def _said(head: str) -> tuple[str, ...]:
    both = (text(f"bureau_stats.head_{head}", language) for language in LANGUAGES)
    return tuple(word.strip().casefold() for words in both for word in words.split("|"))
