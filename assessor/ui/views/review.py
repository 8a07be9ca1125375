"""Review: what deserves another look before signing, and where every figure comes from."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from assessor.analysis.review import KINDS, counted, review
from assessor.ui.models.review_list import KIND_LOOKS, Entry, entries_of, remark_rows
from assessor.ui.models.row_tree import RowTree
from assessor.ui.navigation import Context, Page
from assessor.ui.theme.sizes import XS, L, M, S
from assessor.ui.views.evaluating.flow_row import FlowRow
from assessor.ui.views.evaluating.outcome_card import OutcomeCard
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.views.review_explained import ExplainedPane
from assessor.ui.views.review_outlook import PathPane, RobustPane
from assessor.ui.views.review_rows import RowView
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import (
    Button,
    Card,
    EmptyState,
    FilterButton,
    label,
    marked,
    row,
)
from assessor.ui.widgets.segments import Segments
from assessor.workspace.live import Published

ALL = "all"
VIEWS = ("explain", "path", "robust")
"""What can stand at the right."""


def build(context: Context) -> Page:
    """Make the page; a visit must be open."""
    if context.visit is None:
        raise ValueError("the review needs an open visit")
    return ReviewPage(context, context.visit)


class ReviewPage(Page):
    """Outcomes above, things to look at again at the left, explanations at the right."""

    def __init__(self, context: Context, visit: VisitBridge) -> None:
        super().__init__()
        self._context, self._visit = context, visit
        self._entries: dict[str, Entry] = {}
        self._which = ALL
        words, theme = context.words, context.theme
        self.model = RowTree(self)
        self.rows = RowView(theme, words.tr("ui_review.list"), self.model)
        self.rows.row_chosen.connect(self._on_chosen)
        self.rows.row_asked.connect(lambda *_: self.go_there())
        self.filters = {key: self._filter(key) for key in (ALL, *KINDS)}
        self.go = Button(theme, words.tr("ui_review.go_there"), "arrow-right")
        self.go.clicked.connect(lambda *_: self.go_there())
        self.outcomes: dict[str, OutcomeCard] = {}
        self.explained = ExplainedPane(context, visit)
        self.path, self.robust = PathPane(context, visit), RobustPane(context, visit)
        names = {name: words.tr(f"ui_outlook.{name}") for name in VIEWS}
        self.views = Segments(theme, words.tr("ui_outlook.views"), names)
        self.views.key_chosen.connect(self.show_view)
        self._lay_out()
        visit.published.connect(self._on_published)
        if visit.latest is not None:
            self._on_published(visit.latest)

    # --- the window's side ------------------------------------------------------------------------

    def show_place(self, **where: str) -> None:
        """Narrow to `kind`, explain the figure `explain` (an id, or "total"), show a `view`."""
        if (kind := where.get("kind", "")) in self.filters:
            self.set_filter(kind)
        if (view := where.get("view", "")) in VIEWS:
            self.show_view(view)
        if "explain" in where:
            self._explain(where["explain"])

    def place(self) -> Mapping[str, str]:
        """Return the kind and the view that are shown."""
        return {"kind": self._which, "view": self.views.key() or VIEWS[0]}

    # --- what the person does ---------------------------------------------------------------------

    def set_filter(self, kind: str) -> None:
        """Show all remarks, or those of one kind."""
        self._which = kind
        if self._visit.latest is not None:
            self._show_remarks(self._visit.latest)

    def show_view(self, name: str) -> None:
        """Show the explanations, the way up, or how sure the result is."""
        self.views.set_key(name)
        self.beside.setCurrentIndex(VIEWS.index(name))

    def go_there(self) -> None:
        """Open what the current remark is about."""
        entry = self._entries.get(self.rows.current_key)
        if entry is not None and entry.where:
            self._context.go("evaluation", **entry.where)

    # --- showing ----------------------------------------------------------------------------------

    def _on_published(self, published: Published) -> None:
        self._show_outcomes(published)
        self._show_remarks(published)
        for pane in (self.explained, self.path, self.robust):
            pane.show_published(published)

    def _show_outcomes(self, published: Published) -> None:
        assessed = [entry for entry in published.card.outcomes if entry.state != "not_assessed"]
        say = Sayings(self._context.words, self._visit.loaded.rubric)
        wanted = [entry.outcome.id for entry in assessed]
        if wanted != list(self.outcomes):
            for card in self.outcomes.values():
                self._outcome_row.removeWidget(card)
                card.hide()
                card.deleteLater()
            self.outcomes = {name: OutcomeCard(self._context.theme, say) for name in wanted}
            for card in self.outcomes.values():
                self._outcome_row.addWidget(card, 1)
        for entry in assessed:
            card = self.outcomes[entry.outcome.id]
            card.set_score(published.card, entry, focus=entry.state == "undecided")

    def _show_remarks(self, published: Published) -> None:
        remarks = review(published.card)
        counts = {str(kind): count for kind, count in counted(remarks).items()}
        counts[ALL] = len(remarks)
        words = self._context.words
        for key, button in self.filters.items():
            count = counts[key]
            button.setText(self._filter_text(key, count))
            button.setChecked(key == self._which)
            button.setEnabled(bool(count) or key in (ALL, self._which))
        shown = [entry for entry in entries_of(remarks) if self._which in (ALL, entry.remark.kind)]
        self._entries = {entry.key: entry for entry in shown}
        self.model.set_rows(tuple(remark_rows(shown, self._visit.loaded.rubric, words)))
        self.stack.setCurrentIndex(0 if shown else 2 if remarks else 1)
        self._on_chosen(self.rows.current_key)

    def _on_chosen(self, key: str) -> None:
        entry = self._entries.get(key)
        self.go.setEnabled(entry is not None and bool(entry.where))
        if entry is not None and entry.remark.outcome is not None:
            self.explained.show_figure(entry.remark.outcome.id)
        elif entry is not None and entry.criterion:
            self.explained.show_figure(entry.criterion)

    def _explain(self, figure: str) -> None:
        self.show_view(VIEWS[0])
        self.explained.show_figure(figure)

    # --- parts ------------------------------------------------------------------------------------

    def _filter(self, key: str) -> FilterButton:
        icon = KIND_LOOKS[key][0] if key in KIND_LOOKS else ""
        button = FilterButton(self._context.theme, self._filter_text(key, 0), icon)
        button.clicked.connect(lambda *_: self.set_filter(key))
        return button

    def _filter_text(self, key: str, count: int) -> str:
        words = self._context.words
        if key == ALL:
            return words.tr("ui_review.filter_all", count=count)
        kind = words.tr(f"ui_review.kind_{key}")
        return words.tr("ui_review.filter_one", kind=kind, count=count)

    def _lay_out(self) -> None:
        theme, words = self._context.theme, self._context.words
        chips = FlowRow(theme)
        for button in self.filters.values():
            chips.add(button)
        self._outcome_row = QHBoxLayout()
        self._outcome_row.setSpacing(theme.px(S))
        left = Card(theme)
        left.body.setContentsMargins(*[theme.px(XS)] * 4)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.rows)
        self.stack.addWidget(EmptyState(theme, "check-circle", words.tr("ui_review.nothing_title")))
        self.stack.addWidget(EmptyState(theme, "filter", words.tr("ui_review.nothing_here")))
        left.body.addWidget(self.stack, 1)
        foot = row(theme, self.go, stretch=True)
        foot.setContentsMargins(*[theme.px(S)] * 4)
        left.body.addLayout(foot)
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(M))
        beside.addWidget(left, 5)
        right = QVBoxLayout()
        right.setSpacing(theme.px(S))
        self.beside = QStackedWidget()
        for pane in (self.explained, self.path, self.robust):
            self.beside.addWidget(pane)
        right.addWidget(self.views)
        right.addWidget(self.beside, 1)
        beside.addLayout(right, 6)
        self.show_view(VIEWS[0])
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(L)] * 4)
        column.setSpacing(theme.px(M))
        column.addWidget(label(words.tr("ui_review.title"), "question"))
        column.addWidget(chips)
        column.addLayout(self._outcome_row)
        column.addLayout(beside, 1)
        marked(self, "ground")
