"""A visit beside another record: totals and chart at the left, the items in a table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from assessor.analysis.comparison import Comparison
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.ui.dialogs import files
from assessor.ui.models.compare_rows import (
    COLUMNS,
    FIGURES,
    FILTERS,
    Which,
    counts_of,
    rows_of,
)
from assessor.ui.models.text_table import TextTable
from assessor.ui.navigation import Context, Page
from assessor.ui.theme.sizes import M, S
from assessor.ui.views.bureau.tables import table_of
from assessor.ui.views.compare_side import OWN, CompareSide
from assessor.ui.views.evaluating.flow_row import FlowRow
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import Button, EmptyState, FilterButton, FlowLabel, Rule, marked, row
from assessor.workspace.comparing import compare_own, compare_with, write_comparison

_WIDTHS = (160, 116, 78, 78, 72, 72, 60)


def build(context: Context) -> Page:
    """Make the page; raises `RuntimeError` where no visit is open."""
    if context.visit is None:
        raise RuntimeError("a comparison needs an open visit")
    return ComparePage(context, context.visit)


class ComparePage(Page):
    """Compared beside the window; what was asked before the last question is let go of."""

    def __init__(self, context: Context, visit: VisitBridge) -> None:
        super().__init__()
        marked(self, "ground")
        self._context, self._visit = context, visit
        theme, tr = context.theme, context.words.tr
        self.found: Comparison | None = None
        self.which: Which = "differs"
        self._basis = ""
        self._stale, self._asked = True, 0
        self.side = CompareSide(theme, context.words)
        self.filters: dict[Which, FilterButton] = {}
        heads = [tr(f"ui_compare.column_{name}") for name in COLUMNS]
        self.model = TextTable(theme, heads, FIGURES, self)
        self.table = table_of(theme, tr("ui_compare.table"), self.model, _WIDTHS, 0)
        self.sides = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.go = Button(theme, tr("ui_compare.go"), "arrow-right")
        self.empty = EmptyState(
            theme, "scale", tr("ui_compare.nothing"), tr("ui_compare.nothing_text")
        )
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._offer()

    def show_place(self, **where: str) -> None:
        """Compare with a `basis`: `own`, or the path of a file."""
        if "basis" in where:
            self.compare_with(where["basis"])

    def place(self) -> Mapping[str, str]:
        """What is compared with."""
        return {"basis": self._basis} if self._basis else {}

    def compare_with(self, basis: str) -> None:
        """Compare with the own answers in the record (`own`), or the file of this path."""
        self._basis = basis
        self._offer()
        self._ask()

    def choose_file(self) -> None:
        """Ask for a file and compare with it."""
        path = files.ask_compared(self, self._context.words)
        if path is not None:
            self.compare_with(str(path))

    def export(self) -> None:
        """Ask for a name and write the comparison there."""
        found, words = self.found, self._context.words
        if found is None:
            return
        path = files.ask_comparison_target(self, words, words.tr("ui_compare.file_name"))
        if path is not None:
            self._context.tasks.start(
                lambda _: write_comparison(found, path, words.language),
                done=self._on_written,
                owner=self,
            )

    def set_filter(self, which: Which) -> None:
        """Show the rows of a filter."""
        self.which = which
        self._show_rows()

    # --- inside -----------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.side.basis_chosen.connect(self.compare_with)
        self.side.file_asked.connect(self.choose_file)
        self.side.export_asked.connect(self.export)
        self.go.clicked.connect(lambda *_: self._open_item())
        self.table.activated.connect(lambda *_: self._open_item())
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self._visit.published.connect(lambda *_: self._renew())

    def _offer(self) -> None:
        """Offer what there is to compare with; the own answers by themselves where there are."""
        latest = self._visit.latest
        own = latest is not None and latest.assessment.self_assessment is not None
        if not self._basis and own:
            self._basis = OWN
        self.side.offer(self._basis, own=own)

    def _renew(self) -> None:
        self._stale = True
        self._offer()
        if self.isVisible():
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up with what happened while another page was shown."""
        super().showEvent(event)
        if self._stale:
            self._ask()

    def _ask(self) -> None:
        latest, basis = self._visit.latest, self._basis
        self._stale = False
        self._asked += 1
        if latest is None or not basis:
            self._show(None)
            return
        rubric, record, asked = self._visit.loaded.rubric, latest.assessment, self._asked
        own = basis == OWN

        def work(_: object) -> tuple[int, Comparison]:
            found = (
                compare_own(rubric, record) if own else compare_with(rubric, record, Path(basis))
            )
            return asked, found

        self._context.tasks.start(work, done=self._on_found, failed=self._on_failed, owner=self)

    def _on_found(self, result: tuple[int, Comparison]) -> None:
        asked, found = result
        if asked == self._asked:
            self._show(found)

    def _on_failed(self, error: AssessorError) -> None:
        """Say why, and go back to where nothing is chosen."""
        self._context.bridge.complain(error)
        self.side.forget(self._basis)
        self._basis = ""
        self._offer()
        self._ask()

    def _show(self, found: Comparison | None) -> None:
        words = self._context.words
        self.found = found
        self.side.show_comparison(found)
        self.stack.setCurrentIndex(0 if found is None else 1)
        if found is not None:
            first, second = found.names
            self.sides.set_text(words.tr("ui_compare.sides", first=first, second=second))
            self._show_rows()

    def _show_rows(self) -> None:
        found, words = self.found, self._context.words
        if found is None:
            return
        for which, count in counts_of(found).items():
            name = words.tr(f"ui_compare.filter_{which}")
            self.filters[which].setText(words.tr("ui_compare.filter", name=name, count=count))
            self.filters[which].setChecked(which == self.which)
            self.filters[which].setEnabled(bool(count) or which in (self.which, "all"))
        self.model.set_rows(rows_of(found, self.which, words))
        self.go.setEnabled(False)

    def _on_row(self, current: QModelIndex, _: QModelIndex) -> None:
        found = self.model.row_at(current.row())
        latest = self._visit.latest
        here = latest is not None and found is not None and latest.card.item(found.key) is not None
        self.go.setEnabled(here)

    def _open_item(self) -> None:
        found = self.model.row_at(self.table.currentIndex().row())
        if found is not None and self.go.isEnabled():
            self._context.go("evaluation", criterion=found.key)

    def _on_written(self, path: Path) -> None:
        self._context.bridge.say(message("ui_compare.written", file=str(path)), "good")

    def _lay_out(self) -> None:
        theme = self._context.theme
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.side)
        across.addWidget(Rule(upright=True))
        across.addWidget(self.stack, 1)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(*[theme.px(M)] * 4)
        column.setSpacing(theme.px(S))
        buttons = FlowRow(theme)
        for which in FILTERS:
            button = FilterButton(theme, "")
            button.clicked.connect(lambda _=False, which=which: self.set_filter(which))
            self.filters[which] = button
            buttons.add(button)
        for part in (buttons, self.sides):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addLayout(row(theme, self.go, stretch=True))
        self.stack.addWidget(self.empty)
        self.stack.addWidget(centre)
