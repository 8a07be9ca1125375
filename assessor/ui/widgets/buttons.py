"""Buttons: the loud, the ordinary and the quiet one, the link, and the one with only an icon."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from assessor.ui.icons import icon_of
from assessor.ui.theme import Theme
from assessor.ui.widgets.marking import marked, named

_GAP, _QT_GAP = 6, 4
"""Pixels between icon and words as they should be, and as Qt has them."""


class Button(QPushButton):
    """An ordinary button, with an icon if asked."""

    kind = "plain"
    icon_role = "text"

    def __init__(
        self, theme: Theme, text: str, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        marked(self, self.kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if icon:
            self._set_icon(theme, icon)

    def _set_icon(self, theme: Theme, icon: str) -> None:
        """Show an icon with a gap to the words that grows with them."""
        colours, size = theme.palette.colours(), theme.sizes.icon
        air = theme.px(_GAP) - _QT_GAP
        drawn = icon_of(icon, colours[self.icon_role], colours["strong_line"], size, air)
        self.setIcon(drawn)
        self.setIconSize(QSize(size + air, size))


class PrimaryButton(Button):
    """The one thing to do next; at most one on a screen."""

    kind = "primary"
    icon_role = "on_accent"


class GhostButton(Button):
    """A button that stays in the background."""

    kind = "ghost"
    icon_role = "muted"


class LinkButton(Button):
    """A button that reads like a link."""

    kind = "link"
    icon_role = "accent"


class FilterButton(Button):
    """A rounded switch that narrows a list."""

    kind = "filter"

    def __init__(
        self, theme: Theme, text: str, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, text, icon, parent)
        self.setCheckable(True)


class ToolButton(QToolButton):
    """A button with only an icon; `text` is what it says on hovering and to screen readers."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        text: str,
        role: str = "muted",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setIconSize(QSize(theme.sizes.icon, theme.sizes.icon))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_icon(icon, role)
        self.set_text(text)

    def set_icon(self, icon: str, role: str = "muted") -> None:
        """Show another icon."""
        self.setIcon(self._theme.icon(icon, role))

    def set_text(self, text: str) -> None:
        """Say something else about it."""
        self.setToolTip(text)
        named(self, text)
