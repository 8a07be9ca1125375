"""What holds for every test: no screen, no internet, no thread left behind."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A busy machine is no failure. Whoever is developing tries other examples each time; the check of
# a submission tries the same ones, so that what it finds is about the submission.
settings.register_profile(
    "assessor",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("assessor")

LOCAL_NAMES = {"", "localhost", "::1", "0.0.0.0", "::"}  # noqa: S104 (compared, never bound)
THREAD_PATIENCE = 30.0
"""Seconds a thread may take to end after its test."""

_strangers: list[str] = []


def _is_local(host: object) -> bool:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    return name is None or name in LOCAL_NAMES or str(name).startswith("127.")


def _host_of(event: str, arguments: tuple[object, ...]) -> object:
    """Return the host an audited call is about, None when it is about no host."""
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        return arguments[0]
    address = arguments[1]
    return address[0] if isinstance(address, tuple) else None


def _watch_sockets(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse every connection and name look-up that would leave this machine."""
    if event not in {
        "socket.connect",
        "socket.sendto",
        "socket.sendmsg",
        "socket.getaddrinfo",
        "socket.gethostbyname",
    }:
        return
    host = _host_of(event, arguments)
    if not _is_local(host):
        _strangers.append(f"{event} {host!r}")
        raise PermissionError(f"a test tried to reach the network: {event} {host!r}")


# An audit hook sees the calls of C code too and cannot be undone by a test. It does not reach into
# child processes.
sys.addaudithook(_watch_sockets)


@pytest.fixture(autouse=True)
def _no_internet() -> Iterator[None]:
    """Fail a test that tried to leave the machine, even if it swallowed the refusal."""
    _strangers.clear()
    yield
    assert not _strangers, f"the test tried to reach the network: {_strangers}"


@pytest.fixture(autouse=True)
def _no_leaked_thread() -> Iterator[None]:
    """Fail a test that leaves a thread running."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + THREAD_PATIENCE
    while (left := set(threading.enumerate()) - before) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not left, f"threads still running: {sorted(thread.name for thread in left)}"
