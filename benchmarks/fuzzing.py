"""The readers of foreign content, fed with content made by chance, for as long as is wished.

    python -m benchmarks.fuzzing [--minutes 10] [--target NAME] [--seed N] [--corpus DIR]
    python -m benchmarks.fuzzing --hostile 5000
    python -m benchmarks.fuzzing --keep

Led by coverage where `atheris` is installed (it is no dependency): each reader gets its share of
the minutes in a process of its own, and what reached new code is kept in DIR for the next time.
Without it, or with `--plain`, content is changed at random. `--hostile N` gives N changed
.assessment files to the program, once. `--keep` puts what DIR holds beside the tests, the smallest
first, where every test run gives it to the readers again and every later run begins. Exits with 1
when a reader did anything but answer or refuse in words, or something was run; the content is then
kept in DIR.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import random
import secrets
import subprocess
import sys
import time
from pathlib import Path

from tests.proofs.fuzzing import MOST_KEPT, TARGETS, corpus_file, fuzz, kept
from tests.proofs.fuzzing import keep as keep_in_tree

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "out" / "fuzzing"
BATCH = 50


def keep(folder: Path, data: bytes) -> Path:
    """Keep content under its digest."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(data).hexdigest()[:16]
    path.write_bytes(data)
    return path


def folder_of(name: str, corpus: Path) -> Path:
    """Return the folder of what reached new code of a reader."""
    return corpus / name.replace(" ", "-")


def keep_all(corpus: Path) -> None:
    """Put what the folder holds beside the tests, with what is there."""
    for name in TARGETS:
        found = [path.read_bytes() for path in folder_of(name, corpus).glob("*")]
        before = kept(name) if corpus_file(name).exists() else []
        small = [data for data in (*before, *found) if len(data) < MOST_KEPT]
        count = keep_in_tree(name, small)
        print(f"{name:14} {count:4} contents, {corpus_file(name).stat().st_size:7} bytes packed")


def plainly(name: str, seconds: float, chance: random.Random, corpus: Path) -> int:
    """Change content at random for a while; return the number of findings."""
    tried, found, end = 0, 0, time.monotonic() + seconds
    while time.monotonic() < end:
        for data in fuzz(TARGETS[name], BATCH, chance):
            found += 1
            print(f"{name}: {keep(corpus / 'findings', data)}")
        tried += BATCH
    print(f"{name:14} {tried:8} contents at random, {found} findings", flush=True)
    return found


def led_by_coverage(name: str, seconds: float, corpus: Path) -> int:
    """Let atheris choose the content, in a process of its own; return the number of findings."""
    folder = folder_of(name, corpus)
    for data in (*TARGETS[name].seeds(), *kept(name)):
        keep(folder, data)
    module = [sys.executable, "-m", "benchmarks.fuzzing_by_coverage"]
    wishes = [name, str(max(1, int(seconds))), str(folder), str(corpus / "findings")]
    done = subprocess.run([*module, *wishes], cwd=ROOT, capture_output=True, text=True, check=False)
    runs = [line for line in done.stderr.splitlines() if line.startswith("Done ")]
    count = len(list(folder.iterdir()))
    verdict = "FINDING" if done.returncode else "no findings"
    print(f"{name:14} {runs[-1] if runs else 'ended early'}; {count} kept; {verdict}", flush=True)
    if done.returncode:
        print(done.stderr[-3000:])
    return int(done.returncode != 0)


def hostile(times: int, chance: random.Random, corpus: Path) -> int:
    """Open `times` changed .assessment files; return the number of findings."""
    start = time.process_time()
    found = list(fuzz(TARGETS["assessment"], times, chance))
    for data in found:
        print(keep(corpus / "findings", data))
    print(
        f"{times} hostile .assessment files, each opened to read and to write: {len(found)}"
        f" findings, {time.process_time() - start:.0f} s of the processor"
    )
    return len(found)


def main() -> int:
    """Fuzz what the arguments ask for; 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--target", choices=TARGETS)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--hostile", type=int)
    parser.add_argument("--keep", action="store_true")
    wish = parser.parse_args()
    if wish.keep:
        keep_all(wish.corpus)
        return 0
    chance = random.Random(wish.seed)  # noqa: S311 (no secret: what is changed)
    print(f"seed {wish.seed}")
    if wish.hostile:
        return int(hostile(wish.hostile, chance, wish.corpus) > 0)
    names = [wish.target] if wish.target else list(TARGETS)
    share = wish.minutes * 60 / len(names)
    if wish.plain or importlib.util.find_spec("atheris") is None:
        found = sum(plainly(name, share, chance, wish.corpus) for name in names)
    else:
        found = sum(led_by_coverage(name, share, wish.corpus) for name in names)
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
