"""The history of a visit for people: who did what when, from what to what, and whether it holds."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from assessor.errors import Problem
from assessor.i18n import Message
from assessor.rubrics.models import Rubric
from assessor.storage.chain import Head
from assessor.storage.checking import HistoryCheck
from assessor.storage.errors import DamagedError
from assessor.storage.file import AssessmentFile
from assessor.storage.history import LoggedEdit
from assessor.workspace.history_words import (
    Said,
    field_in_words,
    place_in_words,
    value_in_words,
)
from assessor.workspace.step_names import in_words
from assessor.workspace.visits import OpenVisit, opened

SLICE = 200
"""Entries checked at a time beside somebody's work: a few milliseconds."""

_TOLERANCE = timedelta(minutes=2)
"""Clocks are put right by seconds all the time; that is nobody's doing."""


@dataclass(frozen=True)
class ShownChange:
    """What became of one field: where it is, and its values in short; empty where there is none.

    A place that has no fields has the empty text for its field.
    """

    place: Said
    field: Said
    before: Said
    after: Said


@dataclass(frozen=True)
class ShownStep:
    """A step of the history with its changes in words; `what` names the parts of the rubric.

    `set_back` is by how much the computer's clock was set back since the step before, as the clock
    that nobody can set tells; `None` when it was not, or nobody can tell.
    """

    edit: LoggedEdit
    what: Message
    changes: tuple[ShownChange, ...]
    set_back: timedelta | None


@dataclass(frozen=True)
class HistoryView:
    """The last steps of a visit, how many there are, and what came of checking all of them.

    `problems` is `None` when nothing was checked. Without a `head` nobody knows how many there
    should be. `readable` is false where a broken entry keeps the steps from being shown.
    """

    head: Head | None
    steps: tuple[ShownStep, ...]
    problems: tuple[Problem, ...] | None
    readable: bool


class SlicedCheck:
    """Checks the history of an open visit a slice at a time; begins anew in a file opened again."""

    def __init__(self) -> None:
        self._file: AssessmentFile | None = None
        self._check: HistoryCheck | None = None

    def step(self, visit: OpenVisit) -> tuple[Problem, ...] | None:
        """Check the end first, then slice by slice; return what is wrong once all is checked,
        `None` before.

        To be called where the visit is open; raises `StorageError`.
        """
        if self._check is None or self._file is not visit.file:
            self._file, self._check = visit.file, visit.file.history_check()
            if not visit.file.history_ends_well():
                # Something is wrong: what it is, is wanted now and not when its turn comes.
                return self._check.run()
        return self._check.problems() if self._check.step(SLICE) else None


def read_history(path: Path, limit: int | None = None, *, verify: bool = False) -> HistoryView:
    """Return the history of a visit, its last `limit` steps; with `verify` all of it is checked.

    Raises `StorageError` when the visit cannot be opened; a step that makes no sense is an error
    only where nothing is checked.
    """
    with opened(path, read_only=True) as visit:
        problems = visit.file.verify_history() if verify else None
        try:
            return HistoryView(visit.file.history_head(), last_steps(visit, limit), problems, True)
        except DamagedError:
            if not problems:
                raise
            return HistoryView(visit.file.history_head(), (), problems, False)


def last_steps(visit: OpenVisit, limit: int | None) -> tuple[ShownStep, ...]:
    """Return the last steps of an open visit, the oldest first, `None` for all.

    To be called where the visit is open; raises `DamagedError` for a step that makes no sense.
    """
    edits = deque(visit.file.history(), None if limit is None else limit + 1)
    pairs = list(zip([None, *edits], edits, strict=False))
    if limit is not None:
        pairs = pairs[-limit:]
    return tuple(_step(visit.loaded.rubric, before, edit) for before, edit in pairs)


def _step(rubric: Rubric, before: LoggedEdit | None, edit: LoggedEdit) -> ShownStep:
    what = in_words(rubric, edit.what)
    return ShownStep(edit, what, tuple(_changes(rubric, edit)), _set_back(before, edit))


def _set_back(before: LoggedEdit | None, edit: LoggedEdit) -> timedelta | None:
    if before is None or not edit.run or before.run != edit.run:
        return None
    passed = timedelta(microseconds=edit.monotonic - before.monotonic)
    missing = passed - (edit.at - before.at)
    return missing if missing > _TOLERANCE else None


def _changes(rubric: Rubric, edit: LoggedEdit) -> Iterator[ShownChange]:
    for place in sorted(edit.before.keys() | edit.after.keys()):
        section, key = place
        where = place_in_words(rubric, section, key)
        for field, old, new in _fields(edit.before.get(place), edit.after.get(place)):
            named = field_in_words(field) if field else ""
            yield ShownChange(
                where,
                named,
                value_in_words(rubric, section, key, field, old),
                value_in_words(rubric, section, key, field, new),
            )


def _fields(old: object, new: object) -> Iterator[tuple[str, object, object]]:
    """Yield the fields that differ, or the whole value where it has none."""
    if not all(value is None or isinstance(value, Mapping) for value in (old, new)):
        yield "", old, new
        return
    before = old if isinstance(old, Mapping) else {}
    after = new if isinstance(new, Mapping) else {}
    for field in sorted(before.keys() | after.keys()):
        if before.get(field) != after.get(field):
            yield field, before.get(field), after.get(field)
