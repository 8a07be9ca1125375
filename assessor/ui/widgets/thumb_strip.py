"""The pieces of evidence of something in a row, with a place to drop more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import RADIUS_SMALL, S
from assessor.ui.widgets.marking import marked, named
from assessor.ui.widgets.text_layout import lay_out

_WIDTH, _HEIGHT, _CAPTION = 104, 70, 20


@dataclass(frozen=True)
class Thumb:
    """One piece: its id, caption, and its picture once there is one."""

    id: str
    caption: str
    icon: str = "image"
    picture: QPixmap | None = field(default=None, compare=False)


class _Tile(QAbstractButton):
    """A tile that can be opened."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        named(self, name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(QSize(theme.px(_WIDTH), theme.px(_HEIGHT)))

    def _frame(self) -> QPainterPath:
        path = QPainterPath()
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        path.addRoundedRect(rect, RADIUS_SMALL, RADIUS_SMALL)
        return path

    def _pen(self, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        if self.hasFocus():
            return QPen(self._theme.colour("accent"), 2)
        dashed = style == Qt.PenStyle.DashLine
        return QPen(self._theme.colour("strong_line" if dashed else "line"), 1, style)


class ThumbTile(_Tile):
    """The tile of one piece."""

    def __init__(self, theme: Theme, thumb: Thumb, parent: QWidget | None = None) -> None:
        super().__init__(theme, thumb.caption, parent)
        self.thumb = thumb
        self._picture = thumb.picture

    def set_picture(self, picture: QPixmap) -> None:
        """Show the picture, which comes later than the tile."""
        self._picture = picture
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw picture, or icon, and caption."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = self._frame()
        painter.fillPath(frame, self._theme.colour("sunken"))
        painter.setClipPath(frame)
        if self._picture is not None and not self._picture.isNull():
            _cover(painter, self._picture, QRectF(self.rect()))
        else:
            size = self._theme.px(22)
            icon = self._theme.pixmap(self.thumb.icon, "muted", size)
            top = (self.height() - self._theme.px(_CAPTION) - size) // 2
            painter.drawPixmap((self.width() - size) // 2, top, icon)
        self._paint_caption(painter)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._pen())
        painter.drawPath(frame)

    def _paint_caption(self, painter: QPainter) -> None:
        height = self._theme.px(_CAPTION)
        band = QRectF(0, self.height() - height, self.width(), height)
        painter.fillRect(band, self._theme.colour("panel"))
        painter.setPen(self._theme.colour("text"))
        painter.setFont(self._theme.font(self._theme.sizes.caption))
        words = band.adjusted(self._theme.px(6), 0, -self._theme.px(6), 0)
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(self.thumb.caption, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)


class AddTile(_Tile):
    """The place to drop, paste or pick more."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw a dashed frame with its words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen(Qt.PenStyle.DashLine))
        painter.drawPath(self._frame())
        painter.setPen(self._theme.colour("muted"))
        air = self._theme.px(S)
        font = self._theme.font(self._theme.sizes.caption)
        laid = lay_out(self.accessibleName(), font, self.width() - 2 * air)
        rect = QRectF(self.rect()).adjusted(air, 0, -air, 0)
        laid.draw(painter, QPointF(rect.left(), (rect.height() - laid.height) / 2))


class ThumbStrip(QScrollArea):
    """A row of evidence; files can be dropped on it.

    Signals: `thumb_opened(str)` the id of a piece; `add_requested()`; `files_dropped(object)` a
    list of `Path`.
    """

    thumb_opened = Signal(str)
    add_requested = Signal()
    files_dropped = Signal(object)

    def __init__(
        self, theme: Theme, name: str, add_text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        named(self, name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAcceptDrops(True)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(_HEIGHT) + theme.px(20))
        content = marked(QWidget(), "content")
        self._row = QHBoxLayout(content)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(S))
        self.add_tile = AddTile(theme, add_text)
        self.add_tile.clicked.connect(self.add_requested)
        self._row.addWidget(self.add_tile, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addStretch(1)
        self.setWidget(content)
        self.tiles: dict[str, ThumbTile] = {}

    def set_thumbs(self, thumbs: Sequence[Thumb]) -> None:
        """Show other pieces; tiles that stay keep their pictures."""
        wanted = {thumb.id: thumb for thumb in thumbs}
        for known in [key for key, tile in self.tiles.items() if wanted.get(key) != tile.thumb]:
            tile = self.tiles.pop(known)
            self._row.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        for place, thumb in enumerate(thumbs):
            if thumb.id not in self.tiles:
                self.tiles[thumb.id] = self._tile(thumb)
            tile = self.tiles[thumb.id]
            self._row.insertWidget(place, tile, 0, Qt.AlignmentFlag.AlignTop)

    def set_picture(self, thumb_id: str, picture: QPixmap) -> None:
        """Show the picture of a piece; ignored when the piece is gone."""
        if tile := self.tiles.get(thumb_id):
            tile.set_picture(picture)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Announce the files that were dropped."""
        urls = event.mimeData().urls()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def _tile(self, thumb: Thumb) -> ThumbTile:
        tile = ThumbTile(self._theme, thumb)
        tile.clicked.connect(lambda: self.thumb_opened.emit(thumb.id))
        return tile


def _cover(painter: QPainter, picture: QPixmap, rect: QRectF) -> None:
    """Draw the middle of a picture so that it fills `rect`."""
    width, height = picture.width(), picture.height()
    scale = min(width / rect.width(), height / rect.height())
    taken = QRectF(0, 0, rect.width() * scale, rect.height() * scale)
    taken.moveCenter(QRectF(0, 0, width, height).center())
    painter.drawPixmap(rect, picture, taken)
