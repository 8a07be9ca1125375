"""The visits a person worked on last, as one reads them off a card without opening the file.

What was read of a file is remembered beside the settings, so that the start screen is there at once
and a file on a stick that is not plugged in still has a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from assessor.assessment import Assessment
from assessor.errors import AssessorError
from assessor.i18n import Message
from assessor.paths import user_folder
from assessor.rubrics.base import LocalText, Model
from assessor.rubrics.models import Rubric
from assessor.scoring import ScoreCard, shown_text
from assessor.storage.atomic import aside, put_in_place
from assessor.storage.errors import InUseError, MissingError
from assessor.workspace.visits import opened

FILE_NAME = "recent.json"
LARGEST_FILE = 1_000_000
MOST_REMEMBERED = 40

FileState = Literal["fine", "missing", "in_use", "unreadable"]


class Stamp(Model):
    """What tells whether a file is still the one that was read."""

    size: int
    changed_ns: int


class Summary(Model):
    """What a card says of a visit. `points` is the score so far as it is printed, empty where there
    is none; `result` the outcome reached."""

    enterprise: str
    rubric: LocalText
    profile: LocalText
    target: LocalText
    cycle: LocalText
    derived: bool
    asked: int
    done: int
    evidence: int
    own: bool
    """Whether it is an enterprise's assessment of itself."""
    awaited: bool
    """Whether there is a self-assessment and nothing has been answered by an assessor yet."""
    signed: bool
    complete: bool
    points: str
    result: LocalText | None


class Remembered(Model):
    """Every summary with the state of the file it was read from, by path."""

    entries: dict[str, tuple[Stamp, Summary]] = Field(default_factory=dict)


@dataclass(frozen=True)
class RecentVisit:
    """A file on the list: its state, when it was changed last, and what is known of it.

    `summary` is what was read last where the file cannot be read now, `None` where nothing ever
    was; `problem` says why it cannot.
    """

    path: Path
    state: FileState
    changed: datetime | None = None
    summary: Summary | None = None
    problem: Message | None = None


@dataclass
class RecentVisits:
    """Reads visits for the list and remembers what was read in `path`."""

    path: Path = field(default_factory=lambda: user_folder() / FILE_NAME)

    def known(self, files: Iterable[Path]) -> tuple[RecentVisit, ...]:
        """Return what is remembered, without looking at any of the files."""
        kept = self._read().entries
        return tuple(
            RecentVisit(file, "fine", _moment(stamp), summary)
            for file in files
            for stamp, summary in [kept.get(str(file), (None, None))]
        )

    def read(self, files: Iterable[Path]) -> tuple[RecentVisit, ...]:
        """Return what the files say now; those that have not changed are not opened."""
        files = tuple(files)
        kept = dict(self._read().entries)
        found = tuple(self._visit(file, kept) for file in files)
        self._write(files, kept)
        return found

    def _visit(self, file: Path, kept: dict[str, tuple[Stamp, Summary]]) -> RecentVisit:
        before, summary = kept.get(str(file), (None, None))
        try:
            stamp = stamp_of(file)
            if stamp != before:
                summary = summarise(file)
                kept[str(file)] = (stamp, summary)
        except AssessorError as error:
            return RecentVisit(file, _state(error), _moment(before), summary, error.message)
        except OSError:
            return RecentVisit(file, "missing", _moment(before), summary)
        return RecentVisit(file, "fine", _moment(stamp), summary)

    def _read(self) -> Remembered:
        try:
            if self.path.stat().st_size > LARGEST_FILE:
                return Remembered()
            return Remembered.model_validate_json(self.path.read_bytes())
        except (OSError, ValidationError):
            # Only remembered for convenience; it is read anew from the visits.
            return Remembered()

    def _write(self, files: tuple[Path, ...], kept: Mapping[str, tuple[Stamp, Summary]]) -> None:
        wanted = [str(file) for file in files if str(file) in kept]
        others = [name for name in kept if name not in wanted]
        names = (wanted + others)[:MOST_REMEMBERED]
        data = Remembered(entries={name: kept[name] for name in names})
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with aside(self.path) as draft:
                draft.write_text(data.model_dump_json(), encoding="utf-8")
                put_in_place(draft, self.path)
        except OSError:
            return


def summarise(file: Path) -> Summary:
    """Read and score a visit; raises `AssessorError` saying why it cannot be read."""
    with opened(file, read_only=True) as visit:
        return summary_of(visit.loaded.rubric, visit.assessment, visit.score())


def summary_of(rubric: Rubric, record: Assessment, card: ScoreCard) -> Summary:
    """Return what a card says of a record and its score."""
    outcomes = {outcome.id: outcome.name for outcome in rubric.outcomes}
    return Summary(
        enterprise=record.enterprise.name,
        rubric=rubric.short_title,
        profile=next(one.name for one in rubric.profiles if one.id == record.profile),
        target=rubric.short_title
        if rubric.collects
        else next(one.name for one in rubric.targets if one.id == record.target),
        cycle=next(one.name for one in rubric.cycles if one.id == record.cycle),
        derived=rubric.status.derived,
        asked=card.asked,
        done=card.done,
        evidence=len(record.evidence),
        own=record.visit.kind == "self",
        awaited=record.self_assessment is not None and not record.answers,
        signed=bool(record.sign_offs),
        complete=card.complete,
        points=shown_text(card.total.value),
        result=outcomes.get(card.result or ""),
    )


def stamp_of(file: Path) -> Stamp:
    """Return size and time of change; raises `OSError` when the file cannot be seen."""
    status = file.stat()
    return Stamp(size=status.st_size, changed_ns=status.st_mtime_ns)


def _moment(stamp: Stamp | None) -> datetime | None:
    if stamp is None:
        return None
    return datetime.fromtimestamp(stamp.changed_ns / 1_000_000_000, UTC).astimezone()


def _state(error: AssessorError) -> FileState:
    if isinstance(error, MissingError):
        return "missing"
    return "in_use" if isinstance(error, InUseError) else "unreadable"
