"""Rows with a box to tick, drawn to the theme."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from assessor.ui.delegates.options import has_state, rect_of
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import S

Index = QModelIndex | QPersistentModelIndex
_BOX = 18


class TickDelegate(QStyledItemDelegate):
    """Draws box and words; a row is high enough for a finger in touch mode."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """As high as a control."""
        return QSize(self._theme.px(120), self._theme.sizes.control)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        theme, rect = self._theme, rect_of(option)
        state = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
        hovered = has_state(option, QStyle.StateFlag.State_MouseOver)
        focused = has_state(option, QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if hovered or focused:
            painter.setBrush(theme.colour("sunken"))
            painter.setPen(QPen(theme.colour("accent"), 2) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
        self._box(painter, rect, state)
        left = rect.left() + theme.px(_BOX) + 2 * theme.px(S)
        words = QRectF(left, rect.top(), rect.right() - left - theme.px(S), rect.height())
        font = theme.font(theme.sizes.table, bold=state == Qt.CheckState.Checked)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _box(self, painter: QPainter, row: QRectF, state: Qt.CheckState) -> None:
        theme, size = self._theme, self._theme.px(_BOX)
        box = QRectF(row.left() + theme.px(S), row.center().y() - size / 2, size, size)
        ticked = state != Qt.CheckState.Unchecked
        painter.setPen(QPen(theme.colour("accent" if ticked else "strong_line"), 1.4))
        painter.setBrush(theme.colour("accent" if ticked else "panel"))
        painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), 4, 4)
        if ticked:
            icon = "check" if state == Qt.CheckState.Checked else "minus"
            painter.drawPixmap(box.topLeft(), theme.pixmap(icon, "on_accent", size))
