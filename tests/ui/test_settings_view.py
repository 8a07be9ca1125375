"""The settings: a change holds at once, is kept, and leaves the focus where it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assessor.settings import load_settings
from assessor.ui.dialogs import files
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import Context
from assessor.ui.preferences import Preferences
from assessor.ui.theme import Sizes, Theme, apply_theme
from assessor.ui.views.settings_view import SettingsPage, build
from tests.ui.accessibility import (
    TOUCH_TARGET,
    nameless,
    outside,
    too_small,
    unreached,
    wheel_sensitive,
)
from tests.ui.conftest import MakeContext, shown, sweep


@pytest.fixture
def context(make_context: MakeContext) -> Context:
    return make_context()


@pytest.fixture
def page(context: Context) -> Iterator[SettingsPage]:
    made = build(context)
    assert isinstance(made, SettingsPage)
    shown(made)
    yield made
    made.close()
    made.deleteLater()
    sweep()


def kept(tmp_path: Path) -> dict[str, object]:
    data: dict[str, object] = json.loads((tmp_path / "settings.json").read_text(encoding="utf-8"))
    return data


def test_each_choice_is_kept_at_once(page: SettingsPage, tmp_path: Path) -> None:
    QTest.mouseClick(page.language.buttons["en"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.theme_choice.buttons["dark"], Qt.MouseButton.LeftButton)
    page.touch.click()
    page.text_size.key_chosen.emit("130")
    data = kept(tmp_path)
    assert data["language"] == "en"
    assert data["theme"] == "dark"
    assert data["touch"] is True
    assert data["text_percent"] == 130


def test_location_is_left_out_until_asked_for(
    page: SettingsPage, preferences: Preferences, tmp_path: Path
) -> None:
    assert not preferences.value.keep_location
    assert not page.keep_location.isChecked()
    page.keep_location.click()
    assert kept(tmp_path)["keep_location"] is True
    assert load_settings(tmp_path / "settings.json").settings.keep_location


def test_choices_are_made_with_the_keyboard(page: SettingsPage, preferences: Preferences) -> None:
    page.theme_choice.focus_chosen()
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    assert preferences.value.theme == "dark"
    page.touch.setFocus()
    QTest.keyClick(page.touch, Qt.Key.Key_Space)
    assert preferences.value.touch


def test_the_name_is_kept_when_the_page_is_left(
    page: SettingsPage, preferences: Preferences
) -> None:
    page.author.insert("  沈评安 ")
    page.leave()
    assert preferences.value.author == "沈评安"


def test_a_folder_is_chosen_and_cleared(
    page: SettingsPage,
    preferences: Preferences,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter([None, tmp_path / "phone"])
    monkeypatch.setattr(files, "ask_folder", lambda *_: next(answers))
    field = page.folders["watched_folder"]
    assert not field.clear.isEnabled()
    QTest.mouseClick(field.choose, Qt.MouseButton.LeftButton)
    assert preferences.value.watched_folder is None
    QTest.mouseClick(field.choose, Qt.MouseButton.LeftButton)
    assert preferences.value.watched_folder == str(tmp_path / "phone")
    QTest.mouseClick(field.clear, Qt.MouseButton.LeftButton)
    assert preferences.value.watched_folder is None
    assert preferences.value.backup_folder is None


def test_what_is_shown_is_what_holds(context: Context, preferences: Preferences) -> None:
    preferences.change(language="en", theme="dark", touch=True, text_percent=115, author="A")
    page = build(context)
    assert isinstance(page, SettingsPage)
    assert page.language.key() == "en"
    assert page.theme_choice.key() == "dark"
    assert page.touch.isChecked()
    assert page.text_size.key() == "115"
    assert page.author.text() == "A"
    page.deleteLater()


def test_a_percentage_of_ones_own_is_shown(context: Context, preferences: Preferences) -> None:
    preferences.change(text_percent=107)
    page = build(context)
    assert isinstance(page, SettingsPage)
    assert page.text_size.key() == "107"
    page.deleteLater()


def test_the_window_changes_at_once_and_the_focus_stays(window: MainWindow) -> None:
    window.go("settings")
    page = window.shell.page
    assert isinstance(page, SettingsPage)
    page.language.buttons["zh"].setFocus()
    QTest.mouseClick(page.language.buttons["en"], Qt.MouseButton.LeftButton)
    again = window.shell.page
    assert isinstance(again, SettingsPage)
    assert again is not page
    assert again.language.key() == "en"
    assert again.language.isAncestorOf(again.focusWidget())
    again.text_size.setFocus()
    again.text_size.key_chosen.emit("130")
    third = window.shell.page
    assert isinstance(third, SettingsPage)
    assert third.text_size.hasFocus()
    assert window.shell.context.theme.sizes.percent == 130


def test_bad_values_were_reset_and_said(tmp_path: Path, page: SettingsPage) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "pink", "colour": 1, "author": "A"}', encoding="utf-8")
    loaded = load_settings(path)
    assert loaded.settings.theme == "system"
    assert loaded.settings.author == "A"
    assert "colour, theme" in str(loaded.notices[0].values["what"].values["names"])


@pytest.mark.parametrize(("width", "percent", "touch"), [(776, 100, False), (776, 130, True)])
def test_everything_is_named_reached_and_inside(
    make_context: MakeContext, qapp: QApplication, width: int, percent: int, touch: bool
) -> None:
    theme = Theme(sizes=Sizes(percent, touch))
    apply_theme(qapp, theme)
    for language in ("zh", "en"):
        page = build(make_context(language=language, theme=theme))
        shown(page, width, 700)
        assert nameless(page) == []
        assert unreached(page) == []
        assert outside(page) == []
        assert wheel_sensitive(page) == []
        if touch:
            assert too_small(page, TOUCH_TARGET) == []
        page.close()
        page.deleteLater()
    apply_theme(qapp, Theme())
