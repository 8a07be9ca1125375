"""People's sheets against the payload, cell by cell: the careful comparison of one workbook."""

from __future__ import annotations

from collections.abc import Iterator

from assessor import __version__
from assessor.bureau.intake.payload_part import Carried
from assessor.bureau.intake.reasons import passed_on, warned
from assessor.bureau.records import Finding, Verdict
from assessor.errors import Problem
from assessor.reports.build.context import Context
from assessor.reports.build.document import report_meta
from assessor.reports.build.sheets import build_sheets
from assessor.reports.build.source import ReportOptions, ReportSource
from assessor.reports.document import Document
from assessor.reports.verify_sheets import compare_sheets, written_sheets
from assessor.reports.verify_words import told
from assessor.sheets import Sheet, Workbook

MOST = 20
_MISSING = "verify.sheet_missing"
_WARNED = {
    "verify.formulas_gone": "resaved.formulas_gone",
    "verify.sheet_hidden": "layout.sheet_hidden",
    "verify.sheet_added": "layout.sheet_added",
    "verify.lines_moved": "layout.lines_moved",
}
"""Remarks that call for a look; the others come with every saving and change nothing."""


def report_of(carried: Carried) -> Document:
    """Return the sheets as the payload and the recorded options make them, without any pages."""
    options = ReportOptions.from_pairs(carried.envelope.options)
    source = report_source(carried)
    return Document(report_meta(Context(source, options)), (), build_sheets(source, options))


def report_source(carried: Carried) -> ReportSource:
    """Return what the sheets are made from; the digest that stands on pages alone is left out."""
    program = carried.payload.program
    return ReportSource(
        rubric=carried.loaded.rubric,
        rubric_digest=carried.loaded.digest,
        assessment=carried.payload.assessment,
        card=carried.card,
        payload_digest=carried.envelope.digest,
        program=f"{program.name} {program.version}",
        history=carried.payload.history,
        signed=carried.envelope.signed,
    )


def sheet_findings(carried: Carried, document: Document, book: Workbook) -> tuple[Finding, ...]:
    """Return where people's sheets do not say what `document` says; the first cell comes first."""
    problems, notes = compare_sheets(document, book)
    lost = [problem for problem in problems if problem.code == _MISSING]
    differing = [problem for problem in problems if problem.code != _MISSING]
    found = [passed_on("resaved.sheet_missing", Verdict.WARNING, p.message, p.place) for p in lost]
    found += _differences(differing, carried, document)
    found += _remarks(notes, document, book)
    return tuple(found)


def _differences(
    problems: list[Problem], carried: Carried, document: Document
) -> Iterator[Finding]:
    if problems and carried.payload.program.version != __version__:
        # Another version words its sheets in another way; nothing can be held against them.
        sheet, cell = _place(problems[0])
        version = carried.payload.program.version
        yield warned("layout", "other_version", sheet, cell, found=version, this=__version__)
        return
    titles = {sheet.key: sheet.title for sheet in document.sheets}
    for problem in problems[:MOST]:
        sheet, cell = _place(problem)
        code = _difference(problem, sheet, titles, carried)
        yield passed_on(code, Verdict.REJECTED, problem.message, sheet, cell)


def _difference(problem: Problem, sheet: str, titles: dict[str, str], carried: Carried) -> str:
    expected = problem.message.values.get("expected")
    enterprise = carried.payload.assessment.enterprise
    if sheet == titles.get("cover"):
        if expected == told(enterprise.name):
            return "tamper.other_enterprise"
        if enterprise.credit_code and expected == told(enterprise.credit_code):
            found = str(problem.message.values.get("found"))
            return "identity.code_as_number" if _is_number(found) else "tamper.other_enterprise"
    if sheet == titles.get("evidence"):
        return "tamper.evidence"
    return "tamper.figure"


def _is_number(text: str) -> bool:
    return "E+" in text or (text.isascii() and text.isdigit() and text.endswith("000"))


def _remarks(notes: tuple[Problem, ...], document: Document, book: Workbook) -> Iterator[Finding]:
    moved = {note.place for note in notes if note.code == "verify.lines_moved"}
    beyond = {name for name in moved if _beyond(name, document, book)} if moved else set()
    for note in notes:
        sheet, cell = _place(note)
        code = _WARNED.get(note.code)
        if code is not None and sheet not in beyond:
            yield passed_on(code, Verdict.WARNING, note.message, sheet, cell)


def _beyond(name: str, document: Document, book: Workbook) -> bool:
    """Whether what was added to a sheet stands right of or below everything that was written."""
    found, written = book.sheet(name), written_sheets(document).sheets.get(name)
    if found is None or written is None:
        return False
    return all(
        {at[axis] for at in _filled(found) if at[axis] <= _last(written, axis)}
        == {at[axis] for at in _filled(written)}
        for axis in (0, 1)
    )


def _filled(sheet: Sheet) -> list[tuple[int, int]]:
    return [at for at, cell in sheet.cells.items() if cell.text or cell.formula is not None]


def _last(sheet: Sheet, axis: int) -> int:
    return max((at[axis] for at in _filled(sheet)), default=0)


def _place(problem: Problem) -> tuple[str, str]:
    sheet, _, cell = problem.place.rpartition("!")
    return (sheet, cell) if sheet else (problem.place, "")
