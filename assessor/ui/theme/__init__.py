"""How the window looks: colours by role, measures, fonts and style sheets.

A `Theme` never changes. When the person chooses another look, everything shown is built anew with
another theme, so no widget has to listen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from assessor.ui.icons import icon_of, pixmap_of
from assessor.ui.theme.fonts import font_of
from assessor.ui.theme.palette import DARK, LIGHT, Palette
from assessor.ui.theme.sheets import style_sheet
from assessor.ui.theme.sizes import Sizes

__all__ = [
    "DARK",
    "LIGHT",
    "XL",
    "XS",
    "L",
    "M",
    "Palette",
    "S",
    "Sizes",
    "Theme",
    "apply_theme",
    "system_is_dark",
]


@dataclass(frozen=True)
class Theme:
    """The look of everything built with it."""

    palette: Palette = LIGHT
    sizes: Sizes = field(default_factory=Sizes)

    def colour(self, role: str) -> QColor:
        """Return the colour of a role; raises `KeyError` for a role that does not exist."""
        return QColor(self._colours[role])

    @cached_property
    def _colours(self) -> Mapping[str, QColor]:
        """The colours as Qt draws with them; read hundreds of times to paint a screen."""
        return {role: QColor(colour) for role, colour in self.palette.colours().items()}

    def font(self, pixels: int | None = None, bold: bool = False) -> QFont:
        """Return the font in `pixels` (already scaled), the size of text without."""
        return font_of(pixels or self.sizes.text, bold)

    def icon(self, name: str, role: str = "text") -> QIcon:
        """Return an icon in the colour of a role, paler when what bears it is disabled."""
        colours = self.palette.colours()
        return icon_of(name, colours[role], colours["strong_line"], self.sizes.icon)

    def pixmap(self, name: str, role: str = "text", size: int | None = None) -> QPixmap:
        """Return an icon as a picture of `size` logical pixels."""
        return pixmap_of(name, self.palette.colours()[role], size or self.sizes.icon)

    def px(self, length: float) -> int:
        """Return a length scaled with the text."""
        return self.sizes.px(length)


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the application the theme's colours, font and style sheet."""
    app.setPalette(_qt_palette(theme))
    app.setFont(theme.font())
    app.setStyleSheet(style_sheet(theme.palette, theme.sizes))


def _qt_palette(theme: Theme) -> QPalette:
    """Colour what the style draws itself, such as check marks, links and selections."""
    roles = {
        QPalette.ColorRole.Window: "window",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "panel",
        QPalette.ColorRole.AlternateBase: "sunken",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.PlaceholderText: "muted",
        QPalette.ColorRole.Button: "panel",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.Accent: "accent",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.ToolTipBase: "panel",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.Mid: "line",
    }
    palette = QPalette()
    for qt_role, role in roles.items():
        palette.setColor(qt_role, theme.colour(role))
    for qt_role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, qt_role, theme.colour("strong_line"))
    return palette


def choose_palette(choice: str) -> Palette:
    """Return the colours for "light", "dark" or "system"."""
    dark = system_is_dark() if choice == "system" else choice == "dark"
    return DARK if dark else LIGHT


def system_is_dark() -> bool:
    """Tell whether the system prefers a dark look; light where it does not say."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
