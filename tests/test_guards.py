"""The guards of conftest.py are seen to fail tests that leave the machine or leak a thread."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")

CASES = """
import contextlib, socket, threading, time


def test_connecting():
    socket.socket().connect(("192.0.2.1", 80))


def test_swallowing():
    with contextlib.suppress(OSError):
        socket.create_connection(("example.invalid", 80), 1)


def test_sending():
    socket.socket(type=socket.SOCK_DGRAM).sendto(b"", ("192.0.2.1", 9))


def test_leaking():
    threading.Thread(target=time.sleep, args=(60,), name="left-behind", daemon=True).start()


def test_harmless():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
    threading.Thread(target=len, args=("",)).start()
"""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a pytest of its own says about the cases, under a copy of the conftest."""
    folder = tmp_path_factory.mktemp("guarded")
    shutil.copy(CONFTEST, folder / "conftest.py")
    (folder / "test_case.py").write_text(CASES, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider"]
    # A wide terminal, so that the summary lines are not cut.
    wide = {**os.environ, "COLUMNS": "300"}
    done = subprocess.run(
        command, cwd=folder, env=wide, capture_output=True, text=True, check=False
    )
    return done.stdout


@pytest.mark.parametrize(
    "line",
    [
        "FAILED test_case.py::test_connecting - PermissionError: a test tried to reach the network",
        "ERROR test_case.py::test_swallowing - AssertionError: the test tried to reach the network",
        "FAILED test_case.py::test_sending - PermissionError: a test tried to reach the network",
        "ERROR test_case.py::test_leaking - AssertionError: threads still running",
    ],
)
def test_guard_fails_the_test(line: str, outcome: str) -> None:
    assert line in outcome


def test_local_sockets_and_finished_threads_are_fine(outcome: str) -> None:
    assert "PASSED test_case.py::test_harmless" in outcome
    assert "ERROR test_case.py::test_harmless" not in outcome
