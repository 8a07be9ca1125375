"""The panel on the left: search, filters with their counts, the tree of criteria."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QTreeView, QWidget

from assessor.rubrics.models import Rubric
from assessor.ui.delegates.criteria import CriteriaDelegate
from assessor.ui.models.criteria_rows import Entry
from assessor.ui.models.criteria_tree import CriteriaFilter, CriteriaTree, Role
from assessor.ui.models.standings import FILTERS, Filter
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS, S
from assessor.ui.views.evaluating.flow_row import FlowRow
from assessor.ui.widgets import CollapsiblePanel, FilterButton, SearchField, marked, named
from assessor.ui.widgets.flow_label import FlowLabel
from assessor.ui.words import Words
from assessor.workspace.live import Published


class CriteriaView(QTreeView):
    """The tree itself. Signals: `entry_opened(str)` by Enter, to go to work on the row."""

    entry_opened = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        marked(self, "plain")
        named(self, words.tr("ui_eval.tree"), words.tr("ui_eval.tree_hint"))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setItemDelegate(CriteriaDelegate(theme, self))
        self.clicked.connect(self._toggle)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Open with Enter or Space; leave letters and digits to the window."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._toggle(index)
            if _kind(index) != "dimension":
                self.entry_opened.emit(str(index.data(Role.ID)))
        elif event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _toggle(self, index: QModelIndex) -> None:
        if _kind(index) == "dimension":
            self.setExpanded(index, not self.isExpanded(index))


class CriteriaPanel(CollapsiblePanel):
    """Signals: `entry_chosen(str)` a criterion, the gates or the indicators became current by hand;
    `entry_opened(str)` it is to be worked on."""

    entry_chosen = Signal(str)
    entry_opened = Signal(str)

    def __init__(self, theme: Theme, words: Words, rubric: Rubric) -> None:
        super().__init__(theme, words, words.tr("ui_eval.criteria"), "left")
        self._words, self._telling = words, False
        self.model = CriteriaTree(rubric, words, self)
        self.rows = CriteriaFilter(self)
        self.rows.setSourceModel(self.model)
        self.search = SearchField(
            theme, words.tr("ui_eval.search"), words.tr("ui_eval.search_hint")
        )
        self.filters = {which: self._filter(theme, which) for which in FILTERS}
        self.tree = CriteriaView(theme, words)
        self.tree.setModel(self.rows)
        self.nothing = FlowLabel(theme, words.tr("ui_eval.nothing_found"), "muted")
        self._lay_out(theme)
        self._connect()

    def _filter(self, theme: Theme, which: Filter) -> FilterButton:
        button = FilterButton(theme, self._words.tr(f"ui_eval.filter_{which}"))
        button.clicked.connect(lambda: self.set_filter(which))
        return button

    def _lay_out(self, theme: Theme) -> None:
        filters = FlowRow(theme, XS)
        filters.add(*self.filters.values())
        group = QButtonGroup(self)
        for button in self.filters.values():
            group.addButton(button)
        self.filters["all"].setChecked(True)
        self.body.addWidget(self.search)
        self.body.addWidget(filters)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.tree, 1)
        edge = theme.px(S)
        self.body.setContentsMargins(edge, 0, edge, 0)
        self.nothing.hide()

    def _connect(self) -> None:
        self.search.search_changed.connect(self._on_search)
        self.search.returnPressed.connect(self._open_first)
        self.tree.selectionModel().currentChanged.connect(self._on_current)
        self.tree.entry_opened.connect(self.entry_opened)

    def show_published(self, published: Published, current: str) -> None:
        """Show another state of the record with one row as the current."""
        self._telling = True
        self.rows.keep(current)
        self.model.update(published)
        self._telling = False
        self._show_counts()
        self.set_current(current)

    def set_current(self, entry_id: str) -> None:
        """Show which row is worked on, open what is above it."""
        self._telling = True
        self.rows.keep(entry_id)
        index = self.rows.mapFromSource(self.model.index_of(entry_id))
        if index.isValid() and self.tree.currentIndex() != index:
            above = index.parent()
            while above.isValid():
                self.tree.expand(above)
                above = above.parent()
            self.tree.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.tree.scrollTo(index)
        self._telling = False
        self.nothing.setVisible(self.rows.rowCount() == 0)

    def set_filter(self, which: Filter) -> None:
        """Let only some states through."""
        self.filters[which].setChecked(True)
        self.rows.set_filter(which)
        self._after_narrowing()

    def passing(self, which: Filter) -> list[str]:
        """Return the ids of the criteria that a filter is about, in order."""
        standing = ((entry.id, entry.standing) for entry in self.model.entries())
        return [entry_id for entry_id, found in standing if found and found.passes(which)]

    def items(self) -> list[str]:
        """Return the ids of the criteria that are let through, in order."""
        return [entry.id for entry in self._walk(QModelIndex()) if entry.kind == "item"]

    def _walk(self, parent: QModelIndex) -> list[Entry]:
        found: list[Entry] = []
        for row in range(self.rows.rowCount(parent)):
            index = self.rows.index(row, 0, parent)
            entry = index.data(Role.ENTRY)
            if isinstance(entry, Entry):
                found.append(entry)
            found += self._walk(index)
        return found

    def _show_counts(self) -> None:
        standings = [entry.standing for entry in self.model.entries() if entry.standing]
        for which, button in self.filters.items():
            count = sum(standing.passes(which) for standing in standings)
            text = self._words.tr(f"ui_eval.filter_{which}")
            button.setText(f"{text} {count}")
            button.setVisible(bool(count) or which in ("all", "unanswered") or button.isChecked())

    def _on_search(self, text: str) -> None:
        self.rows.set_search(text)
        self._after_narrowing()

    def _after_narrowing(self) -> None:
        if self.rows.narrowed:
            self.tree.expandAll()
        self.nothing.setVisible(self.rows.rowCount() == 0)
        index = self.tree.currentIndex()
        if index.isValid():
            self.tree.scrollTo(index)

    def _open_first(self) -> None:
        """Go to the first hit that is not just there because it is open."""
        kept = self.tree.currentIndex().data(Role.ID)
        hits = self.items()
        others = [entry_id for entry_id in hits if entry_id != kept]
        wanted = (others or hits or [""])[0]
        if wanted:
            self.entry_opened.emit(wanted)

    def _on_current(self, index: QModelIndex) -> None:
        if not self._telling and _kind(index) not in ("", "dimension"):
            self.entry_chosen.emit(str(index.data(Role.ID)))


def _kind(index: QModelIndex) -> str:
    entry = index.data(Role.ENTRY)
    return entry.kind if isinstance(entry, Entry) else ""
