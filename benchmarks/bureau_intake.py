"""The intake of a folder against bare readers of the same files, in one run.

    python -m benchmarks.bureau_intake [ENTERPRISES]

Makes a synthetic region with faults, then measures: a plain openpyxl loop (one process, a sample of
the files), calamine without any guard (two processes), the intake with its processes, verdicts and
register (two processes), the two bare readers once more, and the intake of the same folder again.

Prints files a second by the clock and milliseconds of the processor a file, those of child
processes included. On a machine with other work to do the clock says little, so the ratios that
have to be kept are those of processor time: what a file costs a plain loop beside what it costs
each of the two processes. Checks every verdict against the region's truth and the most memory of
any process. Fails below the limits.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import python_calamine

from assessor.bureau.intake.intake import Summary, Wishes, take_in
from assessor.bureau.intake.setting import Setting
from assessor.bureau.register import open_register
from assessor.bureau.simulate.simulation import KEYS, TRUTH, WORKBOOKS, Plan, simulate

ENTERPRISES = 1_480
"""Gives about 2,000 files."""
JOBS = 2
EVERY = 10
"""The openpyxl loop reads every tenth file; it is the slow side by far."""
OPENPYXL_LIMIT, CALAMINE_LIMIT, AGAIN_LIMIT, MEMORY_LIMIT = 8.0, 0.4, 30.0, 600
TODAY = date(2026, 12, 31)


def with_openpyxl(path: Path) -> None:
    """Read every cell as most scripts do."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                _ = cell.value
    book.close()


def with_calamine(path: Path) -> None:
    """Read every cell with the fastest reader there is."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def all_with_calamine(paths: list[Path]) -> None:
    """Read files one after the other; those it refuses are passed over."""
    for path in paths:
        with suppress(python_calamine.CalamineError, OSError):
            with_calamine(path)


@dataclass(frozen=True)
class Cost:
    """What going through files took: seconds by the clock and of the processor, for each file."""

    clock: float
    processor: float

    def line(self, name: str) -> str:
        """The cost in words."""
        return f"{name:24}{1 / self.clock:8.1f} files/s {self.processor * 1000:8.2f} ms/file"


def processor_time() -> float:
    """Seconds of the processor that this process and its ended children have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def cost(count: int, work: Callable[[], object]) -> Cost:
    """What a piece of work costs for each of its files; it must end the processes it starts."""
    started, before = time.perf_counter(), processor_time()
    work()
    clock, used = time.perf_counter() - started, processor_time() - before
    return Cost(clock / count, used / count)


def mean(costs: Sequence[Cost]) -> Cost:
    """The mean of what the same work cost several times."""
    count = len(costs)
    return Cost(sum(c.clock for c in costs) / count, sum(c.processor for c in costs) / count)


def taken_in(folder: Path, register: Path) -> Summary:
    """One intake of all files into a register."""
    keys = json.loads((folder / KEYS).read_text(encoding="utf-8"))
    known = tuple((key["key_id"], key["name"], key["public_key"]) for key in keys)
    with open_register(register, create=True) as opened:
        return take_in([folder / WORKBOOKS], opened, Setting(TODAY, keys=known), Wishes(jobs=JOBS))


def untrue(folder: Path, register: Path) -> list[str]:
    """The files that did not get the verdict and codes the region's truth has for them."""
    rows = json.loads((folder / TRUTH).read_text(encoding="utf-8"))["files"]
    wanted = {row["file"]: (row["verdict"], row["codes"]) for row in rows}
    with open_register(register, read_only=True) as opened:
        found = {
            line.name: (line.verdict.value, [finding.code for finding in line.findings])
            for line in opened.log()
        }
    names = wanted.keys() | found.keys()
    return sorted(name for name in names if found.get(name) != wanted.get(name))


def megabytes(who: int) -> float:
    """The most memory a process of a kind has had."""
    return resource.getrusage(who).ru_maxrss / 1024


def main() -> int:
    """Print the rates and ratios; 1 when a limit is not kept."""
    enterprises = int(sys.argv[1]) if len(sys.argv) > 1 else ENTERPRISES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "region"
        counts = simulate(Plan(enterprises, 1, folder, with_faults=True), JOBS)
        return measured(folder, Path(name) / "bureau.register", sum(counts.values()))


def bare_calamine(files: list[Path]) -> None:
    """Every file with calamine, in as many processes as the intake has."""
    with ProcessPoolExecutor(JOBS) as pool:
        list(pool.map(all_with_calamine, [files[at::JOBS] for at in range(JOBS)]))


def bare_readers(files: list[Path]) -> tuple[Cost, Cost]:
    """What the plain loop and calamine cost now."""
    sample = [path for path in files if path.parent.name != "2"][::EVERY]
    plain = cost(len(sample), lambda: [with_openpyxl(path) for path in sample])
    return plain, cost(len(files), lambda: bare_calamine(files))


def measured(folder: Path, register: Path, count: int) -> int:
    """Measure over a region that has been made."""
    files = sorted((folder / WORKBOOKS).rglob("*.xlsx"))
    before = bare_readers(files)
    first = cost(count, lambda: taken_in(folder, register))
    after = bare_readers(files)
    wrong = untrue(folder, register)
    again = cost(count, lambda: taken_in(folder, register))
    plain, bare = (mean(costs) for costs in zip(before, after, strict=True))
    most = max(megabytes(resource.RUSAGE_SELF), megabytes(resource.RUSAGE_CHILDREN))
    print(f"{count} files, {JOBS} processes")
    print(plain.line("openpyxl, one process"))
    print(bare.line("calamine, unguarded"))
    print(first.line("intake"))
    print(again.line("intake again"))
    print(f"most memory of a process {most:.0f} MB (under {MEMORY_LIMIT})")
    print(f"verdicts unlike the truth: {len(wrong)} of {count}", *wrong[:5])
    kept = [
        ratio_kept("intake / openpyxl", plain, first, JOBS, OPENPYXL_LIMIT),
        ratio_kept("intake / calamine", bare, first, 1, CALAMINE_LIMIT),
        ratio_kept("again / first", first, again, 1, AGAIN_LIMIT),
    ]
    return int(not all(kept) or most > MEMORY_LIMIT or bool(wrong))


def ratio_kept(name: str, slow: Cost, fast: Cost, processes: int, limit: float) -> bool:
    """Print how many times as fast one is, `processes` of it beside one of the other; whether that
    is enough by the processor.
    """
    by_processor = slow.processor / fast.processor * processes
    print(
        f"{name:18} {by_processor:6.2f} by the processor, {slow.clock / fast.clock:6.2f} by the "
        f"clock (at least {limit})"
    )
    return by_processor >= limit


if __name__ == "__main__":
    sys.exit(main())
