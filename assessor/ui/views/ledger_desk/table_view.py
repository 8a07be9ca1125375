"""The table itself: typed into like a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from assessor.ui.delegates.ledger_cells import LedgerCellDelegate
from assessor.ui.models.ledger_table import LedgerTable
from assessor.ui.theme import Theme
from assessor.ui.widgets import named
from assessor.ui.words import Words
from assessor.workspace.ledger_cells import as_text

_WIDTHS = {"count": 108, "number": 108, "yes_no": 92, "date": 112, "text": 136}


class LedgerView(QTableView):
    """Type to replace, F2 to edit, Enter goes down, Delete empties, Ctrl+C copies for Excel.

    Signals: `clear_asked()`; `chosen_changed()`.
    """

    clear_asked = Signal()
    chosen_changed = Signal()

    def __init__(self, theme: Theme, words: Words, model: LedgerTable, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, words.pick(model.table.name), words.tr("ui_ledger.keys"))
        self._table = model
        self.setModel(model)
        self.setItemDelegate(LedgerCellDelegate(theme, self, model))
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.AnyKeyPressed | trigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.sizes.control)
        rows.setMinimumWidth(theme.px(48))
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(theme.px(56))
        for at, column in enumerate(model.table.columns):
            heading = str(model.headerData(at, columns.orientation()))
            needed = columns.fontMetrics().horizontalAdvance(heading) + theme.px(24)
            self.setColumnWidth(at, max(theme.px(_WIDTHS[column.type]), needed))
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())

    def chosen_cells(self) -> list[tuple[int, int]]:
        """Return row and column of the chosen cells that are in a row with something in it."""
        count = len(self._table.rows)
        cells = self.selectionModel().selectedIndexes()
        return sorted((cell.row(), cell.column()) for cell in cells if cell.row() < count)

    def chosen_rows(self) -> list[int]:
        """Return the rows in which a cell is chosen."""
        return sorted({row for row, _ in self.chosen_cells()})

    def show_cell(self, row: int, column: int) -> None:
        """Choose a cell, bring it into sight and let it be typed into."""
        self.mark_cell(row, column)
        self.setFocus()

    def mark_cell(self, row: int, column: int) -> None:
        """Choose a cell and bring it into sight; the focus stays where it is."""
        index = self._table.index(row, column)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)
        self.scrollTo(index)

    def copy(self) -> None:
        """Put the chosen cells on the clipboard, as a spreadsheet takes them."""
        cells = self.chosen_cells()
        if not cells:
            return
        rows, columns = sorted({row for row, _ in cells}), sorted({at for _, at in cells})
        chosen = set(cells)
        lines = [
            [self._table.shown(row, at) if (row, at) in chosen else "" for at in columns]
            for row in rows
        ]
        QGuiApplication.clipboard().setText(as_text(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Copy and empty whole selections; a key that types begins to edit."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.clear_asked.emit()
        else:
            super().keyPressEvent(event)

    def closeEditor(  # noqa: N802
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        """Go to the cell below after Enter."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            current = self.currentIndex()
            below = self._table.index(current.row() + 1, current.column())
            if below.isValid():
                self.setCurrentIndex(below)
