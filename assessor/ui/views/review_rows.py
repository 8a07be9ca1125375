"""The view of rows that `RowDelegate` draws."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QTreeView, QWidget

from assessor.ui.delegates.rows import PictureOf, RowDelegate
from assessor.ui.models.row_tree import RowTree
from assessor.ui.theme import Theme
from assessor.ui.widgets.marking import marked, named


class RowView(QTreeView):
    """A list of such rows. It keeps place and open rows when the rows change.

    In a `tree` rows stand in line whether they open or not.

    Signals: `row_chosen(str)` the key of the row that is current now, `row_asked(str)` of one that
    was double-clicked or entered.
    """

    row_chosen = Signal(str)
    row_asked = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        model: RowTree,
        picture_of: PictureOf | None = None,
        parent: QWidget | None = None,
        *,
        tree: bool = False,
    ) -> None:
        super().__init__(parent)
        self._rows = model
        named(marked(self, "plain"), name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(True)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(RowDelegate(theme, self, picture_of, tree=tree))
        self.setModel(model)
        self._kept: tuple[str, frozenset[str]] = ("", frozenset())
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.activated.connect(lambda index: self.row_asked.emit(model.key(index)))
        self.clicked.connect(self._on_click)

    def choose(self, key: str) -> bool:
        """Make a row current and show it; `False` when there is none with this key."""
        index = self._rows.index_of(key)
        if not index.isValid():
            return False
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    @property
    def current_key(self) -> str:
        """The key of the current row, empty without one."""
        return self._rows.key(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Break the words anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def _on_current(self, index: QModelIndex) -> None:
        self.row_chosen.emit(self._rows.key(index))

    def _on_click(self, index: QModelIndex) -> None:
        if self._rows.rowCount(index):
            self.setExpanded(index, not self.isExpanded(index))

    def _remember(self) -> None:
        model = self._rows
        opened = (key for key in model.row_keys() if self.isExpanded(model.index_of(key)))
        self._kept = (self.current_key, frozenset(opened))

    def _recall(self) -> None:
        key, opened = self._kept
        for one in opened:
            self.setExpanded(self._rows.index_of(one), True)
        self.choose(key)
