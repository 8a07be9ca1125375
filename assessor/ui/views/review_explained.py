"""Where a figure comes from: the tree from the total down to the photograph."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from assessor.ui.models.review_tree import SEPARATOR, explained_rows
from assessor.ui.models.row_tree import RowTree
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XS, M, S
from assessor.ui.views.evidence_desk.picture_store import PictureStore
from assessor.ui.views.review_rows import RowView
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import Card, FlowLabel, GhostButton, SectionTitle, row
from assessor.workspace.explanations import explain_everything, missing_criteria
from assessor.workspace.live import Published
from assessor.workspace.pictures import can_be_shown, wanted_for

THUMB_SIDE = 240


class ExplainedPane(Card):
    """Every figure of the result, opened level by level; evidence and items can be gone to."""

    def __init__(self, context: Context, visit: VisitBridge, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, "", parent)
        self._context, self._visit = context, visit
        self._published: Published | None = None
        theme, words = context.theme, context.words
        self._pictures = PictureStore(visit, context.tasks, self)
        self._pictures.picture_arrived.connect(lambda *_: self._on_picture())
        self.model = RowTree(self)
        self.tree = RowView(
            theme, words.tr("ui_review.explain"), self.model, self._picture, tree=True
        )
        self.tree.row_asked.connect(self._on_asked)
        self.title = SectionTitle(theme, words.tr("ui_review.explain"))
        self.open_all = GhostButton(theme, words.tr("ui_review.unfold_all"))
        self.open_all.clicked.connect(lambda *_: self.open_dimensions())
        self.close_all = GhostButton(theme, words.tr("ui_review.fold_all"))
        self.close_all.clicked.connect(lambda *_: self.tree.collapseAll())
        self.title.row.addWidget(self.open_all)
        self.title.row.addWidget(self.close_all)
        self.body.setContentsMargins(theme.px(XS), theme.px(S), theme.px(XS), theme.px(XS))
        head = self.title.layout()
        if head is not None:
            head.setContentsMargins(theme.px(M), 0, theme.px(S), 0)
        self.body.addWidget(self.title)
        said = words.tr("ui_review.explain_hint")
        hint = FlowLabel(theme, said, "muted", size=theme.sizes.caption)
        indented = row(theme, hint)
        indented.setContentsMargins(theme.px(M), 0, theme.px(S), 0)
        self.body.addLayout(indented)
        self.body.addWidget(self.tree, 1)

    def show_published(self, published: Published) -> None:
        """Show the figures of another state of the record."""
        first = self._published is None
        self._published = published
        rubric = self._visit.loaded.rubric
        roots = explain_everything(rubric, published.card)
        missing = missing_criteria(rubric, published.card)
        self.model.set_rows(explained_rows(roots, missing, published, self._context.words))
        if first:
            self.tree.expand(self.model.index(0, 0))

    def show_figure(self, name: str) -> bool:
        """Open the way to the figure with this id (criterion, dimension, outcome, "total")."""
        found = (key for key in self.model.row_keys() if key.split(SEPARATOR)[-1] == name)
        key = next(found, "")
        if not self.tree.choose(key):
            return False
        self.tree.expand(self.model.index_of(key))
        return True

    def open_dimensions(self) -> None:
        """Open the total and everything below it that holds further levels of dimensions."""
        items = self._visit.loaded.rubric.criterion_by_id
        for key in self.model.row_keys():
            if key.split(SEPARATOR)[-1] not in items:
                self.tree.setExpanded(self.model.index_of(key), True)

    def _picture(self, evidence: str) -> QImage | None:
        if self._published is None:
            return None
        pieces = self._published.assessment.evidence
        piece = next((one for one in pieces if one.id == evidence), None)
        if piece is None or not can_be_shown(piece.media_type):
            return None
        return self._pictures.picture(wanted_for(piece, THUMB_SIDE))

    def _on_picture(self) -> None:
        self.tree.viewport().update()

    def _on_asked(self, key: str) -> None:
        parts = key.split(SEPARATOR)
        if "evidence" in parts[-2:-1]:
            self._context.go("evidence", item=parts[-1])
            return
        known = self._visit.loaded.rubric.criterion_by_id
        criterion = next((part for part in reversed(parts) if part in known), "")
        if criterion:
            self._context.go("evaluation", criterion=criterion)
