"""Menus made from the table of actions."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from assessor.ui.actions import ACTIONS, Menu
from assessor.ui.words import Words

MENUS: tuple[Menu, ...] = ("file", "edit", "go", "answer", "view", "help")


def make_menu(actions: Mapping[str, QAction], words: Words, parent: QWidget) -> QMenu:
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
    return menu
