"""The properties that style sheets and readers of the screen go by."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


def marked(widget: W, kind: str, tone: str = "") -> W:
    """Give a new widget its place in the style sheets and return it."""
    widget.setProperty("kind", kind)
    if tone:
        widget.setProperty("tone", tone)
    return widget


def retone(widget: QWidget, name: str, value: object) -> None:
    """Change a property of a widget that is shown and style it again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def named(widget: W, name: str, description: str = "") -> W:
    """Give a widget the name that a screen reader says, and return it."""
    widget.setAccessibleName(name)
    if description:
        widget.setAccessibleDescription(description)
    return widget
