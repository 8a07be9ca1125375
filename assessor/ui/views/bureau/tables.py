"""Tables of the bureau's screens: one way they look, whole rows chosen, quick with many rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QAbstractItemModel, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHeaderView,
    QLayout,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import S
from assessor.ui.widgets import ScrollColumn, named

_LEAST_HEIGHT = 340
"""Of a list with what is chosen in it; below that the page scrolls."""


def table_of(
    theme: Theme,
    name: str,
    model: QAbstractItemModel,
    widths: Sequence[int],
    stretched: int,
    order: Sequence[int] = (),
) -> QTableView:
    """Return a table; `widths` (before scaling) are its columns', `stretched` takes the rest.

    Widths are fixed and rows equally high, so that nothing is measured however many rows there are.
    """
    table = named(QTableView(), name)
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setIconSize(QSize(theme.px(16), theme.px(16)))
    rows = table.verticalHeader()
    rows.setVisible(False)
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(theme.sizes.control)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    header.setMinimumSectionSize(theme.px(40))
    for column, width in enumerate(widths):
        table.setColumnWidth(column, theme.px(width))
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    for place, column in enumerate(order):
        header.moveSection(header.visualIndex(column), place)
    return table


def sorted_by(table: QTableView, column: int, descending: bool) -> None:
    """Let the header show what the rows are sorted by, and let a click on it choose."""
    header = table.horizontalHeader()
    header.setSectionsClickable(True)
    header.setSortIndicatorShown(True)
    way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
    header.setSortIndicator(column, way)


def share(split: QSplitter, shares: Sequence[int], room: QSize) -> None:
    """Share the room along a splitter."""
    whole = room.width() if split.orientation() == Qt.Orientation.Horizontal else room.height()
    split.setSizes([whole * one // sum(shares) for one in shares])


def hide_where_narrow(table: QTableView, least: Mapping[int, int], theme: Theme) -> None:
    """Hide columns where the table is narrower than they ask for (before scaling)."""
    width = table.width()
    for column, wanted in least.items():
        table.setColumnHidden(column, width < theme.px(wanted))


def list_beside(
    theme: Theme, split: QSplitter, head: QLayout | QWidget, table: QTableView, chosen: QWidget
) -> None:
    """Fill a splitter: a table with something above it, and beside it what is chosen in it."""
    left = QWidget()
    lines = QVBoxLayout(left)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(theme.px(S))
    if isinstance(head, QWidget):
        lines.addWidget(head)
    else:
        lines.addLayout(head)
    lines.addWidget(table, 1)
    split.addWidget(left)
    split.addWidget(chosen)
    split.setChildrenCollapsible(False)
    split.setHandleWidth(theme.px(S))
    split.setStretchFactor(0, 1)


def fill_page(theme: Theme, page: QWidget, head: QLayout | QWidget, rest: QWidget) -> None:
    """Put something on top of a page and let the rest have the room; too little of it scrolls."""
    scroll = ScrollColumn(theme)
    if isinstance(head, QWidget):
        scroll.body.addWidget(head)
    else:
        scroll.body.addLayout(head)
    rest.setMinimumHeight(theme.px(_LEAST_HEIGHT))
    scroll.body.addWidget(rest, 1)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scroll)


def turn(lines: Iterable[QBoxLayout], *, wide: bool) -> None:
    """Lay out rows across where there is room, else downwards."""
    way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
    for line in lines:
        line.setDirection(way)
