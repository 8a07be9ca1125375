"""The Tab key goes as the eye goes, also through parts made later than their neighbours."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def stops_in(part: QWidget) -> list[QWidget]:
    """Return the widgets of a part that take the focus, itself or inside, in order."""
    # A list that drops down from a field is a window of its own.
    every = [w for w in (part, *part.findChildren(QWidget)) if w.window() is part.window()]
    taking = [widget for widget in every if widget.focusPolicy() != Qt.FocusPolicy.NoFocus]
    return [widget for widget in taking if widget.focusProxy() is None]


def chain(after: QWidget, *parts: QWidget) -> None:
    """Let Tab reach `parts` one after the other behind the widget `after`."""
    last = after
    for part in parts:
        for widget in stops_in(part):
            QWidget.setTabOrder(last, widget)
            last = widget
