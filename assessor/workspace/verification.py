"""Verifying files: finding the rubric and what a file is held against, and judging drafts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from assessor.assessment import RubricRef
from assessor.errors import AssessorError, ProblemsError
from assessor.exchange.payload import build_payload, payload_digest, read_payload
from assessor.exchange.signature import UNSIGNED, KnownKeys, Signed, TamperCheck
from assessor.i18n import message
from assessor.reports.build import ReportOptions
from assessor.reports.verify import (
    OTHER_DATA,
    FindRubric,
    Source,
    UnsoundError,
    Verification,
    signature_of_pdf,
    source_of_workbook,
    verify_pdf,
    verify_workbook,
)
from assessor.rubrics.catalog import get
from assessor.rubrics.loader import LoadedRubric
from assessor.sheets import Limits
from assessor.sheets.limits import MEGABYTE
from assessor.workspace.enrolment import known_keys
from assessor.workspace.snapshot import Record
from assessor.workspace.visits import opened

VISIT, WORKBOOKS, PDF = ".assessment", (".xlsx", ".xlsm"), ".pdf"

_OWN_LIMITS = Limits(packed_bytes=200 * MEGABYTE, cells=2_000_000, seconds=120.0)
"""Of files this program has just written: they may be large, and the machine slow."""


@dataclass(frozen=True, slots=True)
class FileCheck:
    """One file: what came of verifying it, or why that was not possible.

    A PDF there are no data for still has a signature over the data it names: `alone` is what came
    of checking it, `None` for everything else.
    """

    path: Path
    verification: Verification | None = None
    error: AssessorError | None = None
    alone: TamperCheck | None = None

    @property
    def tamper(self) -> TamperCheck | None:
        """What came of the tamper check, `None` where nothing could be checked."""
        return self.verification.tamper if self.verification else self.alone


def verify_files(paths: Sequence[Path], against: Path | None = None) -> tuple[FileCheck, ...]:
    """Verify workbooks and PDFs, each by itself: one bad file does not keep the others from it.

    `against` is a visit file or a workbook; without it a PDF is held against the workbook among
    `paths` that goes with it. Raises `AssessorError` when `against` cannot be read; one whose data
    do not hold is the error of each file, as nothing can be held against it.
    """
    known = known_keys()
    try:
        reference = source_of(against) if against is not None else None
    except UnsoundError as error:
        return tuple(
            FileCheck(path, error=error, alone=_signature_alone(path, known)) for path in paths
        )
    find = _finder(reference)
    if reference is not None:
        for_pages = [reference]
    elif any(path.suffix.lower() == PDF for path in paths):
        for_pages = list(_sound_workbooks(paths, find))
    else:
        for_pages = []
    held = _Held(reference, for_pages, find, known)
    return tuple(held.check(path) for path in paths)


def source_of(path: Path) -> Source:
    """Return the data of a visit file or an exported workbook, to hold reports against.

    Raises `AssessorError` when the file cannot be read or its data do not hold.
    """
    suffix = path.suffix.lower()
    if suffix == VISIT:
        with opened(path, read_only=True) as visit:
            if problems := visit.file.verify_history():
                raise ProblemsError(message("verify.history_broken", file=path.name), problems)
            return replace(source_of_visit(visit), entries=visit.file.history_digests())
    if suffix in WORKBOOKS:
        return source_of_workbook(path, find_rubric)
    raise AssessorError(message("verify.against_kind", file=path.name))


def source_of_visit(visit: Record) -> Source:
    """Return the data of a visit as they are now, or were when the snapshot was taken."""
    card = visit.score()
    data = build_payload(visit.assessment, visit.loaded, card, visit.history)
    return Source(read_payload(data), payload_digest(data), visit.loaded, card)


def find_rubric(wanted: RubricRef) -> LoadedRubric:
    """Return the installed rubric of exactly this digest; raises `AssessorError`."""
    return get(wanted.id, digest=wanted.digest)


def require_verified(
    draft: Path,
    final_path: Path,
    visit: Record,
    options: ReportOptions,
    signed: Signed = UNSIGNED,
) -> None:
    """Raise `AssessorError` unless a file just written says exactly what the visit says, and
    carries the signature `signed`.

    The kind of file goes by `final_path`, whose name the draft does not have yet.
    """
    source = source_of_visit(visit)
    if final_path.suffix.lower() == PDF:
        found = verify_pdf(draft, source)
    else:
        found = verify_workbook(draft, _finder(source), source, _OWN_LIMITS)
    key = found.tamper.key_id
    if found.problems or found.options != options.as_pairs() or key != signed.key_id:
        first = found.problems[0] if found.problems else None
        reason = first.message if first else message("verify.options_lost")
        place = first.place if first and first.place else "-"
        raise AssessorError(
            message("verify.written_wrongly", file=final_path.name, place=place, reason=reason)
        )


def _finder(source: Source | None) -> FindRubric:
    """Return where rubrics are looked for: first in what a file is held against."""

    def find(wanted: RubricRef) -> LoadedRubric:
        if source is not None and source.loaded.digest == wanted.digest:
            return source.loaded
        return find_rubric(wanted)

    return find


def _sound_workbooks(paths: Sequence[Path], find: FindRubric) -> Iterator[Source]:
    """Yield the data of the workbooks that a PDF beside them can be held against."""
    for path in paths:
        if path.suffix.lower() in WORKBOOKS:
            with suppress(AssessorError):
                yield source_of_workbook(path, find)


@dataclass(frozen=True, slots=True)
class _Held:
    """What files are held against: one reference or none, sources for pages, rubrics, keys."""

    reference: Source | None
    for_pages: Sequence[Source]
    find: FindRubric
    known: KnownKeys

    def check(self, path: Path) -> FileCheck:
        try:
            return FileCheck(path, self._verify(path))
        except AssessorError as error:
            return FileCheck(path, error=error, alone=_signature_alone(path, self.known))

    def _verify(self, path: Path) -> Verification:
        suffix = path.suffix.lower()
        if suffix in WORKBOOKS:
            return verify_workbook(path, self.find, self.reference, known=self.known)
        if suffix != PDF:
            raise AssessorError(message("verify.unknown_kind", file=path.name))
        return _verify_pdf(path, self.for_pages, self.known)


def _signature_alone(path: Path, known: KnownKeys) -> TamperCheck | None:
    if path.suffix.lower() != PDF:
        return None
    try:
        return signature_of_pdf(path, known)
    except AssessorError:
        return None


def _verify_pdf(path: Path, sources: Sequence[Source], known: KnownKeys) -> Verification:
    """Hold a PDF against the one of `sources` it was made from, or the only one there is."""
    found = [verify_pdf(path, source, known) for source in sources]
    theirs = [one for one in found if all(p.code not in OTHER_DATA for p in one.problems)]
    fitting = theirs or found
    if len(fitting) != 1 and not any(one.holds for one in fitting):
        raise AssessorError(message("verify.against_needed"))
    return min(fitting, key=lambda one: len(one.problems))
