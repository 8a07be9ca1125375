"""A rubric being edited: every change can be undone, checked beside the window, kept as a version.

The draft is plain data, so that it may be wrong for a while; nothing of the rubric it began with is
ever written over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from assessor.analysis.golden import check_golden_cases
from assessor.errors import AssessorError, Problem, ProblemsError
from assessor.exchange.rubric_book.book import rubric_text, same_rubric
from assessor.i18n import message
from assessor.paths import user_folder
from assessor.rubrics.base import LocalText
from assessor.rubrics.checks import check
from assessor.rubrics.json_text import Path as JsonPath
from assessor.rubrics.loader import LoadedRubric, load, loads
from assessor.storage.atomic import aside, ensure_new, put_in_place
from assessor.storage.errors import translated
from assessor.workspace.rubric_versions import version_number, versions_of

_VERSION = re.compile(r"[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}", re.ASCII)
REMOVED: object = object()
"""What is put at a place to take it away."""


@dataclass(frozen=True)
class _Step:
    path: JsonPath
    before: object
    after: object


class RubricDraft:
    """The data of a rubric, changed step by step; never raises, whatever is put into it."""

    def __init__(self, base: LoadedRubric) -> None:
        self.base = base
        self._data: object = base.data
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    @property
    def data(self) -> dict[str, object]:
        """The present data; not to be changed in place."""
        return self._data if isinstance(self._data, dict) else {}

    @property
    def changed(self) -> bool:
        """Whether it differs from the rubric it began with."""
        return self._data != self.base.data

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return bool(self._undone)

    def put(self, path: JsonPath, value: object) -> bool:
        """Put a value at a place (`REMOVED` takes it away); `False` when nothing changes.

        Typing on in one place is one step.
        """
        before, after = self._data, changed_at(self._data, path, value)
        if after == before:
            return False
        last = self._done[-1] if self._done and not self._undone else None
        if last is not None and last.path == path and isinstance(value, str):
            before = self._done.pop().before
        self._done.append(_Step(path, before, after))
        self._undone.clear()
        self._data = after
        return True

    def append(self, path: JsonPath, value: object) -> None:
        """Put a value at the end of a list, which is made where it is missing."""
        listed = at(self._data, path)
        self.put(path, [*listed, value] if isinstance(listed, list) else [value])

    def undo(self) -> JsonPath | None:
        """Take the last step back; return where it was."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        self._data = step.before
        return step.path

    def redo(self) -> JsonPath | None:
        """Do the last step again that was taken back; return where it is."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        self._data = step.after
        return step.path


def at(data: object, path: JsonPath) -> object:
    """Return what stands at a place, `None` where there is nothing."""
    for step in path:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def changed_at(data: object, path: JsonPath, value: object) -> object:
    """Return the data with another value at a place; what is not on the way there is shared."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        entries = list(data) if isinstance(data, list) else []
        if step >= len(entries):
            return data
        entries[step] = changed_at(entries[step], rest, value)
        return [one for one in entries if one is not REMOVED]
    held = dict(data) if isinstance(data, dict) else {}
    below = changed_at(held.get(step), rest, value)
    if below is REMOVED:
        held.pop(step, None)
    else:
        held[step] = below
    return held


@dataclass(frozen=True)
class CaseStanding:
    """One golden case: `differs` is empty when it comes out as expected."""

    id: str
    text: LocalText
    differs: tuple[Problem, ...]


@dataclass(frozen=True)
class Standing:
    """What is to be said of a draft; without `loaded` it does not fit the format.

    Golden cases are run only where the linter finds no error; `ran` says whether they were.
    """

    loaded: LoadedRubric | None
    problems: tuple[Problem, ...]
    cases: tuple[CaseStanding, ...] = ()
    ran: bool = False

    @property
    def usable(self) -> bool:
        """Whether nothing is wrong but warnings."""
        found = [*self.problems, *(one for case in self.cases for one in case.differs)]
        return self.loaded is not None and not _errors(found)


def standing_of(data: dict[str, object], name: str, still_wanted: Callable[[], None]) -> Standing:
    """Check a draft with everything there is; `still_wanted` may raise to end it early."""
    try:
        loaded = loads(rubric_text(data), name)
    except ProblemsError as error:
        return Standing(None, error.problems)
    still_wanted()
    problems = tuple(check(loaded.rubric))
    if _errors(problems):
        return Standing(loaded, problems)
    found: list[Problem] = []
    for problem in check_golden_cases(loaded.rubric):
        still_wanted()
        found.append(problem)
    cases = tuple(
        CaseStanding(case.id, case.text, tuple(one for one in found if one.subject == case.id))
        for case in loaded.rubric.golden
    )
    return Standing(loaded, problems, cases, ran=True)


def _errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def next_version(version: str) -> str:
    """Return the version a changed rubric would usually get: `1.2.3` becomes `1.3.0`."""
    parts = [int(part) for part in version.split(".")]
    return f"{parts[0]}.{parts[1] + 1}.0"


def with_version(draft: RubricDraft, version: str) -> LoadedRubric:
    """Return the draft as a rubric of another version.

    Raises `AssessorError` for a version that is none or not newer than the one it began with, and
    for a draft that does not fit the format.
    """
    wanted = version.strip()
    base = draft.base.rubric.version
    if not _VERSION.fullmatch(wanted):
        raise AssessorError(message("rubric_draft.no_version", given=wanted))
    if version_number(wanted) <= version_number(base):
        raise AssessorError(message("rubric_draft.not_newer", given=wanted, base=base))
    data = changed_at(draft.data, ("version",), wanted)
    return loads(rubric_text(data if isinstance(data, dict) else {}), f"{wanted}.json")


def save_version(loaded: LoadedRubric, folder: Path | None = None) -> Path:
    """Write a new version into the person's own folder of rubrics; return its file.

    Raises `AssessorError` when the version is there already, shipped or own, when the rubric does
    not make sense, or when the file cannot be written.
    """
    rubric = loaded.rubric
    number = version_number(rubric.version)
    if any(version == number for version, _ in versions_of(rubric.id)):
        raise AssessorError(
            message("rubric_draft.version_there", id=rubric.id, version=rubric.version)
        )
    standing = standing_of(loaded.data, loaded.name, lambda: None)
    if not standing.usable:
        raise AssessorError(message("rubric_draft.not_usable"))
    place = folder or user_folder() / "rubrics"
    path = place / f"{rubric.id}-{rubric.version}.json"
    with translated(path):
        place.mkdir(parents=True, exist_ok=True)
        ensure_new(path)
        with aside(path) as draft:
            draft.write_bytes(rubric_text(loaded.data))
            if not same_rubric(loaded, load(draft)):
                raise AssessorError(message("rubric_book.not_the_same", file=path.name))
            put_in_place(draft, path)
    return path
