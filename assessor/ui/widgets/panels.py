"""Parts of a screen that come and go: panels at the side, and what stands where nothing is yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XL, M, S
from assessor.ui.widgets.buttons import Button, PrimaryButton, ToolButton
from assessor.ui.widgets.containers import label
from assessor.ui.widgets.flow_label import FlowLabel
from assessor.ui.widgets.marking import marked
from assessor.ui.words import Words


class CollapsiblePanel(QFrame):
    """A panel at the left or right that folds to a narrow strip with a button.

    Put the content into `body`. Signals: `folded_changed(bool)`.
    """

    folded_changed = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        words: Words,
        title: str,
        side: str = "left",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        marked(self, "panel", side)
        self.setAccessibleName(title)
        self._words, self._title, self._side = words, title, side
        self._width = theme.sizes.left_panel if side == "left" else theme.sizes.right_panel
        self._folded_width = theme.sizes.control + theme.px(S)
        self.folded = False
        self._button = ToolButton(theme, f"panel-{side}", "")
        self._button.clicked.connect(lambda: self.set_folded(not self.folded))
        self._head = label(title, "caption")
        self._content = QWidget()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(theme.px(M), 0, theme.px(M), theme.px(M))
        self.body.setSpacing(theme.px(S))
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(M), theme.px(4), theme.px(4), 0)
        head.addWidget(self._head, 1)
        head.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._content, 1)
        self._gap = column
        self._head_row = head
        self._theme = theme
        self._show()

    def set_folded(self, folded: bool) -> None:
        """Fold or unfold it."""
        if folded != self.folded:
            self.folded = folded
            self._show()
            self.folded_changed.emit(folded)

    def _show(self) -> None:
        self.setFixedWidth(self._folded_width if self.folded else self._width)
        self._content.setVisible(not self.folded)
        self._head.setVisible(not self.folded)
        edge = self._theme.px(4 if self.folded else M)
        self._head_row.setContentsMargins(edge, self._theme.px(4), self._theme.px(4), 0)
        self._head_row.setAlignment(Qt.AlignmentFlag.AlignTop)
        key = "ui.unfold" if self.folded else "ui.fold"
        self._button.set_text(self._words.tr(key, panel=self._title))


class EmptyState(QWidget):
    """What to say, and what to do, where there is nothing to show yet."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*[theme.px(XL)] * 4)
        self._column.setSpacing(theme.px(S))
        picture = QLabel()
        picture.setPixmap(theme.pixmap(icon, "muted", theme.px(40)))
        self._column.addStretch(1)
        self._column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        heading = FlowLabel(theme, title, size=theme.sizes.title, bold=True)
        for words in [heading, *([FlowLabel(theme, text, "muted")] if text else [])]:
            words.setMaximumWidth(theme.px(420))
            self._column.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)

    def add_action(self, text: str, action: Callable[[], None], primary: bool = True) -> Button:
        """Offer what to do."""
        button = (PrimaryButton if primary else Button)(self._theme, text)
        button.clicked.connect(lambda *_: action())
        place = self._column.count() - 1
        self._column.insertWidget(place, button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button
