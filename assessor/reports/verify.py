"""Verifying an exported file: read it, score its data again, build the report anew, compare.

What counts is the payload; what people see is held against the report built from it. A payload
without a signature has only a digest, which anybody who alters a file on purpose can make anew:
it finds accidental change, and whoever shows a result says so (`verify.unsigned`). A signature
finds every change, and names the key it was made with.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assessor import __version__
from assessor.errors import AssessorError, Problem
from assessor.exchange.envelope import SHEET_NAME, Envelope, Options, from_rows, rows_of
from assessor.exchange.payload import Payload
from assessor.exchange.signature import NOT_SIGNED, KnownKeys, TamperCheck, tamper_check
from assessor.i18n import LANGUAGES, Message, message
from assessor.reports.build.source import ReportOptions
from assessor.reports.verify_history import (
    history_notes,
    history_problems,
    same_record,
    version_notes,
)
from assessor.reports.verify_payload import Checked, FindRubric, Source, check_payload
from assessor.reports.verify_words import told
from assessor.sheets import Limits, Workbook, read_workbook

if TYPE_CHECKING:
    from assessor.reports.verify_pages import PdfFile

__all__ = [
    "OTHER_DATA",
    "FindRubric",
    "Kind",
    "Source",
    "UnsoundError",
    "Verification",
    "signature_of_pdf",
    "source_of_workbook",
    "verify_pdf",
    "verify_workbook",
]

Kind = Literal["workbook", "pdf"]

_NOT_OURS = {"exchange.no_envelope", "exchange.envelope_newer", "exchange.payload_newer"}
"""What says that a file cannot be judged, rather than that it was altered."""
_NO_KEYS: KnownKeys = {}
OTHER_DATA = {
    f"verify.pdf_{kind}" for kind in ("other_rubric", "other_visit", "other_state", "earlier_state")
}
"""Codes of the problem of a PDF that was made from other data than it was held against."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of verifying one file; it holds when there are no `problems`.

    Problems are in the order they were found, each with its place (`sheet!cell`, page or path in
    the payload); `notes` are what deserves a remark and contradicts nothing. `digest` is that of
    the canonical payload, `options` are the choices the report records. `tamper` is what came of
    checking the signature; of a PDF that was held against other data than its own, over those that
    it names. An altered one is among the problems, too.
    """

    kind: Kind
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    payload: Payload | None
    digest: str
    options: Options = ()
    tamper: TamperCheck = NOT_SIGNED

    @property
    def holds(self) -> bool:
        """Whether nothing contradicts the payload."""
        return not self.problems


def verify_workbook(
    path: Path,
    find_rubric: FindRubric,
    against: Source | None = None,
    limits: Limits | None = None,
    known: KnownKeys = _NO_KEYS,
) -> Verification:
    """Verify an exported workbook; with `against` it must also be of exactly that data. `known` are
    the enrolled keys.

    Raises `AssessorError` when the file cannot be read, is no export, or is of a newer format.
    """
    book = read_workbook(path, limits)
    try:
        envelope = _envelope(book)
    except AssessorError as error:
        if error.message.key in _NOT_OURS:
            raise
        return _damaged(error)
    tamper = tamper_check(envelope.payload_text, envelope.signed, known)
    checked = _checked(envelope, find_rubric)
    problems = [
        *_altered(tamper, SHEET_NAME),
        *_other_data(checked, envelope, against),
        *checked.problems,
    ]
    notes: list[Problem] = []
    if checked.source is not None:
        differences, notes = _sheets(book, envelope, checked.source)
        problems += _with_version(differences, checked.source)
        if against is not None and not problems:
            notes += history_notes(checked.source.payload.history, against.payload.history)
            notes += version_notes(checked.source.payload, against.payload.program.version)
    data = (checked.payload, envelope.digest)
    found = (tuple(problems), tuple(notes))
    return Verification("workbook", *found, *data, envelope.options, tamper)


def verify_pdf(path: Path, source: Source, known: KnownKeys = _NO_KEYS) -> Verification:
    """Verify a PDF against the data it should be made from; `known` are the enrolled keys.

    Raises `AssessorError` when it cannot be read.
    """
    # Loads the reader of PDF files.
    from assessor.reports.verify_pages import page_notes, read_pdf  # noqa: PLC0415
    from assessor.reports.verify_state import other_report, own_signature, state_of  # noqa: PLC0415

    found = read_pdf(path)
    notes = tuple(page_notes(found))
    then = state_of(found, source)
    other = other_report(found, source, then)
    if other is not None:
        tamper = own_signature(found, known)
        problems = (*_altered(tamper), other)
        data = (source.payload, source.digest)
        return Verification("pdf", problems, notes, *data, found.options, tamper)
    source = then.source or source
    tamper = tamper_check(source.text, found.signed, known)
    differences = _with_version(_pages(found, source), source)
    problems = (*_altered(tamper), *then.problems, *differences)
    data = (source.payload, source.digest)
    return Verification("pdf", problems, (*notes, *then.notes), *data, found.options, tamper)


def _pages(found: PdfFile, source: Source) -> tuple[Problem, ...]:
    """Return how the pages differ from those of `source`."""
    from assessor.reports.pdf import expected_pages  # noqa: PLC0415 (loads the typesetter)
    from assessor.reports.verify_pages import compare_pages, matching_codes  # noqa: PLC0415

    documents = [source.document(options, found.signed) for options in _options_of(found.options)]
    expected = (expected_pages(document).pages for document in documents)
    pages = max(expected, key=lambda one: matching_codes(found, one))
    return tuple(compare_pages(found, pages))


def signature_of_pdf(path: Path, known: KnownKeys = _NO_KEYS) -> TamperCheck:
    """Check the signature of a PDF that there are no data to hold against, over those it names.

    Raises `AssessorError` when it cannot be read.
    """
    from assessor.reports.verify_pages import read_pdf  # noqa: PLC0415 (loads the reader)
    from assessor.reports.verify_state import own_signature  # noqa: PLC0415 (as above)

    return own_signature(read_pdf(path), known)


def _altered(tamper: TamperCheck, place: str = "") -> tuple[Problem, ...]:
    if tamper.reason is None:
        return ()
    said = message("verify.signature_altered", reason=tamper.reason)
    return (Problem(said, place=place, fix=message("verify.signature_altered_fix")),)


def _damaged(error: AssessorError) -> Verification:
    """Return what comes of machine data that do not agree with themselves."""
    problem = Problem(error.message, place=SHEET_NAME)
    tamper = TamperCheck("altered", reason=error.message)
    return Verification("workbook", (problem,), (), None, "", tamper=tamper)


def _with_version(differences: tuple[Problem, ...], source: Source) -> tuple[Problem, ...]:
    """Put in front that another version wrote the file: its words may differ for that alone."""
    written_by = source.payload.program.version
    if not differences or written_by == __version__:
        return differences
    said = message("verify.other_version", found=written_by, this=__version__)
    fix = message("verify.other_version_fix", found=written_by)
    return (Problem(said, fix=fix), *differences)


def _options_of(recorded: Options) -> tuple[ReportOptions, ...]:
    """Return the options a PDF may have been made with: a program that saves one again may drop
    what it records."""
    if recorded:
        return (ReportOptions.from_pairs(recorded),)
    return tuple(
        ReportOptions(language=language, photos=photos)
        for language in LANGUAGES
        for photos in (True, False)
    )


class UnsoundError(AssessorError):
    """The workbook a report was to be held against has data that do not hold themselves."""


def source_of_workbook(path: Path, find_rubric: FindRubric) -> Source:
    """Return what a report can be held against.

    Raises `AssessorError` for a file that cannot be read or is no export, `UnsoundError` when its
    data are altered or do not give the result they claim.
    """
    book = read_workbook(path, sheets=[SHEET_NAME])
    try:
        envelope = _envelope(book)
    except AssessorError as error:
        if error.message.key in _NOT_OURS:
            raise
        raise _unsound(path, error.message) from error
    tamper = tamper_check(envelope.payload_text, envelope.signed, _NO_KEYS)
    checked = _checked(envelope, find_rubric)
    problems = (*_altered(tamper, SHEET_NAME), *checked.problems)
    if problems or checked.source is None:
        raise _unsound(path, problems[0].message)
    return checked.source


def _unsound(path: Path, first: Message) -> UnsoundError:
    return UnsoundError(message("verify.against_fails", file=path.name, first=first))


def _envelope(book: Workbook) -> Envelope:
    sheet = book.sheet(SHEET_NAME)
    return from_rows(rows_of(sheet) if sheet else ())


def _checked(envelope: Envelope, find_rubric: FindRubric) -> Checked:
    return check_payload(envelope.payload_text, envelope.digest, find_rubric)


def _sheets(
    book: Workbook, envelope: Envelope, source: Source
) -> tuple[tuple[Problem, ...], list[Problem]]:
    from assessor.reports.verify_sheets import compare_sheets  # noqa: PLC0415 (only when used)

    document = source.document(ReportOptions.from_pairs(envelope.options))
    differences, notes = compare_sheets(document, book)
    warnings = [Problem(said, severity="warning") for said in book.warnings]
    return differences, [*warnings, *notes]


def _other_data(checked: Checked, envelope: Envelope, against: Source | None) -> list[Problem]:
    """Say whose data these are, when they are not those of `against`."""
    if against is None or envelope.digest == against.digest:
        return []
    if checked.payload is None:
        return []
    theirs, ours = checked.payload.history, against.payload.history
    broken = history_problems(theirs, ours, against.entries)
    if same_record(checked.payload, against.payload):
        return list(broken)
    same_visit = checked.payload.assessment.id == against.payload.assessment.id
    return [_other_visit(checked.payload, envelope, against), *(broken if same_visit else ())]


def _other_visit(payload: Payload, envelope: Envelope, against: Source) -> Problem:
    given, wanted = payload.assessment, against.payload.assessment
    if given.id != wanted.id:
        said = message(
            "verify.other_visit",
            found=told(given.enterprise.name),
            expected=told(wanted.enterprise.name),
        )
    elif given.revision != wanted.revision:
        said = message("verify.other_revision", found=given.revision, expected=wanted.revision)
    else:
        said = message(
            "verify.other_state", found=envelope.digest[:12], expected=against.digest[:12]
        )
    return Problem(said, fix=message("verify.other_fix"))
