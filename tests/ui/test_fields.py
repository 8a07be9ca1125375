"""What fields announce and when, and how they read what is typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assessor.ui.theme import Theme
from assessor.ui.widgets import (
    ChoiceField,
    DateField,
    LineField,
    NoteEdit,
    NumberField,
    SearchField,
)
from assessor.ui.widgets.fields import parse_day
from assessor.ui.widgets.number_field import parse_number
from assessor.ui.words import Words
from tests.ui.conftest import wait_until
from tests.ui.holding import Heard, held, leave

ZH = Words("zh")


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
