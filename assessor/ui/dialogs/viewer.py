"""The viewer: one piece of evidence large, page by page, piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assessor.assessment import EvidenceItem
from assessor.errors import AssessorError
from assessor.ui.theme.sizes import M, S
from assessor.ui.views.evidence_desk.desk import Desk
from assessor.ui.views.evidence_desk.picture_view import STEP, PictureView
from assessor.ui.widgets import Button, FlowLabel, ToolButton, label, marked, named
from assessor.workspace.pages import PDF
from assessor.workspace.pictures import can_be_shown, pages_of

_PART = 0.9


class ViewerDialog(QDialog):
    """Shows the pieces that can be shown; arrows beside go to the next, pages stand below."""

    def __init__(
        self,
        desk: Desk,
        items: Sequence[EvidenceItem],
        first: str,
        annotate: Callable[[EvidenceItem], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context, self._visit, self._annotate = desk.context, desk.visit, annotate
        self._items = [item for item in items if can_be_shown(item.media_type)]
        self._at = next((n for n, item in enumerate(self._items) if item.id == first), 0)
        self._page, self._pages = 0, 1
        theme, words = desk.context.theme, desk.context.words
        self.setWindowTitle(words.tr("ui_evidence.viewer"))
        self.picture = PictureView(theme, desk.store)
        named(self.picture, words.tr("ui_evidence.picture"), words.tr("ui_evidence.picture_keys"))
        self.caption = FlowLabel(theme, "", bold=True)
        self.facts = label("", "caption")
        self.failed = FlowLabel(theme, words.tr("ui_evidence.cannot_show"), "bad")
        self.scale = label("", "table")
        self.page_label = label("", "table")
        self._make_buttons()
        self._lay_out()
        self.picture.scale_changed.connect(self._show_scale)
        self.picture.shown_changed.connect(lambda: self.failed.setVisible(self.picture.lost()))
        desk.visit.published.connect(self._on_published)
        screen = parent.window().size()
        self.resize(round(screen.width() * _PART), round(screen.height() * _PART))
        self._show_item()
        self.picture.setFocus()

    @classmethod
    def ask(
        cls,
        desk: Desk,
        items: Sequence[EvidenceItem],
        first: str,
        annotate: Callable[[EvidenceItem], None],
        parent: QWidget,
    ) -> str:
        """Show the viewer until it is closed; returns the id of the piece that was shown last."""
        dialog = cls(desk, items, first, annotate, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.item.id if dialog._items else ""

    @property
    def item(self) -> EvidenceItem:
        """The piece that is shown."""
        return self._items[self._at]

    def _make_buttons(self) -> None:
        theme, words = self._context.theme, self._context.words
        self.previous = ToolButton(theme, "chevron-left", words.tr("ui_evidence.previous"))
        self.next = ToolButton(theme, "chevron-right", words.tr("ui_evidence.next"))
        self.smaller = ToolButton(theme, "zoom-out", words.tr("ui_evidence.zoom_out"))
        self.larger = ToolButton(theme, "zoom-in", words.tr("ui_evidence.zoom_in"))
        self.fit = Button(theme, words.tr("ui_evidence.fit"))
        self.actual = Button(theme, words.tr("ui_evidence.actual"))
        self.marks = Button(theme, words.tr("ui_evidence.marks"), "pencil")
        self.page_back = ToolButton(theme, "chevron-up", words.tr("ui_evidence.page_back"))
        self.page_on = ToolButton(theme, "chevron-down", words.tr("ui_evidence.page_on"))
        self.close_button = Button(theme, words.tr("ui.close"))
        for button, action in (
            (self.previous, lambda: self.go(-1)),
            (self.next, lambda: self.go(1)),
            (self.smaller, lambda: self.picture.zoom(1 / STEP)),
            (self.larger, lambda: self.picture.zoom(STEP)),
            (self.fit, self.picture.fit),
            (self.actual, self.picture.actual),
            (self.marks, lambda: self._annotate(self.item)),
            (self.page_back, lambda: self.turn(-1)),
            (self.page_on, lambda: self.turn(1)),
            (self.close_button, self.accept),
        ):
            button.clicked.connect(_plain(action))
        for keys, action in (
            (Qt.Key.Key_PageUp, lambda: self.turn(-1) if self._pages > 1 else self.go(-1)),
            (Qt.Key.Key_PageDown, lambda: self.turn(1) if self._pages > 1 else self.go(1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    def _lay_out(self) -> None:
        marked(self, "ground")
        theme = self._context.theme
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(S))
        left: tuple[QWidget, ...] = (self.previous, self.next, self.facts)
        pages: tuple[QWidget, ...] = (self.page_back, self.page_label, self.page_on)
        zoom: tuple[QWidget, ...] = (self.smaller, self.scale, self.larger, self.fit, self.actual)
        for widget in left:
            foot.addWidget(widget)
        foot.addStretch(1)
        for widget in (*pages, *zoom, self.marks, self.close_button):
            foot.addWidget(widget)
        whole = QVBoxLayout(self)
        edge = theme.px(M)
        whole.setContentsMargins(edge, edge, edge, edge)
        whole.setSpacing(theme.px(S))
        whole.addWidget(self.caption)
        whole.addWidget(self.failed)
        whole.addWidget(self.picture, 1)
        whole.addLayout(foot)

    def go(self, step: int) -> None:
        """Show the next piece, or the one before."""
        at = self._at + step
        if 0 <= at < len(self._items):
            self._at = at
            self._show_item()

    def turn(self, step: int) -> None:
        """Show the next page, or the one before."""
        page = self._page + step
        if 0 <= page < self._pages:
            self._page = page
            self.picture.show_item(self.item, page)
            self._show_page()

    def _show_item(self) -> None:
        words, item = self._context.words, self.item
        self._page, self._pages = 0, 1
        self.picture.show_item(item)
        self.failed.setVisible(self.picture.lost())
        self.caption.set_text(item.caption or item.file_name)
        place = words.tr("ui_evidence.place", number=self._at + 1, count=len(self._items))
        self.facts.setText(f"{place} · {item.file_name}")
        self.previous.setEnabled(self._at > 0)
        self.next.setEnabled(self._at < len(self._items) - 1)
        self.marks.setEnabled(item.media_type != PDF)
        self._show_page()
        if item.media_type == PDF:
            self._visit.run(
                lambda visit: pages_of(visit, item.sha256),
                done=lambda count: self._on_pages(item, count),
                failed=_ignore,
                owner=self,
            )

    def _on_pages(self, item: EvidenceItem, count: int) -> None:
        if item == self.item:
            self._pages = count
            self._show_page()

    def _show_page(self) -> None:
        several = self._pages > 1
        for widget in (self.page_back, self.page_label, self.page_on):
            widget.setVisible(several)
        self.page_back.setEnabled(self._page > 0)
        self.page_on.setEnabled(self._page < self._pages - 1)
        words = self._context.words
        self.page_label.setText(
            words.tr("ui_evidence.page", number=self._page + 1, count=self._pages)
        )

    def _show_scale(self, scale: float) -> None:
        percent = round(scale * self.devicePixelRatioF() * 100)
        self.scale.setText(f"{percent} %")

    def _on_published(self, published: object) -> None:
        """Show the pieces as they are now, such as with new marks."""
        latest = self._visit.latest
        if latest is None:
            return
        now = {item.id: item for item in latest.assessment.evidence}
        shown = self.item.id
        self._items = [now[item.id] for item in self._items if item.id in now]
        if not self._items:
            self.accept()
            return
        self._at = next((n for n, item in enumerate(self._items) if item.id == shown), 0)
        self.picture.show_item(self.item, self._page, keep_place=True)


def _plain(action: Callable[[], object]) -> Callable[..., None]:
    """Return `action` as what a button calls."""
    return lambda *_: (action(), None)[1]


def _ignore(_: AssessorError) -> None:
    """A document whose pages cannot be counted is shown as one."""
