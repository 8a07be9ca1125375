"""The power cut at random moments of sessions: does the file open, whole, with the last edit?

    python -m benchmarks.power_cuts [--cuts 2000] [--seed N] [--folder DIR]

Every write and sync that SQLite asks for while the storage code works is recorded by a VFS under
Python's own SQLite, then the folder is put together as it may be found after a power cut: writes
that were not synced are dropped, torn and reordered. Exits with 1 when a file does not open, is
broken, or lacks an acknowledged edit.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
from pathlib import Path

from tests.proofs.power import cut_often, record_session

SESSIONS = {
    "small edits": (12, (5_000,)),
    "photos": (12, (30_000, 300_000)),
    "larger than the cache": (12, (30_000, 2_300_000, 30_000, 5_000)),
    "a long one": (90, (5_000, 20_000)),
}


def main() -> int:
    """Cut as often as the arguments ask for; 1 when something was lost or broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    parser.add_argument("--folder", type=Path, help="where to work")
    wish = parser.parse_args()
    print(f"seed {wish.seed}")
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(dir=wish.folder) as name:
        for number, (title, (edits, sizes)) in enumerate(SESSIONS.items()):
            place = Path(name) / str(number)
            place.mkdir()
            session = record_session(place, edits, sizes)
            times = wish.cuts // len(SESSIONS)
            found = cut_often(session, times, place, wish.seed + number)
            wrong += found
            print(
                f"{title:22} {edits:3} edits, {len(session.changes):5} requests to the disk,"
                f" {times:5} cuts, {len(found)} with a loss",
                flush=True,
            )
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
