"""Programs killed at random moments: nothing acknowledged is lost, no file is broken."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assessor.storage.errors import DamagedError

ROOT = Path(__file__).parents[2]

if sys.platform != "win32":
    from tests.proofs import killing

    def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
        # In a process of its own: one with threads must not fork.
        command = [sys.executable, "-m", "benchmarks.kills", "--kills", "200"]
        done = subprocess.run(
            [*command, "--folder", str(tmp_path)],
            check=False,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "200 kills, 0 with a loss" in done.stdout

    def test_a_loss_would_be_seen(tmp_path: Path) -> None:
        for job in killing.JOBS.values():
            place = tmp_path / f"{job.work.__name__}"
            place.mkdir()
            job.prepare(place)
            with pytest.raises(killing.LostError):
                job.check(place, [0])

    def test_a_broken_file_would_be_seen(tmp_path: Path) -> None:
        place = tmp_path / "broken"
        place.mkdir()
        killing.prepare_editing(place)
        data = bytearray((place / killing.FILE).read_bytes())
        data[9_000:] = bytes(len(data) - 9_000)
        (place / killing.FILE).write_bytes(data)
        with pytest.raises(DamagedError):
            killing.check_editing(place, [])
