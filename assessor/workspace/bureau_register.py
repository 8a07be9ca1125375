"""Register files as the window asks for them: made, read whole, one visit, the file behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from assessor.bureau.records import Finding, Verdict, VisitRecord
from assessor.bureau.register import (
    LogRow,
    Register,
    RegisterInfo,
    VisitRow,
    open_register,
)
from assessor.bureau.register.queries import Filter
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.rubrics.catalog import list_rubrics
from assessor.rubrics.models import Rubric
from assessor.storage.atomic import ensure_new

__all__ = [
    "Finding",
    "LogRow",
    "Register",
    "RegisterInfo",
    "Snapshot",
    "Verdict",
    "VisitRecord",
    "VisitRow",
    "file_behind",
    "make_register",
    "quarantine_of",
    "read_register",
    "visit_record",
]

SUFFIX = ".register"


@dataclass(frozen=True)
class Snapshot:
    """What a register held when it was read.

    `visits` are all visits in all their revisions, `log` every line of the intake's log, the
    latest first. `revisions` are all rows, the newest first, of visits that came more than once, by
    their id. `rubrics` are the newest rubrics by id, to say the names of what is in it.
    """

    path: Path
    info: RegisterInfo
    visits: tuple[VisitRow, ...]
    log: tuple[LogRow, ...]
    revisions: Mapping[str, tuple[VisitRow, ...]]
    rubrics: Mapping[str, Rubric]


def make_register(path: Path) -> None:
    """Make an empty register; raises `AssessorError` where there is a file already."""
    ensure_new(path)
    open_register(path, create=True).close()


def read_register(path: Path) -> Snapshot:
    """Return everything in a register that is shown in lists; raises `AssessorError`."""
    with closing(open_register(path, read_only=True)) as register:
        info = register.info()
        visits = tuple(register.visits(Filter(all_revisions=True)))
        log = tuple(register.log())[::-1]
    return Snapshot(path, info, visits, log, _revisions(visits), known_rubrics())


def _revisions(visits: Iterable[VisitRow]) -> Mapping[str, tuple[VisitRow, ...]]:
    found: dict[str, list[VisitRow]] = {}
    for one in visits:
        # A visit in its first and only revision is the common case, and needs no list.
        if one.revision > 1 or not one.newest:
            found.setdefault(one.visit_id, []).append(one)
    return {
        visit: tuple(sorted(rows, key=lambda row: -row.revision)) for visit, rows in found.items()
    }


def known_rubrics() -> Mapping[str, Rubric]:
    """Return the newest usable rubric of every id."""
    found: dict[str, Rubric] = {}
    for entry in list_rubrics():
        if entry.loaded is not None:
            found.setdefault(entry.id, entry.loaded.rubric)
    return found


def visit_record(path: Path, visit_id: str, revision: int) -> VisitRecord:
    """Return one visit with all its figures; raises `AssessorError` when it is not there."""
    with closing(open_register(path, read_only=True)) as register:
        try:
            return register.record(visit_id, revision)
        except KeyError as error:
            raise AssessorError(message("ui_bureau.no_visit", visit=visit_id)) from error


def quarantine_of(register: Path) -> Path:
    """Return the folder beside a register that gets a copy of every refused file."""
    return register.with_name(f"{register.stem}-quarantine")


def file_behind(name: str, sha256: str, folders: Iterable[Path], register: Path) -> Path | None:
    """Return the file that a line of the log is about, found by its name and its bytes.

    Looked for in the folders workbooks were taken from and in the quarantine; `None` when it is
    no longer there or has changed.
    """
    parts = Path(name)
    wanted = [place for folder in folders for place in (folder / parts, folder.parent / parts)]
    kept = sorted(quarantine_of(register).glob(f"{sha256[:12]}-*")) if sha256 else []
    return next((path for path in (*wanted, *kept) if _is(path, sha256)), None)


def _is(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return not sha256 or file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False
