"""The files of a report: what they are called, and how they get their names all at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.storage.atomic import aside, put_in_place
from assessor.storage.errors import MissingError, translated
from assessor.workspace.snapshot import Record

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST_NAME = 80

WORKBOOK, PDF = ".xlsx", ".pdf"


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """The files that were written and verified; `None` for what was not asked for."""

    pdf: Path | None
    workbook: Path | None
    payload_digest: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A file in the making: where it is written, and the name it gets when it holds."""

    path: Path
    final: Path


def make_folder(folder: Path) -> None:
    """Make a folder to write to, unless it is there; raises `AssessorError` where it cannot be."""
    if folder.exists() and not folder.is_dir():
        raise AssessorError(message("visit.not_a_folder", path=str(folder)))
    with translated(folder):
        folder.mkdir(parents=True, exist_ok=True)


def file_name(visit: Record) -> str:
    """Return the name of the report's files without ending: enterprise, rubric, revision."""
    assessment = visit.assessment
    title = visit.loaded.rubric.short_title.pick("zh")
    name = f"{assessment.enterprise.name}-{title}-r{assessment.revision}"
    return _UNFIT.sub("_", name).strip(" .")[:_LONGEST_NAME]


def reports_in(record: Record, folder: Path) -> tuple[Path, ...]:
    """Return the files in `folder` that writing the report there would replace."""
    name = file_name(record)
    paths = (folder / f"{name}{PDF}", folder / f"{name}{WORKBOOK}")
    return tuple(path for path in paths if path.exists())


@contextmanager
def drafts_of(
    record: Record, folder: Path, *, pdf: bool = True, workbook: bool = True
) -> Iterator[tuple[Draft, ...]]:
    """Give names aside for the files of a report in `folder`, which is made if it is absent.

    When the block ends without an exception all of them get their real names; whatever ends it,
    nothing stays under the others. Raises `AssessorError` where the folder cannot be written to.
    """
    make_folder(folder)
    name = file_name(record)
    endings = [ending for ending, wanted in ((WORKBOOK, workbook), (PDF, pdf)) if wanted]
    with ExitStack() as ways_out:
        drafts: list[Draft] = []
        for path in (folder / f"{name}{ending}" for ending in endings):
            ways_out.enter_context(translated(path))
            drafts.append(Draft(ways_out.enter_context(aside(path)), path))
        ways_out.enter_context(_folder_named(folder))
        yield tuple(drafts)
        for draft in drafts:
            put_in_place(draft.path, draft.final)


@contextmanager
def _folder_named(folder: Path) -> Iterator[None]:
    """Of a folder that went away meanwhile say that, not what is missing for want of it."""
    try:
        yield
    except (AssessorError, OSError) as error:
        if folder.is_dir():
            raise
        raise MissingError(message("storage.folder_missing", folder=str(folder))) from error


def as_report_files(drafts: tuple[Draft, ...], digest: str) -> ReportFiles:
    """Return the files that drafts have become."""
    by_ending = {draft.final.suffix: draft.final for draft in drafts}
    return ReportFiles(by_ending.get(PDF), by_ending.get(WORKBOOK), digest)
