"""Starting this very program once more, from sources or from a frozen app, to work beside itself.

From sources the other process runs a module of its own. A frozen app has no `-m`: there the app
itself is started with the argument that stands for the module, which `assessor.__main__` knows.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

READING, REPORTS, INTAKE = "--read-workbook", "--make-reports", "--judge-workbooks"
MODULES = {
    READING: "assessor.sheets.child",
    REPORTS: "assessor.workspace.report_child",
    INTAKE: "assessor.bureau.intake.child",
}
"""The argument of a frozen app -> the module it stands for, whose `main` is run."""

_SOURCES = Path(__file__).resolve().parents[2]


def own_command(argument: str) -> list[str]:
    """Return the command that starts the process `argument` stands for, see `MODULES`."""
    if getattr(sys, "frozen", False):
        return [sys.executable, argument]
    # -P: nothing is imported from the folder the program happens to be started in.
    return [sys.executable, "-P", "-m", MODULES[argument]]


def own_environment() -> dict[str, str]:
    """Return the environment of such a process: it finds the same sources and speaks UTF-8."""
    before = os.environ.get("PYTHONPATH")
    folders = [str(_SOURCES), *([before] if before else [])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(folders), "PYTHONIOENCODING": "utf-8"}
