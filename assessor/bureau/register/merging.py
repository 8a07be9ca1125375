"""One register taken into another: lossless, the same again changes nothing, conflicts listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, TypeVar

from assessor.bureau.records import FileVerdict
from assessor.bureau.register.checking import understanding
from assessor.bureau.register.expected import Decision, Expected, PlanTarget, Published
from assessor.bureau.register.file import Register
from assessor.bureau.register.opening import open_register
from assessor.bureau.register.queries import LogRow
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.storage.errors import MissingError

Kind = Literal["visit", "expected", "decision", "target"]
Entry = TypeVar("Entry", Expected, Decision, PlanTarget)
KEYS: Mapping[Kind, tuple[str, ...]] = {
    "expected": ("cycle", "credit_code", "name"),
    "decision": ("credit_code", "name", "rubric", "tier", "kind", "decided"),
    "target": ("rubric", "tier", "year", "district"),
}
"""What tells entries apart; the rest is what they say."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two registers say different things about one subject; what was here already stays.

    Of a visit in one revision `here` and `there` are digests of the payloads; of what a bureau
    enters they are the values that differ, in the order of the columns.
    """

    kind: Kind
    subject: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What merging another register brought: new lines of the log, new visits, contradictions.

    `entries` counts what a bureau enters itself: expected enterprises, decisions, targets.
    """

    lines: int
    visits: int
    entries: int
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class _Content:
    """Everything a register holds, read before anything is written."""

    visits: tuple[FileVerdict, ...]
    log: tuple[LogRow, ...]
    expected: tuple[Expected, ...]
    decisions: tuple[Decision, ...]
    targets: tuple[PlanTarget, ...]
    published: tuple[Published, ...]


def merge(register: Register, other: Path) -> MergeReport:
    """Take in everything of another register, all or nothing; `other` is only read.

    What both say differently stays as it is here and is listed. Raises `AssessorError` when `other`
    is the register itself, `StorageError` like `open_register`.
    """
    ensure_another(register.path, other)
    with closing(open_register(other, read_only=True)) as source, understanding(other):
        content = _content(source)
    conflicts: list[Conflict] = []
    before = register.info().files
    expected = list(_new("expected", register.expected(), content.expected, conflicts))
    decisions = list(_new("decision", register.decisions(), content.decisions, conflicts))
    targets = list(_new("target", register.plan_targets(), content.targets, conflicts))
    with register.together():
        visits = register.add(_verdicts(register, content, conflicts))
        register.expect(expected)
        register.decide(decisions)
        register.plan(targets)
        register.publish(content.published)
    entries = len(expected) + len(decisions) + len(targets)
    return MergeReport(register.info().files - before, visits, entries, tuple(conflicts))


def ensure_another(register: Path, other: Path) -> None:
    """Raise `AssessorError` unless `other` is there and not the register under another name."""
    if not other.is_file():
        raise MissingError(message("bureau_register.missing", path=str(other)))
    if register.exists() and other.samefile(register):
        raise AssessorError(message("bureau_register.merged_with_itself", path=str(other)))


def _content(source: Register) -> _Content:
    return _Content(
        tuple(source.accepted()),
        tuple(source.log()),
        source.expected(),
        source.decisions(),
        source.plan_targets(),
        source.published(),
    )


def _verdicts(
    register: Register, content: _Content, conflicts: list[Conflict]
) -> Iterator[FileVerdict]:
    """Yield visits that do not contradict what is here, and lines of the log for all others."""
    known = {(seen.visit_id, seen.revision): seen.payload_digest for seen in register.seen_visits()}
    for verdict in content.visits:
        record = verdict.record
        if record is None:
            continue
        here = known.get((record.visit_id, record.revision), record.payload_digest)
        if here == record.payload_digest:
            yield verdict
        else:
            subject = f"{record.visit_id}, {record.revision}"
            conflicts.append(Conflict("visit", subject, here, record.payload_digest))
    yield from map(_bare, content.log)


def _bare(line: LogRow) -> FileVerdict:
    """A line of the log alone; where its visit came along, the line is there already."""
    return FileVerdict(
        line.name, line.sha256, line.size, line.verdict, line.findings, None, line.first_seen
    )


# --- what bureaus enter ---------------------------------------------------------------------------


def _new(
    kind: Kind, here: Iterable[Entry], there: Iterable[Entry], conflicts: list[Conflict]
) -> Iterator[Entry]:
    """Yield what is not here; what is here and says something else is a conflict."""
    known = {_key(kind, one): one for one in here}
    for one in there:
        key = _key(kind, one)
        if key not in known:
            yield one
        elif known[key] != one:
            subject = ", ".join(part for part in key if part)
            conflicts.append(Conflict(kind, subject, *_difference(known[key], one)))


def _key(kind: Kind, entry: object) -> tuple[str, ...]:
    return tuple(str(getattr(entry, name)) for name in KEYS[kind])


def _difference(here: Entry, there: Entry) -> tuple[str, str]:
    """Return the values that differ, of either side."""
    names = [
        one.name for one in fields(here) if getattr(here, one.name) != getattr(there, one.name)
    ]
    said = [", ".join(str(getattr(one, name) or "-") for name in names) for one in (here, there)]
    return said[0], said[1]
