"""The widgets: what they announce, what they show, and that none obeys the wheel."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from assessor.errors import Problem
from assessor.i18n import message
from assessor.ui.bridge import Notice
from assessor.ui.theme import Sizes, Theme, apply_theme
from assessor.ui.widgets import (
    CheckField,
    Choice,
    ChoiceField,
    ChoiceList,
    CollapsiblePanel,
    DateField,
    FlowLabel,
    LineField,
    NoteEdit,
    NumberField,
    Radar,
    SearchField,
    ShareBar,
    StateIcon,
    Strip,
    StripStack,
    Thumb,
    ThumbStrip,
)
from assessor.ui.widgets.fields import parse_day
from assessor.ui.widgets.number_field import parse_number
from assessor.ui.widgets.state_icon import STATE_ICONS
from assessor.ui.widgets.strip import MOST_PROBLEMS, MOST_STRIPS
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
from tests.ui.conftest import shown, sweep, wait_until
from tests.ui.gallery import make_gallery

ZH = Words("zh")


@pytest.fixture
def plain(qapp: QApplication) -> Theme:
    return Theme()


class Heard:
    """Collects what a signal announces."""

    def __init__(self) -> None:
        self.values: list[object] = []

    def __call__(self, *values: object) -> None:
        self.values.append(values[0] if values else None)


def wheel_over(widget: QWidget) -> None:
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(widget.mapToGlobal(QPoint(5, 5))),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def held(widget: QWidget) -> QWidget:
    """Show a widget inside a window, with room for the focus to go elsewhere."""
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(widget)
    other = SearchField(Theme(), "other")
    column.addWidget(other)
    window.setProperty("other", other)
    shown(window, 600, 400)
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    return window


def leave(window: QWidget) -> None:
    window.property("other").setFocus()
    QApplication.processEvents()


# --- the whole gallery ----------------------------------------------------------------------------


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


# --- choices --------------------------------------------------------------------------------------


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


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.5", "12.5"),
        ("１２．５", "12.5"),
        ("1,234,567.89", "1234567.89"),
        ("1，234", "1234"),
        (" 88 % ", "88"),
        ("-0.01", "-0.01"),
        ("0.1000000000000000000001", "0.1000000000000000000001"),
        (".5", "0.5"),
    ],
)
def test_numbers_are_understood_exactly(text: str, number: str) -> None:
    assert parse_number(text) == (True, Decimal(number))


@pytest.mark.parametrize("text", ["abc", "1e5", "NaN", "1.2.3", "--1", "%", "1/2", "٣"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert parse_number(text) == (False, None)


def test_nothing_is_no_number_and_fine() -> None:
    assert parse_number("  ") == (True, None)


def test_each_usable_edit_is_announced(plain: Theme) -> None:
    field = NumberField(plain, ZH, "energy", "kWh", maximum=Decimal(100))
    window, heard = held(field), Heard()
    field.value_edited.connect(heard)
    field.setFocus()
    QTest.keyClicks(field.line, "9a")
    assert (heard.values, field.valid) == ([Decimal(9)], False)
    QTest.keyClick(field.line, Qt.Key.Key_Backspace)
    assert field.valid
    QTest.keyClicks(field.line, "99")
    assert heard.values == [Decimal(9), Decimal(99)]
    assert not field.valid
    assert "100" in field.line.toolTip()
    field.line.selectAll()
    QTest.keyClick(field.line, Qt.Key.Key_Delete)
    assert heard.values == [Decimal(9), Decimal(99), None]
    window.close()


def test_echoes_do_not_disturb_typing(plain: Theme) -> None:
    field = NumberField(plain, ZH, "energy")
    window = held(field)
    field.setFocus()
    QTest.keyClicks(field.line, "123")
    field.set_value(Decimal(1))
    field.set_value(Decimal(12))
    assert field.line.text() == "123"
    field.set_value(Decimal(123))
    assert (field.line.text(), field.value()) == ("123", Decimal(123))
    field.set_value(Decimal(7))
    assert field.line.text() == "7", "an undo is shown although the field has the focus"
    window.close()


def test_a_number_is_shown_as_it_was_understood_when_the_field_is_left(plain: Theme) -> None:
    field = NumberField(plain, ZH, "energy")
    window = held(field)
    field.setFocus()
    QTest.keyClicks(field.line, "1,200.50")
    leave(window)
    assert field.line.text() == "1200.5"
    window.close()


# --- texts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [NoteEdit, LineField])
def test_typing_is_handed_in_after_a_pause(plain: Theme, kind: type) -> None:
    field = kind(plain, "note")
    window, heard = held(field), Heard()
    getattr(field, "note_edited" if kind is NoteEdit else "text_handed").connect(heard)
    field.setFocus()
    QTest.keyClicks(field, "seen")
    assert heard.values == []
    wait_until(lambda: bool(heard.values))
    assert heard.values == ["seen"]
    window.close()


@pytest.mark.parametrize("kind", [NoteEdit, LineField])
@pytest.mark.parametrize("how", ["leave", "hide"])
def test_typing_is_handed_in_when_the_field_goes(plain: Theme, kind: type, how: str) -> None:
    field = kind(plain, "note")
    window, heard = held(field), Heard()
    getattr(field, "note_edited" if kind is NoteEdit else "text_handed").connect(heard)
    field.setFocus()
    QTest.keyClicks(field, "seen")
    if how == "leave":
        leave(window)
    else:
        window.hide()
    assert heard.values == ["seen"]
    window.close()


def test_being_told_a_text_is_no_edit(plain: Theme) -> None:
    field = NoteEdit(plain, "note")
    window, heard = held(field), Heard()
    field.note_edited.connect(heard)
    field.set_text("from the record")
    field.flush()
    assert (field.text(), heard.values) == ("from the record", [])
    window.close()


def test_a_note_grows_with_its_lines(plain: Theme) -> None:
    field = NoteEdit(plain, "note", most=4)
    window = held(field)
    heights = []
    for lines in (1, 2, 4, 9):
        field.set_text("\n".join(["line"] * lines))
        QApplication.processEvents()
        heights.append(field.height())
    assert heights[0] < heights[1] < heights[2]
    assert heights[3] == heights[2]
    field.set_text("抽查三件，最长六分钟追到炉号。" * 20)
    QApplication.processEvents()
    assert field.height() == heights[2]
    window.close()


# --- other fields ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["2026-03-05", "2026/3/5", "2026.3.5", "20260305", "2026年3月5日", "２０２６－３－５"]
)
def test_dates_are_understood(text: str) -> None:
    assert parse_day(text) == (True, date(2026, 3, 5))


@pytest.mark.parametrize("text", ["2026-02-30", "5.3.2026", "tomorrow", "2026"])
def test_what_is_no_date_is_refused(text: str) -> None:
    assert parse_day(text) == (False, None)


def test_a_date_is_announced_when_the_field_is_left(plain: Theme) -> None:
    field = DateField(plain, ZH, "due")
    window, heard = held(field), Heard()
    field.date_edited.connect(heard)
    field.setFocus()
    QTest.keyClicks(field, "2026/3/5")
    assert heard.values == []
    leave(window)
    assert (heard.values, field.text()) == ([date(2026, 3, 5)], "2026-03-05")
    window.close()


def test_a_choice_is_announced_only_when_the_person_makes_it(plain: Theme) -> None:
    field = ChoiceField(plain, "level")
    window, heard = held(field), Heard()
    field.key_chosen.connect(heard)
    field.set_choices({"a": "first", "b": "second"})
    field.set_key("b")
    assert (field.key(), heard.values) == ("b", [])
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert (field.key(), heard.values) == ("a", ["a"])
    field.set_key(None)
    assert field.key() is None
    window.close()


def test_search_is_trimmed_and_emptied_by_escape(plain: Theme) -> None:
    field = SearchField(plain, "search")
    window, heard = held(field), Heard()
    field.search_changed.connect(heard)
    field.setFocus()
    field.insert(" 追溯")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert heard.values[-2:] == ["追溯", ""]
    window.close()


# --- shown things ---------------------------------------------------------------------------------


def test_chinese_wraps_and_keeps_its_height(plain: Theme) -> None:
    label = FlowLabel(plain, "任选一件成品，现场反查到原料批次并计时。" * 6)
    wide, narrow = label.heightForWidth(2000), label.heightForWidth(200)
    assert narrow > 3 * wide
    assert label.minimumSizeHint().width() < 200
    label.deleteLater()


@pytest.mark.parametrize("state", list(STATE_ICONS))
def test_states_say_what_they_are(plain: Theme, state: str) -> None:
    icon = StateIcon(plain, state, "said")  # type: ignore[arg-type]
    assert icon.accessibleName() == "said"
    assert not icon.pixmap().isNull()
    icon.deleteLater()


def test_charts_say_their_figures(plain: Theme) -> None:
    bar, radar = ShareBar(plain, "Lean"), Radar(plain, "Dimensions")
    bar.set_share(Decimal("0.625"), Decimal("0.9"), Decimal("0.75"))
    radar.set_axes(["Lean", "Green", "Chain"], [Decimal("0.5"), Decimal(1), Decimal("1.2")])
    assert bar.accessibleName() == "Lean 62 %"
    assert radar.accessibleDescription() == "Lean 50 %, Green 100 %, Chain 100 %"
    bar.deleteLater()
    radar.deleteLater()


def test_a_radar_grows_with_its_shares(plain: Theme) -> None:
    radar = Radar(plain, "Dimensions")
    radar.resize(300, 240)

    def painted(share: str) -> int:
        radar.set_axes(["A", "B", "C", "D", "E"], [Decimal(share)] * 5)
        image = radar.grab().toImage()
        wanted = plain.colour("accent").name()
        pixels = ((x, y) for x in range(image.width()) for y in range(image.height()))
        return sum(image.pixelColor(x, y).name() == wanted for x, y in pixels)

    small, large = painted("0.3"), painted("0.9")
    assert large > 2 * small > 0
    radar.deleteLater()


def test_a_panel_folds(plain: Theme) -> None:
    panel = CollapsiblePanel(plain, ZH, "结果", "right")
    window, heard = held(panel), Heard()
    panel.folded_changed.connect(heard)
    width = panel.width()
    panel.set_folded(True)
    assert panel.width() < width / 4
    panel.set_folded(False)
    assert (panel.width(), heard.values) == (width, [True, False])
    window.close()


# --- messages -------------------------------------------------------------------------------------


def test_a_strip_offers_what_to_do(plain: Theme) -> None:
    stack, done = StripStack(plain, ZH), Heard()
    window = held(stack)
    strip = stack.show_notice(
        Notice(message("ui.saving"), "caution", (), message("ui.close"), lambda: done(1))
    )
    button = next(b for b in strip.findChildren(QWidget) if getattr(b, "kind", "") == "plain")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (done.values, stack.strips, stack.isHidden()) == ([1], (), True)
    window.close()


def test_the_oldest_message_gives_way(plain: Theme) -> None:
    stack = StripStack(plain, ZH)
    window = held(stack)
    keys = ("ui.saving", "ui.close", "ui.copied", "ui.dismiss", "ui.nothing_to_save")
    for key in (*keys, keys[3]):
        stack.show_notice(Notice(message(key)))
    assert [notice.message.key for notice in stack.notices] == [keys[2], keys[4], keys[3]]
    assert len(stack.strips) == MOST_STRIPS
    window.close()


def test_problems_are_listed_with_their_remedy(plain: Theme) -> None:
    problem = Problem(message("ui.saving"), fix=message("ui.close"))
    stack = StripStack(plain, ZH)
    strip = stack.show_notice(Notice(message("ui.crash_text"), "bad", (problem,) * 7))
    lines = strip.label.text.splitlines()
    assert len(lines) == 1 + MOST_PROBLEMS + 1
    assert lines[1] == "• 正在保存… 关闭"
    assert "2" in lines[-1]
    assert isinstance(strip, Strip)
    stack.close()
    stack.deleteLater()


# --- thumbnails -----------------------------------------------------------------------------------


def test_thumbnails_are_opened_and_kept(plain: Theme) -> None:
    strip = ThumbStrip(plain, "evidence", "add")
    window, opened, asked = held(strip), Heard(), Heard()
    strip.thumb_opened.connect(opened)
    strip.add_requested.connect(asked)
    strip.set_thumbs([Thumb("a", "one"), Thumb("b", "two")])
    QApplication.processEvents()
    kept = strip.tiles["b"]
    blank = kept.grab().toImage()
    picture = QPixmap(60, 40)
    picture.fill(Qt.GlobalColor.darkGreen)
    strip.set_picture("b", picture)
    strip.set_thumbs([Thumb("b", "two"), Thumb("c", "three")])
    assert (list(strip.tiles), strip.tiles["b"]) == (["b", "c"], kept)
    assert kept.grab().toImage() != blank
    QTest.mouseClick(kept, Qt.MouseButton.LeftButton)
    QTest.mouseClick(strip.add_tile, Qt.MouseButton.LeftButton)
    assert (opened.values, len(asked.values)) == (["b"], 1)
    window.close()


def test_dropped_files_are_announced(plain: Theme, tmp_path: Path) -> None:
    strip = ThumbStrip(plain, "evidence", "add")
    window, heard = held(strip), Heard()
    strip.files_dropped.connect(heard)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.jpg")), QUrl("https://example.invalid/b")])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    strip.dropEvent(event)
    assert heard.values == [[tmp_path / "a.jpg"]]
    window.close()
