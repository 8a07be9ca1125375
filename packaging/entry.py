"""What a built program starts: the command line, or the window when it goes by the window's name.

Double-clicking a visit hands over its path alone, so the window's program takes a path where the
command line takes a command.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path

WINDOW = "assessor-window"


def command_line(program: str, given: Sequence[str], own: Collection[str]) -> list[str]:
    """Return the arguments of the command line that mean what `program` was started with.

    The processes it works with beside itself are the same program, started with one of `own`.
    """
    if Path(program).stem != WINDOW or any(first in own for first in given[:1]):
        return list(given)
    return ["open", *given]


def main() -> int:
    """Run what was asked for and return the exit code."""
    from assessor.__main__ import main as run  # noqa: PLC0415 (tests read this file without it)
    from assessor.sheets.own_process import MODULES  # noqa: PLC0415 (as above)

    sys.argv[1:] = command_line(sys.executable, sys.argv[1:], MODULES)
    return run()


if __name__ == "__main__":
    sys.exit(main())
