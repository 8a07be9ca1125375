"""The grid of tiles; files can be dropped on it."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QMimeData, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from assessor.ui.delegates.thumbnails import ThumbnailDelegate
from assessor.ui.models.evidence_list import EvidenceList, Piece
from assessor.ui.theme import Theme
from assessor.ui.views.evidence_desk.intake import can_take
from assessor.ui.views.evidence_desk.picture_store import PictureStore
from assessor.ui.widgets import marked, named
from assessor.ui.words import Words
from assessor.workspace.pictures import Wanted


class EvidenceGrid(QListView):
    """Tiles to choose one or several of.

    Signals: `chosen_changed()`; `open_asked(str)` a piece, by double click or Enter;
    `remove_asked()` by Delete; `dropped(object)` the `QMimeData` of a drop.
    """

    chosen_changed = Signal()
    open_asked = Signal(str)
    remove_asked = Signal()
    dropped = Signal(object)

    def __init__(
        self, theme: Theme, words: Words, store: PictureStore, model: EvidenceList, parent: QWidget
    ) -> None:
        super().__init__(parent)
        marked(self, "plain")
        named(self, words.tr("ui_evidence.grid_name"))
        self._list, self._store = model, store
        self._keeping = False
        self.setModel(model)
        self._delegate = ThumbnailDelegate(theme, words, store, self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        # Qt would take drops for moves of its own tiles.
        self.setDragEnabled(False)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.activated.connect(lambda index: self.open_asked.emit(str(self._id(index.row()))))
        self.selectionModel().selectionChanged.connect(lambda *_: self._on_selection())
        store.picture_arrived.connect(self._on_picture)
        store.picture_failed.connect(self._on_picture)

    def chosen(self) -> tuple[Piece, ...]:
        """Return the chosen pieces, in the order they are shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        pieces = self._list.pieces
        return tuple(pieces[row] for row in rows if row < len(pieces))

    def show_pieces(self, pieces: tuple[Piece, ...]) -> None:
        """Show other pieces; what is chosen stays chosen."""
        kept = {piece.item.id for piece in self.chosen()}
        current = self._id(self.currentIndex().row())
        before = [piece.item.id for piece in self._list.pieces]
        self._keeping = True
        self._list.set_pieces(pieces)
        if before != [piece.item.id for piece in pieces]:
            self._choose_again(kept, current)
        self._keeping = False

    def choose(self, ids: frozenset[str]) -> None:
        """Choose these pieces and show the first of them."""
        rows = sorted(row for item_id in ids if (row := self._list.row_of(item_id)) >= 0)
        if not rows:
            return
        self._keeping = True
        self._choose_again(ids, self._id(rows[0]))
        self._keeping = False
        self.scrollTo(self._list.index(rows[0]))
        self.chosen_changed.emit()

    def _choose_again(self, ids: frozenset[str] | set[str], current: str) -> None:
        selection, flag = self.selectionModel(), QItemSelectionModel.SelectionFlag
        selection.clearSelection()
        for item_id in ids:
            if (row := self._list.row_of(item_id)) >= 0:
                selection.select(self._list.index(row), flag.Select)
        if (row := self._list.row_of(current)) >= 0:
            selection.setCurrentIndex(self._list.index(row), flag.NoUpdate)

    def _id(self, row: int) -> str:
        pieces = self._list.pieces
        return pieces[row].item.id if 0 <= row < len(pieces) else ""

    def _on_selection(self) -> None:
        if not self._keeping:
            self.chosen_changed.emit()

    def _on_picture(self, wanted: Wanted) -> None:
        """Draw again the tiles that show this picture."""
        for row, piece in enumerate(self._list.pieces):
            if piece.item.sha256 == wanted.sha256:
                self.update(self._list.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Delete removes; everything else moves or is left to the window."""
        if event.matches(QKeySequence.StandardKey.Delete):
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the width out, so that the tiles stand in even columns."""
        super().resizeEvent(event)
        # The layout keeps room for the bar whether it is shown or not.
        bar = self.verticalScrollBar().sizeHint().width()
        self._delegate.share_out(self.width() - bar - 2)
        self.setGridSize(self._delegate.tile())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files and pictures."""
        self._weigh(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Take them everywhere."""
        self._weigh(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Announce what was dropped."""
        if can_take(event.mimeData()):
            event.acceptProposedAction()
            kept = QMimeData()
            kept.setUrls(event.mimeData().urls())
            if event.mimeData().hasImage():
                kept.setImageData(event.mimeData().imageData())
            self.dropped.emit(kept)

    @staticmethod
    def _weigh(event: QDragEnterEvent | QDragMoveEvent) -> None:
        if can_take(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()
