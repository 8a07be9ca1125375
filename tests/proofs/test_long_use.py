"""Use in fast motion, the short version: memory stays, no handle is left open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

if sys.platform.startswith("linux"):

    def test_much_use_leaves_nothing_behind(tmp_path: Path) -> None:
        # In a process of its own, or what other tests left would be counted.
        command = [sys.executable, "-m", "benchmarks.long_use", "--folder", str(tmp_path)]
        done = subprocess.run(
            [*command, "--edits", "1500", "--reports", "6"],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "history whole" in done.stdout
