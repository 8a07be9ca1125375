"""The walk through the factory: stops in order, ticked off on the way, printed to take along."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from assessor.analysis.walk_plan import WalkOrder
from assessor.ui.models.row_tree import RowTree
from assessor.ui.models.walk_stops import stop_rows, walked_of
from assessor.ui.navigation import Context, Page
from assessor.ui.theme.sizes import XS, L, M, S
from assessor.ui.views.review_rows import RowView
from assessor.ui.views.walk_details import WalkDetails
from assessor.ui.views.walk_paper import WalkPaper
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import Card, ShareBar, label, marked
from assessor.ui.widgets.segments import Segments
from assessor.workspace.live import Published
from assessor.workspace.walk_plan import ticking

_BAR = 6


def build(context: Context) -> Page:
    """Make the page; a visit must be open."""
    if context.visit is None:
        raise ValueError("the walk needs an open visit")
    return WalkPage(context, context.visit)


class WalkPage(Page):
    """Stops at the left, what to look at on the right. Ticks are steps of the record."""

    def __init__(self, context: Context, visit: VisitBridge) -> None:
        super().__init__()
        self._context, self._visit = context, visit
        self._published: Published | None = None
        self._order: WalkOrder = "place"
        words, theme = context.words, context.theme
        self.model = RowTree(self)
        self.model.tick_asked.connect(self.tick)
        self.rows = RowView(theme, words.tr("ui_walk.list"), self.model)
        self.rows.row_chosen.connect(lambda *_: self._show_details())
        self.rows.row_asked.connect(self._on_asked)
        self.orders = Segments(
            theme,
            words.tr("ui_walk.order"),
            {key: words.tr(f"ui_walk.order_{key}") for key in ("place", "person")},
        )
        self.orders.key_chosen.connect(self.set_order)
        self.progress = label("", "muted")
        self.bar = ShareBar(theme, words.tr("ui_walk.title"), _BAR)
        self.details = WalkDetails(context, visit.loaded.rubric)
        self.details.tick_asked.connect(self.tick)
        self.details.next_asked.connect(self.next_unseen)
        self.paper = WalkPaper(context, visit)
        self._lay_out()
        visit.published.connect(self._on_published)
        if visit.latest is not None:
            self._on_published(visit.latest)

    # --- the window's side ------------------------------------------------------------------------

    def show_place(self, **where: str) -> None:
        """Show `criterion`, in the order `order`."""
        if where.get("order") in ("place", "person"):
            self.set_order(where["order"])
        self.rows.choose(where.get("criterion", ""))

    def place(self) -> Mapping[str, str]:
        """Return the order and the criterion that is open."""
        return {"order": self._order, "criterion": self.rows.current_key}

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what keys of the window do here."""
        return {"next_unanswered": self.next_unseen}

    # --- what the person does ---------------------------------------------------------------------

    def set_order(self, order: str) -> None:
        """Order by "place" or "person"."""
        self._order = "person" if order == "person" else "place"
        self.orders.set_key(self._order)
        self.paper.order = self._order
        self._show_rows()
        self.rows.expandAll()

    def tick(self, criterion_id: str, ticked: bool) -> None:
        """Tick a criterion off, or take the tick back."""
        criterion = self._visit.loaded.rubric.criterion_by_id.get(criterion_id)
        if criterion is not None:
            self._visit.post(ticking(criterion, ticked))

    def next_unseen(self) -> None:
        """Go to the next criterion without a tick, from the top again after the last."""
        if self._published is None:
            return
        walked = self._published.assessment.visit.walked
        keys = [key for key in self.model.row_keys() if not key.startswith("stop:")]
        at = keys.index(self.rows.current_key) + 1 if self.rows.current_key in keys else 0
        for key in (*keys[at:], *keys[:at]):
            if key not in walked:
                self.rows.choose(key)
                return

    def _on_asked(self, key: str) -> None:
        if key in self._visit.loaded.rubric.criterion_by_id:
            self._context.go("evaluation", criterion=key)

    # --- showing ----------------------------------------------------------------------------------

    def _on_published(self, published: Published) -> None:
        first = self._published is None
        self._published = published
        self._show_rows()
        done, count, minutes = walked_of(published)
        words = self._context.words
        self.progress.setText(words.tr("ui_walk.progress", done=done, count=count, minutes=minutes))
        self.bar.set_share(Decimal(done) / count if count else Decimal(0))
        self._show_details()
        if first:
            self.set_order(self._order)
            self.next_unseen()

    def _show_rows(self) -> None:
        if self._published is not None:
            rows = stop_rows(self._published, self._context.words, self._order)
            self.model.set_rows(tuple(rows))

    def _show_details(self) -> None:
        if self._published is not None:
            self.details.show_criterion(self._published, self.rows.current_key)

    def _lay_out(self) -> None:
        theme, words = self._context.theme, self._context.words
        head = QHBoxLayout()
        head.setSpacing(theme.px(S))
        titles = QVBoxLayout()
        titles.setSpacing(theme.px(XS))
        titles.addWidget(label(words.tr("ui_walk.title"), "question"))
        titles.addWidget(self.progress)
        head.addLayout(titles)
        head.addStretch(1)
        head.addWidget(self.orders)
        head.addWidget(self.paper)
        left = Card(theme)
        left.body.setContentsMargins(*[theme.px(XS)] * 4)
        left.body.addWidget(self.rows)
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(M))
        beside.addWidget(left, 5)
        beside.addWidget(self.details, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(L)] * 4)
        column.setSpacing(theme.px(M))
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addLayout(beside, 1)
        marked(self, "ground")
