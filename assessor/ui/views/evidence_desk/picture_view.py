"""A picture to zoom into and to move about in."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from assessor.assessment import EvidenceItem
from assessor.ui.theme import Theme
from assessor.ui.views.evidence_desk.picture_store import PictureStore
from assessor.workspace.pictures import VIEWING_SIDE, Wanted, wanted_for

FIT_SIDE = 1600
PAGE_SIDE = 2400
STEP, LARGEST = 1.25, 8.0
_NOTCH = 120
_PAN = 60
_MARGIN = 12


class PictureView(QWidget):
    """Shows one picture, or one page. The scale counts pixels of the screen for one of the picture.

    Signals: `scale_changed(float)`; `shown_changed()` when a picture arrived or failed.
    """

    scale_changed = Signal(float)
    shown_changed = Signal()

    def __init__(self, theme: Theme, store: PictureStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._store = theme, store
        self._item: EvidenceItem | None = None
        self._page = 0
        self._natural = QSizeF()
        self._scale, self._fitting = 1.0, True
        self._middle = QPointF(0.5, 0.5)
        self._grip: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 240)
        self.setMouseTracking(True)
        store.picture_arrived.connect(self._on_picture)
        store.picture_failed.connect(self._on_picture)

    # --- what is shown ----------------------------------------------------------------------------

    def show_item(self, item: EvidenceItem, page: int = 0, keep_place: bool = False) -> None:
        """Show a piece of evidence, a page (from 0) of a document; fitted unless told to stay."""
        self._item, self._page = item, page
        if item.width and item.height:
            self._natural = QSizeF(item.width, item.height)
        elif not keep_place:
            self._natural = QSizeF()
        if not keep_place:
            self._middle, self._fitting = QPointF(0.5, 0.5), True
        self._refit()
        self.update()

    def image(self) -> QImage | None:
        """Return the sharpest picture that is there, asking for the one that is needed."""
        if self._item is None:
            return None
        sharp, coarse = self._wanted(sharp=True), self._wanted(sharp=False)
        found = self._store.picture(coarse)
        if found is None or not self._needs_sharp(found):
            return found
        return self._store.picture(sharp) or found

    def lost(self) -> bool:
        """Tell whether the picture cannot be shown."""
        return self._item is not None and self._store.failed(self._wanted(sharp=False))

    def _wanted(self, sharp: bool) -> Wanted:
        item = self._item
        if item is None:
            raise RuntimeError("nothing is shown")
        side = (VIEWING_SIDE if sharp else FIT_SIDE) if item.width else PAGE_SIDE
        return wanted_for(item, side, self._page)

    def _needs_sharp(self, image: QImage) -> bool:
        shown = self._scale * self._natural.width() * self.devicePixelRatioF()
        return image.width() < min(shown, self._natural.width())

    # --- scale and place --------------------------------------------------------------------------

    @property
    def scale(self) -> float:
        """Pixels of the screen for one pixel of the picture."""
        return self._scale

    @property
    def fitting(self) -> bool:
        """Whether the whole picture is kept in sight."""
        return self._fitting

    def fit(self) -> None:
        """Show the whole picture."""
        self._fitting, self._middle = True, QPointF(0.5, 0.5)
        self._refit()

    def actual(self) -> None:
        """Show one pixel of the picture as one of the screen."""
        self.set_scale(1.0 / self.devicePixelRatioF())

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by a factor; the point `at` of this widget stays where it is."""
        self.set_scale(self._scale * factor, at)

    def set_scale(self, scale: float, at: QPointF | None = None) -> None:
        """Show the picture in a scale."""
        if self._natural.isEmpty():
            return
        point = at if at is not None else QPointF(self.rect().center())
        before = self.to_share(point)
        smallest = min(self._fitted(), 1.0)
        self._fitting = False
        self._scale = min(max(scale, smallest), LARGEST)
        after = self.to_share(point)
        self._middle += before - after
        self._settle()

    def to_share(self, point: QPointF) -> QPointF:
        """Return a point of this widget as shares of the picture."""
        rect = self.picture_rect()
        if rect.isEmpty():
            return QPointF()
        return QPointF(
            (point.x() - rect.left()) / rect.width(), (point.y() - rect.top()) / rect.height()
        )

    def to_point(self, share: QPointF) -> QPointF:
        """Return shares of the picture as a point of this widget."""
        rect = self.picture_rect()
        return QPointF(
            rect.left() + share.x() * rect.width(), rect.top() + share.y() * rect.height()
        )

    def picture_rect(self) -> QRectF:
        """Return where the whole picture lies."""
        size = self._natural * self._scale
        rect = QRectF(QPointF(0, 0), size)
        middle = QPointF(self._middle.x() * size.width(), self._middle.y() * size.height())
        rect.translate(QPointF(self.width() / 2, self.height() / 2) - middle)
        return rect

    def _fitted(self) -> float:
        if self._natural.isEmpty():
            return 1.0
        room = QSizeF(self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN)
        return max(
            min(room.width() / self._natural.width(), room.height() / self._natural.height()), 0.01
        )

    def _refit(self) -> None:
        if self._fitting:
            self._scale = min(self._fitted(), 1.0 if self._item and self._item.width else LARGEST)
        self._settle()

    def _settle(self) -> None:
        """Keep the picture in sight and tell everybody."""
        size = self._natural * self._scale
        self._middle = QPointF(
            _held(self._middle.x(), self.width(), size.width()),
            _held(self._middle.y(), self.height(), size.height()),
        )
        self.scale_changed.emit(self._scale)
        self.update()

    def _pan(self, by: QPointF) -> None:
        size = self._natural * self._scale
        if not size.isEmpty():
            self._middle -= QPointF(by.x() / size.width(), by.y() / size.height())
            self._settle()

    # --- events -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the picture on a quiet ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("sunken"))
        image = self.image()
        if image is not None:
            smooth = self._scale * self._natural.width() < 2 * image.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(self.picture_rect(), image)
        elif self.lost():
            self._draw_lost(painter)
        if self.hasFocus():
            painter.setPen(self._theme.colour("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _draw_lost(self, painter: QPainter) -> None:
        size = self._theme.px(40)
        at = QPointF(self.rect().center()) - QPointF(size / 2, size / 2)
        painter.drawPixmap(at, self._theme.pixmap("warning", "muted", size))

    def _on_picture(self, wanted: Wanted) -> None:
        if self._item is None or wanted.sha256 != self._item.sha256:
            return
        image = self._store.picture(wanted) if not self._store.failed(wanted) else None
        if self._natural.isEmpty() and image is not None and wanted == self._wanted(sharp=False):
            self._natural = QSizeF(image.size())
            self._refit()
        self.shown_changed.emit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the whole picture in sight, if it was."""
        super().resizeEvent(event)
        self._refit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom where the pointer is."""
        self.zoom(STEP ** (event.angleDelta().y() / _NOTCH), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take hold of the picture."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._grip = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Move it."""
        if self._grip is not None:
            self._pan(event.position() - self._grip)
            self._grip = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Let go."""
        self._grip = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Go between the whole picture and its own pixels."""
        if self._fitting:
            self.set_scale(1.0 / self.devicePixelRatioF(), event.position())
        else:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Plus, minus, 0 and 1 zoom; arrows move a picture that is larger than the view."""
        moves = {
            Qt.Key.Key_Left: QPointF(_PAN, 0),
            Qt.Key.Key_Right: QPointF(-_PAN, 0),
            Qt.Key.Key_Up: QPointF(0, _PAN),
            Qt.Key.Key_Down: QPointF(0, -_PAN),
        }
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_1:
            self.actual()
        elif key in moves and not self._fitting:
            self._pan(moves[key])
        else:
            super().keyPressEvent(event)


def _held(middle: float, view: float, length: float) -> float:
    """Return the share of a picture in the middle of the view, so that no more than needed of the
    view stays empty."""
    if length <= view:
        return 0.5
    half = view / length / 2
    return min(max(middle, half), 1 - half)
