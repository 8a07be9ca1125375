"""Rows with an icon, a number, a wrapping title, notes below and a figure aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from assessor.ui.delegates.grounds import draw_ground
from assessor.ui.delegates.options import rect_of
from assessor.ui.models.row_tree import Role, RowLook
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS, M, S
from assessor.ui.widgets.text_layout import LaidText, lay_out

Index = QModelIndex | QPersistentModelIndex
PictureOf = Callable[[str], QImage | None]
_STEP, _CHEVRON, _ICON, _BOX = 14, 12, 16, 18
_NUMBER = 34
_PICTURE = QSize(84, 56)
_LINE = 1.4
_MOST_LAID = 4000


@dataclass(frozen=True)
class _Laid:
    """A row broken into lines: where its words begin, and what they are."""

    words_left: float
    title: LaidText
    notes: tuple[LaidText, ...]
    aside_width: float
    height: float


class RowDelegate(QStyledItemDelegate):
    """Draws the rows; a box is ticked by a click on it or by the space bar."""

    def __init__(
        self, theme: Theme, view: QTreeView, picture_of: PictureOf | None, *, tree: bool
    ) -> None:
        super().__init__(view)
        self._tree = tree
        self._theme, self._view = theme, view
        self._picture_of: PictureOf = picture_of or _no_picture
        self._laid: dict[tuple[RowLook, int, bool], _Laid] = {}

    # --- measures ---------------------------------------------------------------------------------

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """As high as the words need at the width of the view, and high enough to touch."""
        width = self._view.viewport().width()
        look = index.data(Role.LOOK)
        if not isinstance(look, RowLook):
            return QSize(width, self._theme.sizes.control)
        laid = self._lay(look, width, _has_rows(index))
        return QSize(width, max(ceil(laid.height), self._theme.sizes.control))

    def _lay(self, look: RowLook, width: int, opens: bool) -> _Laid:
        key = (look, width, opens)
        if key not in self._laid:
            if len(self._laid) > _MOST_LAID:
                self._laid.clear()
            self._laid[key] = self._made(look, width, opens)
        return self._laid[key]

    def _made(self, look: RowLook, width: int, opens: bool) -> _Laid:
        px, sizes = self._theme.px, self._theme.sizes
        left: float = (
            px(S) + px(_STEP) * look.depth + (px(_CHEVRON) + px(XS) if opens or self._tree else 0)
        )
        left += px(_BOX) + px(S) if look.checked is not None else 0
        left += px(_ICON) + px(S) if look.icon else 0
        left += px(_PICTURE.width()) + px(S) if look.evidence else 0
        left += self._number_width(look)
        aside_font = self._theme.font(sizes.table, look.strong)
        aside = QFontMetricsF(aside_font).horizontalAdvance(look.aside) + px(M) if look.aside else 0
        room = max(width - left - aside - px(S), px(60))
        title = lay_out(look.title, self._title_font(look), room, _LINE)
        caption = self._theme.font(sizes.caption)
        note_room = max(width - left - px(S), px(60))
        notes = tuple(lay_out(note, caption, note_room, _LINE) for note in look.notes if note)
        height = title.height + sum(note.height for note in notes) + 2 * px(6)
        if look.evidence:
            height = max(height, px(_PICTURE.height()) + 2 * px(XS))
        return _Laid(left, title, notes, aside, height)

    def _title_font(self, look: RowLook) -> QFont:
        sizes = self._theme.sizes
        return self._theme.font(sizes.text if look.heading else sizes.table, look.strong)

    def _number_width(self, look: RowLook) -> float:
        if not look.number:
            return 0
        drawn = QFontMetricsF(self._theme.font(self._theme.sizes.table)).horizontalAdvance(
            look.number
        )
        return max(drawn, self._theme.px(_NUMBER)) + self._theme.px(XS)

    def _box(self, look: RowLook, rect: QRectF, opens: bool) -> QRectF:
        px = self._theme.px
        left = rect.left() + px(S) + px(_STEP) * look.depth
        left += px(_CHEVRON) + px(XS) if opens or self._tree else 0
        return QRectF(left, rect.top() + px(6), px(_BOX), px(_BOX))

    # --- ticking ----------------------------------------------------------------------------------

    def editorEvent(  # noqa: N802
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Tick on a click on the box, or on Space."""
        look = index.data(Role.LOOK)
        if not isinstance(look, RowLook) or look.checked is None:
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            wanted = event.key() == Qt.Key.Key_Space
        elif isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            box = self._box(look, rect_of(option), _has_rows(index))
            reach = self._theme.px(S)
            wanted = box.adjusted(-reach, -reach, reach, reach).contains(event.position())
        else:
            return False
        if not wanted:
            return False
        state = Qt.CheckState.Unchecked if look.checked else Qt.CheckState.Checked
        return model.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    # --- drawing ----------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        look = index.data(Role.LOOK)
        if not isinstance(look, RowLook):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect = rect_of(option)
        draw_ground(painter, self._theme, option, rect, self._view)
        opens = _has_rows(index)
        laid = self._lay(look, self._view.viewport().width(), opens)
        self._signs(painter, rect, look, index, opens)
        self._words(painter, rect, look, laid)
        painter.restore()

    def _signs(
        self, painter: QPainter, rect: QRectF, look: RowLook, index: Index, opens: bool
    ) -> None:
        """Draw chevron, box, icon or picture, from left to right."""
        px, theme = self._theme.px, self._theme
        left, middle = rect.left() + px(S) + px(_STEP) * look.depth, rect.top() + px(6) + px(9)
        if opens:
            name = "chevron-down" if self._view.isExpanded(_plain(index)) else "chevron-right"
            size = px(_CHEVRON)
            at = QPointF(left, middle - size / 2)
            painter.drawPixmap(at, theme.pixmap(name, "muted", size))
        if opens or self._tree:
            left += px(_CHEVRON) + px(XS)
        if look.checked is not None:
            self._draw_box(painter, self._box(look, rect, opens), look.checked)
            left += px(_BOX) + px(S)
        if look.icon:
            at = QPointF(left, middle - px(_ICON) / 2)
            painter.drawPixmap(at, theme.pixmap(look.icon, look.icon_role, px(_ICON)))
            left += px(_ICON) + px(S)
        if look.evidence:
            self._picture(painter, QPointF(left, rect.top() + px(XS)), look.evidence)

    def _draw_box(self, painter: QPainter, box: QRectF, ticked: bool) -> None:
        theme = self._theme
        painter.setPen(QPen(theme.colour("accent" if ticked else "strong_line"), 1.4))
        painter.setBrush(theme.colour("accent" if ticked else "panel"))
        painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), 4, 4)
        if ticked:
            painter.drawPixmap(box.topLeft(), theme.pixmap("check", "on_accent", theme.px(_BOX)))

    def _picture(self, painter: QPainter, at: QPointF, evidence: str) -> None:
        theme = self._theme
        frame = QRectF(at.x(), at.y(), theme.px(_PICTURE.width()), theme.px(_PICTURE.height()))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("sunken"))
        painter.drawRect(frame)
        image = self._picture_of(evidence)
        if image is None or image.isNull():
            size = theme.px(20)
            middle = QPointF(frame.center().x() - size / 2, frame.center().y() - size / 2)
            painter.drawPixmap(middle, theme.pixmap("paperclip", "muted", size))
            return
        whole = image.size().scaled(frame.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(QPointF(0, 0), whole.toSizeF())
        target.moveCenter(frame.center())
        painter.drawImage(target, image)

    def _words(self, painter: QPainter, rect: QRectF, look: RowLook, laid: _Laid) -> None:
        px, theme = self._theme.px, self._theme
        left, top = rect.left() + laid.words_left, rect.top() + px(6)
        line = theme.sizes.table * _LINE
        painter.setFont(theme.font(theme.sizes.table))
        if look.number:
            painter.setPen(theme.colour("muted"))
            width = self._number_width(look)
            box = QRectF(left - width, top, width, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, look.number)
        painter.setPen(theme.colour("text"))
        laid.title.draw(painter, QPointF(left, top))
        if look.aside:
            painter.setFont(theme.font(theme.sizes.table, look.strong))
            painter.setPen(theme.colour(look.aside_role))
            box = QRectF(rect.right() - laid.aside_width - px(S), top, laid.aside_width, line)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, flags, look.aside)
        painter.setPen(theme.colour("muted"))
        top += laid.title.height
        for note in laid.notes:
            note.draw(painter, QPointF(left, top))
            top += note.height


def _has_rows(index: Index) -> bool:
    return index.isValid() and index.model().rowCount(_plain(index)) > 0


def _plain(index: Index) -> QModelIndex:
    return index.model().index(index.row(), 0, index.parent())


def _no_picture(evidence: str) -> QImage | None:
    del evidence
    return None
