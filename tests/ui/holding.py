"""What tests of widgets share: a listener, a window to hold a widget, a way to leave a field."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from assessor.ui.theme import Theme
from assessor.ui.widgets import SearchField
from tests.ui.conftest import shown


class Heard:
    """Collects what a signal announces."""

    def __init__(self) -> None:
        self.values: list[object] = []

    def __call__(self, *values: object) -> None:
        self.values.append(values[0] if values else None)


def wheel_over(widget: QWidget) -> None:
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(widget.mapToGlobal(QPoint(5, 5))),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def held(widget: QWidget) -> QWidget:
    """Show a widget inside a window, with room for the focus to go elsewhere."""
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(widget)
    other = SearchField(Theme(), "other")
    column.addWidget(other)
    window.setProperty("other", other)
    shown(window, 600, 400)
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    return window


def leave(window: QWidget) -> None:
    window.property("other").setFocus()
    QApplication.processEvents()
