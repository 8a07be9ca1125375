"""How the open window feels: keys to paint, stalls of its event loop, memory with many photos.

    xvfb-run -a python -m benchmarks.window [--photos 300] [--megabytes 3] [--steps 100]
                                            [--folder DIR] [--offscreen]

A visit under the larger rubric (105 criteria) is answered and given photos of 12 megapixels, then
worked in by key presses in a real window. An answer counts until everything it changed has been
painted, and also until it is on disk, beside bare writes to the same disk. A timer that wants to
tick every 5 ms shows where the event loop was held up. The measures beside are painting the whole
window once and the ticks of a window nobody works in.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assessor.ui.app import SWITCH_SECONDS, make_application
from assessor.ui.bridge import Bridge
from assessor.ui.main_window import MainWindow
from assessor.ui.memory import open_set_aside
from assessor.ui.models.ledger_table import LedgerTable
from assessor.ui.preferences import Preferences
from assessor.ui.tasks import Tasks
from assessor.ui.visit_bridge import VisitBridge
from benchmarks.attach_photos import peak_memory_mb
from benchmarks.window_visits import (
    AT_ONCE,
    LEDGER_ROWS,
    LEDGER_SAMPLE,
    SAMPLE,
    build,
    ledger_text,
    visit_path,
)

KEY_LIMIT_MS, STALL_LIMIT_MS, MEMORY_LIMIT_MB = 100.0, 50.0, 500.0
TICK_MS = 5
IDLE_MS = 3000
LEDGER_EDITS = 20
DISK_STEPS = 50
WRITES_PER_STEP = 4
"""Of a rollback journal with `synchronous = EXTRA`: journal, its header, pages, journal again."""
Gaps = dict[str, list[float]]
"""What was done -> the delays of the event loop meanwhile, in milliseconds."""


class Pulse(QObject):
    """Ticks as often as the event loop lets it; `gaps` are its delays in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append(max((now - self._last) * 1000 - TICK_MS, 0.0))
        self._last = now

    def stop(self) -> None:
        """Count what is under way and end."""
        self._tick()
        self._timer.stop()


def pause(milliseconds: int) -> None:
    """Let events be handled for a while; unlike with `QTest.qWait` other threads run meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait(true: Callable[[], bool]) -> None:
    """Let events be handled until something holds."""
    while not true():
        pause(5)


@dataclass(frozen=True)
class Timed:
    """Milliseconds until something was painted, until it was on disk and painted, and processor
    time of the window's own thread in it; `edited` tells whether there was anything to save."""

    painted: float
    wall: float
    own: float
    edited: bool


class Bench:
    """A window with a visit open."""

    def __init__(self, folder: Path, visit: Path) -> None:
        self.bridge = Bridge()
        self.bridge.crashed.connect(self._crashed)
        preferences = Preferences(folder / "settings.json", self.bridge)
        self.tasks = Tasks(self.bridge)
        self.window = MainWindow(preferences, self.bridge, self.tasks, open_set_aside)
        self.window.resize(1440, 900)
        self.window.show()
        self.settle()
        begun = time.perf_counter()
        self.window.open_visit(visit)
        wait(lambda: self.window.visit is not None and self.window.visit.latest is not None)
        QApplication.processEvents()
        self.opening = (time.perf_counter() - begun) * 1000
        self.window.activateWindow()
        self.settle()

    def _crashed(self, report: object) -> None:
        print(report, file=sys.stderr)
        os._exit(2)

    @property
    def visit(self) -> VisitBridge:
        """The visit that is open."""
        if self.window.visit is None:
            raise RuntimeError("no visit is open")
        return self.window.visit

    def settle(self) -> None:
        """Let what is under way come to its end."""
        calm = 0
        while calm < 3:
            pause(20)
            saving = self.window.visit is not None and self.window.visit.saving
            calm = 0 if self.tasks.busy or saving else calm + 1

    def timed(self, act: Callable[[], None]) -> Timed:
        """Do something and wait until it is on disk and painted."""
        loop = QEventLoop()
        self.visit.saving_changed.connect(loop.quit)
        self.visit.foreseen.connect(loop.quit)
        begun, spent = time.perf_counter(), time.thread_time()
        act()
        QApplication.processEvents()
        edited = self.visit.saving
        if edited:
            loop.exec()
            QApplication.processEvents()
        painted = time.perf_counter() - begun
        while self.visit.saving:
            loop.exec()
        QApplication.processEvents()
        wall, own = time.perf_counter() - begun, time.thread_time() - spent
        self.visit.saving_changed.disconnect(loop.quit)
        self.visit.foreseen.disconnect(loop.quit)
        return Timed(painted * 1000, wall * 1000, own * 1000, edited)

    def press(self, key: str) -> Timed:
        """Press a key and wait until it is on disk and painted."""
        return self.timed(lambda: QTest.keySequence(QApplication.focusWidget() or self.window, key))

    @contextmanager
    def watched(self, name: str, found: Gaps) -> Iterator[None]:
        """Watch the event loop while something is done."""
        pulse = Pulse()
        yield
        self.settle()
        pulse.stop()
        found[name] = pulse.gaps

    def close(self) -> None:
        """Close the window."""
        self.window.close()
        self.settle()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


# --- measuring ------------------------------------------------------------------------------------


def p95(times: list[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(times, n=20)[-1]


def paint_time(window: MainWindow) -> float:
    """Return the median milliseconds of painting the whole window once."""
    times = []
    for _ in range(15):
        begun = time.perf_counter()
        window.grab()
        times.append((time.perf_counter() - begun) * 1000)
    return median(times)


def keys(bench: Bench, steps: int) -> tuple[list[Timed], list[Timed]]:
    """Return the times of answers and of moves from one criterion to the next."""
    bench.window.go("evaluation", criterion="new_it_adoption")
    bench.settle()
    answers, moves = [], []
    for _ in range(steps):
        # The first of these keys that gives another answer than the one that stands.
        for key in "23":
            answer = bench.press(key)
            pause(30)
            if answer.edited:
                answers.append(answer)
                break
        moves.append(bench.press("PgDown"))
        pause(30)
    return answers, moves


def stalls(bench: Bench, folder: Path, more: list[Path]) -> Gaps:
    """Return the delays of the event loop during long work."""
    found: Gaps = {}
    with bench.watched("nothing at all", found):
        pause(IDLE_MS)
    photo_stalls(bench, more, found)
    print(f"memory after looking through the photos: {peak_memory_mb():.0f} MB at most")
    report_stalls(bench, folder, found)
    return found


def photo_stalls(bench: Bench, more: list[Path], found: Gaps) -> None:
    """Look through all photos and drop more of them on the window."""
    from assessor.ui.views.evidence import EvidencePage  # noqa: PLC0415 (opened here first)

    with bench.watched("opening the evidence screen and its thumbnails", found):
        bench.window.go("evidence")
    page = bench.window.shell.page
    assert isinstance(page, EvidencePage)
    with bench.watched("scrolling through all thumbnails", found):
        bar = page.grid.verticalScrollBar()
        for place in range(0, bar.maximum() + 1, max(bar.pageStep() // 2, 1)):
            bar.setValue(place)
            pause(30)
    with bench.watched(f"importing {len(more)} photos", found):
        page.intake.take_files(more)


def report_stalls(bench: Bench, folder: Path, found: Gaps) -> None:
    """Look at the report and write it."""
    from assessor.ui.views.report import ReportPage  # noqa: PLC0415 (opened here first)

    with bench.watched("opening the report screen and its preview", found):
        bench.window.go("report")
        report = bench.window.shell.page
        assert isinstance(report, ReportPage)
        desk = report.desk
        wait(lambda: desk.preview is not None and not desk.making)
    with bench.watched("turning pages of the preview", found):
        for _ in range(10):
            report.pages.go_to(report.pages.page + 2)
            pause(50)
    begun = time.perf_counter()
    with bench.watched("writing PDF and workbook", found):
        desk.write(folder / "out")
        wait(lambda: not desk.writing)
    assert desk.written is not None
    print(f"PDF and workbook with photos: {time.perf_counter() - begun:.1f} s")
    desk.write(folder / "out", replace=True)
    wait(lambda: desk.progress[0] == 3)
    begun = time.perf_counter()
    desk.cancel()
    wait(lambda: not desk.writing)
    print(f"cancel in the middle of the PDF: {(time.perf_counter() - begun) * 1000:.0f} ms")


def ledger_stalls(bench: Bench) -> tuple[Gaps, list[Timed]]:
    """Return the delays while thousands of rows are pasted into a ledger and then edited, and the
    times of the edits."""
    from assessor.ui.views.ledger import LedgerPage  # noqa: PLC0415 (opened here first)

    found: Gaps = {}
    with bench.watched("opening the ledger", found):
        bench.window.go("ledger")
    page = bench.window.shell.page
    assert isinstance(page, LedgerPage)
    QGuiApplication.clipboard().setText(ledger_text())
    with bench.watched(f"pasting {LEDGER_ROWS} rows", found):
        bench.window.run_action("paste")
        bench.settle()
    column = next(at for at, one in enumerate(page.model.table.columns) if one.type == "count")
    times = []
    with bench.watched(f"editing cells among {len(page.model.rows)} rows", found):
        for number in range(LEDGER_EDITS):
            index = page.model.index(number * 37, column)
            page.view.show_cell(index.row(), column)
            pause(30)
            times.append(bench.timed(partial(type_in, page.model, index, str(3 + number))))
            bench.settle()
    return found, times


def type_in(model: LedgerTable, index: QModelIndex, text: str) -> None:
    """Put a text into a cell, as the editor over it does."""
    model.setData(index, text)


# --- telling --------------------------------------------------------------------------------------


def tell_times(name: str, times: list[Timed], paint: float) -> bool:
    """Print times beside a whole paint; returns whether their limit was kept."""
    shown, wall = [one.painted for one in times], [one.wall for one in times]
    own = [one.own for one in times]
    print(
        f"{name} ({len(times)}): painted median {median(shown):.0f} ms, p95 {p95(shown):.0f} ms = "
        f"{p95(shown) / paint:.1f} paints; the window's own work {median(own):.0f} ms, "
        f"p95 {p95(own):.0f} ms"
    )
    if any(one.edited for one in times):
        print(f"  on disk too: median {median(wall):.0f} ms, p95 {p95(wall):.0f} ms")
    return p95(shown) <= KEY_LIMIT_MS


def tell_disk(folder: Path) -> None:
    """Print what the disk itself needs for the four confirmed writes of a step, nothing around."""
    times = []
    with (folder / "disk.bin").open("wb", buffering=0) as file:
        for _ in range(DISK_STEPS):
            begun = time.perf_counter()
            for _ in range(WRITES_PER_STEP):
                file.write(b"x" * 8192)
                os.fsync(file.fileno())
            times.append((time.perf_counter() - begun) * 1000)
            pause(30)
    print(f"the disk alone: median {median(times):.0f} ms, p95 {p95(times):.0f} ms")


def tell_stalls(found: Gaps) -> bool:
    """Print where the event loop was held up; returns whether it never was for too long."""
    fine = True
    for name, gaps in found.items():
        long = [gap for gap in gaps if gap > STALL_LIMIT_MS]
        fine = fine and not long
        worst = max(gaps, default=0)
        print(f"  {name}: {len(long)} over {STALL_LIMIT_MS:.0f} ms, worst {worst:.0f} ms")
    return fine


def main() -> int:
    """Measure and print; returns 1 when a limit is not kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--photos", type=int, default=300)
    parser.add_argument("--megabytes", type=float, default=3)
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--offscreen", action="store_true")
    chosen = parser.parse_args()
    if chosen.offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.setswitchinterval(SWITCH_SECONDS)
    with tempfile.TemporaryDirectory(dir=chosen.folder) as made:
        # In a process of its own, whose memory is not counted.
        size = int(chosen.megabytes * 1e6)
        builder = get_context("spawn").Process(target=build, args=(Path(made), chosen.photos, size))
        builder.start()
        builder.join()
        application = make_application()
        fine = measure(Path(made), chosen.photos, chosen.steps)
        del application
    return int(not fine)


def measure(folder: Path, count: int, steps: int) -> bool:
    """Work in the visits and print what was found; returns whether all limits held."""
    os.environ["XDG_DATA_HOME"] = os.environ["APPDATA"] = str(folder / "data")
    pictures = sorted(folder.glob("photo-*.jpg"))
    print(f"{count} photos of {pictures[0].stat().st_size / 1e6:.1f} MB")
    bench = Bench(folder, visit_path(folder, SAMPLE))
    paint = paint_time(bench.window)
    ratio = bench.opening / paint
    print(f"painting the whole window: {paint:.1f} ms")
    print(f"opening the visit until it is painted: {bench.opening:.0f} ms = {ratio:.0f} paints")
    answers, moves = keys(bench, steps)
    fine = tell_times("answer", answers, paint)
    fine = tell_times("next criterion", moves, paint) and fine
    tell_disk(folder)
    found = stalls(bench, folder, pictures[count : count + AT_ONCE])
    seen = peak_memory_mb()
    bench.close()
    bench = Bench(folder, visit_path(folder, LEDGER_SAMPLE))
    more, edits = ledger_stalls(bench)
    bench.close()
    fine = tell_times(f"a cell among {LEDGER_ROWS} rows", edits, paint) and fine
    print("event loop held up:")
    fine = tell_stalls({**found, **more}) and fine
    print(f"memory: {seen:.0f} MB at most with the photos, looked through, imported and reported")
    return fine and seen < MEMORY_LIMIT_MB


if __name__ == "__main__":
    sys.exit(main())
