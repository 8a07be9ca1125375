"""Choosing among the visit's evidence what shows a finding."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from assessor.assessment import EvidenceItem
from assessor.ui.models.row_tree import RowLook, RowNode, RowTree
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import L, M
from assessor.ui.views.evidence_desk.picture_store import PictureStore
from assessor.ui.views.review_rows import RowView
from assessor.ui.widgets import Button, FlowLabel, PrimaryButton, marked, row
from assessor.workspace.pictures import can_be_shown, wanted_for

THUMB_SIDE = 240
_WIDTH, _HEIGHT = 560, 520


class PickEvidence(QDialog):
    """Pieces with a box each. `chosen` are the ids ticked, those from before first."""

    def __init__(
        self,
        context: Context,
        pieces: Sequence[EvidenceItem],
        before: Sequence[str],
        pictures: PictureStore,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        words, theme = context.words, context.theme
        self._context, self._pieces = context, {piece.id: piece for piece in pieces}
        self._pictures = pictures
        self.chosen: list[str] = [name for name in before if name in self._pieces]
        self.setWindowTitle(words.tr("ui_findings.pick_title"))
        marked(self, "ground")
        self.model = RowTree(self)
        self.model.tick_asked.connect(self._tick)
        self.rows = RowView(theme, words.tr("ui_findings.pick_title"), self.model, self._picture)
        self.rows.row_asked.connect(lambda key: self._tick(key, key not in self.chosen))
        pictures.picture_arrived.connect(self._on_picture)
        key = "ui_findings.pick_text" if pieces else "ui_findings.pick_none"
        self.take = PrimaryButton(theme, words.tr("ui_findings.pick_take"), "check")
        self.take.clicked.connect(self.accept)
        self.take.setEnabled(bool(pieces))
        cancel = Button(theme, words.tr("ui_findings.cancel"))
        cancel.clicked.connect(self.reject)
        foot = row(theme)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(L)] * 4)
        column.setSpacing(theme.px(M))
        column.addWidget(FlowLabel(theme, words.tr(key), "muted"))
        column.addWidget(self.rows, 1)
        column.addLayout(foot)
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))
        self._show_rows()

    @classmethod
    def ask(
        cls,
        context: Context,
        pieces: Sequence[EvidenceItem],
        before: Sequence[str],
        pictures: PictureStore,
        parent: QWidget | None = None,
    ) -> tuple[str, ...] | None:
        """Return the ids that were chosen, `None` when the person thought better of it."""
        dialog = cls(context, pieces, before, pictures, parent)
        taken = dialog.exec() == QDialog.DialogCode.Accepted
        chosen = tuple(dialog.chosen)
        dialog.deleteLater()
        return chosen if taken else None

    def _tick(self, key: str, ticked: bool) -> None:
        self.chosen = [name for name in self.chosen if name != key]
        if ticked:
            self.chosen.append(key)
        self._show_rows()

    def _show_rows(self) -> None:
        words = self._context.words
        self.model.set_rows(
            [
                RowNode(
                    piece.id,
                    RowLook(
                        piece.caption.strip().partition("\n")[0] or piece.file_name,
                        notes=tuple(filter(None, (piece.file_name, words.day(piece.about)))),
                        checked=piece.id in self.chosen,
                        evidence=piece.id,
                    ),
                )
                for piece in self._pieces.values()
            ]
        )

    def _on_picture(self) -> None:
        self.rows.viewport().update()

    def _picture(self, evidence: str) -> QImage | None:
        piece = self._pieces[evidence]
        if not can_be_shown(piece.media_type):
            return None
        return self._pictures.picture(wanted_for(piece, THUMB_SIDE))
