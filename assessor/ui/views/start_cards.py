"""The card of one recent visit: what it is, how far it is, and what can be done about its file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from assessor.ui.models.recent import CardText
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import S
from assessor.ui.views.start_tiles import CutLabel, Tile, through_mouse
from assessor.ui.widgets import Chip, LinkButton, ShareBar, ToolButton, label, row
from assessor.ui.words import Words


class VisitCard(Tile):
    """A recent visit.

    Signals: `open_asked(object)`, `locate_asked(object)` for a file that is not where it was,
    `removal_asked(object)` from the list, `folder_asked(object)`, `backups_asked(object)`; each
    with the path.
    """

    open_asked = Signal(object)
    locate_asked = Signal(object)
    removal_asked = Signal(object)
    backups_asked = Signal(object)
    folder_asked = Signal(object)

    def __init__(
        self,
        theme: Theme,
        words: Words,
        path: Path,
        text: CardText,
        missing: bool,
        parent: QWidget | None = None,
    ) -> None:
        said = (text.title, text.state, text.frame, text.progress, text.changed)
        super().__init__(theme, " ".join(part for part in said if part), parent=parent)
        self.setAccessibleDescription(text.problem or text.place)
        self.path, self.text_shown, self.missing = path, text, missing
        self._words = words
        self.body.addLayout(self._head(theme))
        self.body.addWidget(CutLabel(text.problem or text.frame, "caption"))
        bar = ShareBar(theme, words.tr("ui_start.answered"), role=text.bar_role)
        bar.set_share(text.share)
        self.body.addWidget(bar)
        foot = row(theme, CutLabel(text.progress, "table"), label(text.changed, "caption"))
        foot.setStretch(0, 1)
        self.body.addLayout(foot)
        self.body.addLayout(self._place_line(theme))
        through_mouse(self)
        self.clicked.connect(self._on_click)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer the menu where the mouse is."""
        self._show_menu(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Take Delete for removing it from the list."""
        if event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit(self.path)
        else:
            super().keyPressEvent(event)

    def menu(self) -> QMenu:
        """Return what can be done about the file."""
        made = QMenu(self)
        if self.missing:
            self._entry(made, "locate", self.locate_asked)
        else:
            self._entry(made, "open_card", self.open_asked)
            self._entry(made, "show_folder", self.folder_asked)
        self._entry(made, "backups", self.backups_asked)
        self._entry(made, "remove_card", self.removal_asked)
        return made

    def _entry(self, menu: QMenu, name: str, signal: object) -> None:
        action = menu.addAction(self._words.tr(f"ui_start.{name}"))
        action.triggered.connect(lambda *_: getattr(signal, "emit")(self.path))  # noqa: B009

    def _show_menu(self, at: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _head(self, theme: Theme) -> QHBoxLayout:
        self.title = CutLabel(self.text_shown.title, "title")
        chip = Chip(self.text_shown.state, self.text_shown.tone)
        head = row(theme, self.title, chip, spacing=S)
        head.setStretch(0, 1)
        return head

    def _place_line(self, theme: Theme) -> QHBoxLayout:
        place = CutLabel(self.text_shown.place, "caption", Qt.TextElideMode.ElideMiddle)
        line = row(theme, place, spacing=S)
        line.setStretch(0, 1)
        if self.missing:
            self.locate = LinkButton(theme, self._words.tr("ui_start.locate"))
            self.locate.clicked.connect(lambda *_: self.locate_asked.emit(self.path))
            line.addWidget(self.locate)
        more = ToolButton(
            theme, "more", self._words.tr("ui_start.more", name=self.text_shown.title)
        )
        more.clicked.connect(lambda *_: self._show_menu(more.mapToGlobal(more.rect().bottomLeft())))
        line.addWidget(more)
        return line

    def _on_click(self) -> None:
        if self.missing:
            self.locate_asked.emit(self.path)
        else:
            self.open_asked.emit(self.path)
