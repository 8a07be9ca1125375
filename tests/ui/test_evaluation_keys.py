"""Evaluating by keyboard alone: answers, steps, search, filters, undo; all of it on disk."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import LazyScreen
from tests.ui.conftest import MakeVisit, wait_until
from tests.ui.evaluation_desk import OURS, Desk


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    return OURS


@pytest.fixture
def factory(window: MainWindow, make_visit: MakeVisit) -> Desk:
    """A future factory, nothing answered yet."""
    return Desk(window, make_visit("zj.future_factory"))


@pytest.fixture
def workshop(window: MainWindow, make_visit: MakeVisit) -> Desk:
    """A digital workshop, nothing answered yet."""
    return Desk(window, make_visit("nb.digital_workshop"))


def test_a_number_key_answers_and_the_answer_is_on_disk(factory: Desk) -> None:
    key = factory.open("44")
    factory.press("3")
    assert factory.record.answers[key].option == "C"
    assert factory.on_disk() == factory.record
    assert [card.key for card in factory.page.view.editor.list.cards if card.isChecked()] == ["C"]


def test_nothing_is_shown_as_chosen_before_it_is_on_disk(factory: Desk) -> None:
    factory.open("44")
    QTest.keySequence(QApplication.focusWidget(), "3")
    assert not any(card.isChecked() for card in factory.page.view.editor.list.cards)
    factory.settle()
    assert any(card.isChecked() for card in factory.page.view.editor.list.cards)


def test_arrows_move_and_space_chooses(factory: Desk) -> None:
    key = factory.open("44")
    factory.press("Down", "Down")
    assert key not in factory.record.answers
    factory.press("Space")
    assert factory.record.answers[key].option == "C"


def test_ten_criteria_without_the_mouse(factory: Desk) -> None:
    seen = []
    for _ in range(10):
        seen.append(factory.number)
        factory.press("2", "N")
    required = [item for item in factory.latest.card.items if item.role == "required"]
    assert seen == [item.criterion.number for item in required[:10]]
    assert len(factory.on_disk().answers) == 10
    assert factory.latest.card.done == 10


def test_page_keys_go_through_the_criteria_in_order(factory: Desk) -> None:
    factory.open("44")
    factory.press("PgDown")
    assert factory.number == "45"
    factory.press("PgUp", "PgUp")
    assert factory.number == "43"


def test_next_unanswered_goes_on_from_the_top(workshop: Desk) -> None:
    workshop.open("A2")
    workshop.press("N")
    assert workshop.number == "A3"
    last = [item for item in workshop.latest.card.items if item.role == "required"][-1]
    workshop.open(last.criterion.number)
    bonus = {item.criterion.number for item in workshop.latest.card.items if item.role == "bonus"}
    seen = set()
    while workshop.number not in seen and len(seen) < 40:
        seen.add(workshop.number)
        workshop.press("N")
    assert {"A1", "A2", "F4"} <= seen
    assert bonus <= seen


def test_undo_and_redo_by_key(factory: Desk) -> None:
    key = factory.open("44")
    factory.press("2", "4")
    factory.press("Ctrl+Z")
    assert factory.record.answers[key].option == "B"
    factory.press("Ctrl+Z")
    assert key not in factory.record.answers
    factory.press("Ctrl+Y", "Ctrl+Y")
    assert factory.record.answers[key].option == "D"
    assert factory.on_disk() == factory.record


def test_slash_searches_and_enter_opens_the_first_hit(factory: Desk) -> None:
    factory.open("1")
    factory.press("/")
    assert QApplication.focusWidget() is factory.page.panel.search
    factory.type("追溯 粒度")
    assert factory.page.panel.items() == [factory.key_of("1"), factory.key_of("44")]
    factory.press("Return")
    assert factory.number == "44"
    assert factory.page.view.isAncestorOf(QApplication.focusWidget())


def test_digits_typed_into_the_search_answer_nothing(factory: Desk) -> None:
    factory.open("44")
    factory.press("/")
    factory.type("12")
    assert factory.page.panel.search.text() == "12"
    assert factory.record.answers == {}


def test_a_search_that_finds_nothing_says_so(factory: Desk) -> None:
    factory.page.panel.search.setText("no such thing")
    assert factory.page.panel.items() == [factory.page.current]
    factory.press("/", "Escape")
    assert len(factory.page.panel.items()) > 70


def test_the_filter_keeps_what_is_open_and_drops_it_once_left(workshop: Desk) -> None:
    key = workshop.open("B1")
    workshop.click(workshop.page.panel.filters["unanswered"])
    workshop.open("B1")
    workshop.press("2")
    assert key in workshop.page.panel.items()
    workshop.press("PgDown")
    assert workshop.number == "B2"
    assert key not in workshop.page.panel.items()


def test_filters_count_what_they_show(workshop: Desk) -> None:
    workshop.open("B1")
    workshop.press("5")
    filters = workshop.page.panel.filters
    workshop.click(filters["no_evidence"])
    shown = workshop.page.panel.items()
    assert workshop.key_of("B1") in shown
    assert filters["no_evidence"].text().endswith(str(len(shown)))
    assert not filters["optional"].isVisible()


def test_optional_criteria_have_their_own_filter(window: MainWindow, make_visit: MakeVisit) -> None:
    desk = Desk(window, make_visit("zj.future_factory"))
    desk.window.go("evaluation", filter="optional")
    optional = [i.criterion.id for i in desk.latest.card.items if i.role == "optional"]
    assert desk.page.panel.items()
    assert set(desk.page.panel.items()) == {*optional, desk.page.current}
    assert desk.page.current in optional


def test_doubt_is_low_confidence_and_shows_in_the_tree(factory: Desk) -> None:
    key = factory.open("44")
    factory.press("F")
    assert key not in factory.record.answers
    assert factory.page.view.heading.doubt.isChecked()
    factory.click(factory.page.panel.filters["flagged"])
    assert factory.page.panel.items() == [key]
    factory.press("3")
    assert factory.record.answers[key].confidence == "low"
    factory.press("F")
    assert factory.record.answers[key].confidence is None


def test_not_applicable_takes_effect_with_its_reason(workshop: Desk) -> None:
    key = workshop.open("E3")
    workshop.press("X")
    assert key not in workshop.record.answers
    workshop.type("企业只做来料加工")
    workshop.page.leave()
    workshop.settle()
    answer = workshop.record.answers[key]
    assert (answer.na, answer.reason) == (True, "企业只做来料加工")
    assert workshop.on_disk() == workshop.record
    workshop.press("1")
    assert workshop.record.answers[key].na
    workshop.click(workshop.page.view.exclusion.cancel)
    assert key not in workshop.record.answers


def test_not_applicable_is_not_offered_where_the_rubric_gives_no_licence(workshop: Desk) -> None:
    workshop.open("A1")
    workshop.press("X")
    assert workshop.page.view.exclusion.isHidden()


def test_a_note_is_on_disk_after_a_pause_in_typing(factory: Desk) -> None:
    key = factory.open("44")
    factory.press("3")
    note = factory.page.view.remarks.note
    note.setFocus()
    QTest.keyClicks(note, "traced in 6 min")
    wait_until(lambda: factory.record.answers[key].note != "")
    assert factory.on_disk().answers[key].note == "traced in 6 min"
    assert factory.record.answers[key].option == "C"


def test_a_note_is_handed_in_when_the_criterion_is_left(factory: Desk) -> None:
    key = factory.open("44")
    factory.press("3")
    note = factory.page.view.remarks.note
    note.setFocus()
    QTest.keyClicks(note, "half a word")
    factory.page.step(1)
    factory.settle()
    assert factory.record.answers[key].note == "half a word"
    assert factory.page.view.remarks.note.text() == ""


def test_a_note_can_come_before_the_answer(factory: Desk) -> None:
    key, before = factory.open("44"), factory.latest.card
    note = factory.page.view.remarks.note
    note.setFocus()
    QTest.keyClicks(note, "seen first")
    factory.open("45")
    factory.settle()
    assert factory.on_disk().jottings[key].note == "seen first"
    assert factory.latest.card.done == before.done
    assert factory.latest.card.item(key).state == "unanswered"
    factory.open("44")
    assert note.text() == "seen first"
    factory.press("3")
    assert factory.record.answers[key].note == note.text() == "seen first"
    assert not factory.on_disk().jottings
    factory.click(factory.page.view.heading.empty)
    assert key not in factory.record.answers
    assert note.text() == "seen first"


def test_another_option_keeps_note_and_confidence(factory: Desk) -> None:
    key = factory.open("44")
    factory.press("3", "F")
    note = factory.page.view.remarks.note
    note.setFocus()
    QTest.keyClicks(note, "seen")
    note.flush()
    factory.settle()
    factory.page.view.focus_home()
    factory.press("4")
    answer = factory.record.answers[key]
    assert (answer.option, answer.note, answer.confidence) == ("D", "seen", "low")


def test_clearing_makes_it_unanswered_and_can_be_undone(factory: Desk) -> None:
    key = factory.open("44")
    factory.press("3")
    factory.click(factory.page.view.heading.empty)
    assert key not in factory.record.answers
    factory.press("Ctrl+Z")
    assert factory.record.answers[key].option == "C"


def test_the_place_is_kept_in_another_language_and_look(factory: Desk) -> None:
    factory.open("44")
    factory.press("3", "F4")
    assert factory.number == "44"
    assert "C" in [card.key for card in factory.page.view.editor.list.cards if card.isChecked()]
    assert factory.page.panel.filters["all"].text().startswith("All")
    factory.press("F4")
