"""The bundled font: no text of the window depends on what a machine has installed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from assessor.paths import fonts_folder

FAMILY = "Noto Sans SC"
_REGULAR, _BOLD = "NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"


@cache
def load_fonts() -> str:
    """Load the font once for this application and return its family.

    A damaged installation falls back to the system's own font rather than not to start.
    """
    families = [_load(fonts_folder() / name) for name in (_REGULAR, _BOLD)]
    return families[0] or QFont().defaultFamily()


def _load(path: Path) -> str:
    number = QFontDatabase.addApplicationFont(str(path))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else ""


def font_of(pixels: int, bold: bool = False) -> QFont:
    """Return the window's font in a size of logical pixels."""
    font = QFont(load_fonts())
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font
