"""The findings of a visit: a list with what is overdue first, and the one that is being written."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from assessor.ui.models.findings_list import (
    FILTERS,
    FindingFilter,
    Listed,
    finding_rows,
    listed,
    passing,
)
from assessor.ui.models.row_tree import RowTree
from assessor.ui.navigation import Context, Page
from assessor.ui.theme.sizes import XS, L, M
from assessor.ui.views.evaluating.flow_row import FlowRow
from assessor.ui.views.findings_editor import FindingEditor
from assessor.ui.views.review_rows import RowView
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import Card, EmptyState, FilterButton, PrimaryButton, label, marked
from assessor.workspace.clock import Clock, now
from assessor.workspace.live import Published


def build(context: Context) -> Page:
    """Make the page; a visit must be open."""
    if context.visit is None:
        raise ValueError("findings need an open visit")
    return FindingsPage(context, context.visit)


class FindingsPage(Page):
    """The list at the left, the editor at the right. `clock` says what day it is."""

    def __init__(self, context: Context, visit: VisitBridge, clock: Clock = now) -> None:
        super().__init__()
        self._context, self._visit, self._clock = context, visit, clock
        self._which: FindingFilter = "all"
        self._listed: dict[str, Listed] = {}
        self._wanted = ""
        theme, words = context.theme, context.words
        self.model = RowTree(self)
        self.rows = RowView(theme, words.tr("ui_findings.list"), self.model)
        self.rows.row_chosen.connect(self._on_chosen)
        self.rows.row_asked.connect(lambda *_: self._on_asked())
        self.filters = {key: self._filter(key) for key in FILTERS}
        self.add = PrimaryButton(theme, words.tr("ui_findings.add"), "plus")
        self.add.clicked.connect(lambda *_: self.begin())
        self.editor = FindingEditor(context, visit)
        self.editor.recorded.connect(self._on_recorded)
        self.editor.discarded.connect(lambda: self._on_chosen(self.rows.current_key))
        self._lay_out()
        visit.published.connect(self._on_published)
        if visit.latest is not None:
            self._on_published(visit.latest)
            self.rows.choose(next(iter(self._listed), ""))

    # --- the window's side ------------------------------------------------------------------------

    def show_place(self, **where: str) -> None:
        """Show `finding`, begin one at `criterion`, or narrow by `filter`."""
        for which in FILTERS:
            if where.get("filter") == which:
                self.set_filter(which)
        if "finding" in where:
            self._choose(where["finding"])
        elif "criterion" in where:
            self.begin(where["criterion"])

    def place(self) -> Mapping[str, str]:
        """Return the finding that is open and the filter."""
        return {"finding": self.rows.current_key, "filter": self._which}

    def leave(self) -> None:
        """Hand in what was typed."""
        self.editor.flush()

    # --- what the person does ---------------------------------------------------------------------

    def begin(self, criterion: str = "") -> None:
        """Begin a new finding; it is recorded when it has a text."""
        self.rows.setCurrentIndex(self.model.index_of(""))
        self.editor.begin(criterion)

    def set_filter(self, which: FindingFilter) -> None:
        """Show all findings, or those of one state."""
        self._which = which
        if self._visit.latest is not None:
            self._show_rows(self._visit.latest)

    # --- showing ----------------------------------------------------------------------------------

    def _on_published(self, published: Published) -> None:
        self._show_rows(published)
        if self._wanted in self._listed:
            wanted, self._wanted = self._wanted, ""
            self._choose(wanted)
        else:
            self._show_current(published)

    def _show_rows(self, published: Published) -> None:
        rubric, words = self._visit.loaded.rubric, self._context.words
        found = listed(published.assessment, self._clock().date())
        self._listed = {row.finding.id: row for row in found}
        for which, button in self.filters.items():
            count = len(passing(found, which))
            button.setText(words.tr(f"ui_findings.filter_{which}", count=count))
            button.setChecked(which == self._which)
        shown = passing(found, self._which)
        self.model.set_rows(tuple(finding_rows(shown, rubric, words)))
        self.stack.setCurrentIndex(0 if shown else 1 if not found else 2)

    def _show_current(self, published: Published) -> None:
        row = self._listed.get(self.rows.current_key)
        self.editor.show_finding(published, row)

    def _choose(self, finding_id: str) -> None:
        if not self.rows.choose(finding_id) and finding_id in self._listed:
            self.set_filter("all")
            self.rows.choose(finding_id)

    def _on_chosen(self, key: str) -> None:
        self.editor.flush()
        if self._visit.latest is not None and (key or not self.editor.beginning):
            self._show_current(self._visit.latest)

    def _on_asked(self) -> None:
        self.editor.focus_text()

    def _on_recorded(self, finding_id: str) -> None:
        """A new finding is on its way to disk; it is chosen when it is there."""
        self._wanted = finding_id

    # --- parts ------------------------------------------------------------------------------------

    def _filter(self, which: FindingFilter) -> FilterButton:
        words = self._context.words
        text = words.tr(f"ui_findings.filter_{which}", count=0)
        icon = "clock" if which == "overdue" else ""
        button = FilterButton(self._context.theme, text, icon)
        button.clicked.connect(lambda *_: self.set_filter(which))
        return button

    def _lay_out(self) -> None:
        theme, words = self._context.theme, self._context.words
        head = QHBoxLayout()
        head.addWidget(label(words.tr("ui_findings.title"), "question"))
        head.addStretch(1)
        head.addWidget(self.add)
        chips = FlowRow(theme)
        chips.add(*self.filters.values())
        empty = EmptyState(
            theme,
            "finding",
            words.tr("ui_findings.empty_title"),
            words.tr("ui_findings.empty_text"),
        )
        none = label(words.tr("ui_findings.none_here"), "muted")
        none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        for page in (self.rows, empty, none):
            self.stack.addWidget(page)
        left = Card(theme)
        left.body.setContentsMargins(*[theme.px(XS)] * 4)
        left.body.addWidget(self.stack)
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(M))
        beside.addWidget(left, 5)
        beside.addWidget(self.editor, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(L)] * 4)
        column.setSpacing(theme.px(M))
        column.addLayout(head)
        column.addWidget(chips)
        column.addLayout(beside, 1)
        marked(self, "ground")
