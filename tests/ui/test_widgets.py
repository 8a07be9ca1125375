"""The widgets on one page: named, reached, in their place, and none obeys the wheel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from assessor.ui import widgets
from assessor.ui.theme import Sizes, Theme, apply_theme
from assessor.ui.widgets import (
    CheckField,
    ChoiceField,
    ChoiceList,
    DateField,
    NumberField,
)
from assessor.ui.words import Words
from tests.ui.accessibility import (
    CONTROL,
    TOUCH_TARGET,
    clipped,
    focusable,
    nameless,
    outside,
    too_small,
    unreached,
    wheel_sensitive,
)
from tests.ui.conftest import shown
from tests.ui.gallery import make_gallery
from tests.ui.holding import wheel_over

ZH = Words("zh")


def test_everything_is_named_and_reached(theme: Theme, words: Words) -> None:
    gallery = shown(make_gallery(theme, words.language), 1440, 1000)
    assert len(list(focusable(gallery))) > 25
    assert nameless(gallery) == []
    assert unreached(gallery) == []
    assert clipped(gallery) == []
    assert outside(gallery) == []
    gallery.close()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_everything_has_room_at_every_size(percent: int, qapp: QApplication) -> None:
    theme = Theme(sizes=Sizes(percent))
    apply_theme(qapp, theme)
    gallery = shown(make_gallery(theme, "zh"), 14 * percent + 200, 1000)
    assert clipped(gallery) == []
    gallery.close()
    apply_theme(qapp, Theme())


def test_touch_mode_gives_fingers_room(qapp: QApplication) -> None:
    theme = Theme(sizes=Sizes(touch=True))
    apply_theme(qapp, theme)
    gallery = shown(make_gallery(theme, "zh"), 1440, 1000)
    assert too_small(gallery, TOUCH_TARGET) == []
    gallery.close()
    apply_theme(qapp, Theme())


def test_without_touch_mode_controls_keep_the_ordinary_height(plain: Theme) -> None:
    gallery = shown(make_gallery(plain, "zh"), 1440, 1000)
    low = [found for found in too_small(gallery, CONTROL) if "FilterButton" not in found]
    assert low == []
    assert too_small(gallery, TOUCH_TARGET) != []
    gallery.close()


def test_the_focus_is_seen(theme: Theme) -> None:
    """Every control looks different when it has the focus."""
    gallery = shown(make_gallery(theme, "zh"), 1440, 1000)
    gallery.activateWindow()
    QTest.qWaitForWindowActive(gallery)
    unseen = []
    for widget in list(focusable(gallery)):
        gallery.setFocus()
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if widget.hasFocus() and widget.grab().toImage() == before:
            unseen.append(type(widget).__name__)
    gallery.close()
    assert unseen == []


def test_the_wheel_changes_nothing(plain: Theme) -> None:
    gallery = shown(make_gallery(plain, "zh"), 1440, 1000)
    assert wheel_sensitive(gallery) == []
    before = state_of(gallery)
    for widget in list(focusable(gallery)):
        for focused in (False, True):
            if focused:
                widget.setFocus()
            wheel_over(widget)
    assert state_of(gallery) == before
    gallery.close()


def state_of(root: QWidget) -> list[object]:
    numbers = [field.value() for field in root.findChildren(NumberField)]
    days = [field.value() for field in root.findChildren(DateField)]
    keys = [field.key() for field in root.findChildren(ChoiceField)]
    ticks = [field.isChecked() for field in root.findChildren(CheckField)]
    cards = [c.isChecked() for li in root.findChildren(ChoiceList) for c in li.cards]
    return [*numbers, *days, *keys, *ticks, *cards]


def test_pictures_of_both_languages_are_drawn(theme: Theme, words: Words) -> None:
    gallery = shown(make_gallery(theme, words.language), 1440, 1000)
    image = gallery.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, 1440, 7) for y in range(0, 900, 7)}
    assert theme.palette.window.lower() in colours
    assert theme.palette.panel.lower() in colours
    assert theme.palette.accent.lower() in colours
    gallery.close()


def test_every_widget_can_be_imported_from_the_package() -> None:
    assert len(widgets.__all__) > 30
    assert [name for name in widgets.__all__ if not hasattr(widgets, name)] == []
    assert not hasattr(widgets, "NoSuchWidget")
