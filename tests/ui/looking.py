"""Questions asked of what a screen shows: is text cut, has it glyphs, can it be read?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from PIL import Image
from PySide6.QtCore import QAbstractListModel, QPoint, QRect
from PySide6.QtGui import QImage, QPalette, QRawFont, QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from assessor.paths import fonts_folder
from assessor.ui.theme.fonts import FAMILY
from assessor.ui.theme.palette import contrast
from assessor.ui.widgets import FlowLabel
from tests.ui.accessibility import describe

READABLE = 4.5
SHARP = 3
"""How much larger a screen is drawn, so that thin strokes reach their full colour."""
UNSEEN = "\u200b\u2028\u2029\xa0"
"""Characters that break lines or keep them together and are never drawn."""
MOST_ROWS = 60
"""Rows of a list whose texts are looked at."""


def visible(root: QWidget) -> Iterator[QWidget]:
    """Every widget below `root` that is shown."""
    return (widget for widget in root.findChildren(QWidget) if widget.isVisibleTo(root))


# --- text that is cut -----------------------------------------------------------------------------


def cut(root: QWidget) -> list[str]:
    """Texts that wrap and are given less height than they need."""
    found = []
    for widget in visible(root):
        wraps = isinstance(widget, FlowLabel) or (
            isinstance(widget, QLabel) and widget.wordWrap() and widget.text()
        )
        if wraps and widget.height() < widget.heightForWidth(widget.width()):
            found.append(f"{describe(widget)}: {spoken_text(widget)[:40]!r}")
    return found


def sticking_out(root: QWidget) -> list[str]:
    """Texts that reach beyond what holds them, whose edge cuts them off."""
    return [
        f"{describe(widget)}: {spoken_text(widget)[:40]!r}"
        for widget in visible(root)
        if isinstance(widget, FlowLabel | QLabel | QAbstractButton)
        and spoken_text(widget)
        and not widget.parentWidget().rect().contains(widget.geometry())
    ]


def sideways(root: QWidget) -> list[str]:
    """Pages that have to be scrolled to the side; a table may."""
    return [
        f"{describe(area)}: {area.horizontalScrollBar().maximum()}"
        for area in visible(root)
        if isinstance(area, QScrollArea) and area.horizontalScrollBar().maximum() > 0
    ]


def spoken_text(widget: QWidget) -> str:
    if isinstance(widget, FlowLabel):
        return widget.text
    return widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""


# --- glyphs ---------------------------------------------------------------------------------------


def shown_texts(root: QWidget) -> Iterator[str]:
    """Every text the widgets below `root` show or say."""
    for widget in visible(root):
        yield from (widget.toolTip(), widget.accessibleName(), spoken_text(widget))
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QTextEdit | QPlainTextEdit):
            yield widget.toPlainText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(index) for index in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from row_texts(widget)


def row_texts(view: QAbstractItemView) -> Iterator[str]:
    model, root = view.model(), view.rootIndex()
    # A list has one column and keeps the question to itself.
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(root)
    for row in range(min(model.rowCount(root), MOST_ROWS)):
        for column in range(columns):
            yield str(model.index(row, column, root).data() or "")


@cache
def bundled() -> QRawFont:
    return QRawFont(str(fonts_folder() / "NotoSansSC-Regular.ttf"), 14)


def without_glyph(root: QWidget) -> list[str]:
    """Characters that the bundled font lacks, so that another font or a box would be drawn."""
    letters = {letter for text in shown_texts(root) for letter in text}
    drawn = {
        letter for letter in letters if letter > " " and letter not in "\u200b\u2028\u2029\xa0"
    }
    return sorted(f"U+{ord(x):04X} {x}" for x in drawn if not bundled().supportsCharacter(ord(x)))


def in_another_font(root: QWidget) -> list[str]:
    """Widgets that would not write in the bundled font."""
    return [describe(widget) for widget in visible(root) if widget.font().family() != FAMILY]


# --- contrast -------------------------------------------------------------------------------------


def pale(root: QWidget) -> list[str]:
    """Labels and buttons whose text, as it is painted, stands out too little from its ground."""
    picture = sharp_picture(root)
    found = []
    for widget in visible(root):
        if not is_plain_text(widget):
            continue
        for area in seen_parts(widget, root):
            ratio = strongest(picture, area)
            if ratio < READABLE:
                found.append(f"{describe(widget)}: {spoken_text(widget)[:30]!r} {ratio:.1f}")
    return found


def is_plain_text(widget: QWidget) -> bool:
    """Whether it paints a text of its own that can be used or read now."""
    texts = isinstance(widget, QLabel | FlowLabel) or type(widget).__name__.endswith("Button")
    return bool(texts and spoken_text(widget).strip() and widget.isEnabled())


def seen_parts(widget: QWidget, root: QWidget) -> list[QRect]:
    """Where it is seen within `root`: nothing when it is scrolled away or covered."""
    region: QRegion = widget.visibleRegion()
    if region.isEmpty() or region.boundingRect() != widget.rect():
        return []
    return [QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())]


def sharp_picture(root: QWidget) -> Image.Image:
    """Return the screen painted `SHARP` times as large."""
    image = QImage(root.size() * SHARP, QImage.Format.Format_RGBA8888)
    image.setDevicePixelRatio(SHARP)
    image.fill(root.palette().color(QPalette.ColorRole.Window))
    root.render(image)
    size = (image.width(), image.height())
    return Image.frombytes("RGBA", size, bytes(image.constBits())).convert("RGB")


def strongest(picture: Image.Image, area: QRect) -> float:
    """Return the greatest contrast of any colour in `area` with the commonest one there."""
    box = (area.left(), area.top(), area.left() + area.width(), area.top() + area.height())
    part = picture.crop(tuple(edge * SHARP for edge in box))
    counted = part.getcolors(part.width * part.height) or []
    ground = max(counted)[1]
    return max(contrast(hexadecimal(ground), hexadecimal(other)) for _, other in counted)


@cache
def hexadecimal(colour: tuple[int, int, int]) -> str:
    red, green, blue = colour
    return f"#{red:02x}{green:02x}{blue:02x}"
