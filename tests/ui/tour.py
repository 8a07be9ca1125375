"""A way through every screen of the window, with samples open: for pictures and for tests.

A screen that is not offered is left out, so the way is as long as the window is complete.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assessor.i18n import Language
from assessor.ui.bridge import Bridge, CrashReport
from assessor.ui.dialogs.crash import CrashDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.preferences import Preferences
from assessor.ui.tasks import Tasks
from assessor.workspace.bureau_register import SUFFIX
from assessor.workspace.demo import build_sample
from tests.ui.bureau_city import build_register

SAMPLES = ("unfinished-visit", "precision-mould", "fine-chemicals", "auto-parts")
WORKSHOP, FACTORY, UNFINISHED = "auto-parts", "precision-mould", "unfinished-visit"
CITY = 120
"""Enterprises in the bureau's register."""
PATIENCE = 60_000
"""Milliseconds anything may take."""
_PAUSE, _CALM = 20, 3
"""Milliseconds between looks at what is under way, and how many quiet looks are enough."""


@dataclass(frozen=True)
class Stop:
    """A place in the window; `name` becomes part of a picture's name."""

    name: str
    screen: str
    where: Mapping[str, str] = field(default_factory=dict)


HOME = (
    Stop("start", "start"),
    Stop("new-visit", "start", {"action": "new"}),
    Stop("rubrics", "rubrics"),
    Stop("rubric-read", "rubrics", {"rubric": "nb.digital_workshop"}),
    Stop("calibrate", "calibrate"),
    Stop("bureau", "bureau"),
    Stop("bureau-intake", "bureau", {"tab": "intake"}),
    Stop("bureau-register", "bureau", {"tab": "register"}),
    Stop("bureau-statistics", "bureau", {"tab": "statistics"}),
    Stop("bureau-inspection", "bureau", {"tab": "inspection"}),
    Stop("bureau-bulletin", "bureau", {"tab": "bulletin"}),
    Stop("settings", "settings"),
)
"""Places without a visit; the start screen comes before planning a new one."""

VISIT: Mapping[str, tuple[Stop, ...]] = {
    FACTORY: (
        Stop("overview", "overview"),
        Stop("evaluation", "evaluation", {"criterion": "new_it_adoption"}),
        Stop("gates", "evaluation", {"panel": "gates"}),
        Stop("walk", "walk"),
        Stop("evidence", "evidence"),
        Stop("review", "review"),
        Stop("report", "report"),
    ),
    WORKSHOP: (
        Stop("evaluation-measured", "evaluation", {"criterion": "a1-key-equipment-nc-rate"}),
        Stop("evaluation-checklist", "evaluation", {"criterion": "a4-smart-equipment-kinds"}),
        Stop("ledger", "ledger"),
        Stop("findings", "findings"),
        Stop("compare", "compare"),
        Stop("panel", "panel"),
        Stop("sign-off", "sign_off"),
    ),
    UNFINISHED: (
        Stop("evaluation-open", "evaluation"),
        Stop("review-open", "review"),
        Stop("sign-off-open", "sign_off"),
    ),
}
"""Places in the visits they are best seen in."""


def build_samples(folder: Path) -> dict[str, Path]:
    """Build every sample's visit into `folder`."""
    return {name: build_sample(name, folder) for name in SAMPLES}


class Tour:
    """A whole window with its own settings and copies of the samples."""

    def __init__(
        self,
        folder: Path,
        samples: Mapping[str, Path],
        *,
        language: Language = "zh",
        theme: str = "light",
        size: tuple[int, int] = (1024, 768),
        text_percent: int = 100,
        touch: bool = False,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.visits = {name: Path(shutil.copy(path, folder)) for name, path in samples.items()}
        self.register = build_register(folder / f"宁波市{SUFFIX}", CITY)
        self.crashes: list[str] = []
        self._ask, CrashDialog.ask = CrashDialog.ask, self._on_crash
        self.bridge = Bridge()
        self.preferences = Preferences(folder / "settings.json", self.bridge)
        look = {"language": language, "theme": theme, "text_percent": text_percent, "touch": touch}
        recent = tuple(map(str, self.visits.values()))
        self.preferences.change(**look, recent=recent)
        self.tasks = Tasks(self.bridge)
        self.window = MainWindow(self.preferences, self.bridge, self.tasks)
        self.window.resize(*size)
        self.window.show()
        self.settle()

    def stops(self) -> Iterator[Stop]:
        """Go to every place and stop there."""
        for stop in HOME:
            if self.reach(stop):
                yield stop
        for name, stops in VISIT.items():
            self.open(name)
            for stop in stops:
                if self.reach(stop):
                    yield stop
        self.leave()

    def reach(self, stop: Stop) -> bool:
        """Go to one place; `False` when its screen is not offered here."""
        where = dict(stop.where)
        if "tab" in where:
            where["register"] = str(self.register)
        self.window.go(stop.screen, **where)
        self.settle()
        return self.window.shell.current_id == stop.screen

    def open(self, name: str) -> None:
        """Open the visit of a sample and wait until it is shown."""
        self.leave()
        path = self.visits[name]
        self.window.open_visit(path)
        waited = 0
        while self.window.visit is None or self.window.visit.latest is None:
            assert waited < PATIENCE, f"{path.name} was not opened"
            QTest.qWait(_PAUSE)
            waited += _PAUSE
        self.settle()

    def leave(self) -> None:
        """Close the visit that is open, if any."""
        if self.window.visit is not None:
            self.window.go("start")
        self.settle()

    def settle(self) -> None:
        """Let everything under way come to its end: tasks, the visit's queue, what it announced."""
        calm = waited = 0
        while calm < _CALM:
            assert waited < PATIENCE, "something never comes to an end"
            if self.window.visit is not None:
                self.window.visit.live.run(lambda _: None).result()
            QTest.qWait(_PAUSE)
            waited += _PAUSE
            calm = 0 if self.tasks.busy else calm + 1

    def _on_crash(self, report: CrashReport, *_: object) -> None:
        """Stand in for the crash dialog, which would wait for somebody."""
        self.crashes.append(report.text)

    def close(self) -> None:
        """Close the window and everything it held; raises `AssertionError` after a crash."""
        CrashDialog.ask = self._ask
        self.window.close()
        self.window.deleteLater()
        for _ in range(3):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()
        assert not self.crashes, "\n".join(self.crashes)
