"""The register: every visit, filtered and sorted beside the window, with what is behind one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from assessor.ui.models.bureau_naming import Naming
from assessor.ui.models.bureau_visits import BureauVisitsModel
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import M, S
from assessor.ui.views.bureau.desk import BureauDesk
from assessor.ui.views.bureau.register_visit import RegisterVisit
from assessor.ui.views.bureau.tables import (
    fill_page,
    hide_where_narrow,
    list_beside,
    share,
    sorted_by,
    table_of,
    turn,
)
from assessor.ui.views.start_tiles import TileGrid
from assessor.ui.widgets import Button, ChoiceField, FlowLabel, SearchField, label, marked
from assessor.workspace.bureau_table import COLUMNS, FIELDS, Field, VisitTable, Wanted

_WIDTHS = (200, 80, 72, 78, 80, 84, 140, 110, 100)
_NARROW = {
    COLUMNS.index("industry"): 640,
    COLUMNS.index("visit_date"): 780,
    COLUMNS.index("gap"): 520,
    COLUMNS.index("signature"): 600,
}
_SHARES = (3, 2)
"""Of the room, for the rows and for the visit."""
_FIELD_WIDTH = 150
_PAUSE = 120
"""Milliseconds after the last letter until the rows are asked for."""


class RegisterTab(QWidget):
    """Filters, rows, and one visit.

    Signals: `arranged()` when the rows that were asked for are shown.
    """

    arranged = Signal()

    def __init__(self, context: Context, desk: BureauDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self.desk = context, desk
        theme, words = context.theme, context.words
        self.wanted = Wanted()
        self._asked = 0
        self._key = ""
        self.behind = ""
        self.model = BureauVisitsModel(theme, Naming(words, {}), self)
        self.search = SearchField(theme, words.tr("ui_bureau.search"))
        self.choices = {
            name: ChoiceField(theme, words.tr(f"ui_bureau.filter_{name}")) for name in FIELDS
        }
        self.count = label("", "muted")
        self.table = table_of(theme, words.tr("ui_bureau.visits"), self.model, _WIDTHS, 0)
        self.visit = RegisterVisit(context, desk)
        self.split = marked(QSplitter(Qt.Orientation.Horizontal), "quiet")
        self.first = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.arrange)
        self._lay_out()
        sorted_by(self.table, 0, False)
        self._connect()
        self.refresh()

    # --- building ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        theme = self._context.theme
        list_beside(theme, self.split, self._make_behind(), self.table, self.visit)
        fill_page(theme, self, self._filter_rows(), self.split)

    def _filter_rows(self) -> QVBoxLayout:
        theme = self._context.theme
        self.search.setMinimumWidth(theme.px(120))
        grid = TileGrid(theme, _FIELD_WIDTH, most=len(self.choices), even=True)
        for field in self.choices.values():
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            field.setMinimumWidth(theme.px(_FIELD_WIDTH))
        grid.set_tiles(list(self.choices.values()))
        self.first.setSpacing(theme.px(S))
        self.first.addWidget(self.search, 1)
        self.first.addWidget(self.count)
        made = QVBoxLayout()
        made.setSpacing(theme.px(S))
        made.addLayout(self.first)
        made.addWidget(grid)
        return made

    def _make_behind(self) -> QWidget:
        """What says that only the visits behind a figure are shown."""
        theme, words = self._context.theme, self._context.words
        self.strip = marked(QWidget(), "panel")
        self.strip_text = FlowLabel(theme, "", "accent", size=theme.sizes.table)
        self.show_all = Button(theme, words.tr("ui_bureau.show_all"), "close")
        self.show_all.clicked.connect(lambda *_: self.show_behind("", None))
        line = QHBoxLayout(self.strip)
        line.setContentsMargins(theme.px(M), theme.px(4), theme.px(4), theme.px(4))
        line.addWidget(self.strip_text, 1)
        line.addWidget(self.show_all)
        self.strip.hide()
        return self.strip

    def _connect(self) -> None:
        self.search.search_changed.connect(self._on_search)
        for name, field in self.choices.items():
            field.key_chosen.connect(lambda key, name=name: self._on_choice(name, key))
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._on_sort)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.visit.visit_asked.connect(self.show_visit)
        self.desk.changed.connect(self.refresh)

    # --- showing ----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Take over what was read of the register."""
        snapshot, table = self.desk.snapshot, self.desk.table
        if snapshot is None or table is None:
            return
        self.model.naming = Naming(self._context.words, snapshot.rubrics)
        self._offer(table)
        self.arrange()

    def _offer(self, table: VisitTable) -> None:
        """Offer what there is in each column; a choice that is gone no longer holds."""
        for name, field in self.choices.items():
            choices = {"": self._context.words.tr(f"ui_bureau.every_{name}")}
            choices |= {key: self._name_of(name, key, table) for key in table.choices(name)}
            kept = getattr(self.wanted, name)
            field.set_choices(choices)
            if kept not in choices:
                self.wanted = self.wanted.with_value(name, "")
                kept = ""
            field.set_key(kept)

    def _name_of(self, name: Field, key: str, table: VisitTable) -> str:
        naming = self.model.naming
        match name:
            case "rubric":
                return naming.rubric(key)
            case "verdict":
                return naming.verdict(key)
            case "signature":
                return naming.signature(key)
            case "tier":
                return naming.tier(table.rubric_of(name, key), key)
            case "cycle":
                return naming.cycle(table.rubric_of(name, key), key)
            case "district":
                return key

    def arrange(self) -> None:
        """Ask a worker for the rows; an answer that was overtaken by a later question is not
        shown."""
        table = self.desk.table
        if table is None:
            return
        self._asked += 1
        number, wanted = self._asked, self.wanted

        def show(order: list[int]) -> None:
            if number == self._asked:
                self._show(table, order)

        self._context.tasks.start(lambda _: table.arranged(wanted), done=show, owner=self)

    def _show(self, table: VisitTable, order: list[int]) -> None:
        self.model.set_order(table.rows, order)
        tr = self._context.words.tr
        self.count.setText(tr("ui_bureau.shown", shown=len(order), total=len(table.rows)))
        place = table.places.get(self._key)
        at = order.index(place) if place is not None and place in order else -1
        if order:
            self.table.selectRow(max(at, 0))
        else:
            self.visit.show_visit(None)
        self.arranged.emit()

    # --- what is asked for ------------------------------------------------------------------------

    def show_visit(self, visit_id: str) -> None:
        """Show one visit, whatever was filtered before."""
        self._key = visit_id
        self.search.clear()
        self.wanted = Wanted(column=self.wanted.column, descending=self.wanted.descending)
        for field in self.choices.values():
            field.set_key("")
        self.show_behind("", None)

    def show_behind(self, what: str, visits: frozenset[int] | None) -> None:
        """Show only the visits behind a figure, which `what` names; all for `None`."""
        self.behind = what
        self.wanted = replace(self.wanted, visits=visits)
        self.strip.setVisible(visits is not None)
        tr = self._context.words.tr
        self.strip_text.set_text(tr("ui_bureau.behind", what=what) if what else "")
        self.arrange()

    def focus_search(self) -> None:
        """Put the focus into the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_search(self, text: str) -> None:
        self.wanted = replace(self.wanted, text=text)
        self._pause.start()

    def _on_choice(self, name: Field, key: str) -> None:
        self.wanted = self.wanted.with_value(name, key)
        self.arrange()

    def _on_sort(self, column: int, way: Qt.SortOrder) -> None:
        down = way == Qt.SortOrder.DescendingOrder
        self.wanted = replace(self.wanted, column=COLUMNS[column], descending=down)
        self.arrange()

    def _on_row(self, current: QModelIndex, _: QModelIndex) -> None:
        found = self.model.row_at(current.row())
        if found is not None:
            self._key = found.visit_id
        self.visit.show_visit(found)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the visit below the rows where there is no room beside them."""
        super().resizeEvent(event)
        wide = event.size().width() >= self._context.theme.px(1000)
        way = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.split.orientation() != way:
            self.split.setOrientation(way)
            share(self.split, _SHARES, event.size())
        turn((self.first,), wide=event.size().width() >= self._context.theme.px(480))
        hide_where_narrow(self.table, _NARROW, self._context.theme)
