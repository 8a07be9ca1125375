"""Thousands of random mutations of a good workbook: every one gets a verdict, none another visit.

    python -m benchmarks.bureau_mutations [COUNT]

Each file is judged in a process with the limits of the intake. Fails when a mutation ends that
process, takes too long, or is accepted with anything but the record of the good workbook.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

from assessor.bureau.intake.reader import Reader
from assessor.bureau.intake.setting import Setting
from tests.unit.bureau.intake.mutations import mutated
from tests.unit.bureau.intake.workbooks import SIGNER, TEN, TODAY, good

COUNT = 10_000
JOBS = 2
FATAL = {"container.reading_failed", "container.too_slow"}


def judged(setting: Setting, folder: Path, share: range) -> tuple[Counter[str], list[int]]:
    """The codes that one process gave for its share, and the mutations that must not have been."""
    reader = Reader(setting)
    path = folder / f"{share.start}.xlsx"
    path.write_bytes(good())
    sound = reader.judge(path).record
    assert sound is not None
    codes: Counter[str] = Counter()
    bad = []
    for number in share:
        path.write_bytes(mutated(good(), Random(number)))  # noqa: S311 (repeatable)
        found = reader.judge(path)
        given = [finding.code for finding in found.findings] or ["accepted"]
        codes.update(given[:1])
        if FATAL & set(given) or (found.record is not None and found.record != sound):
            bad.append(number)
    reader.close()
    return codes, bad


def main() -> int:
    """Print which codes how many mutations got; 1 when one was not just judged."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    keys = ((SIGNER.key_id, "benchmark", SIGNER.public_key),)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(TEN, folder)
        setting = Setting(TODAY, older=(name,), keys=keys)
        shares = [range(first, count, JOBS) for first in range(JOBS)]
        with ThreadPoolExecutor(JOBS) as threads:
            found = list(threads.map(lambda share: judged(setting, folder, share), shares))
    codes = sum((one for one, _ in found), Counter[str]())
    bad = sorted(number for _, numbers in found for number in numbers)
    for code, times in codes.most_common():
        print(f"{times:6d}  {code}")
    print(f"{count} mutations in {time.monotonic() - started:.0f} s, {len(bad)} not just judged")
    if bad:
        print("seeds:", *bad[:20])
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
