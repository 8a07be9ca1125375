"""Rows of the tree of criteria: dimensions with their progress, criteria with their state."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from assessor.ui.delegates.grounds import draw_ground
from assessor.ui.delegates.options import has_state, rect_of
from assessor.ui.models.criteria_rows import Entry
from assessor.ui.models.criteria_tree import Role
from assessor.ui.models.standings import Standing
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS, S
from assessor.ui.widgets.state_icon import STATE_ICONS, State

_NUMBER, _BAR, _BAR_HEIGHT, _ICON, _STEP, _CHEVRON = 28, 44, 4, 16, 8, 12
_LOW = 28
Index = QModelIndex | QPersistentModelIndex


def icons_of(standing: Standing) -> tuple[State, ...]:
    """Return the icons of a criterion from right to left; the state itself stands outermost."""
    marks: list[State] = [standing.state]
    if standing.flagged:
        marks.append("flagged")
    if standing.short:
        marks.append("no_evidence")
    return tuple(marks)


class CriteriaDelegate(QStyledItemDelegate):
    """Draws the rows of a tree that has no indentation of its own."""

    def __init__(self, theme: Theme, tree: QTreeView) -> None:
        super().__init__(tree)
        self._theme = theme
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Rows are as high as a control, headings between them lower, all high enough to touch."""
        entry = index.data(Role.ENTRY)
        low = isinstance(entry, Entry) and entry.kind == "dimension" and not entry.main
        sizes = self._theme.sizes
        return QSize(100, sizes.px(_LOW) if low and not sizes.touch else sizes.control)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        entry = index.data(Role.ENTRY)
        if not isinstance(entry, Entry):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = rect_of(option)
        chosen = has_state(option, QStyle.StateFlag.State_Selected)
        draw_ground(painter, self._theme, option, rect, self._tree)
        if entry.kind == "item":
            self._item(painter, rect, entry, chosen)
        else:
            self._heading(painter, rect, entry, index, chosen)
        painter.restore()

    def _heading(
        self, painter: QPainter, rect: QRectF, entry: Entry, index: Index, chosen: bool
    ) -> None:
        px, theme = self._theme.px, self._theme
        left = rect.left() + px(XS) + px(_STEP) * entry.depth
        if entry.kind == "dimension":
            self._chevron(painter, rect, left, self._tree.isExpanded(index))
            left += px(_CHEVRON) + px(XS)
        right = rect.right() - px(S)
        if entry.main and entry.asked:
            right = self._progress(painter, rect, entry, right)
        size = theme.sizes.text if entry.main else theme.sizes.caption
        painter.setFont(theme.font(size, bold=entry.main))
        role = "accent" if chosen else "text" if entry.main and entry.asked else "muted"
        text = f"{entry.number} {entry.title}".strip()
        self._text(painter, QRectF(left, rect.top(), right - left, rect.height()), text, role)

    def _chevron(self, painter: QPainter, rect: QRectF, left: float, is_open: bool) -> None:
        size = self._theme.px(_CHEVRON)
        name = "chevron-down" if is_open else "chevron-right"
        at = QPointF(left, rect.center().y() - size / 2)
        painter.drawPixmap(at, self._theme.pixmap(name, "muted", size))

    def _progress(self, painter: QPainter, rect: QRectF, entry: Entry, right: float) -> float:
        """Draw bar and count; return where they begin."""
        px, theme = self._theme.px, self._theme
        height, middle = px(_BAR_HEIGHT), rect.center().y()
        bar = QRectF(right - px(_BAR), middle - height / 2, px(_BAR), height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(bar, height / 2, height / 2)
        share = Decimal(entry.done) / entry.asked
        if share:
            painter.setBrush(theme.colour("accent"))
            bar.setWidth(max(float(share) * px(_BAR), height))
            painter.drawRoundedRect(bar, height / 2, height / 2)
        painter.setFont(theme.font(theme.sizes.caption))
        count = f"{entry.done}/{entry.asked}"
        width = QFontMetricsF(painter.font()).horizontalAdvance(count)
        begin = right - px(_BAR) - px(S) - width
        painter.setPen(theme.colour("muted"))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(begin, rect.top(), width, rect.height()), flags, count)
        return begin - px(XS)

    def _item(self, painter: QPainter, rect: QRectF, entry: Entry, chosen: bool) -> None:
        px, theme = self._theme.px, self._theme
        right = rect.right() - px(S)
        for state in icons_of(entry.standing) if entry.standing else ():
            icon, role = STATE_ICONS[state]
            right -= px(_ICON)
            at = QPointF(right, rect.center().y() - px(_ICON) / 2)
            painter.drawPixmap(at, theme.pixmap(icon, role, px(_ICON)))
            right -= px(XS)
        painter.setFont(theme.font(theme.sizes.table, bold=chosen))
        muted = entry.standing is not None and entry.standing.optional
        role = "accent" if chosen else "muted" if muted else "text"
        left = rect.left() + px(S) + px(_STEP) * entry.depth
        number = QRectF(left, rect.top(), px(_NUMBER), rect.height())
        self._text(painter, number, entry.number, "accent" if chosen else "muted")
        left = number.right() + px(XS)
        title = f"{entry.title} · {entry.label}" if entry.label else entry.title
        box = QRectF(left, rect.top(), right - left - px(XS), rect.height())
        self._text(painter, box, title, role)

    def _text(self, painter: QPainter, box: QRectF, text: str, role: str) -> None:
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.setPen(self._theme.colour(role))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
