"""One register taken into another: lossless, the same again changes nothing, conflicts listed."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assessor.bureau.records import FileVerdict
from assessor.bureau.register.file import Register
from assessor.bureau.register.opening import open_register
from assessor.bureau.register.queries import LogRow


@dataclass(frozen=True, slots=True)
class Conflict:
    """A visit in one revision with two payloads; the one already in the register stays."""

    visit_id: str
    revision: int
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What merging another register brought: new lines of the log, new visits, contradictions."""

    lines: int
    visits: int
    conflicts: tuple[Conflict, ...]


def merge(register: Register, other: Path) -> MergeReport:
    """Take in everything of another register, all or nothing; `other` is only read.

    Raises `StorageError` like `open_register`.
    """
    known = {(seen.visit_id, seen.revision): seen.payload_digest for seen in register.seen_visits()}
    conflicts: list[Conflict] = []
    verdicts: list[FileVerdict] = []
    with closing(open_register(other, read_only=True)) as source:
        for verdict in source.accepted():
            record = verdict.record
            if record is None:
                continue
            here = known.get((record.visit_id, record.revision), record.payload_digest)
            if here == record.payload_digest:
                verdicts.append(verdict)
            else:
                there = record.payload_digest
                conflicts.append(Conflict(record.visit_id, record.revision, here, there))
        verdicts += [_bare(line) for line in source.log()]
        expected, decisions = source.expected(), source.decisions()
        targets = source.plan_targets()
    before = register.info().files
    with register.together():
        visits = register.add(verdicts)
        register.expect(expected)
        register.decide(decisions)
        register.plan(targets)
    return MergeReport(register.info().files - before, visits, tuple(conflicts))


def _bare(line: LogRow) -> FileVerdict:
    """A line of the log alone; where its visit came along, the line is there already."""
    return FileVerdict(
        line.name, line.sha256, line.size, line.verdict, line.findings, None, line.first_seen
    )
