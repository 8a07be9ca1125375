"""Cells of the ledger: faults have a colour and a corner, rows behind a figure a bar and a tint."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from assessor.ui.delegates.options import has_state, rect_of
from assessor.ui.models.ledger_table import LedgerTable
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import S

Index = QModelIndex | QPersistentModelIndex
_CORNER, _BAR = 8, 3


class LedgerCellDelegate(QStyledItemDelegate):
    """Draws one cell. Hundreds are drawn at a time: what does not differ is made once."""

    def __init__(self, theme: Theme, view: QAbstractItemView, model: LedgerTable) -> None:
        super().__init__(view)
        self._theme, self._view, self._model = theme, view, model
        self._font = theme.font(theme.sizes.table)
        self._metrics = QFontMetricsF(self._font)
        self._text, self._bad = theme.colour("text"), theme.colour("bad_soft")
        self._accent, self._soft = theme.colour("accent"), theme.colour("accent_soft")
        self._air, self._bar = theme.px(S), theme.px(_BAR)
        self._elided = lru_cache(maxsize=4096)(self._elide)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, text and marks."""
        look = self._model.look(index.row(), index.column())
        rect = rect_of(option)
        chosen = has_state(option, QStyle.StateFlag.State_Selected)
        if look.fault or chosen or look.counted:
            painter.fillRect(rect, self._bad if look.fault else self._soft)
        if look.counted and index.column() == 0:
            painter.fillRect(QRectF(rect.x(), rect.y(), self._bar, rect.height()), self._accent)
        if look.text:
            inside = rect.adjusted(self._air, 0, -self._air, 0)
            painter.setFont(self._font)
            painter.setPen(self._text)
            painter.drawText(inside, look.alignment, self._elided(look.text, int(inside.width())))
        if look.fault:
            self._corner(painter, rect)
        if chosen:
            self._edge(painter, option, rect, bool(look.fault))

    def _elide(self, text: str, width: int) -> str:
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def _edge(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, faulty: bool
    ) -> None:
        """Show where the focus is, and that a cell with a fault is chosen."""
        current = has_state(option, QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        if current or faulty:
            painter.setPen(QPen(self._accent, 2 if current else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _corner(self, painter: QPainter, rect: QRectF) -> None:
        edge = self._theme.px(_CORNER)
        top = rect.topRight()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("bad"))
        painter.drawPolygon(QPolygonF([top, top - QPointF(edge, 0), top + QPointF(0, edge)]))
