"""How long `assessor --help` takes beside `python -c "import typer"`, and what it loads.

    python -m benchmarks.help_time [--runs 15]

Both are timed in turns, each in a process of its own, so that a busy moment meets both alike. The
modules are those a child reports after it has shown the help.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 2.5
HEAVY = (
    "PySide6",
    "shiboken6",
    "openpyxl",
    "xlsxwriter",
    "python_calamine",
    "reportlab",
    "pypdfium2",
    "PIL",
    "pi_heif",
)
"""Libraries for the window and for files; help needs none of them, whatever it is about."""
RECORDS = ("pydantic", "pydantic_core")
"""Libraries for records. Typer itself loads them as soon as a command is named."""

HELP = [sys.executable, "-m", "assessor", "--help"]
TYPER = [sys.executable, "-c", "import typer"]
NOTHING = [sys.executable, "-c", ""]
_LOADED = """
import sys
from assessor.__main__ import main
sys.argv = ["assessor", *sys.argv[1:]]
code = main()
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
raise SystemExit(code)
"""


@dataclass(frozen=True)
class Taken:
    """What one process took: wall and processor time in milliseconds (the latter 0 on Windows)."""

    wall: float
    processor: float


def loaded_by(*arguments: str) -> frozenset[str]:
    """Return the top-level modules that are loaded after `assessor ARGUMENTS` has run."""
    command = [sys.executable, "-c", _LOADED, *arguments]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return frozenset(found.stderr.splitlines()[-1].split())


def run_once(command: list[str]) -> Taken:
    """Run `command` and measure it."""
    before = os.times()
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    wall = time.perf_counter() - start
    after = os.times()
    used = after.children_user + after.children_system
    processor = used - before.children_user - before.children_system
    return Taken(wall * 1000, processor * 1000)


def measure(runs: int) -> bool:
    """Print times and ratio; True when the limit is kept."""
    commands = {"assessor --help": HELP, "import typer": TYPER, "python alone": NOTHING}
    taken: dict[str, list[Taken]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            taken[name].append(run_once(command))
    walls = {name: median(one.wall for one in found) for name, found in taken.items()}
    processors = {name: median(one.processor for one in found) for name, found in taken.items()}
    for name in commands:
        print(f"{name:<18} wall {walls[name]:7.1f} ms  processor {processors[name]:7.1f} ms")
    ratios = [times["assessor --help"] / times["import typer"] for times in (walls, processors)]
    print(f"help / typer       wall {ratios[0]:7.2f}     processor {ratios[1]:7.2f}  limit {LIMIT}")
    return ratios[0] <= LIMIT


def main() -> int:
    """Run what the arguments ask for; 1 when a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    wish = parser.parse_args()
    os.environ["ASSESSOR_LANG"] = "zh"
    loaded = loaded_by("--help")
    heavy = sorted(loaded & {*HEAVY, *RECORDS})
    print(f"heavy libraries    {', '.join(heavy) or 'none'} of {', '.join((*HEAVY, *RECORDS))}")
    return 0 if measure(wish.runs) and not heavy else 1


if __name__ == "__main__":
    sys.exit(main())
