"""The intake: folders in, one verdict for every file out, into the register and the quarantine."""

from __future__ import annotations

import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import Protocol

from assessor.bureau.intake.container import ENDED
from assessor.bureau.intake.identity import IdentityIndex, Known, seen_visit
from assessor.bureau.intake.judging import Judged
from assessor.bureau.intake.pool import (
    CancelledError,
    ForeignPool,
    LocalPool,
    Pool,
    judged_in_order,
)
from assessor.bureau.intake.reasons import skipped, verdict_of
from assessor.bureau.intake.setting import Setting
from assessor.bureau.intake.settling import Patience, is_young, settled
from assessor.bureau.intake.walking import FoundFile, files_in
from assessor.bureau.records import FileVerdict, Verdict

BATCH = 50
"""Verdicts handed to the register together: each handing over waits for the disk."""
_NAME_DIGITS, _NAME_END = 12, 60
"""Of a file in quarantine: digits of its digest, and characters from the end of its name, which may
be as long as a name can be already."""


class Log(Known, Protocol):
    """Where verdicts go: the register, or something like it."""

    def add(self, verdicts: Iterable[FileVerdict]) -> object:
        """Keep verdicts durably; the same again changes nothing."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an intake is: files done of all, and the verdict on the last one.

    `known` says that it was taken in before, so that there is nothing new to tell.
    """

    done: int
    total: int
    last: FileVerdict
    known: bool = False


@dataclass(frozen=True)
class Wishes:
    """How an intake is to run.

    `jobs` judging processes run here, unless there is an `executor` whose workers run them.
    `again` are digests of known files that are to be judged once more. `quarantine` is a folder
    that gets a copy of every refused file. `progress` is told of every file; setting `cancelled`
    ends the intake within a second.
    """

    jobs: int = 2
    executor: Executor | None = None
    quarantine: Path | None = None
    progress: Callable[[Progress], None] | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)
    patience: Patience = field(default_factory=Patience)
    again: frozenset[str] = frozenset()
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Summary:
    """What an intake came to: how many files got which verdict, and whether it was cancelled.

    `new` counts the files that were not in the register before, those passed over left out.
    """

    counts: Mapping[Verdict, int]
    new: int
    cancelled: bool


def take_in(places: Sequence[Path], register: Log, setting: Setting, wishes: Wishes) -> Summary:
    """Judge every file of folders and lists and put the verdicts into the register.

    Files the register knows by their bytes are only counted. A cancelled intake keeps what it has;
    running it again goes on from there. Raises whatever the register raises.
    """
    run = _Run(register, setting, wishes)
    cancelled = False
    try:
        run.all(files_in(places))
    except CancelledError:
        cancelled = True
    finally:
        run.hand_over()
    return Summary(dict(run.counts), run.new, cancelled)


@dataclass(frozen=True, slots=True)
class _Looked:
    """A file and its digest; `answer` if it need not be judged, `known` from an earlier intake."""

    found: FoundFile
    digest: str
    answer: Judged | None = None
    known: bool = False


class _Run:
    """One intake under way."""

    def __init__(self, register: Log, setting: Setting, wishes: Wishes) -> None:
        self.register = register
        self.setting = setting
        self.wishes = wishes
        self.counts: Counter[Verdict] = Counter()
        self.new = 0
        self._index: IdentityIndex | None = None
        self._first: dict[str, str] = {}
        self._waiting: list[FileVerdict] = []
        self._total = 0

    def all(self, found: list[FoundFile]) -> None:
        """Judge files; those that may still be growing come last."""
        self._total = len(found)
        now = time.time_ns()
        young = [one for one in found if one.passed_over is None and is_young(one.changed, now)]
        late = {one.path for one in young}
        first = [one for one in found if one.path not in late]
        with closing(self._pool()) as pool:
            self._some(first, pool)
            waited = [one.path for one in young]
            still = settled(waited, self.wishes.patience, self.wishes.cancelled.is_set)
            growing = skipped("container", "growing")
            self._some(
                [one if one.path in still else replace(one, passed_over=growing) for one in young],
                pool,
            )

    def hand_over(self) -> None:
        """Give the register what it does not have yet."""
        if self._waiting:
            self.register.add(self._waiting)
            self._waiting = []

    def _pool(self) -> Pool:
        if self.wishes.executor is not None:
            return ForeignPool(self.setting, self.wishes.executor)
        return LocalPool(self.setting, self.wishes.jobs)

    def _some(self, found: list[FoundFile], pool: Pool) -> None:
        looked = [self._looked_at(one) for one in found]
        wanted = [one.found.path for one in looked if one.answer is None]
        answers = judged_in_order(pool, wanted, self.wishes.jobs, self.wishes.cancelled)
        for one in looked:
            if one.known:
                self._tell(self._verdict(one.found, one.answer or next(answers)), known=True)
            else:
                judged = one.answer or self._placed(one.found, next(answers), one.digest)
                self._keep(one.found, judged)

    def _digest(self, one: FoundFile) -> str:
        """Return the digest of a file's bytes, empty when it is not looked at."""
        if self.wishes.cancelled.is_set():
            raise CancelledError
        if one.passed_over is not None or one.size > self.setting.limits.packed_bytes:
            return ""
        try:
            with one.path.open("rb") as file:
                return file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""

    def _looked_at(self, one: FoundFile) -> _Looked:
        """Answer for a file that need not be judged: passed over, known, or equal to another."""
        digest = self._digest(one)
        if one.passed_over is not None:
            return _Looked(one, "", Judged("", one.size, (one.passed_over,)))
        first = self._first.get(digest, one.name)
        if first != one.name:
            same = skipped("identity", "same_file", other=first)
            return _Looked(one, digest, Judged(digest, one.size, (same,)))
        if digest and digest not in self.wishes.again and self.register.known(digest):
            known = Judged(digest, one.size, (skipped("identity", "known_file"),))
            return _Looked(one, digest, known, known=True)
        if digest:
            self._first[digest] = one.name
        return _Looked(one, digest)

    def _placed(self, one: FoundFile, judged: Judged, digest: str) -> Judged:
        """Return what was judged of a file by itself, with what it is beside the others."""
        if not judged.sha256:
            ended = any(finding.code in ENDED for finding in judged.findings)
            judged = replace(judged, sha256=digest if ended else "", size=one.size)
        if judged.record is None:
            return judged
        seen = seen_visit(one.name, judged.record)
        found = self._identities().check(seen)
        if verdict_of(found) is Verdict.REJECTED:
            return replace(judged, findings=(*judged.findings, *found), record=None)
        self._identities().add(seen)
        return replace(judged, findings=(*judged.findings, *found))

    def _identities(self) -> IdentityIndex:
        if self._index is None:
            self._index = IdentityIndex()
            for seen in self.register.seen_visits():
                self._index.add(seen)
        return self._index

    def _keep(self, one: FoundFile, judged: Judged) -> None:
        verdict = self._verdict(one, judged)
        self.new += one.passed_over is None
        self._waiting.append(verdict)
        if len(self._waiting) >= BATCH:
            self.hand_over()
        if verdict.verdict is Verdict.REJECTED and self.wishes.quarantine is not None:
            self._copy_aside(one.path, verdict, self.wishes.quarantine)
        self._tell(verdict)

    def _verdict(self, one: FoundFile, judged: Judged) -> FileVerdict:
        return FileVerdict(
            name=one.name,
            sha256=judged.sha256,
            size=judged.size,
            verdict=verdict_of(judged.findings),
            findings=judged.findings,
            record=judged.record,
            first_seen=self.wishes.now(),
        )

    def _tell(self, verdict: FileVerdict, *, known: bool = False) -> None:
        self.counts[verdict.verdict] += 1
        if self.wishes.progress is not None:
            done = sum(self.counts.values())
            self.wishes.progress(Progress(done, self._total, verdict, known))

    def _copy_aside(self, path: Path, verdict: FileVerdict, folder: Path) -> None:
        """Copy a refused file under a name that says which bytes it has; what is too big to be read
        is too big to be copied.
        """
        if verdict.size > self.setting.limits.packed_bytes:
            return
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{verdict.sha256[:_NAME_DIGITS] or 'unread'}-{path.name[-_NAME_END:]}"
        with suppress(OSError):  # It cannot be read, which is what its verdict says.
            shutil.copyfile(path, folder / name)
