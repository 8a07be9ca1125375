"""How the bureau's register feels with very many visits: where the event loop is held up.

    xvfb-run -a python -m benchmarks.bureau_window [--rows 100000] [--folder DIR] [--offscreen]

A register is filled with made-up visits and opened in a real window; it is searched letter by
letter, filtered, sorted by every column and leafed through, while another thread arranges the rows.
A timer that wants to tick every 5 ms shows the delays, beside those of a window nobody works in.
Besides, the longest time the window's own thread worked between two ticks: on a busy machine the
delays contain waiting for a processor, that work does not. Exits with 1 when it is over the limit
anywhere but at the opening.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt

from assessor.bureau.register import open_register
from assessor.ui.app import SWITCH_SECONDS, make_application
from assessor.ui.bridge import Bridge
from assessor.ui.main_window import MainWindow
from assessor.ui.preferences import Preferences
from assessor.ui.tasks import Tasks
from assessor.ui.views.bureau.page import BureauPage
from assessor.ui.views.bureau.register import RegisterTab
from assessor.workspace.bureau_table import COLUMNS
from benchmarks.bureau_statistics import verdicts
from benchmarks.window import IDLE_MS, STALL_LIMIT_MS, Pulse, pause

TURNS = 30
AFTERWARDS_MS = 400


class OwnPulse(Pulse):
    """Notes as well how long the window's own thread worked between two ticks: `worked`, in ms."""

    def __init__(self) -> None:
        self.worked: list[float] = []
        self._spent = time.thread_time()
        super().__init__()

    def _tick(self) -> None:
        now = time.thread_time()
        self.worked.append((now - self._spent) * 1000)
        self._spent = now
        super()._tick()


@contextmanager
def watched(what: str, worst: list[float]) -> Iterator[None]:
    """Print the delays while something is done, and keep the window's longest own work."""
    pulse = OwnPulse()
    yield
    pulse.stop()
    long = sum(gap > STALL_LIMIT_MS for gap in pulse.gaps)
    own = max(pulse.worked)
    worst.append(own)
    print(
        f"{what:34} longest delay {max(pulse.gaps):4.0f} ms, {long:2} over {STALL_LIMIT_MS:.0f} ms;"
        f" the window's own longest work {own:3.0f} ms",
        flush=True,
    )


class Bench:
    """A window with a register open, and when its rows were arranged."""

    def __init__(self, folder: Path, register: Path) -> None:
        self.bridge = Bridge()
        self.tasks = Tasks(self.bridge)
        self.window = MainWindow(
            Preferences(folder / "settings.json", self.bridge), self.bridge, self.tasks
        )
        self.window.resize(1440, 900)
        self.window.show()
        self.register = register
        self.tab: RegisterTab | None = None

    def settle(self) -> None:
        """Wait until nothing is under way."""
        calm = 0
        while calm < 5:
            pause(20)
            calm = 0 if self.tasks.busy else calm + 1

    def open(self) -> RegisterTab:
        """Open the register and wait until its rows are shown."""
        self.window.go("bureau", register=str(self.register), tab="register")
        self.settle()
        page = self.window.shell.page
        if not isinstance(page, BureauPage) or page.workbench is None:
            raise TypeError(page)
        return page.workbench.register_tab()

    def close(self) -> None:
        """End."""
        self.window.close()
        self.tasks.close()


def work(bench: Bench) -> list[float]:
    """Work in the register; return the window's longest own work in each part, in ms."""
    worst: list[float] = []
    with watched("nobody does anything", []):
        pause(IDLE_MS)
    # The page and its parts are made then, once; the limit is for working in it.
    with watched("opening the register", []):
        tab = bench.open()
    with watched("searching letter by letter", worst):
        for text in ("企", "企业", "企业0", "企业01", "企业012", "企业01", ""):
            tab.search.setText(text)
            pause(AFTERWARDS_MS)
        bench.settle()
    for name, field in tab.choices.items():
        with watched(f"filtering by {name}", worst):
            for at in (1, 2, 0):
                field.setCurrentIndex(at)
                field.key_chosen.emit(field.key())
                bench.settle()
    header = tab.table.horizontalHeader()
    for at, name in enumerate(COLUMNS):
        with watched(f"sorting by {name}", worst):
            for way in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
                header.setSortIndicator(at, way)
                bench.settle()
    with watched("leafing through", worst):
        bar = tab.table.verticalScrollBar()
        for turn in range(TURNS):
            bar.setValue(bar.maximum() * turn // TURNS)
            pause(20)
    return worst


def main() -> int:
    """Measure and print; 1 when the limit is not kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--offscreen", action="store_true")
    wish = parser.parse_args()
    if wish.offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.setswitchinterval(SWITCH_SECONDS)
    with tempfile.TemporaryDirectory(dir=wish.folder) as name:
        path = Path(name) / "city.register"
        with open_register(path, create=True) as register:
            register.add(verdicts(wish.rows, 1))
        application = make_application()
        bench = Bench(Path(name), path)
        worst = work(bench)
        bench.close()
        del application
    print(f"{wish.rows} visits; the window's own longest work {max(worst):.0f} ms")
    return int(max(worst) > STALL_LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
