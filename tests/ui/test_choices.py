"""The large cards to choose from: asked by click and key, shown as told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assessor.ui.theme import Theme
from assessor.ui.widgets import (
    Choice,
    ChoiceList,
)
from assessor.ui.words import Words
from tests.ui.accessibility import (
    focusable,
)
from tests.ui.conftest import sweep
from tests.ui.holding import Heard, held

ZH = Words("zh")


@pytest.fixture
def choices(plain: Theme) -> ChoiceList:
    made = ChoiceList(plain, "items")
    made.set_choices([Choice(key, f"text {key}", points="1") for key in "ABCDE"])
    return made


def test_a_click_asks_and_waits_to_be_told(choices: ChoiceList) -> None:
    window, heard = held(choices), Heard()
    choices.option_chosen.connect(heard)
    QTest.mouseClick(choices.cards[2], Qt.MouseButton.LeftButton)
    assert heard.values == ["C"]
    assert [card.isChecked() for card in choices.cards] == [False] * 5
    choices.set_current("C")
    assert [card.key for card in choices.cards if card.isChecked()] == ["C"]
    window.close()


@pytest.mark.parametrize(
    ("key", "asked"),
    [
        (Qt.Key.Key_1, ["A"]),
        (Qt.Key.Key_5, ["E"]),
        (Qt.Key.Key_6, []),
        (Qt.Key.Key_Space, ["B"]),
        (Qt.Key.Key_Return, ["B"]),
        (Qt.Key.Key_A, []),
    ],
)
def test_keys_choose(choices: ChoiceList, key: Qt.Key, asked: list[str]) -> None:
    window, heard = held(choices), Heard()
    choices.option_chosen.connect(heard)
    choices.set_current("B")
    choices.focus_current()
    QTest.keyClick(QApplication.focusWidget(), key)
    assert heard.values == asked
    window.close()


def test_arrows_move_without_choosing(choices: ChoiceList) -> None:
    window, heard = held(choices), Heard()
    choices.option_chosen.connect(heard)
    choices.focus_current()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert choices.cards[1].hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    assert choices.cards[4].hasFocus()
    assert heard.values == []
    window.close()


def test_the_list_is_one_stop_of_tab(choices: ChoiceList) -> None:
    window = held(choices)
    choices.set_current("D")
    stops = [w for w in focusable(window) if w in choices.cards]
    assert [stop.accessibleName() for stop in stops] == ["D text D 1"]
    window.close()


def test_the_own_choice_of_the_enterprise_is_said_and_shown(choices: ChoiceList) -> None:
    window = held(choices)
    before = choices.cards[3].grab().toImage()
    choices.set_theirs("D", "自评")
    assert choices.cards[3].accessibleName().endswith("自评")
    assert choices.cards[3].grab().toImage() != before
    choices.set_theirs(None, "自评")
    assert choices.cards[3].grab().toImage() == before
    window.close()


def test_same_choices_keep_their_cards(choices: ChoiceList) -> None:
    cards = list(choices.cards)
    choices.set_choices([Choice(key, f"text {key}", points="1") for key in "ABCDE"])
    assert choices.cards == cards
    choices.set_choices([Choice("X", "other")])
    assert [card.key for card in choices.cards] == ["X"]
    choices.deleteLater()
    sweep()


def test_long_texts_make_higher_cards(plain: Theme) -> None:
    made = ChoiceList(plain, "items")
    made.set_choices([Choice("A", "短"), Choice("B", "正反双向都能查，并能关联检验数据。" * 12)])
    window = held(made)
    short, long = made.cards
    assert long.height() > 2 * short.height()
    assert long.height() >= long.heightForWidth(long.width())
    window.close()
