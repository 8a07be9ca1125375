"""The intake spread over a Dask cluster on this machine: 1, 2 and 4 worker processes.

    python -m benchmarks.bureau_cluster [ENTERPRISES]

Makes a synthetic region, starts a scheduler with so many workers of one thread each, and takes the
region in by the scheduler's address, as `assessor bureau intake --scheduler` does. Prints files a
second by the clock while it was taken in (the start of the judging processes included, that of the
cluster not), and milliseconds of the processor a file, the cluster's own included. Fails when a
verdict differs from the region's truth. Throughput has no limit: a machine with two cores does not
become faster by four workers.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from pathlib import Path

from distributed import LocalCluster

from assessor.bureau.simulate.simulation import KEYS, WORKBOOKS, Plan, simulate
from assessor.workspace.bureau_intake import IntakeRequest, take_in_files
from benchmarks.bureau_intake import TODAY, Cost, processor_time, untrue

ENTERPRISES = 300
WORKERS = (1, 2, 4)
JOBS = 2


def taken_in(folder: Path, register: Path, workers: int) -> float:
    """Take a region in by a cluster of its own, which has ended when this returns; the seconds."""
    with LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    ) as cluster:
        request = IntakeRequest(
            register=register,
            places=(folder / WORKBOOKS,),
            keys=folder / KEYS,
            today=TODAY,
            scheduler=cluster.scheduler_address,
        )
        started = time.perf_counter()
        take_in_files(request)
        return time.perf_counter() - started


def main() -> int:
    """Print the throughputs; 1 when a verdict is not the true one."""
    enterprises = int(sys.argv[1]) if len(sys.argv) > 1 else ENTERPRISES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "region"
        count = sum(simulate(Plan(enterprises, 1, folder, with_faults=True), JOBS).values())
        return measured(folder, Path(name), count)


def measured(folder: Path, registers: Path, count: int) -> int:
    """Measure over a region that has been made."""
    wrong = 0
    print(f"{count} files, {os.cpu_count()} cores")
    for workers in WORKERS:
        register, before = registers / f"{workers}.register", processor_time()
        seconds = taken_in(folder, register, workers)
        used = processor_time() - before
        print(Cost(seconds / count, used / count).line(f"{workers} worker(s)"))
        wrong += len(untrue(folder, register))
    print(f"verdicts unlike the truth: {wrong} of {count * len(WORKERS)}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
