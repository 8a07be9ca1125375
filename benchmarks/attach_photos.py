"""What attaching many photos costs: memory, time beside copying the files, time to open.

    python -m benchmarks.attach_photos [--photos 500] [--megabytes 3] [--folder DIR] [--kills 0]

Every photo is a JPEG of noise with a different tail, looked at, stored and committed on its own,
the way a visit does it. The measure for time is copying the same bytes to plain files and syncing
each. `--kills N` kills a writing child N times and counts what was acknowledged and is lost.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from assessor.assessment import Assessment, Enterprise, RubricRef
from assessor.canonical import canonical_json, digest_of
from assessor.commands.proofs import add_evidence
from assessor.storage.evidence import read_evidence
from assessor.storage.file import create, open_file
from assessor.storage.history import EditNote

ROOT = Path(__file__).resolve().parents[1]
RUBRIC = {"id": "benchmark"}
MEMORY_LIMIT_MB = 300
OPEN_LIMIT_S = 1.0


def noise_photo(size: int) -> bytes:
    """Return a JPEG of noise of about `size` bytes."""
    side = 256
    while True:
        target = io.BytesIO()
        noise = Image.frombytes("RGB", (side, side), os.urandom(side * side * 3))
        noise.save(target, "JPEG", quality=90)
        data = target.getvalue()
        if len(data) >= size:
            return data
        side = int(side * max(1.05, (size / len(data)) ** 0.5))


def peak_memory_mb() -> float:
    """Return the most memory this process ever held, from the kernel (Linux) or `resource`."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource  # noqa: PLC0415 (absent on Windows)

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


def empty_record() -> Assessment:
    """Return a visit without anything in it."""
    return Assessment(
        id="benchmark",
        rubric=RubricRef(id="benchmark", version="1.0.0", digest=digest_of(RUBRIC)),
        cycle="2025",
        profile="discrete",
        target="workshop",
        enterprise=Enterprise(name="benchmark"),
    )


def attach(path: Path, photos: list[Path]) -> tuple[float, float]:
    """Attach every photo in a commit of its own; return seconds looking and seconds storing."""
    looking = storing = 0.0
    now = datetime.now(UTC)
    first = EditNote(add_evidence([]).description, now)
    with create(path, empty_record(), canonical_json(RUBRIC), first) as file:
        for number, photo in enumerate(photos):
            start = time.perf_counter()
            found = read_evidence(photo)
            middle = time.perf_counter()
            edit = add_evidence([found.item(f"e{number}", now)])
            note = EditNote(edit.description, now)
            file.commit(edit.apply(file.assessment), note, [found.source])
            storing += time.perf_counter() - middle
            looking += middle - start
    return looking, storing


def copy_plainly(photos: list[Path], folder: Path) -> float:
    """Copy the photos and sync each; return seconds."""
    folder.mkdir()
    start = time.perf_counter()
    for photo in photos:
        with photo.open("rb") as source, (folder / photo.name).open("wb") as target:
            shutil.copyfileobj(source, target, 1024 * 1024)
            target.flush()
            os.fsync(target.fileno())
    taken = time.perf_counter() - start
    shutil.rmtree(folder)
    return taken


def write_photos(folder: Path, count: int, size: int) -> list[Path]:
    """Write photos of `size` bytes, each with a digest of its own."""
    base = noise_photo(size)
    made = []
    for number in range(count):
        photo = folder / f"IMG_{number:04}.jpg"
        photo.write_bytes(base + str(number).encode())
        made.append(photo)
    return made


def measure(count: int, megabytes: int, folder: Path) -> bool:
    """Print all figures of one run; True when both limits are kept."""
    # In a process of its own: making noise takes more memory than attaching it.
    prepare = [sys.executable, "-m", "benchmarks.attach_photos", "--prepare"]
    wishes = ["--photos", str(count), "--megabytes", str(megabytes), "--folder", str(folder)]
    subprocess.run([*prepare, *wishes], cwd=ROOT, check=True)
    photos = sorted(folder.glob("IMG_*.jpg"))
    before = peak_memory_mb()
    visit = folder / "visit.assessment"
    looking, storing = attach(visit, photos)
    memory = peak_memory_mb()
    plain = copy_plainly(photos, folder / "plain")
    start = time.perf_counter()
    with open_file(visit) as file:
        opening = time.perf_counter() - start
        start = time.perf_counter()
        file.read_blob(file.assessment.evidence[-1].sha256)
        reading = time.perf_counter() - start
        start = time.perf_counter()
        sound = file.check_whole() == ()
        whole = time.perf_counter() - start
    total = sum(photo.stat().st_size for photo in photos)
    print(f"photos              {count} of {total / count / 1e6:.2f} MB")
    print(f"peak memory         {memory:.0f} MB (before: {before:.0f}; limit {MEMORY_LIMIT_MB})")
    print(f"storing / copying   {storing / plain:.2f}  ({storing:.1f} s / {plain:.1f} s)")
    print(f"looking / copying   {looking / plain:.2f}  ({looking:.1f} s)")
    print(f"opening             {opening * 1000:.0f} ms (limit {OPEN_LIMIT_S * 1000:.0f})")
    print(f"one photo read      {reading * 1000:.0f} ms")
    print(f"whole file checked  {whole:.1f} s, {'sound' if sound else 'DAMAGED'}")
    print(f"file / photos       {visit.stat().st_size / total:.4f}")
    return memory < MEMORY_LIMIT_MB and opening < OPEN_LIMIT_S and sound


def kill_often(times: int, folder: Path) -> bool:
    """Kill a writing child `times` times; True when nothing it acknowledged is lost."""
    from tests.unit.storage import test_durability as durability  # noqa: PLC0415 (rarely wanted)
    from tests.unit.storage.samples import new_file  # noqa: PLC0415

    path = folder / "killed.assessment"
    new_file(path).close()
    printed: list[int] = []
    for number in range(times):
        printed += durability.acknowledged_until_killed(path, 0.15 * (number * 0.618 % 1))
        with open_file(path) as file:
            durability.check_everything_is_there(file, printed)
    print(f"kills               {times}: {len(printed)} edits acknowledged, none lost")
    return True


def main() -> int:
    """Run what the arguments ask for; 1 when a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=500)
    parser.add_argument("--megabytes", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where to work; needs three times the bytes")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)
    wish = parser.parse_args()
    if wish.prepare:
        write_photos(wish.folder, wish.photos, wish.megabytes * 1_000_000)
        return 0
    with tempfile.TemporaryDirectory(dir=wish.folder) as name:
        kept = measure(wish.photos, wish.megabytes, Path(name))
        if wish.kills:
            kept = kill_often(wish.kills, Path(name)) and kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
