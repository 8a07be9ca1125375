"""A Dask cluster of two worker processes on this machine, for as long as its input stays open.

    python -m tests.unit.workspace.cluster

Its first line of output is the scheduler's address.
"""

from __future__ import annotations

import logging
import sys

from distributed import LocalCluster


def main() -> None:
    """Run the cluster until the input ends."""
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    ) as cluster:
        sys.stdout.write(f"{cluster.scheduler_address}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
