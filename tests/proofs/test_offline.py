"""The main job without a network: no socket of the internet is made, none is needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.proofs.offline import FORBIDDEN

ROOT = Path(__file__).parents[2]


def without_interfaces() -> list[str]:
    """Return what starts a program in a network namespace of its own, where that is allowed."""
    found = shutil.which("unshare")
    command = [found or "", "-n", "--"]
    if not found or subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        return []
    return command


def job(folder: Path, *wishes: str) -> subprocess.CompletedProcess[str]:
    here = {"XDG_DATA_HOME": str(folder / "user"), "APPDATA": str(folder / "user")}
    keys = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "tests.proofs.offline", str(folder), *wishes]
    return subprocess.run(
        [*without_interfaces(), *command],
        cwd=ROOT,
        env={**os.environ, **here, **keys, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_whole_job_opens_no_internet_socket(tmp_path: Path) -> None:
    done = job(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("done\n")
    assert len(list((tmp_path / "out").iterdir())) == 2


@pytest.mark.qt
def test_the_window_opens_no_internet_socket(tmp_path: Path) -> None:
    done = job(tmp_path, "--window")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("done\n")


def test_a_socket_would_be_seen(tmp_path: Path) -> None:
    done = job(tmp_path, "--provoke")
    assert done.returncode == FORBIDDEN
    assert "socket.__new__" in done.stderr
