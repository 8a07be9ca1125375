"""What thirty backups of one visit weigh, and how long a backup and a restoration take.

python -m benchmarks.backups [PHOTOS] [KILOBYTES]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assessor.assessment import Enterprise, EvidenceItem, Visit
from assessor.commands.proofs import add_evidence
from assessor.commands.record import set_field
from assessor.rubrics.catalog import get
from assessor.storage.blobs import source_of_bytes
from assessor.workspace.backups import BackupPlace, back_up, backed_up, restore_backup
from assessor.workspace.visits import new_visit, opened

BACKUPS = 30
START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def main(photos: int, kilobytes: int) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        visit = _visit(Path(folder), photos, kilobytes * 1000)
        place = BackupPlace(Path(folder) / "backups", chosen=False)
        first = _timed(lambda: back_up(visit, place, lambda: START))
        one = _weight(place.folder)
        later = [_timed(lambda day=day: _again(visit, place, day)) for day in range(1, BACKUPS)]
        records = backed_up(place)[0].records
        target = Path(folder) / "restored.assessment"
        restored = _timed(lambda: restore_backup(records[0], place, target))
        print(f"visit: {visit.stat().st_size / 1e6:.1f} MB, {photos} photographs")
        print(
            f"first backup: {first:.2f} s; later ones: {sum(later) / len(later):.2f} s on average"
        )
        print(f"{BACKUPS} made, {len(records)} kept: {_weight(place.folder) / one:.3f} times one")
        print(f"restored and verified: {restored:.2f} s")


def _visit(folder: Path, photos: int, size: int) -> Path:
    path = folder / "visit.assessment"
    new_visit(path, get("nb.digital_workshop"), Enterprise(name="Benchmark"), Visit())
    sources = [
        source_of_bytes(os.urandom(size), "image/jpeg", f"{number}.jpg") for number in range(photos)
    ]
    items = [
        EvidenceItem(
            id=f"e{number}",
            sha256=source.sha256,
            size=source.size,
            media_type=source.media_type,
            file_name=source.name,
            kind="photo",
        )
        for number, source in enumerate(sources)
    ]
    with opened(path) as visit:
        visit.do(add_evidence(items), sources)
    return path


def _again(visit: Path, place: BackupPlace, day: int) -> None:
    with opened(visit) as one:
        one.do(set_field("enterprise", "address", f"No. {day}"))
    back_up(visit, place, lambda: START + timedelta(days=day))


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _weight(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given or [300, 200]))
