"""A bureau's register under bad luck: nothing acknowledged is lost, no register is broken.

The long versions are in `benchmarks/register_kills.py`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from assessor.bureau.register import layout, open_register
from assessor.storage.errors import DamagedError
from tests.proofs import registers
from tests.proofs.mishaps import sweep
from tests.proofs.power import Disk, cut_often

ROOT = Path(__file__).parents[2]

if sys.platform != "win32":
    from tests.proofs.killing import LostError

    def test_kills_lose_nothing(tmp_path: Path) -> None:
        # In a process of its own: one with threads must not fork.
        command = [sys.executable, "-m", "benchmarks.register_kills", "--kills", "7"]
        done = subprocess.run(
            [*command, "--every", "0", "--cuts", "0", "--folder", str(tmp_path)],
            check=False,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "7 kills, 0 with a loss" in done.stdout

    @pytest.mark.parametrize("name", ["adding", "deciding"])
    def test_a_loss_would_be_seen(name: str, tmp_path: Path) -> None:
        job = registers.JOBS[name]
        job.prepare(tmp_path)
        job.check(tmp_path, [])
        with pytest.raises(LostError):
            job.check(tmp_path, [3])

    def test_a_broken_register_would_be_seen(tmp_path: Path) -> None:
        job = registers.JOBS["adding"]
        job.prepare(tmp_path)
        path = tmp_path / registers.FILE
        with open_register(path) as register:
            registers.add_some(register, 0)
            register.connection.execute("DELETE FROM figures")
        with pytest.raises(LostError):
            job.check(tmp_path, [0])
        content = path.read_bytes()
        path.write_bytes(content[:9000] + bytes(len(content) - 9000))
        with pytest.raises(DamagedError):
            job.check(tmp_path, [])


def some(calls: int) -> Iterable[int]:
    return sorted({1, calls // 2, calls - 1, calls})


@pytest.mark.parametrize("name", sorted(registers.TASKS))
def test_a_troubled_disk_breaks_nothing(name: str, tmp_path: Path) -> None:
    figures = sweep(registers.TASKS[name], tmp_path / "place", some, ["ENOSPC", "EACCES", "EIO"])
    assert figures.wrong == []
    assert figures.calls > 20
    assert figures.refused.total() > figures.troubles // 2


def test_power_cuts_lose_nothing(tmp_path: Path) -> None:
    session = registers.record_register(tmp_path, 4, 30)
    assert len(session.changes) > 200
    assert cut_often(session, 40, tmp_path, seed=20261120) == []


def test_what_is_not_synced_is_seen_to_be_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(layout, "WRITING", {**layout.WRITING, "synchronous": 0})
        session = registers.record_register(tmp_path, 4, 5)
    assert cut_often(session, 20, tmp_path, seed=1) != []
    monkeypatch.setattr(Disk, "sync", lambda self, name: None)
    assert cut_often(session, 20, tmp_path, seed=1) != []
