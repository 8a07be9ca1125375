"""The composition root of the window: everything is made here and handed on."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from assessor.i18n import Language
from assessor.settings import settings_path
from assessor.ui.bridge import Bridge, install_crash_hook
from assessor.ui.main_window import MainWindow
from assessor.ui.memory import open_set_aside
from assessor.ui.preferences import Preferences
from assessor.ui.tasks import Tasks

PROGRAM = "assessor"
SWITCH_SECONDS = 0.0005
"""How long another thread may hold the interpreter while the window waits for it."""
FIRST_PAINT = 60
"""Milliseconds the window gets to be painted before anything is done beside it."""


def run(visit: Path | None = None, language: Language | None = None) -> int:
    """Show the window until it is closed; returns the exit code.

    `visit` is opened at once. `language` holds for this and the following sessions; without it the
    settings decide.
    """
    # Threads that save, score and typeset give the window its turn sooner than by default.
    sys.setswitchinterval(SWITCH_SECONDS)
    app = make_application()
    bridge = Bridge()
    put_back = install_crash_hook(bridge)
    preferences = Preferences(settings_path(), bridge)
    if language is not None:
        preferences.change(language=language)
    tasks = Tasks(bridge, held=True)
    window = MainWindow(preferences, bridge, tasks, open_set_aside)
    follow_system(preferences, window)
    window.show()
    QTimer.singleShot(FIRST_PAINT, tasks.release)
    if visit is not None:
        window.open_visit(visit)
    try:
        return app.exec()
    finally:
        put_back()


def make_application() -> QApplication:
    """Return the application, made sharp at every scale."""
    known = QApplication.instance()
    if isinstance(known, QApplication):
        return known
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    # Named before there is an application: a style that is changed later is made twice.
    QApplication.setStyle("Fusion")
    app = QApplication([PROGRAM])
    app.setApplicationName(PROGRAM)
    app.setDesktopFileName(PROGRAM)
    return app


def follow_system(preferences: Preferences, window: MainWindow) -> None:
    """Change between light and dark with the system while the person leaves that to it."""

    def changed() -> None:
        if preferences.value.theme == "system":
            window.rebuild()

    QGuiApplication.styleHints().colorSchemeChanged.connect(lambda *_: changed())
