"""The tables of a rubric that has several: one is shown at a time, all are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from assessor.formulas import columns, parse
from assessor.rubrics.models import Rubric
from assessor.rubrics.rule_models import QuantityRule
from assessor.ui.navigation import Context, Page
from assessor.ui.theme.sizes import L, M
from assessor.ui.views.ledger import LedgerPage
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import marked
from assessor.ui.widgets.segments import Segments


class LedgerTabs(Page):
    """Names above, the chosen table below."""

    def __init__(self, context: Context, visit: VisitBridge) -> None:
        super().__init__()
        marked(self, "ground")
        theme, words = context.theme, context.words
        self._rubric = visit.loaded.rubric
        tables = self._rubric.tables
        self.pages = {table.id: LedgerPage(context, visit, table) for table in tables}
        named = {table.id: words.pick(table.name) for table in tables}
        self.choice = Segments(theme, words.tr("ui_ledger.tables"), named)
        self.choice.key_chosen.connect(self.show_table)
        self.stack = QStackedWidget()
        for page in self.pages.values():
            self.stack.addWidget(page)
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(L), theme.px(M), theme.px(L), 0)
        head.addWidget(self.choice)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.stack, 1)
        self.show_table(tables[0].id)

    @property
    def page(self) -> LedgerPage:
        """The table that is shown."""
        return self.pages[self.choice.key() or next(iter(self.pages))]

    def show_table(self, table: str) -> None:
        """Show another table."""
        self.choice.set_key(table)
        self.stack.setCurrentWidget(self.pages[table])

    # --- the screen as a page ---------------------------------------------------------------------

    def show_place(self, **where: str) -> None:
        """Show `table`, or the table behind the figure of `criterion`, and what is asked of it."""
        table = where.get("table", "") or _behind(self._rubric, where.get("criterion", ""))
        if table in self.pages:
            self.show_table(table)
        self.page.show_place(**where)

    def place(self) -> Mapping[str, str]:
        """Say which table is shown, and where in it."""
        return {"table": self.choice.key() or "", **self.page.place()}

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what the table that is shown does."""
        return {
            "search": self._search,
            "paste": self._paste,
        }

    def _search(self) -> None:
        self.page.tools.search.setFocus()

    def _paste(self) -> None:
        self.page.paste()

    def leave(self) -> None:
        """Hand in what was typed in any of them."""
        for page in self.pages.values():
            page.leave()


def _behind(rubric: Rubric, criterion: str) -> str:
    """Return the table an input of a criterion is counted from, empty for none."""
    found = rubric.criterion_by_id.get(criterion)
    if found is None or not isinstance(found.rule, QuantityRule):
        return ""
    formulas = (item.from_table for item in found.rule.measure.inputs if item.from_table)
    return next((one.table for formula in formulas for one in columns(parse(formula))), "")
