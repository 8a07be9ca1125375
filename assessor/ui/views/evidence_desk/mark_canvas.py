"""A picture on which marks are drawn with mouse, pen or keyboard."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from assessor.assessment import Annotation, EvidenceItem
from assessor.ui.theme import Theme
from assessor.ui.views.evidence_desk.picture_store import PictureStore
from assessor.ui.views.evidence_desk.picture_view import PictureView

Tool = Literal["move", "arrow", "rectangle", "text", "pixelate"]
TOOLS: tuple[Tool, ...] = ("move", "arrow", "rectangle", "text", "pixelate")
_DIGITS = Decimal("0.0001")
_LEAST = 0.005
_NEAR = 10
_NUDGE = 0.01
_START = (0.4, 0.4, 0.6, 0.6)


class MarkCanvas(PictureView):
    """Draws a mark with the chosen tool; with `move`, marks are chosen and moved.

    The picture, marks drawn in, is made beside the window; only the outline of what is being drawn
    or chosen is painted here. Signals: `marks_changed(object)` a tuple of `Annotation`;
    `text_asked(object)` a `QPointF` of shares where words are to stand; `chosen_changed()`.
    """

    marks_changed = Signal(object)
    text_asked = Signal(object)
    chosen_changed = Signal()

    def __init__(
        self, theme: Theme, store: PictureStore, item: EvidenceItem, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, store, parent)
        self.tool: Tool = "arrow"
        self.marks: tuple[Annotation, ...] = item.annotations
        self.chosen: int | None = None
        self._bare = item
        self._from: QPointF | None = None
        self._to = QPointF()
        self.show_item(item)

    def set_tool(self, tool: Tool) -> None:
        """Draw with another tool."""
        self.tool = tool
        if tool != "move":
            self.choose(None)
        self.setCursor(Qt.CursorShape.ArrowCursor if tool == "move" else Qt.CursorShape.CrossCursor)

    def set_marks(self, marks: tuple[Annotation, ...]) -> None:
        """Show other marks."""
        self.marks = marks
        if self.chosen is not None and self.chosen >= len(marks):
            self.choose(None)
        self.show_item(self._bare.model_copy(update={"annotations": marks}), keep_place=True)

    def choose(self, number: int | None) -> None:
        """Choose a mark by its place, or none."""
        self.chosen = number
        self.chosen_changed.emit()
        self.update()

    def add(self, first: QPointF, second: QPointF, text: str = "") -> None:
        """Add a mark of the present tool between two points (shares)."""
        kind = "text" if self.tool == "move" else self.tool
        mark = Annotation(
            kind=kind,
            x1=_share(first.x()),
            y1=_share(first.y()),
            x2=_share(second.x()),
            y2=_share(second.y()),
            text=text,
        )
        self.marks_changed.emit((*self.marks, mark))

    def add_in_the_middle(self) -> None:
        """Add a mark without a mouse; it is then moved with the arrow keys."""
        x1, y1, x2, y2 = _START
        if self.tool == "text":
            self.text_asked.emit(QPointF(x1, y1))
        elif self.tool != "move":
            self.add(QPointF(x1, y1), QPointF(x2, y2))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a mark, or choose the one under the pointer."""
        share = self.to_share(event.position())
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        elif self.tool == "text":
            self.text_asked.emit(_inside(share))
        else:
            self._from = self._to = share
            if self.tool == "move":
                self.choose(self._at(event.position()))
                if self.chosen is None:
                    self._from = None
                    super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Draw on."""
        if self._from is None:
            super().mouseMoveEvent(event)
            return
        self._to = self.to_share(event.position())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Finish what was begun."""
        if self._from is None:
            super().mouseReleaseEvent(event)
            return
        first, second, self._from = self._from, self._to, None
        if self.tool == "move":
            self._shift(second - first)
        elif max(abs(second.x() - first.x()), abs(second.y() - first.y())) > _LEAST:
            self.add(_inside(first), _inside(second))
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Do not zoom: two quick marks are no double click."""
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows move the chosen mark, Delete removes it."""
        steps = {
            Qt.Key.Key_Left: QPointF(-_NUDGE, 0),
            Qt.Key.Key_Right: QPointF(_NUDGE, 0),
            Qt.Key.Key_Up: QPointF(0, -_NUDGE),
            Qt.Key.Key_Down: QPointF(0, _NUDGE),
        }
        key = Qt.Key(event.key())
        if self.chosen is not None and key in steps:
            self._shift(steps[key])
        elif self.chosen is not None and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_chosen()
        else:
            super().keyPressEvent(event)

    def remove_chosen(self) -> None:
        """Take the chosen mark away."""
        if self.chosen is not None:
            gone, self.chosen = self.chosen, None
            self.marks_changed.emit(self.marks[:gone] + self.marks[gone + 1 :])
            self.chosen_changed.emit()

    def _shift(self, by: QPointF) -> None:
        if self.chosen is None or by.isNull():
            return
        mark = self.marks[self.chosen]
        # A mark that is moved to the edge keeps its size.
        dx = _within(by.x(), float(min(mark.x1, mark.x2)), float(max(mark.x1, mark.x2)))
        dy = _within(by.y(), float(min(mark.y1, mark.y2)), float(max(mark.y1, mark.y2)))
        moved = Annotation(
            kind=mark.kind,
            x1=_share(float(mark.x1) + dx),
            y1=_share(float(mark.y1) + dy),
            x2=_share(float(mark.x2) + dx),
            y2=_share(float(mark.y2) + dy),
            text=mark.text,
        )
        at = self.chosen
        self.marks_changed.emit((*self.marks[:at], moved, *self.marks[at + 1 :]))

    def _at(self, point: QPointF) -> int | None:
        for number in range(len(self.marks) - 1, -1, -1):
            if self._outline(self.marks[number]).contains(point):
                return number
        return None

    def _outline(self, mark: Annotation) -> QRectF:
        first = self.to_point(QPointF(float(mark.x1), float(mark.y1)))
        second = self.to_point(QPointF(float(mark.x2), float(mark.y2)))
        return QRectF(first, second).normalized().adjusted(-_NEAR, -_NEAR, _NEAR, _NEAR)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the picture, then the outline of what is being drawn or chosen."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.colour("accent"), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        if self._from is not None and self.tool != "move":
            first, second = self.to_point(self._from), self.to_point(self._to)
            if self.tool == "arrow":
                painter.drawLine(first, second)
            else:
                painter.drawRect(QRectF(first, second).normalized())
        elif self.chosen is not None and self.chosen < len(self.marks):
            outline = self._outline(self.marks[self.chosen])
            if self._from is not None:
                outline.translate(self.to_point(self._to) - self.to_point(self._from))
            painter.drawRect(outline)


def _inside(share: QPointF) -> QPointF:
    return QPointF(min(max(share.x(), 0.0), 1.0), min(max(share.y(), 0.0), 1.0))


def _share(value: float) -> Decimal:
    return Decimal(str(min(max(value, 0.0), 1.0))).quantize(_DIGITS)


def _within(by: float, low: float, high: float) -> float:
    return min(max(by, -low), 1 - high)
