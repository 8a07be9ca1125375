"""How long the window takes to its start screen beside a bare PySide6 window.

    python -m benchmarks.window_start [--runs 11]

Both are started in turns, each in a process of its own. The time runs from before the process is
made until the window has been painted for the first time and waits for events; for the program the
start screen's "new visit" is then there and can be used.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 1.8

# Ends the process at once when the first paint is over and the queue is empty.
_WATCH = """
import json, os, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer

class Watch(QObject):
    seen = False
    def eventFilter(self, target, event):
        if event.type() == QEvent.Type.Paint and not self.seen:
            self.seen = True
            QTimer.singleShot(0, self.end)
        return False
    def end(self):
        usable = check()
        spent = os.times()
        print(json.dumps([time.time(), spent.user + spent.system, usable]), flush=True)
        os._exit(0)
"""
_BARE = (
    """
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
"""
    + _WATCH
    + """
def check(): return True
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("bare"))
watch = Watch()
window.installEventFilter(watch)
window.show()
app.exec()
"""
)
_OURS = (
    _WATCH
    + """
import assessor.ui.app as ours
show = ours.MainWindow.show
def check():
    from PySide6.QtWidgets import QAbstractButton, QApplication
    tiles = [top.findChild(QAbstractButton, "new") for top in QApplication.topLevelWidgets()]
    return any(tile is not None and tile.isVisible() and tile.isEnabled() for tile in tiles)
def watched(window):
    window.watch = Watch()
    window.installEventFilter(window.watch)
    show(window)
ours.MainWindow.show = watched
sys.argv = ["assessor", "open"]
from assessor.__main__ import main
main()
"""
)


@dataclass(frozen=True)
class Start:
    """What one start took, in milliseconds: by the clock, and of processor time."""

    wall: float
    processor: float


def started(code: str, home: Path) -> Start:
    """Start a process and return what it took until its window was painted."""
    environment = {**os.environ, "XDG_DATA_HOME": str(home), "APPDATA": str(home)}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    # An installed program has its bytecode; here the first, unmeasured start writes it.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(home / "bytecode")
    begun = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    painted, processor, usable = json.loads(done.stdout.splitlines()[-1])
    assert usable, "the start screen was painted but could not be used"
    return Start((painted - begun) * 1000, processor * 1000)


def main() -> int:
    """Measure both in turns, print them and the ratio; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=11)
    runs = parser.parse_args().runs
    bare, ours = [], []
    with tempfile.TemporaryDirectory() as home:
        for code in (_BARE, _OURS):
            started(code, Path(home))
        for _ in range(runs):
            bare.append(started(_BARE, Path(home)))
            ours.append(started(_OURS, Path(home)))
    ratios = {}
    for name in ("wall", "processor"):
        one, other = (median(getattr(run, name) for run in group) for group in (bare, ours))
        ratios[name] = other / one
        print(f"{name}: bare {one:.0f} ms, ours {other:.0f} ms, ratio {ratios[name]:.2f}")
    return int(min(ratios.values()) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
