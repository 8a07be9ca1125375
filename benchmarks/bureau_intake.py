"""The intake of a folder against bare readers of the same files, in one run.

    python -m benchmarks.bureau_intake [ENTERPRISES]

Makes a synthetic region with faults, then measures files a second of: a plain openpyxl loop (one
process, a sample of the files), calamine without any guard (two processes), the intake with its
processes, verdicts and register (two processes), and the intake once more. Prints ratios and the
most memory of any process, checks every verdict against the region's truth, and fails below the
limits.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
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


def rate(count: int, work: Callable[[], object]) -> float:
    """How many files a second a piece of work goes through."""
    started = time.perf_counter()
    work()
    return count / (time.perf_counter() - started)


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


def measured(folder: Path, register: Path, count: int) -> int:
    """Measure over a region that has been made."""
    files = sorted((folder / WORKBOOKS).rglob("*.xlsx"))
    sound = [path for path in files if path.parent.name != "2"]
    sample = sound[::EVERY]
    plain = rate(len(sample), lambda: [with_openpyxl(path) for path in sample])
    halves = [files[at::JOBS] for at in range(JOBS)]
    with ProcessPoolExecutor(JOBS) as pool:
        list(pool.map(all_with_calamine, [[], []]))
        bare = rate(len(files), lambda: list(pool.map(all_with_calamine, halves)))
    first = rate(count, lambda: taken_in(folder, register))
    wrong = untrue(folder, register)
    again = rate(count, lambda: taken_in(folder, register))
    most = max(megabytes(resource.RUSAGE_SELF), megabytes(resource.RUSAGE_CHILDREN))
    print(f"{count} files, {JOBS} processes")
    print(f"openpyxl, one process   {plain:8.1f} files/s")
    print(f"calamine, unguarded     {bare:8.1f} files/s")
    print(f"intake                  {first:8.1f} files/s")
    print(f"intake again            {again:8.1f} files/s")
    print(f"intake / openpyxl {first / plain:.1f} (at least {OPENPYXL_LIMIT})")
    print(f"intake / calamine {first / bare:.2f} (at least {CALAMINE_LIMIT})")
    print(f"again / first     {again / first:.0f} (at least {AGAIN_LIMIT})")
    print(f"most memory of a process {most:.0f} MB (under {MEMORY_LIMIT})")
    print(f"verdicts unlike the truth: {len(wrong)} of {count}", *wrong[:5])
    ratios = (first / plain, first / bare, again / first)
    limits = (OPENPYXL_LIMIT, CALAMINE_LIMIT, AGAIN_LIMIT)
    kept = all(ratio >= limit for ratio, limit in zip(ratios, limits, strict=True))
    return int(not kept or most > MEMORY_LIMIT or bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
