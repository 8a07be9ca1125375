"""The ground of a row: chosen, under the pointer, with the focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from assessor.ui.delegates.options import has_state
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import RADIUS_SMALL

_EDGE = 1.6


def draw_ground(
    painter: QPainter,
    theme: Theme,
    option: QStyleOptionViewItem,
    rect: QRectF,
    view: QAbstractItemView,
) -> None:
    """Draw what tells the state of a row of a view; nothing for one that is at rest."""
    chosen = has_state(option, QStyle.StateFlag.State_Selected)
    hovered = has_state(option, QStyle.StateFlag.State_MouseOver)
    focused = has_state(option, QStyle.StateFlag.State_HasFocus) and view.hasFocus()
    role = "accent_soft" if chosen else "sunken" if hovered else ""
    if not role and not focused:
        return
    painter.setBrush(theme.colour(role) if role else QColor(0, 0, 0, 0))
    edge = QPen(theme.colour("accent"), _EDGE)
    painter.setPen(edge if focused else QPen(Qt.PenStyle.NoPen))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS_SMALL, RADIUS_SMALL)
