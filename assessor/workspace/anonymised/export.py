"""Writing an anonymised report: PDF, workbook, and beside them what was taken out."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from xml.sax.saxutils import escape

from assessor.assessment import Enterprise
from assessor.errors import AssessorError
from assessor.exchange.signature import UNSIGNED, Digests, Signed
from assessor.exchange.summary import summarise
from assessor.i18n import Language, message, text
from assessor.reports.build import ReportOptions
from assessor.reports.check_code import squeeze
from assessor.reports.pdf_text import page_texts
from assessor.scoring import Scorer
from assessor.storage.atomic import aside, put_in_place
from assessor.storage.errors import translated
from assessor.workspace.anonymised.names import Labels
from assessor.workspace.anonymised.record import Anonymised, anonymise
from assessor.workspace.anonymised.scrubber import Kind
from assessor.workspace.report_files import (
    WORKBOOK,
    Draft,
    ReportFiles,
    as_report_files,
    drafts_of,
    file_name,
    reports_in,
)
from assessor.workspace.reports import Step, fill_drafts
from assessor.workspace.snapshot import Record, Snapshot

CHECKED_FROM = 3
"""Letters of a name from which its absence is looked for in the files; shorter ones are words."""


Fill = Callable[[Snapshot, Sequence[Draft], ReportOptions, Step | None], str]
"""Writes the files of a record under the names of drafts; returns the digest of what they carry."""


@dataclass(frozen=True)
class AnonymisedFiles:
    """The files that were written, the report on what was taken out, and its counts by kind."""

    files: ReportFiles
    report: Path
    removed: Mapping[Kind, int]
    left_out: tuple[int, ...]


def _filled(
    record: Snapshot, drafts: Sequence[Draft], options: ReportOptions, step: Step | None
) -> str:
    return fill_drafts(record, drafts, options, step, unsigned)


def anonymised_record(visit: Record, options: ReportOptions) -> tuple[Snapshot, Anonymised]:
    """Return the visit without names, scored anew; raises `AssessorError`.

    The result must be the very same, or something that counts would have been taken out.
    """
    made = anonymise(visit.assessment, visit.read_blob, options.language, photos=options.photos)
    card = Scorer(visit.loaded.rubric).score(made.assessment)
    if summarise(card) != summarise(visit.score()):
        raise AssessorError(message("anonymise.changed_result"))
    return Snapshot(made.assessment, visit.loaded, card, made.pictures.__getitem__), made


def write_anonymised(
    visit: Record,
    folder: Path,
    options: ReportOptions,
    *,
    pdf: bool = True,
    workbook: bool = True,
    step: Step | None = None,
    fill: Fill = _filled,
) -> AnonymisedFiles:
    """Write the report of a visit without names into `folder`, and what was taken out beside it.

    `fill` writes the files under the names of drafts, unsigned, perhaps in another process.

    Like any report it is read again and compared; besides, no name or number of the original may
    be found in it. It is never signed and carries no logo: both would tell whose it is. Raises
    `AssessorError`; no file is left then.
    """
    snapshot, made = anonymised_record(visit, options)
    report = folder / report_name(snapshot, options.language)
    with drafts_of(snapshot, folder, pdf=pdf, workbook=workbook) as drafts:
        digest = fill(snapshot, drafts, replace(options, logo=None), step)
        _refuse_leaks(drafts, _to_look_for(made, visit))
        with translated(report), aside(report) as draft:
            lines = removal_lines(made.removed, made.left_out, options.language)
            draft.write_text("\n".join(lines) + "\n", encoding="utf-8")
            put_in_place(draft, report)
    return AnonymisedFiles(as_report_files(drafts, digest), report, made.removed, made.left_out)


def reports_in_the_way(visit: Record, folder: Path, language: Language) -> tuple[Path, ...]:
    """Return the files in `folder` that writing the report without names would replace."""
    nameless = Enterprise(name=Labels(language).enterprise)
    record = visit.assessment.model_copy(update={"enterprise": nameless})
    stand_in = Snapshot(record, visit.loaded, visit.score(), visit.read_blob)
    notes = folder / report_name(stand_in, language)
    return (*reports_in(stand_in, folder), *([notes] if notes.exists() else []))


def report_name(record: Record, language: Language) -> str:
    """Return the name of the file that says what was taken out."""
    return text("anonymise.report_name", language, name=file_name(record))


def removal_lines(
    removed: Mapping[Kind, int], left_out: Sequence[int], language: Language
) -> list[str]:
    """Return what was taken out, in words: counts by kind, never the things themselves."""
    lines = [text("anonymise.title", language), ""]
    for kind, count in removed.items():
        words = text(f"anonymise.kind_{kind}", language)
        lines.append("- " + text("anonymise.line", language, kind=words, count=count))
    if not removed:
        lines.append(text("anonymise.nothing", language))
    if left_out:
        numbers = ", ".join(map(str, left_out))
        lines.append("- " + text("anonymise.pieces_left_out", language, numbers=numbers))
    rest = [text(f"anonymise.{name}", language) for name in ("kept", "mark", "read_it")]
    return [*lines, "", *rest]


def unsigned(_: Digests) -> Signed:
    """Sign nothing."""
    return UNSIGNED


def _to_look_for(made: Anonymised, visit: Record) -> tuple[str, ...]:
    """Return the originals whose absence can be asked for: those the rubric itself does not say."""
    said = str(visit.loaded.data)
    return tuple(one for one in made.originals if len(one) >= CHECKED_FROM and one not in said)


def _refuse_leaks(drafts: Sequence[Draft], originals: Sequence[str]) -> None:
    for draft in drafts:
        content = _content_of(draft)
        found = sum(squeeze(one) in content or squeeze(escape(one)) in content for one in originals)
        if found:
            said = message("anonymise.still_there", file=draft.final.name, count=found)
            raise AssessorError(said)


def _content_of(draft: Draft) -> str:
    """Return everything a file says, without blanks: a name may go on in the next line."""
    if draft.final.suffix != WORKBOOK:
        return squeeze("".join(page_texts(draft.path)))
    with zipfile.ZipFile(draft.path) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    return squeeze("".join(part.decode("utf-8", "replace") for part in parts))
