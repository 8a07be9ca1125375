"""Tiles of evidence: the picture, its caption, what it serves and what gives pause."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from assessor.ui.delegates.options import has_state, rect_of
from assessor.ui.models.evidence_list import Piece, Role, served
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import RADIUS_SMALL, XS, S
from assessor.ui.views.evidence_desk.picture_store import PictureStore
from assessor.ui.words import Words
from assessor.workspace.pictures import can_be_shown, wanted_for

Index = QModelIndex | QPersistentModelIndex
TILE, SHAPE, LINES = 176, 0.68, 46
"""Width of a tile, height of its picture as a part of it, height of the words below."""
THUMB_SIDE = 360
"""Pixels of the longer side of a thumbnail: sharp at twice the scale."""
_KIND_ICONS = {"application/pdf": "file", "text/plain": "file"}


class ThumbnailDelegate(QStyledItemDelegate):
    """Draws one tile; pictures that are not there yet come later from the store."""

    def __init__(
        self, theme: Theme, words: Words, store: PictureStore, view: QAbstractItemView
    ) -> None:
        super().__init__(view)
        self._theme, self._words, self._store, self._view = theme, words, store, view
        self._width = theme.px(TILE + S)

    def share_out(self, width: int) -> None:
        """Widen the tiles so that they fill a row of `width` pixels."""
        least = self._theme.px(TILE + S)
        columns = max((width - 1) // least, 1)
        self._width = max((width - 1) // columns, least)

    def tile(self) -> QSize:
        """Return the size of a tile with the air around it."""
        air = self._theme.px(S)
        height = round((self._width - air) * SHAPE) + self._theme.px(LINES)
        return QSize(self._width, height + air)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """All tiles are alike."""
        return self.tile()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the tile."""
        piece = index.data(Role.PIECE)
        if not isinstance(piece, Piece):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        air = self._theme.px(S)
        rect = rect_of(option).adjusted(1, 1, -air, -air)
        frame = QPainterPath()
        frame.addRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS_SMALL, RADIUS_SMALL)
        chosen = has_state(option, QStyle.StateFlag.State_Selected)
        painter.fillPath(frame, self._theme.colour("accent_soft" if chosen else "panel"))
        picture = QRectF(rect.topLeft(), rect.bottomRight() - QPointF(0, self._theme.px(LINES)))
        painter.save()
        painter.setClipPath(frame)
        self._picture(painter, picture, piece)
        painter.restore()
        self._words_below(painter, rect, picture.bottom(), piece)
        self._marks(painter, picture, piece)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._edge(option, chosen))
        painter.drawPath(frame)
        painter.restore()

    def _edge(self, option: QStyleOptionViewItem, chosen: bool) -> QPen:
        focused = has_state(option, QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        if focused:
            return QPen(self._theme.colour("text" if chosen else "accent"), 2)
        return QPen(self._theme.colour("accent" if chosen else "line"), 2 if chosen else 1)

    def _picture(self, painter: QPainter, rect: QRectF, piece: Piece) -> None:
        painter.fillRect(rect, self._theme.colour("sunken"))
        wanted = wanted_for(piece.item, THUMB_SIDE)
        image = self._store.picture(wanted) if can_be_shown(piece.item.media_type) else None
        if image is not None:
            painter.drawImage(rect, image, covering(image, rect))
            return
        icon = _KIND_ICONS.get(piece.item.media_type, "image" if piece.is_picture else "file")
        if self._store.failed(wanted):
            icon = "warning"
        size = self._theme.px(28)
        at = rect.center() - QPointF(size / 2, size / 2)
        painter.drawPixmap(at, self._theme.pixmap(icon, "muted", size))

    def _words_below(self, painter: QPainter, rect: QRectF, top: float, piece: Piece) -> None:
        air, theme = self._theme.px(S), self._theme
        width = rect.width() - 2 * air
        line = theme.px(LINES) / 2
        title = QRectF(rect.left() + air, top + 2, width, line - 2)
        self._line(painter, title, piece.title, "text", theme.sizes.table)
        below = QRectF(rect.left() + air, top + line - 1, width, line - 2)
        if piece.inbox:
            self._line(painter, below, self._words.tr("ui_evidence.in_inbox"), "caution")
            return
        text = self._words.tr("ui_evidence.serves_other")
        if piece.serves or piece.gates:
            text = self._words.tr("ui_evidence.serves", items=served(piece, self._words))
        self._line(painter, below, text, "muted")

    def _line(
        self, painter: QPainter, rect: QRectF, text: str, role: str, size: int | None = None
    ) -> None:
        font = self._theme.font(size or self._theme.sizes.caption)
        painter.setFont(font)
        painter.setPen(self._theme.colour(role))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, shown)

    def _marks(self, painter: QPainter, rect: QRectF, piece: Piece) -> None:
        """Draw what gives pause in the upper right corner, each as a shape of its own."""
        given = (
            ("copy", "caution", bool(piece.same_as)),
            ("calendar", "caution", piece.outside),
            ("pencil", "accent", bool(piece.item.annotations)),
        )
        size, air = self._theme.px(16), self._theme.px(XS)
        right = rect.right() - air
        for icon, role, shown in given:
            if not shown:
                continue
            box = QRectF(right - size - 2 * air, rect.top() + air, size + 2 * air, size + 2 * air)
            painter.setPen(QPen(self._theme.colour(role), 1))
            painter.setBrush(self._theme.colour("panel"))
            painter.drawRoundedRect(box, RADIUS_SMALL, RADIUS_SMALL)
            painter.drawPixmap(
                box.topLeft() + QPointF(air, air), self._theme.pixmap(icon, role, size)
            )
            right = box.left() - air


def covering(image: QImage, rect: QRectF) -> QRectF:
    """Return the middle part of a picture that fills `rect` without being stretched."""
    scale = min(image.width() / rect.width(), image.height() / rect.height())
    part = QRectF(0, 0, rect.width() * scale, rect.height() * scale)
    part.moveCenter(QRectF(image.rect()).center())
    return part
