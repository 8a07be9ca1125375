"""Every screen of the window with samples open: whole, named, reachable, readable, silent.

Each look goes through all screens once and gathers what is wrong at each stop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from assessor.i18n import Language
from assessor.ui.navigation import SCREENS, offered
from assessor.ui.theme import Theme, apply_theme
from assessor.ui.widgets import FlowLabel
from tests.ui import accessibility, looking
from tests.ui.conftest import shown, sweep
from tests.ui.tour import HOME, VISIT, Tour, build_samples

Question = Callable[[QWidget], list[str]]

QUESTIONS: dict[str, Question] = {
    "without a name": accessibility.nameless,
    "not reached by Tab": accessibility.unreached,
    "cut off": accessibility.clipped,
    "cut off below": looking.cut,
    "sticking out": looking.sticking_out,
    "outside": accessibility.outside,
    "scrolled sideways": looking.sideways,
    "changed by the wheel": accessibility.wheel_sensitive,
    "without a glyph": looking.without_glyph,
    "in another font": looking.in_another_font,
}
SMALL, COMMON = (1024, 768), (1920, 1080)
"""The smallest screen that is promised, and the commonest, on which text twice as large has to fit:
it then holds half of what it says in each direction."""
QUIRK = "This plugin does not support"
"""What Qt's drawing into memory says of itself, not of the program."""


def too_small_for_touch(root: QWidget) -> list[str]:
    return accessibility.too_small(root, accessibility.TOUCH_TARGET)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return build_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture
def said() -> Iterator[list[str]]:
    """Everything Qt says while a test runs."""
    lines: list[str] = []

    def hear(kind: QtMsgType, context: object, text: str) -> None:
        if kind != QtMsgType.QtInfoMsg and not text.startswith(QUIRK):
            lines.append(text)

    before = qInstallMessageHandler(hear)
    yield lines
    qInstallMessageHandler(before)


def walked(
    folder: Path,
    samples: dict[str, Path],
    questions: dict[str, Question],
    size: tuple[int, int] = SMALL,
    **look: object,
) -> dict[str, list[str]]:
    """Go through every screen in a look; return what is wrong, by stop and question."""
    tour = Tour(folder, samples, size=size, **look)  # type: ignore[arg-type]
    wrong: dict[str, list[str]] = {}
    try:
        for stop in tour.stops():
            found = {name: ask(tour.window) for name, ask in questions.items()}
            now = (tour.window.width(), tour.window.height())
            found["larger than asked for"] = [] if now == size else [str(now)]
            wrong |= {f"{stop.name}, {name}": answer for name, answer in found.items() if answer}
    finally:
        tour.close()
        apply_theme(QApplication.instance(), Theme())  # type: ignore[arg-type]
        sweep()
    return wrong


def told(wrong: dict[str, list[str]]) -> str:
    """What is wrong in lines, so that a failure can be read."""
    return "\n".join(f"{where}: {one}" for where, found in wrong.items() for one in found)


@pytest.mark.parametrize(("language", "theme"), [("zh", "light"), ("en", "dark")])
def test_every_screen_is_whole_and_readable(
    language: Language, theme: str, samples: dict[str, Path], tmp_path: Path, said: list[str]
) -> None:
    questions = {**QUESTIONS, "pale": looking.pale}
    wrong = walked(tmp_path, samples, questions, language=language, theme=theme)
    assert not wrong, told(wrong)
    assert said == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_screen_is_whole_with_text_twice_as_large(
    language: Language, samples: dict[str, Path], tmp_path: Path, said: list[str]
) -> None:
    wrong = walked(tmp_path, samples, QUESTIONS, COMMON, language=language, text_percent=200)
    assert not wrong, told(wrong)
    assert said == []


def test_every_control_can_be_touched(
    samples: dict[str, Path], tmp_path: Path, said: list[str]
) -> None:
    questions = {**QUESTIONS, "too small": too_small_for_touch}
    wrong = walked(tmp_path, samples, questions, touch=True)
    assert not wrong, told(wrong)
    assert said == []


def test_the_tour_stops_at_every_screen() -> None:
    stops = {stop.screen for stop in HOME} | {s.screen for stops in VISIT.values() for s in stops}
    assert stops == {screen.id for screen in SCREENS}
    assert len(offered("home")) + len(offered("visit")) == len(SCREENS)


# --- and what is wrong would be found -------------------------------------------------------------


@pytest.fixture
def poor(plain: Theme) -> Iterator[QWidget]:
    """A page with one fault of each kind."""
    page = QWidget()
    column = QVBoxLayout(page)
    nameless = QLineEdit()
    pale = QLabel("pale")
    pale.setStyleSheet("color: #C0C4CA")
    cut = FlowLabel(plain, "任选一件成品，现场反查到原料批次并计时。" * 6)
    cut.setMaximumHeight(20)
    odd = QPushButton("\U0001f600")
    odd.setStyleSheet("font-family: monospace")
    for widget in (nameless, pale, cut, odd):
        column.addWidget(widget)
    shown(page, 300, 300)
    yield page
    page.close()
    page.deleteLater()


def test_faults_are_found(poor: QWidget) -> None:
    assert len(accessibility.nameless(poor)) == 1
    assert len(looking.cut(poor)) == 1
    assert [found.split()[-2] for found in looking.pale(poor)] == ["'pale'"]
    assert looking.without_glyph(poor) == ["U+1F600 \U0001f600"]
    assert [found.split(" < ")[0] for found in looking.in_another_font(poor)] == ["QPushButton"]
    assert len(too_small_for_touch(poor)) == 2
