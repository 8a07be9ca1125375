"""Reading one rubric: its parts at the left, the text at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from assessor.rubrics.models import Rubric
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XL, L, S
from assessor.ui.views.rubrics_text import Section, sections
from assessor.ui.widgets import SearchField, marked, named

_TREE_WIDTH = 260
_SECTION, _ANCHOR = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class RubricReader(QWidget):
    """The reading view of a rubric."""

    def __init__(self, context: Context, rubric: Rubric, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme, words = context.theme, context.words
        self._theme = theme
        self._sections: dict[str, Section] = {}
        self._shown = ""
        self.search = SearchField(theme, words.tr("ui_rubric.search"))
        self.search.search_changed.connect(self._filter)
        self.tree = marked(QTreeWidget(), "tree")
        named(self.tree, words.tr("ui_rubric.parts"))
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setIndentation(theme.px(L))
        self.tree.currentItemChanged.connect(lambda item, _: self._show_item(item))
        self.text = QTextBrowser()
        named(self.text, words.tr("ui_rubric.text"))
        self.text.setOpenLinks(False)
        self.text.document().setDefaultStyleSheet(_style(context))
        self.text.document().setDocumentMargin(theme.px(L))
        left = QVBoxLayout()
        left.setSpacing(theme.px(S))
        left.addWidget(self.search)
        left.addWidget(self.tree, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(L))
        holder = QWidget()
        holder.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        holder.setFixedWidth(theme.px(_TREE_WIDTH))
        line.addWidget(holder)
        line.addWidget(self.text, 1)
        self._fill(sections(rubric, words, theme))

    def show_part(self, section: str, anchor: str = "") -> None:
        """Open a section, at one of its criteria."""
        for item in self._items():
            if item.data(0, _SECTION) == section and item.data(0, _ANCHOR) == anchor:
                self.tree.setCurrentItem(item)
                return

    def shown_part(self) -> tuple[str, str]:
        """Return the section and the criterion that are open."""
        item = self.tree.currentItem()
        return (item.data(0, _SECTION), item.data(0, _ANCHOR)) if item else ("", "")

    def _fill(self, listed: tuple[Section, ...]) -> None:
        for section in listed:
            self._sections[section.id] = section
            top = self._item(section.title, section.id, "")
            self.tree.addTopLevelItem(top)
            for anchor, title in section.anchors:
                top.addChild(self._item(title, section.id, anchor))
        self.show_part(listed[0].id)

    def _item(self, text: str, section: str, anchor: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([text])
        item.setToolTip(0, text)
        item.setData(0, _SECTION, section)
        item.setData(0, _ANCHOR, anchor)
        return item

    def _items(self) -> list[QTreeWidgetItem]:
        tops = [self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount())]
        found = []
        for top in tops:
            if top is not None:
                found.append(top)
                found += [top.child(n) for n in range(top.childCount())]
        return found

    def _show_item(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        section, anchor = item.data(0, _SECTION), item.data(0, _ANCHOR)
        if section != self._shown:
            self._shown = section
            self.text.setHtml(self._sections[section].html())
        if anchor:
            self.text.scrollToAnchor(anchor)
        else:
            self.text.verticalScrollBar().setValue(0)

    def _filter(self, wanted: str) -> None:
        """Leave the parts whose title holds every word; a part with one left is unfolded."""
        words = wanted.casefold().split()
        for number in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(number)
            if top is None:
                continue
            own = _holds(top, words)
            left = 0
            for place in range(top.childCount()):
                child = top.child(place)
                hidden = not (own or _holds(child, words))
                child.setHidden(hidden)
                left += not hidden
            top.setHidden(not own and not left)
            top.setExpanded(bool(words) and left > 0)


def _holds(item: QTreeWidgetItem, words: list[str]) -> bool:
    text = item.text(0).casefold()
    return all(word in text for word in words)


def _style(context: Context) -> str:
    sizes, colours = context.theme.sizes, context.theme.palette.colours()
    return (
        f"p, li {{ margin-top: {context.theme.px(4)}px; margin-bottom: {context.theme.px(4)}px; }}"
        f".head {{ font-size: {sizes.title}px; margin-top: {context.theme.px(XL)}px; }}"
        f".part {{ font-size: {sizes.title}px; margin-top: {context.theme.px(XL)}px;"
        f" color: {colours['accent']}; }}"
        f"p, li, td {{ line-height: 135%; }}"
    )
