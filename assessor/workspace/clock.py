"""Where time and the user enter; nothing below the use cases reads a clock."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the present time with its zone."""


def now() -> datetime:
    """Return the present time in the machine's zone, to the second."""
    return datetime.now(UTC).astimezone().replace(microsecond=0)


def user_name() -> str:
    """Return the login name, empty where the system tells none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
