"""The navigation at the left: wide with words at home, narrow with icons inside a visit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from assessor.ui.navigation import Screen
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import L, M, S
from assessor.ui.widgets.containers import column, label
from assessor.ui.widgets.flow_label import FlowLabel
from assessor.ui.widgets.marking import marked, named
from assessor.ui.words import Words

_WIDE, _NARROW = 224, 76


class Rail(QFrame):
    """Entries that open screens. Signals: `screen_asked(str)` the id of a screen."""

    screen_asked = Signal(str)

    def __init__(
        self, theme: Theme, words: Words, wide: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        marked(self, "panel", "rail")
        named(self, words.tr("ui.navigation"))
        self._theme, self._words, self._wide = theme, words, wide
        self.entries: dict[str, QToolButton] = {}
        self.setFixedWidth(theme.px(_WIDE if wide else _NARROW))
        self.column = QVBoxLayout(self)
        air = theme.px(M if wide else 4)
        self.column.setContentsMargins(air, air, air, air)
        self.column.setSpacing(theme.px(4 if wide else 2))

    def add_screens(self, screens: Sequence[Screen]) -> None:
        """Add an entry for each screen."""
        for screen in screens:
            entry = self._entry(screen)
            self.entries[screen.id] = entry
            self.column.addWidget(entry)

    def add_brand(self) -> None:
        """Put the program's name on top."""
        brand = QWidget()
        mark = QLabel()
        mark.setPixmap(self._theme.pixmap("factory", "accent", self._theme.px(28)))
        row = QHBoxLayout(brand)
        row.setContentsMargins(self._theme.px(S), self._theme.px(S), 0, self._theme.px(L))
        row.setSpacing(self._theme.px(M))
        row.addWidget(mark)
        sizes, words = self._theme.sizes, self._words
        name = label(words.tr("ui.app_name"), "strong")
        # It wraps: a rail has no room for the whole line in every language and size.
        about = FlowLabel(self._theme, words.tr("ui.app_subtitle"), "muted", size=sizes.caption)
        row.addLayout(column(self._theme, name, about), 1)
        self.column.addWidget(brand)

    def show_current(self, screen_id: str) -> None:
        """Mark the screen that is open."""
        for known, entry in self.entries.items():
            entry.setChecked(known == screen_id)
            role = "accent" if known == screen_id else "muted"
            entry.setIcon(self._theme.icon(str(entry.property("icon_name")), role))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show icons alone where the height does not hold the words below them; tips say them."""
        super().resizeEvent(event)
        if self._wide:
            return
        style, sizes = Qt.ToolButtonStyle, self._theme.sizes
        each = sizes.control + sizes.caption + self._theme.px(S)
        fits = event.size().height() >= len(self.entries) * each
        for entry in self.entries.values():
            entry.setToolButtonStyle(
                style.ToolButtonTextUnderIcon if fits else style.ToolButtonIconOnly
            )

    def _entry(self, screen: Screen) -> QToolButton:
        theme, text = self._theme, self._words.tr(screen.text_key)
        entry = marked(QToolButton(), "rail" if self._wide else "rail-narrow")
        named(entry, text)
        entry.setText(text)
        entry.setToolTip(text)
        entry.setCheckable(True)
        entry.setProperty("icon_name", screen.icon)
        entry.setIcon(theme.icon(screen.icon, "muted"))
        entry.setIconSize(QSize(theme.px(20), theme.px(20)))
        entry.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        entry.setCursor(Qt.CursorShape.PointingHandCursor)
        style = Qt.ToolButtonStyle
        beside, below = style.ToolButtonTextBesideIcon, style.ToolButtonTextUnderIcon
        entry.setToolButtonStyle(beside if self._wide else below)
        entry.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # A click asks; which entry is marked follows from the screen that opens.
        entry.clicked.connect(lambda *_: self._ask(screen.id))
        return entry

    def _ask(self, screen_id: str) -> None:
        entry = self.entries[screen_id]
        entry.setChecked(not entry.isChecked())
        self.screen_asked.emit(screen_id)
