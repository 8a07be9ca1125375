"""What the tests of the window share: application, contexts, a visit, and no widget left over."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from assessor.assessment import Enterprise, Visit
from assessor.i18n import LANGUAGES, Language
from assessor.ui import backing_up
from assessor.ui.app import make_application
from assessor.ui.bridge import Bridge, CrashReport
from assessor.ui.dialogs.crash import CrashDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import SCREENS, Context, LazyScreen
from assessor.ui.preferences import Preferences
from assessor.ui.tasks import InlinePool, Tasks
from assessor.ui.theme import DARK, LIGHT, Sizes, Theme, apply_theme
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.words import Words
from assessor.workspace.live import LiveVisit
from assessor.workspace.rubric_library import rubric_called
from assessor.workspace.visits import new_visit

PATIENCE = 60_000
"""Milliseconds anything may take, on a machine that does much else."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as one that needs Qt."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt)


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it, in the standard look."""
    app = make_application()
    apply_theme(app, Theme())
    return app


@pytest.fixture(autouse=True, scope="session")
def _backups_when_asked() -> Iterator[None]:
    """Let no test wait for a backup that begins by itself while a visit is open."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backing_up, "SETTLE", 3600.0)
        yield


def sweep() -> None:
    """Let everything that is due to be deleted be deleted."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


@pytest.fixture(autouse=True)
def _no_leaked_widget(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a window open."""
    before = set(qapp.topLevelWidgets())
    yield
    sweep()
    left = [w for w in qapp.topLevelWidgets() if w not in before and w.isVisible()]
    names = [type(widget).__name__ for widget in left]
    for widget in left:
        widget.close()
    assert not names, f"windows left open: {names}"


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Theme]:
    """The standard look in both palettes, applied to the application."""
    chosen = Theme(request.param, Sizes())
    apply_theme(qapp, chosen)
    yield chosen
    apply_theme(qapp, Theme())


@pytest.fixture
def plain(qapp: QApplication) -> Theme:
    """The standard look, in light."""
    return Theme()


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest) -> Words:
    return Words(request.param)


@pytest.fixture
def bridge(qapp: QApplication) -> Bridge:
    return Bridge()


@pytest.fixture
def preferences(tmp_path: Path, bridge: Bridge) -> Preferences:
    """Settings in a file of this test, in the light look."""
    made = Preferences(tmp_path / "settings.json", bridge)
    made.change(theme="light")
    return made


@pytest.fixture
def tasks(bridge: Bridge) -> Iterator[Tasks]:
    """Tasks that are done when they are started."""
    made = Tasks(bridge, InlinePool())
    yield made
    made.close()


MakeVisit = Callable[..., Path]


@pytest.fixture
def make_visit(tmp_path: Path) -> MakeVisit:
    """A function that makes a new visit file under a rubric."""

    def make(rubric: str = "nb.digital_workshop", name: str = "visit") -> Path:
        path = tmp_path / f"{name}.assessment"
        enterprise = Enterprise(name="宁波甬示精密模具有限公司")
        return new_visit(path, rubric_called(rubric), enterprise, Visit())

    return make


@pytest.fixture
def visit_bridge(make_visit: MakeVisit, bridge: Bridge, qtbot: object) -> Iterator[VisitBridge]:
    """An open visit whose first record has arrived."""
    made = VisitBridge(bridge)
    made.attach(LiveVisit(make_visit(), made.hear))
    wait_until(lambda: made.latest is not None)
    yield made
    made.close()
    sweep()


def pause(milliseconds: int) -> None:
    """Let events be handled for a while; the other threads run meanwhile.

    `QTest.qWait` keeps the interpreter's lock, so that what is waited for hardly gets a turn.
    """
    loop = QEventLoop()
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(loop.quit)
    timer.start(milliseconds)
    loop.exec()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def wait_until(true: Callable[[], bool], patience: int = PATIENCE) -> None:
    """Let events be handled until something holds; fails when it never does."""
    given_up = time.monotonic() + patience / 1000
    while not true():
        assert time.monotonic() < given_up, "waited in vain"
        pause(5)


class Went:
    """Stands in for the window's `go`; remembers where it was asked to go."""

    def __init__(self) -> None:
        self.places: list[tuple[str, dict[str, str]]] = []

    def __call__(self, screen_id: str, **where: str) -> None:
        self.places.append((screen_id, where))


MakeContext = Callable[..., Context]


@pytest.fixture
def make_context(bridge: Bridge, preferences: Preferences, tasks: Tasks) -> MakeContext:
    """A function that makes the context of a screen; `go` is a `Went`."""

    def make(
        visit: VisitBridge | None = None, language: Language = "zh", theme: Theme | None = None
    ) -> Context:
        return Context(
            bridge=bridge,
            tasks=tasks,
            words=Words(language),
            theme=theme or Theme(),
            settings=preferences,
            visit=visit,
            go=Went(),
            open_visit=lambda path: None,
            close_visit=lambda: None,
        )

    return make


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    """The screens of the window; a test file may stand in its own."""
    return SCREENS


@pytest.fixture
def crashes(monkeypatch: pytest.MonkeyPatch) -> list[CrashReport]:
    """The crash dialogs the window would have shown."""
    asked: list[CrashReport] = []
    monkeypatch.setattr(CrashDialog, "ask", lambda report, *_: asked.append(report))
    return asked


@pytest.fixture
def window(
    preferences: Preferences,
    bridge: Bridge,
    qapp: QApplication,
    screens: tuple[LazyScreen, ...],
    crashes: list[CrashReport],
) -> Iterator[MainWindow]:
    """The whole window, with worker threads. A crash nobody expects fails the test."""
    made = MainWindow(preferences, bridge, Tasks(bridge), screens=screens)
    made.show()
    yield made
    unexpected = [report.text for report in crashes]
    made.close()
    made.deleteLater()
    apply_theme(qapp, Theme())
    sweep()
    assert unexpected == []


def shown(widget: QWidget, width: int = 1024, height: int = 768) -> QWidget:
    """Show a widget in a size and let it be laid out."""
    widget.resize(width, height)
    widget.show()
    QCoreApplication.processEvents()
    return widget
