"""What a view tells a delegate about a cell; the library's types leave these out."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

_RECT, _STATE = attrgetter("rect"), attrgetter("state")


def rect_of(option: QStyleOptionViewItem) -> QRectF:
    """Return where the cell is."""
    return QRectF(_RECT(option))


def has_state(option: QStyleOptionViewItem, flag: QStyle.StateFlag) -> bool:
    """Tell whether the cell is selected, hovered, focused ..."""
    return bool(_STATE(option) & flag)
