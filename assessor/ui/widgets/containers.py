"""Boxes with air in them: cards, section titles, rows, columns and lines between things."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS, L, M, S
from assessor.ui.widgets.marking import marked, retone


class Card(QFrame):
    """A box on the ground; add to `body`. `tone` is "", "accent", "dashed" or "sunken"."""

    def __init__(self, theme: Theme, tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        marked(self, "card", tone)
        self.body = QVBoxLayout(self)
        across, along = theme.px(L), theme.px(M)
        self.body.setContentsMargins(across, along, across, along)
        self.body.setSpacing(theme.px(S))

    def set_tone(self, tone: str) -> None:
        """Change how it stands out."""
        retone(self, "tone", tone)


class SectionTitle(QWidget):
    """The heading of a part of a screen; add further widgets, such as buttons, to `row`."""

    def __init__(
        self, theme: Theme, text: str, kind: str = "title", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.px(S))
        self.label = label(text, kind)
        self.row.addWidget(self.label)
        self.row.addStretch(1)

    def set_text(self, text: str) -> None:
        """Show another heading."""
        self.label.setText(text)


class Rule(QFrame):
    """A thin line, lying or upright."""

    def __init__(self, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        marked(self, "upright-rule" if upright else "rule")


class ScrollColumn(QScrollArea):
    """A column that scrolls up and down, never sideways; add to `body`."""

    def __init__(self, theme: Theme, margin: int = L, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = marked(QWidget(), "content")
        self.body = QVBoxLayout(content)
        edge = theme.px(margin)
        self.body.setContentsMargins(edge, edge, edge, edge)
        self.body.setSpacing(theme.px(M))
        self.setWidget(content)


def label(text: str, kind: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a label for one line of plain text: caption, muted, table, title, question, score,
    strong, good, caution or bad."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return marked(made, kind) if kind else made


def row(theme: Theme, *widgets: QWidget, spacing: int = S, stretch: bool = False) -> QHBoxLayout:
    """Return a row of widgets; with `stretch` they keep to the left."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(theme.px(spacing))
    for widget in widgets:
        made.addWidget(widget)
    if stretch:
        made.addStretch(1)
    return made


def column(theme: Theme, *widgets: QWidget, spacing: int = XS) -> QVBoxLayout:
    """Return a column of widgets."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(theme.px(spacing))
    for widget in widgets:
        made.addWidget(widget)
    return made


@contextmanager
def refilled(widget: QWidget) -> Iterator[None]:
    """Keep a widget out of sight while what is in it is exchanged.

    Each widget that is put into one in sight is shown by itself, and everything around it laid out
    again each time. The focus must not be inside.
    """
    in_sight = widget.isVisible()
    if in_sight:
        widget.hide()
    try:
        yield
    finally:
        if in_sight:
            widget.show()
