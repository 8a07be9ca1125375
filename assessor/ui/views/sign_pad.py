"""A field to sign in with pen, finger or mouse, and the picture that is made of what was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageWriter,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import L
from assessor.ui.widgets import named

if TYPE_CHECKING:
    from assessor.workspace.sign_off import Drawing

Point = tuple[float, float, float]
"""Where the pen was, in logical pixels, and how hard it pressed (0 to 1)."""
Stroke = tuple[Point, ...]

_SCALE = 3.0
"""Pixels of the picture for each logical pixel of the field: sharp in print."""
_MARGIN = 10
_THIN, _THICK = 1.2, 2.8
_MOUSE_PRESSURE = 0.55
_SHORTEST = 30.0
"""Logical pixels of line that are the least of a signature; less is a slip of the hand."""
_HEIGHT, _WIDTH = 150, 420
_INK = "#101820"


class SignaturePad(QWidget):
    """Takes strokes. Delete empties it. Signals: `drawing_changed()` after each stroke."""

    drawing_changed = Signal()

    def __init__(self, theme: Theme, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._hint = theme, hint
        self._strokes: list[Stroke] = []
        self._stroke: list[Point] = []
        named(self, name, hint)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What was drawn."""
        return tuple(self._strokes)

    @property
    def signed(self) -> bool:
        """Whether enough was drawn to be a signature."""
        return sum(_length(stroke) for stroke in self._strokes) >= _SHORTEST

    def set_strokes(self, strokes: Sequence[Stroke]) -> None:
        """Show other strokes."""
        self._strokes, self._stroke = list(strokes), []
        self.update()
        self.drawing_changed.emit()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Wide enough for a name."""
        return QSize(self._theme.px(_WIDTH), self._theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the field, the line to sign on, and the strokes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, focus = self._theme, self.hasFocus()
        edge = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.colour("accent" if focus else "strong_line"), 2 if focus else 1))
        painter.setBrush(theme.colour("panel"))
        painter.drawRoundedRect(edge, 6, 6)
        base = edge.bottom() - theme.px(36)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(QPointF(theme.px(L), base), QPointF(edge.right() - theme.px(L), base))
        if not self._strokes and not self._stroke:
            painter.setFont(theme.font(theme.sizes.table))
            painter.setPen(theme.colour("muted"))
            below = QRectF(edge.left(), base, edge.width(), edge.bottom() - base)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._hint)
        draw_strokes(painter, [*self._strokes, tuple(self._stroke)], theme.colour("text"))

    # --- pen, finger, mouse -----------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a stroke."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position(), _MOUSE_PRESSURE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Go on with it."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_on(event.position(), _MOUSE_PRESSURE)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:  # noqa: N802
        """Take a pen with its pressure; a taken event is not sent again as a mouse's."""
        if event.pointerType() == QPointingDevice.PointerType.Eraser:
            event.ignore()
            return
        if event.type() == QEvent.Type.TabletPress:
            self._begin(event.position(), event.pressure())
        elif event.type() == QEvent.Type.TabletMove and self._stroke:
            self._go_on(event.position(), event.pressure())
        elif event.type() == QEvent.Type.TabletRelease:
            self._end()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Take the first finger; others are the heel of the hand."""
        kinds = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd)
        if isinstance(event, QTouchEvent) and event.type() in kinds and event.points():
            where = event.points()[0].position()
            if event.type() == QEvent.Type.TouchBegin:
                self._begin(where, _MOUSE_PRESSURE)
            elif event.type() == QEvent.Type.TouchUpdate:
                self._go_on(where, _MOUSE_PRESSURE)
            else:
                self._end()
            event.accept()
            return True
        if event.type() == QEvent.Type.TouchCancel:
            self._stroke = []
            self.update()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Empty the field."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.set_strokes(())
        else:
            super().keyPressEvent(event)

    def _begin(self, where: QPointF, pressure: float) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._stroke = [self._point(where, pressure)]
        self.update()

    def _go_on(self, where: QPointF, pressure: float) -> None:
        if self._stroke:
            self._stroke.append(self._point(where, pressure))
            self.update()

    def _end(self) -> None:
        if self._stroke:
            self._strokes.append(tuple(self._stroke))
            self._stroke = []
            self.update()
            self.drawing_changed.emit()

    def _point(self, where: QPointF, pressure: float) -> Point:
        x = min(max(where.x(), 0.0), float(self.width()))
        y = min(max(where.y(), 0.0), float(self.height()))
        return (x, y, min(max(pressure, 0.0), 1.0))


def draw_strokes(painter: QPainter, strokes: Sequence[Stroke], colour: QColor) -> None:
    """Draw strokes, thicker where the pen was pressed."""
    pen = QPen(colour)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    for stroke in strokes:
        for (x, y, _), (to_x, to_y, pressure) in pairwise(stroke):
            pen.setWidthF(_THIN + (_THICK - _THIN) * pressure)
            painter.setPen(pen)
            painter.drawLine(QPointF(x, y), QPointF(to_x, to_y))
        if len(stroke) == 1:
            pen.setWidthF(_THICK)
            painter.setPen(pen)
            painter.drawPoint(QPointF(stroke[0][0], stroke[0][1]))


def drawing_of(strokes: Sequence[Stroke]) -> Drawing:
    """Return strokes as a PNG, dark on white, cut to what was drawn. Works on any thread."""
    from assessor.workspace.sign_off import Drawing  # noqa: PLC0415 (storage, not for the start)

    xs = [x for stroke in strokes for x, _, _ in stroke]
    ys = [y for stroke in strokes for _, y, _ in stroke]
    left, top = min(xs) - _MARGIN, min(ys) - _MARGIN
    width, height = max(xs) + _MARGIN - left, max(ys) + _MARGIN - top
    size = QSize(round(width * _SCALE), round(height * _SCALE))
    picture = QImage(size, QImage.Format.Format_RGB888)
    picture.fill(QColor("#FFFFFF"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_SCALE, _SCALE)
    painter.translate(-left, -top)
    draw_strokes(painter, strokes, QColor(_INK))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return Drawing(bytes(buffer.data().data()), size.width(), size.height())


def _length(stroke: Stroke) -> float:
    return sum(hypot(x - to_x, y - to_y) for (x, y, _), (to_x, to_y, _) in pairwise(stroke))
