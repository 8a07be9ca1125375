"""Menus made from the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from assessor.ui.actions import ACTIONS, Menu, spec_of
from assessor.ui.theme import Theme
from assessor.ui.words import Words

MENUS: tuple[Menu, ...] = ("file", "edit", "go", "answer", "view", "help")


def make_menu(actions: Mapping[str, QAction], theme: Theme, words: Words, parent: QWidget) -> QMenu:
    """Return one menu with a submenu for each group that has anything to offer."""
    menu = QMenu(parent)
    for group in MENUS:
        listed = [
            actions[spec.id]
            for spec in ACTIONS
            if spec.menu == group and not spec.hidden and spec.id in actions
        ]
        if listed:
            below = menu.addMenu(words.tr(f"ui.menu_{group}"))
            below.addActions(listed)
            below.aboutToShow.connect(_icons_for(listed, theme))
    return menu


def _icons_for(actions: Sequence[QAction], theme: Theme) -> Callable[[], None]:
    """Return what draws the icons of a menu, not before it is opened."""

    def draw() -> None:
        for action in actions:
            icon = spec_of(action.objectName()).icon
            if icon and action.icon().isNull():
                action.setIcon(theme.icon(icon))

    return draw
