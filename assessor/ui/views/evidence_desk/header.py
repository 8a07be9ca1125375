"""The head of the evidence screen: ways in, views, search."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from assessor.ui.camera import camera_installed
from assessor.ui.models.evidence_list import VIEWS, EvidenceView
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XS, S
from assessor.ui.views.evaluating.flow_row import FlowLayout
from assessor.ui.widgets import (
    Button,
    FilterButton,
    GhostButton,
    PrimaryButton,
    SearchField,
    label,
)

_SEARCH = 260


class Header(QWidget):
    """Signals: `add_asked()`, `paste_asked()`, `camera_asked()`, `watch_asked(bool)`;
    `view_chosen(str)` one of `VIEWS`; `search_changed(str)`."""

    add_asked = Signal()
    paste_asked = Signal()
    camera_asked = Signal()
    watch_asked = Signal(bool)
    view_chosen = Signal(str)
    search_changed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        theme, words = context.theme, context.words
        self.add = PrimaryButton(theme, words.tr("ui_evidence.add"), "plus")
        self.paste = Button(theme, words.tr("ui_evidence.paste"), "paperclip")
        self.camera = Button(theme, words.tr("ui_evidence.camera"), "camera")
        self.watch = GhostButton(theme, words.tr("ui_evidence.watch"), "folder")
        self.watch.setCheckable(True)
        self.add.clicked.connect(lambda *_: self.add_asked.emit())
        self.paste.clicked.connect(lambda *_: self.paste_asked.emit())
        self.camera.clicked.connect(lambda *_: self.camera_asked.emit())
        self.watch.clicked.connect(self.watch_asked)
        self.search = SearchField(theme, words.tr("ui_evidence.search"), "Ctrl+F")
        self.search.search_changed.connect(self.search_changed)
        self.status = label("", "caption")
        self._group = QButtonGroup(self)
        self.filters: dict[EvidenceView, FilterButton] = {}
        for view in VIEWS:
            self._add_filter(view)
        self.filters["all"].setChecked(True)
        self._lay_out()

    def _add_filter(self, view: EvidenceView) -> None:
        button = FilterButton(self._context.theme, "")
        button.clicked.connect(lambda *_: self.view_chosen.emit(view))
        self._group.addButton(button)
        self.filters[view] = button

    def _lay_out(self) -> None:
        theme = self._context.theme
        self.search.setFixedWidth(theme.px(_SEARCH))
        ways, views = FlowLayout(theme.px(S)), FlowLayout(theme.px(XS))
        for widget in (self.add, self.paste, self.camera, self.watch, self.search):
            ways.addWidget(widget)
        # Without what it takes there is no camera to speak of.
        self.camera.setVisible(camera_installed())
        for shown in (*self.filters.values(), self.status):
            views.addWidget(shown)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(S))
        whole.addLayout(ways)
        whole.addLayout(views)

    def show_counts(self, counts: Mapping[EvidenceView, int]) -> None:
        """Show how many pieces each view has."""
        for view, button in self.filters.items():
            name = self._context.words.tr(f"ui_evidence.view_{view}")
            button.setText(f"{name} {counts[view]}")

    def show_view(self, view: EvidenceView) -> None:
        """Show which view is chosen."""
        self.filters[view].setChecked(True)

    def show_watched(self, folder: str) -> None:
        """Show which folder is watched, empty for none."""
        words = self._context.words
        self.watch.setChecked(bool(folder))
        text = words.tr("ui_evidence.watching", folder=folder) if folder else ""
        self.watch.setText(text or words.tr("ui_evidence.watch"))

    def show_progress(self, done: int, total: int) -> None:
        """Show how many files were looked at; nothing when all were."""
        words = self._context.words
        text = words.tr("ui_evidence.looking", done=done, total=total) if total > done else ""
        self.status.setText(text)
