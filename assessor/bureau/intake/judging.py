"""One file judged: container, payload, people's sheets, values. Runs in a process that may die."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from assessor.assessment import Assessment
from assessor.bureau.intake.container import archive_warnings, refusal
from assessor.bureau.intake.looks import absurd_counts, look_findings
from assessor.bureau.intake.machine_sheet import machine_sheet_of
from assessor.bureau.intake.payload_part import Bench, Carried, open_payload
from assessor.bureau.intake.people_sheets import report_of, sheet_findings
from assessor.bureau.intake.reasons import verdict_of
from assessor.bureau.intake.record_of import record_of
from assessor.bureau.intake.value_checks import value_findings
from assessor.bureau.records import Finding, Verdict, VisitRecord
from assessor.rules.card import ScoreCard
from assessor.sheets import Limits, SheetError, read_xlsx
from assessor.sheets.package import Package
from assessor.sheets.precheck import check_kind, check_size, foreign, open_archive


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one file by itself; whether it fits the others is asked later.

    `sha256` and `size` are of the bytes that were judged, the digest empty when they were not read.
    """

    sha256: str
    size: int
    findings: tuple[Finding, ...]
    record: VisitRecord | None = None


def judge(path: Path, bench: Bench, today: date, limits: Limits) -> Judged:
    """Judge one file; whatever it holds, the answer is findings and perhaps a record."""
    digest, size = "", 0
    try:
        check_size(path, limits)
        content = path.read_bytes()
        digest, size = sha256(content).hexdigest(), len(content)
        if check_kind(path) != "zip":
            raise foreign(path, "csv")
        findings, carried = _looked_at(path, bench, today, limits)
    except SheetError as error:
        return Judged(digest, size, (refusal(error),))
    if carried is None or verdict_of(findings) is Verdict.REJECTED:
        return Judged(digest, size, findings)
    own = _own_card(carried, bench)
    return Judged(digest, size, findings, record_of(carried, own))


def _looked_at(
    path: Path, bench: Bench, today: date, limits: Limits
) -> tuple[tuple[Finding, ...], Carried | None]:
    with open_archive(path, limits) as archive:
        absurd = absurd_counts(archive, archive.namelist())
        if absurd is not None:
            return (absurd,), None
        findings = [*archive_warnings(archive)]
        book = read_xlsx(path, limits)
        machine = machine_sheet_of(book.sheets)
        opened = open_payload(machine, bench)
        findings += opened.findings
        carried = opened.carried
        if carried is None or verdict_of(findings) is Verdict.REJECTED:
            return tuple(findings), None
        document = report_of(carried)
        findings += sheet_findings(carried, document, book)
        findings += look_findings(Package(path.name, archive), document)
        findings += value_findings(
            carried.payload, carried.envelope.payload_text, today, machine.payload_cell
        )
        return tuple(findings), carried


def _own_card(carried: Carried, bench: Bench) -> ScoreCard | None:
    """Return the score of the enterprise's own answers, as reports have it."""
    assessment: Assessment = carried.payload.assessment
    own = assessment.self_assessment
    if own is None:
        return None
    told = assessment.model_copy(update={"answers": own.answers})
    return bench.scorers.score(carried.loaded, told)
