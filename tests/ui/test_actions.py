"""The table of actions: worded, without clashes, and the source of menus, keys and the sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from assessor.ui.actions import (
    ACTIONS,
    OPTION_KEYS,
    action_text,
    key_texts,
    make_action,
    spec_of,
)
from assessor.ui.dialogs.shortcuts import ShortcutSheet
from assessor.ui.menus import make_menu
from assessor.ui.navigation import SCREENS
from assessor.ui.theme import Theme
from assessor.ui.words import Words


def test_ids_are_unique() -> None:
    assert len({spec.id for spec in ACTIONS}) == len(ACTIONS)


def test_no_two_actions_share_a_key() -> None:
    users = defaultdict(list)
    for spec in ACTIONS:
        for keys in spec.shortcuts:
            users[QKeySequence(keys).toString()].append(spec.id)
    assert {keys: ids for keys, ids in users.items() if len(ids) > 1} == {}


def test_every_key_is_understood() -> None:
    keys = [keys for spec in ACTIONS for keys in spec.shortcuts]
    assert [text for text in keys if QKeySequence(text).isEmpty()] == []
    assert [text for spec in ACTIONS for text in key_texts(spec) if not text] == []


def test_every_action_is_worded(words: Words) -> None:
    texts = [action_text(spec, words) for spec in ACTIONS]
    assert all(texts)
    assert len(set(texts)) == len(texts)


def test_option_keys_choose_by_number() -> None:
    options = [spec for spec in ACTIONS if spec.id.startswith("option_")]
    assert [spec.shortcut for spec in options] == [str(n + 1) for n in range(OPTION_KEYS)]
    assert all(spec.hidden and spec.screen == "evaluation" for spec in options)


def test_actions_name_screens_that_exist() -> None:
    screens = {screen.id for screen in SCREENS}
    assert {spec.screen for spec in ACTIONS if spec.screen} <= screens
    assert {spec.id[3:] for spec in ACTIONS if spec.id.startswith("go_")} == {
        screen.id for screen in SCREENS if screen.group == "visit"
    }


def test_an_unknown_action_is_refused() -> None:
    with pytest.raises(KeyError):
        spec_of("no_such_action")


def entries(menu: QMenu) -> Iterator[str]:
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from entries(below)
        else:
            yield action.objectName()


def test_menus_hold_every_action_once(qapp: QApplication) -> None:
    parent, ran = QWidget(), []
    actions = {
        spec.id: make_action(spec, Words(), lambda name=spec.id: ran.append(name), parent)
        for spec in ACTIONS
    }
    found = list(entries(make_menu(actions, Theme(), Words(), parent)))
    assert sorted(found) == sorted(spec.id for spec in ACTIONS if not spec.hidden)
    actions["flag"].trigger()
    assert ran == ["flag"]
    parent.deleteLater()


def test_menus_draw_their_icons_when_they_open(qapp: QApplication) -> None:
    parent = QWidget()
    actions = {
        spec.id: make_action(spec, Words(), lambda: None, parent) for spec in ACTIONS if spec.icon
    }
    menu = make_menu(actions, Theme(), Words(), parent)
    assert all(action.icon().isNull() for action in actions.values())
    for group in menu.findChildren(QMenu):
        group.aboutToShow.emit()
    assert [name for name, action in actions.items() if action.icon().isNull()] == []
    parent.deleteLater()


def test_the_sheet_lists_every_key(words: Words, qapp: QApplication) -> None:
    sheet = ShortcutSheet(Theme(), words)
    texts = [found.text() for found in sheet.findChildren(QLabel)]
    for spec in ACTIONS:
        if spec.shortcut:
            assert action_text(spec, words) in texts
            assert set(key_texts(spec)) <= set(texts)
    sheet.deleteLater()
