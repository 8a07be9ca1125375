"""A small visit exported and verified for real, and a changed file that must not pass."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from assessor.assessment import Enterprise, Visit
from assessor.errors import AssessorError
from assessor.exchange.signature import UNSIGNED
from assessor.i18n import message
from assessor.reports.build import ReportOptions
from assessor.rubrics.catalog import list_rubrics
from assessor.rubrics.loader import LoadedRubric
from assessor.workspace.doctor.line import Line, Machine, advised, fine
from assessor.workspace.report_files import ReportFiles, as_report_files, drafts_of
from assessor.workspace.reports import fill_drafts
from assessor.workspace.verification import verify_files
from assessor.workspace.visits import new_visit, opened

SAMPLE = "CHECK-UP SAMPLE"
"""The name of the enterprise of the trial, which is in no language and nobody's."""
_CHANGED = "CHANGED SAMPLE!"


def trial(machine: Machine) -> Iterator[Line]:
    """Export a visit without answers, verify it, change it and verify it again."""
    with tempfile.TemporaryDirectory(prefix="assessor-") as folder:
        try:
            files = _exported(Path(folder), machine)
        except AssessorError as error:
            yield _failed("export", error)
            return
        yield fine("export", message("doctor.export"))
        yield _verified(files)


def _exported(folder: Path, machine: Machine) -> ReportFiles:
    loaded = _smallest()
    path = folder / "sample.assessment"
    new_visit(path, loaded, Enterprise(name=SAMPLE), Visit(), clock=machine.clock)
    with opened(path, read_only=True) as visit, drafts_of(visit, folder) as drafts:
        # Unsigned: a key behind a passphrase is not asked for here.
        digest = fill_drafts(visit, drafts, ReportOptions(), sign=lambda _: UNSIGNED)
    return as_report_files(drafts, digest)


def _smallest() -> LoadedRubric:
    loaded = [entry.loaded for entry in list_rubrics() if entry.loaded is not None]
    if not loaded:
        raise AssessorError(message("doctor.rubrics_broken", broken=0, count=0))
    return min(loaded, key=lambda one: len(str(one.data)))


def _verified(files: ReportFiles) -> Line:
    if files.pdf is None or files.workbook is None:
        raise RuntimeError("the trial was to write both files")
    sound = verify_files([files.workbook, files.pdf])
    for check in sound:
        if check.error is not None:
            return _failed("verify", check.error)
        if check.verification is None or not check.verification.holds:
            return advised("verify", "problem", message("doctor.verify_blind"), "reinstall")
    changed = _changed(files.workbook)
    (after,) = verify_files([changed])
    if after.error is None and after.verification is not None and after.verification.holds:
        return advised("verify", "problem", message("doctor.verify_blind"), "reinstall")
    return fine("verify", message("doctor.verify"))


def _changed(workbook: Path) -> Path:
    """Return a copy of the workbook in which the enterprise has another name everywhere."""
    target = workbook.with_name("changed.xlsx")
    before, after = SAMPLE.encode(), _CHANGED.encode()
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(target, "w") as made:
        for info in source.infolist():
            made.writestr(info, source.read(info).replace(before, after))
    return target


def _failed(area: str, error: AssessorError) -> Line:
    said = message("doctor.failed", reason=error.message)
    return advised(area, "problem", said, "reinstall", error=error.message.key)
