"""The guards of conftest.py are seen to fail tests that leave the machine or leak a thread."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")

CASES = {
    "connecting": ("import socket; socket.socket().connect(('192.0.2.1', 80))", "network"),
    "swallowing": (
        "import contextlib, socket\n"
        "    with contextlib.suppress(OSError):\n"
        "        socket.create_connection(('example.invalid', 80), 1)",
        "the test tried to reach the network",
    ),
    "sending": (
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 9))",
        "network",
    ),
    "leaking": (
        "import threading, time; "
        "threading.Thread(target=time.sleep, args=(4,), name='left-behind').start()",
        "left-behind",
    ),
}
HARMLESS = (
    "import socket, threading\n"
    "    server = socket.create_server(('127.0.0.1', 0))\n"
    "    socket.create_connection(server.getsockname()).close()\n"
    "    server.close()\n"
    "    threading.Thread(target=len, args=('',)).start()"
)


def run_alone(body: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run one test in a pytest of its own, under a copy of the conftest."""
    shutil.copy(CONFTEST, folder / "conftest.py")
    (folder / "test_case.py").write_text(f"def test_case():\n    {body}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_case.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", CASES)
def test_guard_fails_the_test(name: str, tmp_path: Path) -> None:
    body, complaint = CASES[name]
    done = run_alone(body, tmp_path)
    assert done.returncode == 1, done.stdout
    assert complaint in done.stdout


def test_local_socket_and_finished_thread_pass(tmp_path: Path) -> None:
    done = run_alone(HARMLESS, tmp_path)
    assert done.returncode == 0, done.stdout
