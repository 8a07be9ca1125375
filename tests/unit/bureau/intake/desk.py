"""A register in memory, and an executor that judges in the test's own process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assessor.bureau.intake.identity import SeenVisit, seen_visit
from assessor.bureau.intake.intake import Summary, Wishes, take_in
from assessor.bureau.intake.judging import Judged, judge
from assessor.bureau.intake.setting import Setting
from assessor.bureau.intake.settling import Patience
from assessor.bureau.records import FileVerdict
from assessor.sheets import Limits
from tests.unit.bureau.intake.workbooks import LIMITS, TODAY, bench

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
IMPATIENT = Patience(wait=lambda seconds: None)


class MemoryRegister:
    """Keeps verdicts in a list, by digest and by name."""

    def __init__(self) -> None:
        self.rows: list[FileVerdict] = []
        self.handed_over = 0

    def known(self, sha256: str) -> bool:
        return any(row.sha256 == sha256 for row in self.rows)

    def seen_visits(self) -> Iterable[SeenVisit]:
        return [seen_visit(row.name, row.record) for row in self.rows if row.record is not None]

    def add(self, verdicts: Iterable[FileVerdict]) -> None:
        self.rows += verdicts
        self.handed_over += 1

    def codes(self, name: str) -> list[str]:
        """The codes of the findings on a file."""
        (row,) = (row for row in self.rows if row.name == name)
        return [finding.code for finding in row.findings]


class HereExecutor(Executor):
    """Judges at once and here, whatever function it is handed."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.judged: list[str] = []
        self._limits = limits

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        names: Sequence[str] = args[0]
        done: Future[list[Judged]] = Future()
        self.judged += [Path(name).name for name in names]
        done.set_result([judge(Path(name), bench(), TODAY, self._limits) for name in names])
        return done


def taken_in(
    folder: Path, register: MemoryRegister, executor: HereExecutor | None = None, **more: Any
) -> Summary:
    """Take a folder in without waiting for anything."""
    wishes: dict[str, Any] = {"patience": IMPATIENT, "now": lambda: NOW, **more}
    chosen = Wishes(executor=executor or HereExecutor(), **wishes)
    return take_in([folder], register, Setting(TODAY), chosen)
