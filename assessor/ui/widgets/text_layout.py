"""Text that wraps like Chinese does: anywhere the script allows, in lines of a chosen height."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

LINE_HEIGHT = 1.5
_NEW_LINE = "\u2028"
"""What Qt takes for a line break inside a paragraph."""


@dataclass(frozen=True)
class LaidText:
    """A text broken into lines, ready to be drawn; sizes in logical pixels."""

    layout: QTextLayout
    width: float
    height: float

    def draw(self, painter: QPainter, at: QPointF) -> None:
        """Draw the text in the painter's pen with its upper left corner at `at`."""
        self.layout.draw(painter, at)


def lay_out(text: str, font: QFont, width: float, line_height: float = LINE_HEIGHT) -> LaidText:
    """Break `text` into lines no wider than `width`.

    `line_height` counts in sizes of the font; the text of a single line stands in the middle of it.
    """
    layout = QTextLayout(text.replace("\n", _NEW_LINE), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    step = font.pixelSize() * line_height
    metrics = QFontMetricsF(font)
    lead = (step - metrics.height()) / 2
    height, widest = 0.0, 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0))
        line.setPosition(QPointF(0, height + lead))
        widest = max(widest, line.naturalTextWidth())
        height += step
    layout.endLayout()
    return LaidText(layout, widest, height)
