"""Questions any test can ask of a screen: are its parts named, and does Tab reach them in order?"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QWidget,
)

CONTROL, TOUCH_TARGET = 32, 44
WHEEL_SENSITIVE = (QComboBox, QAbstractSpinBox)


def focusable(root: QWidget) -> Iterator[QWidget]:
    """Every shown and usable widget below `root` that Tab may stop at."""
    for widget in root.findChildren(QWidget):
        stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        inner = widget.parentWidget() is not None and is_inner(widget)
        if stops and not inner and widget.isVisibleTo(root) and widget.isEnabled():
            yield widget


def is_inner(widget: QWidget) -> bool:
    """Whether it is a part that Qt made inside another control."""
    parent = widget.parentWidget()
    return widget.objectName().startswith("qt_") or (
        isinstance(parent, QAbstractScrollArea) and widget is parent.viewport()
    )


def spoken(widget: QWidget) -> str:
    """What a screen reader calls it."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton | QLabel):
        return widget.text()
    return ""


def describe(widget: QWidget) -> str:
    parents = []
    parent: QWidget | None = widget
    while parent is not None:
        parents.append(type(parent).__name__)
        parent = parent.parentWidget()
    return " < ".join(parents[:4])


def nameless(root: QWidget) -> list[str]:
    """The focusable widgets without a name."""
    return [describe(widget) for widget in focusable(root) if not spoken(widget).strip()]


def tab_stops(root: QWidget) -> list[QWidget]:
    """The focusable widgets in the order Tab reaches them."""
    order, seen = [], {root}
    wanted = set(focusable(root))
    widget = root.nextInFocusChain()
    while widget not in seen:
        seen.add(widget)
        if widget in wanted and widget.focusProxy() is None:
            order.append(widget)
        widget = widget.nextInFocusChain()
    return order


def unreached(root: QWidget) -> list[str]:
    """The focusable widgets Tab never reaches."""
    reached = set(tab_stops(root))
    return [
        describe(widget)
        for widget in focusable(root)
        if widget not in reached and widget.focusProxy() is None
    ]


def too_small(root: QWidget, least: int) -> list[str]:
    """The buttons and fields lower than `least` logical pixels."""
    return [
        f"{describe(widget)}: {widget.height()}"
        for widget in focusable(root)
        if widget.height() < least and not isinstance(widget, QAbstractScrollArea)
    ]


def clipped(root: QWidget) -> list[str]:
    """The labels and buttons whose text is given less width than it needs, or lies outside."""
    found = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, QLabel | QAbstractButton) or not widget.isVisibleTo(root):
            continue
        text = widget.text()
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        # Cards and tiles break or shorten their text by themselves.
        if not text or wraps or type(widget).__name__ in {"ChoiceCard", "ThumbTile", "AddTile"}:
            continue
        if widget.width() < widget.minimumSizeHint().width():
            found.append(f"{describe(widget)}: {text!r}")
    return found


def outside(root: QWidget) -> list[str]:
    """The focusable widgets that stick out of `root` to the left or right."""
    return [
        describe(widget)
        for widget in focusable(root)
        if (left := widget.mapTo(root, QPoint(0, 0)).x()) < 0
        or left + widget.width() > root.width()
    ]


def wheel_sensitive(root: QWidget) -> list[str]:
    """Controls whose value a wheel could change."""
    return [
        describe(widget)
        for kind in WHEEL_SENSITIVE
        for widget in root.findChildren(kind)
        if type(widget).wheelEvent is kind.wheelEvent
    ]
