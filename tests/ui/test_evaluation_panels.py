"""The result beside the answer, the gates, the panels' widths, and what every control owes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit

from assessor.assessment import Answer, GateAnswer, SelfAssessment
from assessor.commands.answers import set_answer, set_self_assessment
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import LazyScreen
from assessor.ui.views.evaluating.changes import difference
from assessor.ui.views.evaluating.editor import AnswerEditor
from assessor.ui.views.evaluating.gate_summary import deciding
from assessor.ui.views.evaluating.month_field import MonthField, parse_month
from assessor.ui.views.evaluating.sayings import items_short
from assessor.ui.views.evaluation import EvaluationPage
from tests.ui.accessibility import (
    clipped,
    nameless,
    outside,
    tab_stops,
    too_small,
    unreached,
    wheel_sensitive,
)
from tests.ui.conftest import MakeVisit, sweep, wait_until
from tests.ui.evaluation_desk import OURS, Desk


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    return OURS


@pytest.fixture
def workshop(window: MainWindow, make_visit: MakeVisit) -> Desk:
    return Desk(window, make_visit("nb.digital_workshop"))


@pytest.fixture
def factory(window: MainWindow, make_visit: MakeVisit) -> Desk:
    return Desk(window, make_visit("zj.future_factory"))


# --- the result -----------------------------------------------------------------------------------


def test_the_result_follows_the_answer(factory: Desk) -> None:
    factory.open("44")
    factory.press("3")
    result = factory.page.result
    assert result.score.text() == "2.50"
    assert "已答 1/" in result.answered.text()
    assert "还可能 2.50" in result.possible.text()


def test_it_says_what_the_last_answer_changed(factory: Desk) -> None:
    factory.open("44")
    assert factory.page.result.change.isHidden()
    factory.press("3", "5")
    text = factory.page.result.change.text
    assert "+2.50" in text
    factory.press("Ctrl+Z")
    assert "\u22122.50" in factory.page.result.change.text


def test_an_outcome_that_turns_is_named(workshop: Desk) -> None:
    before = workshop.latest
    workshop.window.go("evaluation", gate="g-entity")
    workshop.click(workshop.page.gates.cards["g-entity"].no)
    found = difference(before.card, workshop.latest.card)
    assert {new for _, _, new in found.outcomes} == {"not_reached"}
    assert "未定 → 未达到" in workshop.page.result.change.text


@pytest.mark.parametrize(
    ("reached", "counted", "line", "short"),
    [(51, 69, 75, 1), (52, 69, 75, 0), (0, 4, 75, 3), (0, 0, 75, 0), (60, 80, 75, 0)],
)
def test_how_many_items_are_wanting(reached: int, counted: int, line: int, short: int) -> None:
    assert items_short(reached, counted, line) == short


def test_the_distance_is_said_in_items(factory: Desk) -> None:
    texts = [card.text.text for card in factory.page.result.outcomes]
    found = re.search(r"差 (\d+) 题", texts[0])
    assert found
    counted = int(re.search(r"(\d+) 题中", texts[0])[1])
    assert int(found[1]) == -(-counted * 3 // 4)


def test_the_enterprises_own_answers_stand_beside(factory: Desk) -> None:
    key = factory.open("44")
    own = SelfAssessment(answers={key: Answer(option="E")}, made_on=date(2026, 1, 5), by="x")
    factory.visit.post(lambda _: set_self_assessment(own))
    factory.settle()
    cards = factory.page.view.editor.list.cards
    assert [card.key for card in cards if "自评" in card.accessibleName()] == ["E"]
    wait_until(lambda: any(factory.page.result.radar._reference))


def test_the_counts_lead_to_what_they_count(factory: Desk) -> None:
    key = factory.open("44")
    factory.press("3", "PgDown")
    factory.click(factory.page.result.counts["no_evidence"])
    assert factory.page.panel.filters["no_evidence"].isChecked()
    assert factory.page.current == key


# --- gates ----------------------------------------------------------------------------------------


def test_a_declared_gate_is_answered_and_taken_back(workshop: Desk) -> None:
    workshop.window.go("evaluation", panel="gates")
    card = workshop.page.gates.cards["g-entity"]
    workshop.click(card.yes)
    assert workshop.record.gates["g-entity"].confirmed
    assert card.state.text() == "通过"
    workshop.click(card.no)
    assert workshop.record.gates["g-entity"].confirmed is False
    assert card.state.text() == "不通过"
    workshop.click(card.no)
    assert "g-entity" not in workshop.record.gates
    assert workshop.on_disk() == workshop.record


def test_note_and_doubt_of_a_gate_can_come_before_its_answer(workshop: Desk) -> None:
    workshop.window.go("evaluation", panel="gates")
    card, before = workshop.page.gates.cards["g-entity"], workshop.latest.card
    card.note.setFocus()
    workshop.type("ask for the licence")
    workshop.press("Return")
    workshop.click(card.doubt)
    noted = GateAnswer(note="ask for the licence", confidence="low")
    assert workshop.on_disk().gates == {"g-entity": noted}
    assert workshop.latest.card.gates == before.gates
    assert (card.state.text(), card.doubt.isChecked()) == ("待核", True)
    workshop.click(card.yes)
    assert workshop.record.gates["g-entity"] == noted.model_copy(update={"confirmed": True})
    assert card.note.text() == "ask for the licence"
    workshop.click(card.yes)
    workshop.click(card.doubt)
    assert workshop.on_disk().gates == {"g-entity": GateAnswer(note="ask for the licence")}
    workshop.press("Ctrl+Z", "Ctrl+Z")
    assert workshop.record.gates["g-entity"].answers
    workshop.window.go("evaluation", criterion=workshop.key_of("A1"))
    workshop.window.go("evaluation", panel="gates")
    assert workshop.page.gates.cards["g-entity"].note.text() == "ask for the licence"


def test_months_of_a_gate_decide_it(workshop: Desk) -> None:
    workshop.window.go("evaluation", gate="g-window")
    card = workshop.page.gates.cards["g-window"]
    start, finish = card.fields["start"], card.fields["finish"]
    for field, text in ((start, "2023/9"), (finish, "2025.05")):
        assert isinstance(field, MonthField)
        field.setFocus()
        workshop.type(text)
        workshop.press("Return")
    assert workshop.record.gates["g-window"].inputs == {"start": "2023-09", "finish": "2025-05"}
    assert card.state.text() == "通过"
    assert start.text() == "2023-09"
    finish.setFocus()
    finish.selectAll()
    workshop.type("2029-05")
    workshop.press("Return")
    assert card.state.text() == "不通过"
    assert "不满足" in card.why.text


def test_numbers_of_a_gate_decide_it(factory: Desk) -> None:
    gate = next(
        found.gate for found in deciding(factory.latest.card) if found.gate.id == "workshop.cmmm"
    )
    factory.window.go("evaluation", gate=gate.id)
    card = factory.page.gates.cards[gate.id]
    name = gate.check.inputs[0].id
    card.fields[name].line.setFocus()
    factory.type("5")
    assert factory.record.gates[gate.id].inputs[name] == "5"
    assert card.state.text() == "通过"
    factory.press("Backspace")
    assert gate.id not in factory.record.gates


def test_the_summary_shows_failures_first(workshop: Desk) -> None:
    workshop.window.go("evaluation", gate="g-truth")
    workshop.click(workshop.page.gates.cards["g-promote"].no)
    name, state = workshop.page.result.gates._lines[0]
    assert state.text() == "不通过"
    assert name.text == workshop.page.gates.cards["g-promote"]._say.gate(
        workshop.page.gates.cards["g-promote"].gate
    )


def test_the_link_leads_to_the_gates(workshop: Desk) -> None:
    workshop.open("A1")
    workshop.click(workshop.page.result.gates.open)
    assert workshop.page.stack.currentWidget() is workshop.page.gates
    workshop.press("1")
    assert workshop.record.answers == {}


@pytest.mark.parametrize(
    ("text", "usable", "month"),
    [
        ("2025-10", True, "2025-10"),
        ("2025年1月", True, "2025-01"),
        ("２０２５／３", True, "2025-03"),
        ("202511", True, "2025-11"),
        ("", True, ""),
        ("2025-13", False, ""),
        ("0000-01", False, ""),
        ("soon", False, ""),
    ],
)
def test_months_are_read_as_people_write_them(text: str, usable: bool, month: str) -> None:
    assert parse_month(text) == (usable, month)


def test_reported_indicators_are_filled_in(factory: Desk) -> None:
    factory.window.go("evaluation", panel="indicators")
    form = factory.page.indicators.forms["cost_per_10k_output"]
    form.focus_home()
    factory.type("0.8")
    factory.press("Tab")
    factory.type("0.6")
    answer = factory.record.indicators["cost_per_10k_output"]
    assert {name: str(value) for name, value in answer.inputs.items()} == {
        "cost_before": "0.8",
        "cost_after": "0.6",
    }
    assert factory.page.indicators.results["cost_per_10k_output"].text() == "25.00 %"
    assert factory.on_disk() == factory.record


# --- evidence -------------------------------------------------------------------------------------


def test_dropped_files_become_evidence_of_the_criterion(factory: Desk, tmp_path: Path) -> None:
    key = factory.open("44")
    factory.press("3")
    paper = tmp_path / "trace.pdf"
    paper.write_bytes(b"%PDF-1.4\n%%EOF\n")
    factory.page.view.evidence.attach([paper])
    wait_until(lambda: bool(factory.record.evidence_for(key)))
    factory.settle()
    assert [tile.thumb.caption for tile in factory.page.view.evidence.strip.tiles.values()] == [
        "trace.pdf"
    ]
    assert factory.on_disk().evidence == factory.record.evidence
    factory.press("Ctrl+Z")
    assert factory.record.evidence == ()


def test_a_file_that_cannot_be_evidence_is_refused_in_words(factory: Desk, tmp_path: Path) -> None:
    factory.open("44")
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    factory.page.view.evidence.attach([empty])
    wait_until(lambda: bool(factory.window.shell.strips.strips))
    assert factory.record.evidence == ()


# --- room and reach -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "left", "right"), [(1440, True, True), (1024, True, False), (960, True, False)]
)
def test_panels_give_way_before_the_middle_does(
    factory: Desk, width: int, left: bool, right: bool
) -> None:
    factory.window.resize(width, 768)
    QApplication.processEvents()
    page = factory.page
    assert (not page.panel.folded, not page.result.folded) == (left, right)
    assert page.stack.width() >= 480
    assert outside(page) == []
    assert page.footer.score.isVisible() is not right


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("panel", ["gates", "indicators", "criterion"])
def test_nothing_sticks_out_on_a_small_screen(factory: Desk, language: str, panel: str) -> None:
    factory.window._preferences.change(language=language)
    factory.window.resize(1024, 768)
    place = {"panel": panel} if panel != "criterion" else {"criterion": "quality_traceability"}
    factory.window.go("evaluation", **place)
    QApplication.processEvents()
    middle = factory.page.stack.currentWidget()
    assert middle.widget().width() <= middle.viewport().width()
    assert outside(factory.page) == []
    assert clipped(factory.page) == []


def test_a_criterion_begins_at_its_top(workshop: Desk) -> None:
    workshop.window.resize(1024, 700)
    workshop.open("A4")
    workshop.press("1")
    bar = workshop.page.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    workshop.press("PgDown")
    assert bar.value() == 0


def test_a_pasted_picture_becomes_evidence(factory: Desk) -> None:
    key = factory.open("44")
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(picture)
    factory.press("Ctrl+V")
    wait_until(lambda: bool(factory.record.evidence_for(key)))
    piece = factory.record.evidence_for(key)[0]
    assert (piece.media_type, piece.width, piece.height) == ("image/png", 40, 30)
    wait_until(lambda: bool(factory.page.view.evidence._pictures))


def test_the_last_step_is_named_by_the_criterion(factory: Desk) -> None:
    factory.open("44")
    factory.press("3", "Ctrl+Z")
    said = factory.page.result.change.text
    assert said.startswith("撤销：第 44 题 选 C：得分")
    assert factory.window.actions_by_id["redo"].text() == "重做：第 44 题 选 C"
    assert "quality_traceability" not in said


def test_where_one_panel_fits_the_one_asked_for_is_shown(factory: Desk) -> None:
    factory.window.resize(1024, 768)
    QApplication.processEvents()
    factory.press("F8")
    assert (factory.page.panel.folded, factory.page.result.folded) == (True, False)
    factory.press("F7")
    assert (factory.page.panel.folded, factory.page.result.folded) == (False, True)
    factory.window.resize(1440, 900)
    QApplication.processEvents()
    assert (factory.page.panel.folded, factory.page.result.folded) == (False, False)


def test_the_answers_are_seen_without_scrolling_on_a_small_screen(factory: Desk) -> None:
    factory.window.resize(1024, 768)
    factory.open("44")
    QApplication.processEvents()
    view = factory.page.view
    assert view.guidance.folded
    last = view.editor.list.cards[-1]
    assert last.mapTo(view, last.rect().bottomLeft()).y() <= view.viewport().height()


PLACES = ["A1", "A4", "E3", "D3", "X1"]


@pytest.mark.parametrize("number", PLACES)
def test_every_control_has_a_name_and_can_be_reached(workshop: Desk, number: str) -> None:
    workshop.open(number)
    workshop.press("1")
    assert nameless(workshop.page) == []
    assert unreached(workshop.page) == []
    assert wheel_sensitive(workshop.page) == []
    assert clipped(workshop.page) == []


@pytest.mark.parametrize("panel", ["gates", "indicators"])
def test_gates_and_indicators_can_be_reached(factory: Desk, panel: str) -> None:
    factory.window.go("evaluation", panel=panel)
    QApplication.processEvents()
    assert nameless(factory.page) == []
    assert unreached(factory.page) == []


def test_tab_goes_from_the_tree_to_the_question_to_the_answer_to_the_note(factory: Desk) -> None:
    factory.open("44")
    factory.press("3")
    page = factory.page
    stops = tab_stops(page)
    wanted = [
        page.panel.search,
        page.panel.tree,
        page.view.heading.empty,
        page.view.editor.list.cards[2],
        page.view.remarks.note,
        page.view.evidence.strip.add_tile,
        page.footer.back,
        page.result.gates.open,
    ]
    places = [stops.index(widget) for widget in wanted]
    assert places == sorted(places)


def test_everything_is_large_enough_for_fingers(factory: Desk) -> None:
    factory.window._preferences.change(touch=True)
    factory.open("44")
    factory.press("3")
    assert too_small(factory.page, 44) == []


def test_the_wheel_changes_no_answer(workshop: Desk) -> None:
    workshop.open("E3")
    workshop.type("200")
    before = workshop.record
    for kind in (QLineEdit, QPlainTextEdit, QAbstractButton):
        for widget in workshop.page.findChildren(kind):
            at = QPointF(widget.rect().center())
            turn = QWheelEvent(
                at,
                QPointF(widget.mapToGlobal(widget.rect().center())),
                QPoint(0, -120),
                QPoint(0, -120),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            QApplication.sendEvent(widget, turn)
    workshop.settle()
    assert workshop.record == before


def test_answers_that_arrive_while_another_screen_is_open_are_shown_later(factory: Desk) -> None:
    factory.open("44")
    factory.window.go("overview")
    page = factory.window.shell._pages["evaluation"]
    before = page.result.score.text()
    factory.visit.post(lambda _: set_answer(factory.key_of("44"), Answer(option="C")))
    factory.settle()
    assert page.result.score.text() == before
    factory.window.go("evaluation")
    QApplication.processEvents()
    assert page.result.score.text() == "2.50"


def test_nothing_is_left_behind_by_rebuilding_and_stepping(factory: Desk) -> None:
    factory.open("44")
    for _ in range(4):
        factory.press("PgDown")
    sweep()
    editors = factory.page.view.findChildren(AnswerEditor)
    assert editors == [factory.page.view.editor]
    pages = len([w for w in QApplication.allWidgets() if isinstance(w, EvaluationPage)])
    for _ in range(3):
        factory.press("F6")
    sweep()
    found = [w for w in QApplication.allWidgets() if isinstance(w, EvaluationPage)]
    assert len(found) == pages == 1
