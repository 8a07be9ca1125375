"""One file judged: container, payload, people's sheets, values. Runs in a process that may die."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from assessor.assessment import Assessment
from assessor.bureau.intake.bench import Bench
from assessor.bureau.intake.container import archive_warnings, refusal
from assessor.bureau.intake.looks import absurd_counts, look_findings
from assessor.bureau.intake.machine_sheet import MachineSheet, machine_sheet_of
from assessor.bureau.intake.payload_part import Carried, open_payload
from assessor.bureau.intake.people_sheets import report_of, sheet_findings
from assessor.bureau.intake.plain_book import machine_sheet_in, plain_book
from assessor.bureau.intake.reasons import verdict_of
from assessor.bureau.intake.record_of import record_of
from assessor.bureau.intake.value_checks import value_findings
from assessor.bureau.records import Finding, Verdict, VisitRecord
from assessor.formulas import Given
from assessor.sheets import Limits, SheetError, Workbook, read_xlsx
from assessor.sheets.package import Package
from assessor.sheets.precheck import check_kind, foreign, open_archive, read_content


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one file by itself; whether it fits the others is asked later.

    `sha256` and `size` are of the bytes that were judged, the digest empty when they were not read.
    """

    sha256: str
    size: int
    findings: tuple[Finding, ...]
    record: VisitRecord | None = None


@dataclass(frozen=True)
class _File:
    """A file and its bytes, read once: what is judged is what the digest is of."""

    path: Path
    content: bytes
    limits: Limits

    def book(self) -> Workbook:
        """Return all its cells."""
        return read_xlsx(self.path, self.limits, content=self.content)


def judge(path: Path, bench: Bench, today: date, limits: Limits) -> Judged:
    """Judge one file; whatever it holds, the answer is findings and perhaps a record."""
    digest, size = "", 0
    try:
        content = read_content(path, limits)
        digest, size = sha256(content).hexdigest(), len(content)
        if check_kind(path, content) != "zip":
            raise foreign(path, "csv")
        findings, carried = _looked_at(_File(path, content, limits), bench, today)
    except SheetError as error:
        return Judged(digest, size, (refusal(error),))
    if carried is None or verdict_of(findings) is Verdict.REJECTED:
        return Judged(digest, size, findings)
    return Judged(digest, size, findings, record_of(carried, _own_figures(carried, bench)))


def _looked_at(
    file: _File, bench: Bench, today: date
) -> tuple[tuple[Finding, ...], Carried | None]:
    with open_archive(file.path, file.limits, file.content) as archive:
        plain = plain_book(archive, file.path.name, bench.frames)
        machine = machine_sheet_in(plain) if plain is not None else None
        if plain is None or machine is None:
            return _carefully(file, archive, bench, today)
        findings = [*archive_warnings(archive)]
        opened = open_payload(machine, bench)
        findings += opened.findings
        carried = opened.carried
        if carried is None or verdict_of(findings) is Verdict.REJECTED:
            return tuple(findings), None
        if not bench.shapes.agree(carried, plain):
            findings += _compared(file, archive, carried, file.book())
        findings += _remarks(carried, today, machine)
        return tuple(findings), carried


def _carefully(
    file: _File, archive: ZipFile, bench: Bench, today: date
) -> tuple[tuple[Finding, ...], Carried | None]:
    """Judge a workbook that was not written, or not last, by this program."""
    absurd = absurd_counts(archive, archive.namelist())
    if absurd is not None:
        return (absurd,), None
    findings = [*archive_warnings(archive)]
    book = file.book()
    machine = machine_sheet_of(book.sheets)
    opened = open_payload(machine, bench)
    findings += opened.findings
    carried = opened.carried
    if carried is None or verdict_of(findings) is Verdict.REJECTED:
        return tuple(findings), None
    findings += _compared(file, archive, carried, book)
    findings += _remarks(carried, today, machine)
    return tuple(findings), carried


def _compared(file: _File, archive: ZipFile, carried: Carried, book: Workbook) -> Iterator[Finding]:
    """Yield what people's sheets say other than the payload, and what was done to their looks."""
    document = report_of(carried)
    yield from sheet_findings(carried, document, book)
    yield from look_findings(Package(file.path.name, archive), document)


def _remarks(carried: Carried, today: date, machine: MachineSheet) -> Iterator[Finding]:
    text = carried.envelope.payload_text
    yield from value_findings(carried.payload, text, today, machine.payload_cell)


def _own_figures(carried: Carried, bench: Bench) -> Mapping[str, Given]:
    """Return the figures of the enterprise's own answers, none where it gave none."""
    assessment: Assessment = carried.payload.assessment
    own = assessment.self_assessment
    if own is None:
        return {}
    told = assessment.model_copy(update={"answers": own.answers})
    return bench.scorers.figures(carried.loaded, told)
