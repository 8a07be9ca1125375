"""Cells of the ledger: faults have a colour and a corner, rows behind a figure a bar and a tint."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from assessor.ui.delegates.options import has_state, rect_of
from assessor.ui.models.ledger_table import Role
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import S

Index = QModelIndex | QPersistentModelIndex
_CORNER, _BAR = 8, 3


class LedgerCellDelegate(QStyledItemDelegate):
    """Draws one cell."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._font = theme.font(theme.sizes.table)
        self._metrics = QFontMetricsF(self._font)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, text and marks."""
        theme, rect = self._theme, rect_of(option)
        fault, counted = index.data(Role.FAULT), bool(index.data(Role.COUNTED))
        chosen = has_state(option, QStyle.StateFlag.State_Selected)
        painter.save()
        if fault or chosen or counted:
            role = "bad_soft" if fault else "accent_soft"
            painter.fillRect(rect, theme.colour(role))
        if counted and index.column() == 0:
            painter.fillRect(
                QRectF(rect.topLeft(), rect.bottomLeft()).adjusted(0, 0, theme.px(_BAR), 0),
                theme.colour("accent"),
            )
        self._text(painter, rect, index)
        if fault:
            self._corner(painter, rect)
        current = has_state(option, QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        if current or (chosen and fault):
            painter.setPen(QPen(theme.colour("accent"), 2 if current else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _text(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if not text:
            return
        air = self._theme.px(S)
        inside = rect.adjusted(air, 0, -air, 0)
        painter.setFont(self._font)
        painter.setPen(self._theme.colour("text"))
        shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), shown)

    def _corner(self, painter: QPainter, rect: QRectF) -> None:
        edge = self._theme.px(_CORNER)
        top = rect.topRight()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("bad"))
        painter.drawPolygon(QPolygonF([top, top - QPointF(edge, 0), top + QPointF(0, edge)]))
