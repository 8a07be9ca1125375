"""The overview: what it says and where its links lead."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from assessor.assessment import Answer
from assessor.commands.answers import set_answer
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import LazyScreen
from assessor.ui.views.overview import OverviewPage, what_is_left
from tests.ui.accessibility import nameless, outside, unreached
from tests.ui.conftest import MakeVisit
from tests.ui.evaluation_desk import OURS, Desk


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    return OURS


@pytest.fixture
def desk(window: MainWindow, make_visit: MakeVisit) -> Desk:
    made = Desk(window, make_visit("nb.digital_workshop"))
    window.go("overview")
    QApplication.processEvents()
    return made


def overview(desk: Desk) -> OverviewPage:
    page = desk.window.shell.page
    assert isinstance(page, OverviewPage)
    return page


def answer_first(desk: Desk, number: str) -> None:
    """Answer a graded criterion with its highest level."""
    key = desk.key_of(number)
    option = desk.visit.loaded.rubric.criterion_by_id[key].rule.options[-1].key
    desk.visit.post(lambda _: set_answer(key, Answer(option=option)))


def test_it_names_the_enterprise_and_how_far_it_is(desk: Desk) -> None:
    page = overview(desk)
    assert page.enterprise.text == desk.record.enterprise.name
    assert f"0/{desk.latest.card.asked}" in page.answered.text()
    answer_first(desk, "B1")
    desk.settle()
    assert f"1/{desk.latest.card.asked}" in page.answered.text()
    assert page.score.text() == format(desk.latest.card.total.value, ".2f")


def test_what_is_done_is_not_left(desk: Desk) -> None:
    assert {one.name for one in what_is_left(desk.latest)} == {
        "ui_eval.left_unanswered",
        "ui_eval.left_gates",
    }


def test_links_lead_to_what_is_left(desk: Desk) -> None:
    desk.click(overview(desk).links["ui_eval.left_unanswered"])
    assert desk.page.panel.filters["unanswered"].isChecked()
    desk.window.go("overview")
    desk.click(overview(desk).links["ui_eval.left_gates"])
    assert desk.page.stack.currentWidget() is desk.page.gates


def test_a_dimension_leads_to_its_first_open_criterion(desk: Desk) -> None:
    answer_first(desk, "B1")
    desk.settle()
    line = overview(desk).table._lines["B"]
    desk.click(line.name)
    assert desk.number == "B2"


def test_going_on_opens_the_evaluation(desk: Desk) -> None:
    desk.click(overview(desk).go_on)
    assert desk.window.shell.current_id == "evaluation"


@pytest.mark.parametrize("width", [1024, 1440])
def test_every_control_has_a_name_and_fits(desk: Desk, width: int) -> None:
    desk.window.resize(width, 768)
    QApplication.processEvents()
    page = overview(desk)
    assert nameless(page) == []
    assert unreached(page) == []
    assert outside(page) == []
