"""Where time and the user enter; nothing below the use cases reads a clock."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the present time with its zone."""

Who = Callable[[], str]
"""Gives the name that stands beside a step in the log, empty where there is none."""


def now() -> datetime:
    """Return the present time in the machine's zone, to the second."""
    return datetime.now(UTC).astimezone().replace(microsecond=0)


def named_or_account(name: str) -> str:
    """Return the name a person chose for their work, or the login name where they chose none."""
    return name.strip() or user_name()


def user_name() -> str:
    """Return the login name, empty where the system tells none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
