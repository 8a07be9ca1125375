"""The sheet of shortcuts, made from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from assessor.ui.actions import ACTIONS, ActionSpec, action_text, key_texts
from assessor.ui.menus import MENUS
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XL, M, S
from assessor.ui.widgets import KeyCap, PrimaryButton, ScrollColumn, label, row
from assessor.ui.words import Words


class ShortcutSheet(QDialog):
    """All keys of the window, by menu."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.tr("ui.action_shortcuts"))
        self.resize(theme.px(460), theme.px(620))
        self._theme, self._words = theme, words
        scroll = ScrollColumn(theme, XL)
        for menu in MENUS:
            listed = [spec for spec in ACTIONS if spec.menu == menu and spec.shortcut]
            if listed:
                scroll.body.addWidget(label(words.tr(f"ui.menu_{menu}"), "title"))
                scroll.body.addLayout(self._group(listed))
        scroll.body.addStretch(1)
        close = PrimaryButton(theme, words.tr("ui.close"))
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.px(M), theme.px(M))
        column.addWidget(scroll, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    @classmethod
    def ask(cls, theme: Theme, words: Words, parent: QWidget | None) -> None:
        """Show the sheet until it is closed."""
        dialog = cls(theme, words, parent)
        dialog.exec()
        dialog.deleteLater()

    def _group(self, specs: list[ActionSpec]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(self._theme.px(S))
        grid.setColumnStretch(0, 1)
        for place, spec in enumerate(specs):
            grid.addWidget(label(action_text(spec, self._words)), place, 0)
            keys = [KeyCap(text) for text in key_texts(spec)]
            aligned = row(self._theme, *keys, spacing=4)
            aligned.insertStretch(0, 1)
            grid.addLayout(aligned, place, 1)
        return grid
