"""What is known of the chosen pieces, to be read and changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.assessment import EvidenceItem
from assessor.ui.models.evidence_list import Piece
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XS, S
from assessor.ui.views.evidence_desk.fields import EvidenceFields
from assessor.ui.views.evidence_desk.picture_store import PictureStore
from assessor.ui.views.evidence_desk.preview import Preview
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import (
    Button,
    EmptyState,
    FlowLabel,
    ScrollColumn,
    StateIcon,
    ToolButton,
    row,
)
from assessor.workspace.pictures import can_be_shown, has_location, read_bytes

_SEVERAL = 2


class Details(QWidget):
    """The panel beside the grid.

    Signals: `open_asked()`, `marks_asked()`, `export_asked()`, `remove_asked()`.
    """

    open_asked = Signal()
    marks_asked = Signal()
    export_asked = Signal()
    remove_asked = Signal()

    def __init__(
        self, context: Context, visit: VisitBridge, store: PictureStore, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._pieces: tuple[Piece, ...] = ()
        self._located: dict[str, bool] = {}
        theme, words = context.theme, context.words
        self.empty = EmptyState(
            theme,
            "image",
            words.tr("ui_evidence.nothing_chosen"),
            words.tr("ui_evidence.nothing_chosen_text"),
        )
        self.column = ScrollColumn(theme)
        self.preview = Preview(theme, words, store)
        self.preview.clicked.connect(lambda *_: self.open_asked.emit())
        self.title = FlowLabel(theme, "", bold=True)
        self.facts = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.warnings = QVBoxLayout()
        self.warnings.setSpacing(theme.px(XS))
        self._make_buttons()
        self._fields: EvidenceFields | None = None
        self._lay_out()
        self.show_pieces(())

    def _make_buttons(self) -> None:
        theme, words = self._context.theme, self._context.words
        self.view_button = Button(theme, words.tr("ui_evidence.view"), "zoom-in")
        self.marks_button = Button(theme, words.tr("ui_evidence.marks"), "pencil")
        self.export_button = ToolButton(theme, "export", words.tr("ui_evidence.export"))
        self.remove_button = ToolButton(theme, "trash", words.tr("ui_evidence.remove"))
        self.view_button.clicked.connect(lambda *_: self.open_asked.emit())
        self.marks_button.clicked.connect(lambda *_: self.marks_asked.emit())
        self.export_button.clicked.connect(lambda *_: self.export_asked.emit())
        self.remove_button.clicked.connect(lambda *_: self.remove_asked.emit())

    def _lay_out(self) -> None:
        theme, body = self._context.theme, self.column.body
        body.setSpacing(theme.px(S))
        body.addWidget(self.preview)
        body.addWidget(self.title)
        body.addWidget(self.facts)
        body.addLayout(self.warnings)
        buttons = row(theme, self.view_button, self.marks_button, stretch=True)
        buttons.addWidget(self.export_button)
        buttons.addWidget(self.remove_button)
        body.addLayout(buttons)
        body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.empty)
        whole.addWidget(self.column)

    @property
    def fields(self) -> EvidenceFields:
        """What can be entered; made when a piece is chosen, so that the screen opens sooner."""
        if self._fields is None:
            self._fields = EvidenceFields(self._context, self._visit)
            body = self.column.body
            body.insertWidget(body.count() - 1, self._fields)
        return self._fields

    def leave(self) -> None:
        """Hand in what was typed."""
        if self._fields is not None:
            self._fields.leave()

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show one piece, several together, or that none is chosen."""
        new = tuple(pieces)
        others = [piece.item.id for piece in new] != [piece.item.id for piece in self._pieces]
        self._pieces = new
        self.empty.setVisible(not new)
        self.column.setVisible(bool(new))
        if not new:
            return
        self._show_facts()
        self.fields.show_items(self._items())
        self._show_warnings()
        if others:
            self.column.verticalScrollBar().setValue(0)

    def _items(self) -> list[EvidenceItem]:
        return [piece.item for piece in self._pieces]

    def _show_facts(self) -> None:
        words, first = self._context.words, self._pieces[0]
        single = len(self._pieces) < _SEVERAL
        self.preview.show_item(first.item if single else None, len(self._pieces))
        shown = single and can_be_shown(first.item.media_type)
        self.view_button.setEnabled(shown)
        self.marks_button.setVisible(single)
        self.marks_button.setEnabled(shown and first.is_picture)
        if not single:
            size = sum(item.size for item in self._items())
            self.title.set_text(words.tr("ui_evidence.several", count=len(self._pieces)))
            self.facts.set_text(words.file_size(size))
            return
        item = first.item
        parts = [item.id, words.file_size(item.size)]
        if item.width:
            parts.append(f"{item.width} × {item.height}")
        lines = [" · ".join(parts)]
        if item.taken_at is not None:
            taken = words.moment(item.taken_at)
            lines.append(words.tr("ui_evidence.taken_at", moment=taken))
        if item.added_at is not None:
            lines.append(words.tr("ui_evidence.added_at", moment=words.moment(item.added_at)))
        self.title.set_text(item.file_name)
        self.facts.set_text("\n".join(lines))

    def _show_warnings(self) -> None:
        while (entry := self.warnings.takeAt(0)) is not None:
            if (widget := entry.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        words = self._context.words
        if len(self._pieces) >= _SEVERAL:
            return
        piece = self._pieces[0]
        if piece.inbox:
            self._warn("info", words.tr("ui_evidence.inbox_text"))
        if piece.same_as:
            ids = ", ".join(piece.same_as)
            self._warn("caution", words.tr("ui_evidence.same_as", others=ids))
        if piece.outside:
            taken = words.moment(piece.item.taken_at)
            self._warn("caution", words.tr("ui_evidence.outside_one", moment=taken))
        self._show_location(piece.item)

    def _warn(self, tone: Literal["info", "caution"], text: str) -> None:
        theme = self._context.theme
        line = QWidget()
        icon = StateIcon(theme, tone, self._context.words.tr(f"ui.tone_{tone}"))
        inside = row(theme, icon)
        inside.addWidget(FlowLabel(theme, text, size=theme.sizes.table), 1)
        line.setLayout(inside)
        self.warnings.addWidget(line)

    def _show_location(self, item: EvidenceItem) -> None:
        """Say that a picture names a place; its bytes are looked into beside the window."""
        known = self._located.get(item.sha256)
        if known:
            kept = self._context.settings.value.keep_location
            key = "ui_evidence.keeps_location" if kept else "ui_evidence.has_location"
            self._warn("info", self._context.words.tr(key))
        if known is not None or not item.media_type.startswith("image/"):
            return

        def found(located: bool) -> None:
            self._located[item.sha256] = located
            if located and [piece.item.sha256 for piece in self._pieces] == [item.sha256]:
                self._show_warnings()

        self._visit.run(
            lambda visit: has_location(read_bytes(visit, item.sha256), item.media_type),
            done=found,
            failed=lambda _: None,
            owner=self,
        )
