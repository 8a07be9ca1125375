"""Every way of answering: ticks, several options, yes and no, figures, figures from the ledger."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assessor.commands.answers import set_table
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import LazyScreen
from assessor.ui.views.evaluating.choosing import NONE, AnyOf, OneOf
from assessor.ui.views.evaluating.curve_view import corners_of
from assessor.ui.views.evaluating.measuring import Quantity
from tests.strategies.visits import shipped
from tests.ui.conftest import MakeVisit
from tests.ui.evaluation_desk import OURS, Desk

CHECKLIST, YES_NO, RATE, CYCLE = "A4", "D6", "A1", "E3"
SEVERAL, OTHER = "96", "D"


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    return OURS


@pytest.fixture
def workshop(window: MainWindow, make_visit: MakeVisit) -> Desk:
    return Desk(window, make_visit("nb.digital_workshop"))


@pytest.fixture
def factory(window: MainWindow, make_visit: MakeVisit) -> Desk:
    return Desk(window, make_visit("zj.future_factory"))


def quantity(desk: Desk) -> Quantity:
    assert isinstance(desk.page.view.editor, Quantity)
    return desk.page.view.editor


def fill(desk: Desk, name: str, text: str) -> None:
    """Type a figure over what stands in a field."""
    line = quantity(desk).form.fields[name].line
    line.setFocus()
    line.selectAll()
    desk.type(text)


# --- chosen ---------------------------------------------------------------------------------------


def test_ticks_add_up_and_none_is_an_answer_of_its_own(workshop: Desk) -> None:
    key = workshop.open(CHECKLIST)
    workshop.press("2", "1")
    items = workshop.visit.loaded.rubric.criterion_by_id[key].rule.items
    assert workshop.record.answers[key].options == (items[0].key, items[1].key)
    workshop.press("1")
    assert workshop.record.answers[key].options == (items[1].key,)
    workshop.press("2")
    assert key not in workshop.record.answers
    workshop.press(str(len(items) + 1))
    assert workshop.record.answers[key].none
    workshop.press("1")
    assert workshop.record.answers[key].options == (items[0].key,)
    assert workshop.on_disk() == workshop.record


def test_quick_ticks_do_not_get_lost(workshop: Desk) -> None:
    key = workshop.open(CHECKLIST)
    for number in "123":
        QTest.keySequence(QApplication.focusWidget(), number)
    workshop.settle()
    assert len(workshop.record.answers[key].options) == 3


def test_yes_and_no(workshop: Desk) -> None:
    rubric = workshop.visit.loaded.rubric
    number = next(c.number for c in rubric.criteria if c.rule.kind == "yes_no")
    key = workshop.open(number)
    assert isinstance(workshop.page.view.editor, OneOf)
    workshop.press("2")
    assert workshop.record.answers[key].option == "no"
    workshop.press("1")
    assert workshop.record.answers[key].option == "yes"
    item = workshop.latest.card.item(key)
    assert item.points == item.span.maximum


def test_an_option_that_needs_words_counts_once_there_are_some(factory: Desk) -> None:
    key = factory.open(SEVERAL)
    factory.press("1", "4")
    assert factory.record.answers[key].options == ("A",)
    editor = factory.page.view.editor
    assert isinstance(editor, AnyOf)
    assert QApplication.focusWidget() is editor.other
    factory.type("remote tuning")
    editor.flush()
    factory.settle()
    answer = factory.record.answers[key]
    assert (answer.options, answer.other) == (("A", "D"), "remote tuning")
    editor.list.focus_current()
    factory.press("4")
    answer = factory.record.answers[key]
    assert (answer.options, answer.other) == (("A",), "")
    assert editor.other.isHidden()
    assert factory.on_disk() == factory.record


def test_options_name_points_and_tier(factory: Desk) -> None:
    factory.open("44")
    cards = factory.page.view.editor.list.cards
    assert cards[1].accessibleName().endswith("数字化车间 1.25")
    assert [card.accessibleName().split()[-1] for card in cards] == [
        "0.00",
        "1.25",
        "2.50",
        "3.75",
        "5.00",
    ]


def test_a_linked_answer_says_so_and_cannot_be_changed(factory: Desk) -> None:
    factory.open("44")
    factory.press("1")
    key = factory.open("45")
    view = factory.page.view
    assert any("第 44 题" in text for text in view.notices.texts)
    assert not view.editor.list.isEnabled()
    assert [card.key for card in view.editor.list.cards if card.isChecked()] == ["A"]
    factory.press("3")
    assert key not in factory.record.answers
    assert view.remarks.note.text() == ""


# --- measured -------------------------------------------------------------------------------------


def test_figures_give_the_result_as_they_are_typed(workshop: Desk) -> None:
    key = workshop.open(CYCLE)
    assert QApplication.focusWidget() is quantity(workshop).form.fields["d0"].line
    workshop.type("200")
    workshop.press("Tab")
    workshop.type("150")
    assert workshop.record.answers[key].inputs == {"d0": Decimal(200), "d1": Decimal(150)}
    assert quantity(workshop).result.text() == "25.00 %"
    item = workshop.latest.card.item(key)
    assert item.result == Decimal(25)
    assert quantity(workshop).points.text().startswith("2.78")
    assert workshop.on_disk() == workshop.record


def test_typing_a_figure_is_one_step_of_undo(workshop: Desk) -> None:
    key = workshop.open(CYCLE)
    workshop.type("200")
    workshop.press("Ctrl+Z")
    assert key not in workshop.record.answers
    assert quantity(workshop).form.fields["d0"].line.text() == ""


def test_an_emptied_form_is_no_answer(workshop: Desk) -> None:
    key = workshop.open(CYCLE)
    workshop.type("7")
    workshop.press("Backspace")
    assert key not in workshop.record.answers


def test_full_width_figures_are_understood(workshop: Desk) -> None:
    key = workshop.open(CYCLE)
    workshop.type("２００")
    assert workshop.record.answers[key].inputs == {"d0": Decimal(200)}


def test_figures_that_do_not_go_together_are_told_and_not_posted(workshop: Desk) -> None:
    key = workshop.open(RATE)
    fill(workshop, "key_total", "10")
    fill(workshop, "nc_key", "12")
    assert workshop.record.answers[key].inputs == {
        "key_total": Decimal(10),
        "nc_key": Decimal(1),
    }
    form = quantity(workshop).form
    assert "不得大于" in form.problem.text
    assert form.problem.isVisible()
    assert form.fields["nc_key"].line.text() == "12"
    fill(workshop, "nc_key", "9")
    assert not form.problem.isVisible()
    assert workshop.record.answers[key].inputs["nc_key"] == 9


def test_no_figures_from_before(workshop: Desk) -> None:
    key = workshop.open(CYCLE)
    form = quantity(workshop).form
    workshop.click(form.no_baseline)
    assert workshop.record.answers[key].no_baseline
    assert not form.fields["d0"].isEnabled()
    item = workshop.latest.card.item(key)
    assert item.unproven
    assert item.points == 0
    assert "未证" in quantity(workshop).why.text
    workshop.click(form.no_baseline)
    assert key not in workshop.record.answers


def test_figures_of_the_industry(workshop: Desk) -> None:
    key = workshop.open(CYCLE)
    workshop.type("200")
    workshop.click(quantity(workshop).form.industry)
    answer = workshop.record.answers[key]
    assert answer.industry_baseline
    assert answer.inputs == {"d0": Decimal(200)}


def test_figures_counted_from_the_ledger_are_shown_and_not_typed(workshop: Desk) -> None:
    row = {"name": "A", "key": "yes", "quantity": "4", "nc_quantity": "3"}
    columns = {c.id: c for c in workshop.visit.loaded.rubric.tables[0].columns}
    filled = {name: row.get(name, "1") for name, c in columns.items() if c.required or name in row}
    filled |= {
        name: "yes"
        for name, column in columns.items()
        if column.type == "yes_no" and column.required
    }
    workshop.visit.post(lambda _: set_table("ledger", [filled, filled]))
    workshop.settle()
    workshop.open(RATE)
    form = quantity(workshop).form
    assert form.fields["nc_key"].isHidden()
    assert form._figures["nc_key"].text() == "6"
    assert "2 行" in form._origins["nc_key"].text()


@pytest.mark.parametrize("name", ["digital_workshop"])
def test_every_curve_has_a_picture(name: str) -> None:
    rules = [c.rule for c in shipped(name).rubric.criteria if c.rule.kind == "quantity"]
    assert rules
    for rule in rules:
        corners = corners_of(rule.curve)
        assert [x for x, _ in corners] == sorted(x for x, _ in corners)
        assert all(0 <= share <= 1 for _, share in corners)


def test_the_card_for_none_stands_last(workshop: Desk) -> None:
    workshop.open(CHECKLIST)
    assert workshop.page.view.editor.list.cards[-1].key == NONE


@pytest.mark.parametrize(
    ("rubric", "language"), [("nb.digital_workshop", "en"), ("zj.future_factory", "zh")]
)
def test_every_criterion_can_be_shown(
    window: MainWindow, make_visit: MakeVisit, rubric: str, language: str
) -> None:
    window._preferences.change(language=language)
    desk = Desk(window, make_visit(rubric))
    for item in desk.latest.card.items:
        desk.page.go_to(item.criterion.id)
        assert desk.page.view.heading.question.text == item.criterion.question.pick(language)
        assert desk.page.view.editor is not None
    for panel in ("gates", "indicators"):
        desk.page.go_to(panel)
    assert len(desk.page.gates.cards) == len(desk.latest.card.gates)
