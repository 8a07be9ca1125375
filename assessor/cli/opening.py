"""`assessor open` as it is typed most often, without the library of the command line.

That library takes longer to load than the window's first picture. Whatever is not plainly a window
to be opened - options, a language, a missing Qt - goes the usual way and is told there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

COMMAND = "open"
LANGUAGE_VARIABLE = "ASSESSOR_LANG"
_MOST = 2
"""The command and one file."""
_WINDOW = ("PySide6", "assessor.ui", "assessor.ui.app")


def is_plain(arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether `arguments` are `open`, or `open` and a file, with nothing said on language."""
    if list(arguments[:1]) != [COMMAND] or len(arguments) > _MOST or LANGUAGE_VARIABLE in environ:
        return False
    plain = all(argument and not argument.startswith("-") for argument in arguments)
    return plain and all(find_spec(part) is not None for part in _WINDOW)


def open_window(arguments: Sequence[str]) -> int:
    """Open the window, with the file if one is named; returns the exit code."""
    from assessor.ui.app import run

    visit = arguments[1:]
    return run(Path(visit[0]) if visit else None)
