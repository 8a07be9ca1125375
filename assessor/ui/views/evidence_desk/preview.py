"""The chosen piece as a larger picture; a click opens it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from assessor.assessment import EvidenceItem
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import RADIUS
from assessor.ui.views.evidence_desk.picture_store import PictureStore
from assessor.ui.widgets import named
from assessor.ui.words import Words
from assessor.workspace.pictures import Wanted, can_be_shown, wanted_for

PREVIEW_SIDE = 720
_HEIGHT = 176


class Preview(QAbstractButton):
    """Shows a whole picture on a quiet ground, or how many pieces are chosen."""

    def __init__(
        self, theme: Theme, words: Words, store: PictureStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._words, self._store = theme, words, store
        self._item: EvidenceItem | None = None
        self._count = 0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        store.picture_arrived.connect(self._on_picture)
        store.picture_failed.connect(self._on_picture)

    def sizeHint(self) -> QSize:  # noqa: N802
        """A fixed height, any width."""
        return QSize(self._theme.px(240), self._theme.px(_HEIGHT))

    def show_item(self, item: EvidenceItem | None, count: int) -> None:
        """Show one piece; without one, that `count` pieces are chosen."""
        self._item, self._count = item, count
        shown = item is not None and can_be_shown(item.media_type)
        self.setEnabled(shown)
        name = item.caption or item.file_name if item else ""
        named(self, self._words.tr("ui_evidence.preview", name=name))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw ground and picture."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        frame = QPainterPath()
        frame.addRoundedRect(rect, RADIUS, RADIUS)
        painter.fillPath(frame, self._theme.colour("sunken"))
        self._inside(painter, rect)
        edge = QPen(self._theme.colour("accent" if self.hasFocus() else "line"))
        edge.setWidth(2 if self.hasFocus() else 1)
        painter.setPen(edge)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(frame)

    def _inside(self, painter: QPainter, rect: QRectF) -> None:
        item = self._item
        wanted = wanted_for(item, PREVIEW_SIDE) if item is not None else None
        image = self._store.picture(wanted) if wanted and self.isEnabled() else None
        if image is not None:
            room = QSize(int(rect.width()) - 2, int(rect.height()) - 2)
            size = image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(rect.center())
            painter.drawImage(place, image)
            return
        lost = wanted is not None and self._store.failed(wanted)
        picture = "warning" if lost else "file" if item is not None else "image"
        size_px = self._theme.px(36)
        icon = self._theme.pixmap(picture, "muted", size_px)
        place = QRectF(0, 0, size_px, size_px)
        place.moveCenter(rect.center())
        painter.drawPixmap(place.topLeft(), icon)

    def _on_picture(self, wanted: Wanted) -> None:
        if self._item is not None and wanted.sha256 == self._item.sha256:
            self.update()
