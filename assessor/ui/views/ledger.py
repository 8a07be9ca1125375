"""The ledger screen: a table typed into, pasted into or imported, and the figures made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from assessor.errors import AssessorError
from assessor.rubrics.criterion import Table
from assessor.ui.dialogs.ledger_import import ImportDialog
from assessor.ui.models.ledger_table import LedgerTable
from assessor.ui.navigation import Context, Page
from assessor.ui.theme.sizes import L, M, S
from assessor.ui.views.ledger_desk.keeper import SheetKeeper
from assessor.ui.views.ledger_desk.rate_cards import RateCards
from assessor.ui.views.ledger_desk.table_view import LedgerView
from assessor.ui.views.ledger_desk.tool_bar import ToolBar
from assessor.ui.views.ledger_desk.waiting_bar import WaitingBar
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import EmptyState, label, marked, row
from assessor.workspace.ledger_cells import RowReader, SheetRow, pasted
from assessor.workspace.ledger_import import ForeignTable, foreign_tables, imported_rows
from assessor.workspace.ledger_rates import Rate, Rates
from assessor.workspace.ledger_sheet import Cells, LedgerSheet
from assessor.workspace.live import Published

_LOW = 560
"""Below this height the table would show but a few rows."""


def build(context: Context) -> Page:
    """Make the screen; there is an open visit."""
    if context.visit is None:
        raise RuntimeError("the ledger screen needs an open visit")
    tables = context.visit.loaded.rubric.tables
    if len(tables) > 1:
        from assessor.ui.views.ledger_tabs import LedgerTabs  # noqa: PLC0415 (is made of these)

        return LedgerTabs(context, context.visit)
    return LedgerPage(context, context.visit, tables[0]) if tables else NoLedgerPage(context)


class NoLedgerPage(Page):
    """Said where the rubric has no table to fill in."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        marked(self, "ground")
        words = context.words
        whole = QVBoxLayout(self)
        title, text = words.tr("ui_ledger.no_table"), words.tr("ui_ledger.no_table_text")
        whole.addWidget(EmptyState(context.theme, "table", title, text))


class LedgerPage(Page):
    """Rates above, then the ways in, what waits, and the table."""

    def __init__(self, context: Context, visit: VisitBridge, table: Table) -> None:
        super().__init__()
        marked(self, "ground")
        self._context, self._visit, self._table = context, visit, table
        self.reader = RowReader(visit.loaded.rubric, table)
        self.keeper = SheetKeeper(visit, table.id, self)
        self.model = LedgerTable(table, context.words, self._edit, self)
        self.view = LedgerView(context.theme, context.words, self.model, self)
        self.rates = RateCards(context)
        self._worked_out, self._counting = Rates(table.id), False
        self.tools = ToolBar(context)
        self.waiting = WaitingBar(context)
        self.status = label("", "caption")
        self.fault = label("", "bad")
        self._lay_out()
        self._connect()
        self._show_sheet()
        if visit.latest is not None:
            self._count(visit.latest)

    def _lay_out(self) -> None:
        theme = self._context.theme
        whole = QVBoxLayout(self)
        edge = theme.px(L)
        whole.setContentsMargins(edge, theme.px(M), edge, theme.px(S))
        whole.setSpacing(theme.px(S))
        whole.addWidget(self.rates)
        whole.addWidget(self.tools)
        whole.addWidget(self.waiting)
        whole.addWidget(self.view, 1)
        foot = row(theme, self.status)
        foot.addStretch(1)
        foot.addWidget(self.fault)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self._visit.published.connect(self._count)
        self._visit.saving_changed.connect(lambda *_: self._show_waiting())
        self.keeper.sheet_changed.connect(self._show_sheet)
        self.rates.rows_chosen.connect(self._on_rows_chosen)
        self.view.clear_asked.connect(self.clear_cells)
        self.view.chosen_changed.connect(self._show_status)
        self.tools.add_asked.connect(self.add_row)
        self.tools.remove_asked.connect(self.remove_rows)
        self.tools.paste_asked.connect(self.paste)
        self.tools.import_asked.connect(self.pick)
        self.tools.search.search_changed.connect(self._find)
        self.tools.search.returnPressed.connect(self._find_next)
        self.waiting.next_asked.connect(self.show_next_fault)
        self.waiting.retry_asked.connect(self.keeper.retry)
        self.waiting.drop_asked.connect(self.drop_waiting)

    # --- the screen as a page ---------------------------------------------------------------------

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Search and paste."""
        return {"search": self.tools.search.setFocus, "paste": self.paste}

    def show_place(self, **where: str) -> None:
        """Show a row (`row`, from 1), or the rows behind a criterion's figure (`criterion`)."""
        if where.get("row", "").isdecimal():
            self.view.show_cell(min(int(where["row"]), len(self.model.rows)) - 1, 0)
        if "criterion" in where:
            self.rates.choose(where["criterion"])

    def place(self) -> Mapping[str, str]:
        """Say which row is current and which figure is looked into."""
        row = self.view.currentIndex().row()
        chosen = self.rates.chosen
        place = {"row": str(row + 1)} if row >= 0 else {}
        return {**place, **({"criterion": chosen} if chosen else {})}

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep enough rows in sight."""
        super().resizeEvent(event)
        self.rates.set_low(self.height() < self._context.theme.px(_LOW))

    # --- what the person does ---------------------------------------------------------------------

    def _edit(self, cells: Cells) -> None:
        self.keeper.change(lambda sheet: sheet.with_cells(self.reader, cells))

    def clear_cells(self) -> None:
        """Empty the chosen cells, as one step."""
        cells: dict[int, dict[str, str]] = {}
        for at, column in self.view.chosen_cells():
            cells.setdefault(at, {})[self.model.column(column).id] = ""
        if cells:
            self._edit(cells)

    def add_row(self) -> None:
        """Go to the empty row below and begin to type."""
        row = len(self.model.rows)
        self.view.show_cell(row, 0)
        self.view.edit(self.model.index(row, 0))

    def remove_rows(self) -> None:
        """Take away the rows in which a cell is chosen, as one step."""
        if rows := self.view.chosen_rows():
            self.keeper.change(lambda sheet: sheet.without(rows))

    def drop_waiting(self) -> None:
        """Let go of what waits: rows on record are shown as they are there."""
        self.keeper.drop_waiting()

    def show_next_fault(self) -> None:
        """Go to the next cell with a fault, from the top again after the last."""
        current, rows = self.view.currentIndex().row(), self.keeper.sheet.waiting()
        if not rows:
            return
        row = next((row for row in rows if row > current), rows[0])
        columns = range(len(self._table.columns))
        column = next((at for at in columns if self.model.fault(row, at)), 0)
        self.view.show_cell(row, column)

    def paste(self) -> None:
        """Put in the cells on the clipboard from the current cell on, as one step."""
        mime = QGuiApplication.clipboard().mimeData()
        text = mime.text() if mime is not None else ""
        index = self.view.currentIndex()
        at = self.model.column(max(index.column(), 0)).id
        first = index.row() if index.isValid() else len(self.model.rows)
        reader, table, old = self.reader, self._table, self.keeper.sheet.rows

        def read() -> tuple[int, list[SheetRow]]:
            found = pasted(table, text, at)
            # What comes with its own head is a table of its own: it goes below.
            start = len(old) if found.headed else min(first, len(old))
            before = [*old[start:], *[None] * len(found.lines)]
            cells = found.rows()
            return start, [reader.read(one, kept) for one, kept in zip(cells, before, strict=False)]

        self._context.tasks.start(
            lambda _: read(), done=lambda found: self._put_in(*found), owner=self
        )

    def _put_in(self, start: int, rows: list[SheetRow]) -> None:
        self.keeper.change(lambda sheet: sheet.with_read(start, rows))
        self.view.show_cell(start, max(self.view.currentIndex().column(), 0))

    # --- import -----------------------------------------------------------------------------------

    def pick(self) -> None:
        """Let the person pick a file to import."""
        words = self._context.words
        name, _ = QFileDialog.getOpenFileName(
            self, words.tr("ui_ledger.import_title"), "", words.tr("ui_ledger.import_filter")
        )
        if name:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Read a file beside the window and let its columns be matched."""
        table = self._table
        self.tools.show_busy(self._context.words.tr("ui_ledger.reading", file=path.name))
        self._context.tasks.start(
            lambda _: foreign_tables(path, table),
            done=self._match,
            failed=self._on_unread,
            owner=self,
        )

    def _on_unread(self, error: AssessorError) -> None:
        self.tools.show_busy("")
        self._context.bridge.complain(error)

    def _match(self, tables: tuple[ForeignTable, ...]) -> None:
        self.tools.show_busy("")
        has_rows = bool(self.keeper.sheet.rows)
        choice = ImportDialog.ask(self._context, self._table, tables, has_rows, self)
        if choice is None:
            return
        reader = self.reader
        self._context.tasks.start(
            lambda _: tuple(imported_rows(choice.foreign, reader, choice.columns)),
            done=lambda rows: self._take(rows, choice.replace),
            owner=self,
        )

    def _take(self, rows: Sequence[SheetRow], replace: bool) -> None:
        def put(sheet: LedgerSheet) -> LedgerSheet:
            return LedgerSheet(tuple(rows)) if replace else sheet.with_rows(len(sheet.rows), rows)

        self.keeper.change(put)

    # --- search -----------------------------------------------------------------------------------

    def _find(self, text: str) -> None:
        if text:
            self._show_match(text, 0)

    def _find_next(self) -> None:
        text = self.tools.search.text().strip()
        if text:
            self._show_match(text, self.view.currentIndex().row() + 1)

    def _show_match(self, text: str, start: int) -> None:
        count = len(self.model.rows)
        wanted = text.casefold()
        for step in range(count):
            at = (start + step) % count
            for column in range(len(self._table.columns)):
                if wanted in self.model.shown(at, column).casefold():
                    self.view.mark_cell(at, column)
                    return

    # --- what is shown ----------------------------------------------------------------------------

    def _show_sheet(self) -> None:
        self.model.set_rows(self.keeper.sheet.rows)
        self._show_waiting()
        self._show_status()

    def _show_waiting(self) -> None:
        faulty = len(self.keeper.sheet.waiting())
        self.waiting.show_waiting(faulty, len(self.keeper.unsaved) - faulty)

    def _show_status(self) -> None:
        rows, chosen = len(self.model.rows), len(self.view.chosen_rows())
        words = self._context.words
        text = words.tr("ui_ledger.row_count", count=rows)
        if chosen:
            text += " · " + words.tr("ui_ledger.rows_chosen", count=chosen)
        self.status.setText(text)
        self.tools.remove.setEnabled(bool(chosen))
        current = self.view.currentIndex()
        self.fault.setText(self.model.fault(current.row(), current.column()) if chosen else "")

    def _count(self, published: Published) -> None:
        """Have the rates worked out beside the window, one state of the record at a time."""
        if self._counting:
            return
        self._counting = True
        rows, card = published.assessment.tables.get(self._table.id, ()), published.card
        self._context.tasks.start(
            lambda _: self._worked_out.of(rows, card),
            done=lambda rates: self._on_counted(published, rates),
            owner=self,
        )

    def _on_counted(self, published: Published, rates: tuple[Rate, ...]) -> None:
        self._counting = False
        latest = self._visit.latest
        if latest is None or published is latest:
            self.rates.show_rates(rates)
        else:
            self._count(latest)

    def _on_rows_chosen(self, rows: tuple[int, ...]) -> None:
        """Point out rows of the record; rows that wait stand between them and do not count."""
        self.model.set_counted(self.keeper.sheet.places(rows))
