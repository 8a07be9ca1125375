"""The icon set: plain line drawings, coloured when they are loaded."""

from __future__ import annotations

from functools import cache
from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_COLOUR_MARK = "currentColor"
_SHARPEST = 2.0


@cache
def icon_names() -> tuple[str, ...]:
    """Return the names of all icons, sorted."""
    folder = resources.files("assessor.ui.icons")
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(".svg") for name in names if name.endswith(".svg")))


def pixmap_of(name: str, colour: str, size: int, air: int = 0) -> QPixmap:
    """Return an icon as a picture, sharp on every screen of this machine.

    `size` is in logical pixels, `air` what is left empty beside it. Raises `FileNotFoundError` when
    there is no such icon.
    """
    ratio = max([screen.devicePixelRatio() for screen in QGuiApplication.screens()] or [1.0])
    return _drawn(name, colour, size, air, max(ratio, _SHARPEST))


@cache
def icon_of(name: str, colour: str, disabled: str, size: int, air: int = 0) -> QIcon:
    """Return an icon with the colour for use and the one for what cannot be used.

    `air` logical pixels stay empty at its right: Qt sets the words of a button four pixels beside
    the icon, however large the words are.
    """
    icon = QIcon(pixmap_of(name, colour, size, air))
    icon.addPixmap(pixmap_of(name, disabled, size, air), QIcon.Mode.Disabled)
    return icon


@cache
def _source(name: str) -> str:
    file = resources.files("assessor.ui.icons") / f"{name}.svg"
    return file.read_text(encoding="utf-8")


@cache
def _drawn(name: str, colour: str, size: int, air: int, ratio: float) -> QPixmap:
    data = _source(name).replace(_COLOUR_MARK, colour).encode("utf-8")
    picture = QPixmap(round((size + air) * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(data)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture
