"""Sealing and opening a large file: seconds, and how much memory it takes beyond the program's own.

python -m benchmarks.sealing [megabytes]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from assessor.exchange.sealing import new_sealing_key, seal_bytes, seal_file, unseal_file
from assessor.exchange.sealing.keys import Passphrase

MEGABYTE = 1024 * 1024
MOST_GROWTH = 32 * 1024
"""KiB that sealing may take whatever the size of the file."""


def largest() -> int:
    """Return the most memory this process ever held, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(megabytes: int) -> None:
    """Seal and open a file of so many megabytes; fails when memory grows with it."""
    key = new_sealing_key()
    seal_bytes(b"warm", [key.public()])
    with tempfile.TemporaryDirectory() as place:
        plain, sealed, back = (Path(place) / name for name in ("plain", "sealed", "back"))
        with plain.open("wb") as file:
            for number in range(megabytes):
                file.write(number.to_bytes(8) * (MEGABYTE // 8))
        before, start = largest(), time.perf_counter()
        seal_file(plain, sealed, [key.public()])
        middle = time.perf_counter()
        unseal_file(sealed, back, key)
        end, grown = time.perf_counter(), largest() - before
        assert back.stat().st_size == plain.stat().st_size
    print(f"{megabytes} MB sealed, read again and compared in {middle - start:.1f} s")
    print(f"opened in {end - middle:.1f} s; memory grew by {grown / 1024:.1f} MiB")
    assert grown < MOST_GROWTH
    start = time.perf_counter()
    seal_bytes(b"", [Passphrase("correct horse battery")])
    print(f"one guess at a passphrase: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
