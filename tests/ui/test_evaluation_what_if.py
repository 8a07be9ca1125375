"""What another answer would change: said before it is given, and never put on record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtTest import QTest

from assessor.assessment import Answer, SelfAssessment
from assessor.commands.answers import set_answer, set_self_assessment
from assessor.scoring import score, shown
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import LazyScreen
from assessor.ui.views.evaluating.considering import worth_a_look
from assessor.ui.views.evaluating.what_if_card import WhatIfCard
from tests.ui.conftest import MakeVisit, wait_until
from tests.ui.evaluation_desk import OURS, Desk, focus_of

pytestmark = pytest.mark.qt


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    return OURS


@pytest.fixture
def workshop(window: MainWindow, make_visit: MakeVisit) -> Desk:
    return Desk(window, make_visit("nb.digital_workshop"))


@pytest.fixture
def factory(window: MainWindow, make_visit: MakeVisit) -> Desk:
    return Desk(window, make_visit("zj.future_factory"))


def card_of(desk: Desk) -> WhatIfCard:
    return desk.page.result.what_if


def wait_for(desk: Desk, beginning: str) -> str:
    """Wait until the preview begins like this; returns its first line."""
    card = card_of(desk)
    wait_until(lambda: not card.isHidden() and card.text.text.startswith(beginning))
    return card.text.text.partition("\n")[0]


def points_with(desk: Desk, key: str, answer: Answer) -> Decimal:
    """The change of the total that an answer really makes, from scoring everything anew."""
    record = set_answer(key, answer).apply(desk.record)
    then = score(desk.visit.loaded.rubric, record).total.value or Decimal(0)
    now = score(desk.visit.loaded.rubric, desk.record).total.value or Decimal(0)
    return shown(then) - shown(now)


def test_the_card_with_the_focus_is_previewed_and_nothing_is_written(factory: Desk) -> None:
    key = factory.open("44")
    factory.press("3")
    before = factory.record
    QTest.keySequence(focus_of(factory.window), "Down")
    said = wait_for(factory, "若改选 D")
    assert f"+{points_with(factory, key, Answer(option='D'))}" in said
    assert "结论不变" in said
    assert factory.record is before
    assert factory.on_disk().answers == before.answers
    assert factory.latest.undo is not None
    assert factory.window.actions_by_id["undo"].text() == "撤销：第 44 题 选 C"


def test_without_another_card_it_is_the_next_level_then_the_enterprises_answer(
    factory: Desk,
) -> None:
    key = factory.open("44")
    factory.press("3")
    wait_for(factory, "若改选 D：")
    own = SelfAssessment(answers={key: Answer(option="B")}, made_on=date(2026, 1, 5), by="x")
    factory.visit.post(lambda _: set_self_assessment(own))
    said = wait_for(factory, "若改选 B（企业自评）")
    assert f"\u2212{abs(points_with(factory, key, Answer(option='B')))}" in said


def test_where_nothing_is_better_nothing_is_said(factory: Desk) -> None:
    factory.open("44")
    factory.press("5")
    assert worth_a_look(factory.page.say, factory.page.view.shown) is None
    wait_until(lambda: card_of(factory).isHidden())
    factory.window.go("evaluation", panel="gates")
    wait_until(lambda: card_of(factory).isHidden())


def test_the_answer_that_follows_from_another_has_no_alternative(factory: Desk) -> None:
    factory.open("44")
    factory.press("1")
    factory.open("45")
    assert factory.page.view.alternative() is None


def test_a_tick_is_previewed_as_a_tick(workshop: Desk) -> None:
    workshop.open("A4")
    first = workshop.page.view.editor.list.cards[0]
    first.setFocus()
    wait_for(workshop, "若勾选 第 1 条")
    workshop.press("1")
    wait_for(workshop, "若不勾选 第 1 条")


def test_why_explains_the_other_answer_and_says_it_is_not_on_record(factory: Desk) -> None:
    factory.open("44")
    factory.press("3")
    wait_for(factory, "若改选 D")
    factory.click(card_of(factory).why)
    explanation = factory.page.view.explanation
    assert explanation.isVisible()
    assert "若改选 D" in explanation.head.text()
    assert "未提交" in explanation.head.text()
    factory.press("4")
    assert "若改选" not in explanation.head.text()


def test_a_line_that_comes_nearer_is_named_with_both_distances(factory: Desk) -> None:
    factory.open("44")
    factory.press("2")
    wait_for(factory, "若改选 C")
    lines = card_of(factory).text.text.split("\n")
    assert any("差" in line and "（现差" in line for line in lines[1:])


def test_where_the_panel_is_folded_the_footer_says_it(factory: Desk) -> None:
    factory.open("44")
    factory.press("3")
    wait_for(factory, "若改选 D")
    factory.press("F8")
    footer = factory.page.footer
    wait_until(footer.what_if.isVisible)
    assert footer.what_if.text.startswith("若改选 D")
    factory.press("F8")
    assert footer.what_if.isHidden()
