"""The walk: every criterion in one stop, ticked with mouse and keys, printed, gone to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from assessor.i18n import LANGUAGES, Language
from assessor.ui.bridge import Bridge, Notice
from assessor.ui.navigation import Context
from assessor.ui.theme import Sizes, Theme, apply_theme
from assessor.ui.views import walk_paper
from assessor.ui.views.walk_plan import WalkPage, build
from assessor.ui.visit_bridge import VisitBridge
from tests.ui.accessibility import (
    TOUCH_TARGET,
    clipped,
    nameless,
    outside,
    too_small,
    unreached,
    wheel_sensitive,
)
from tests.ui.conftest import MakeContext, Went, shown, sweep, wait_until

WIDTH, HEIGHT = 952, 700
"""What a window of 1024 x 768 leaves for a page."""


@pytest.fixture
def context(make_context: MakeContext, visit_bridge: VisitBridge) -> Context:
    return make_context(visit_bridge)


@pytest.fixture
def page(context: Context) -> Iterator[WalkPage]:
    made = build(context)
    assert isinstance(made, WalkPage)
    shown(made, WIDTH, HEIGHT)
    yield made
    made.close()
    made.deleteLater()
    sweep()


def criteria(page: WalkPage) -> list[str]:
    return [key for key in page.model.row_keys() if not key.startswith("stop:")]


def walked(visit: VisitBridge) -> tuple[str, ...]:
    assert visit.latest is not None
    return visit.latest.assessment.visit.walked


def test_every_criterion_asked_stands_in_the_list_once_in_both_orders(
    page: WalkPage, visit_bridge: VisitBridge
) -> None:
    assert visit_bridge.latest is not None
    asked = sorted(item.criterion.id for item in visit_bridge.latest.card.items)
    assert sorted(criteria(page)) == asked
    QTest.mouseClick(page.orders.buttons["person"], Qt.MouseButton.LeftButton)
    assert page.place()["order"] == "person"
    assert page.model.row_keys()[0] == "stop:plant_manager"
    assert sorted(criteria(page)) == asked


@pytest.mark.parametrize("order", ["place", "person"])
def test_the_model_keeps_qts_rules(page: WalkPage, order: str) -> None:
    tester = QAbstractItemModelTester(
        page.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    page.set_order(order)
    page.tick(criteria(page)[0], True)
    wait_until(lambda: bool(page.details.seen.isChecked()) or page.model.rowCount() > 0)
    del tester


def test_space_ticks_and_undo_takes_the_tick_back(
    page: WalkPage, visit_bridge: VisitBridge
) -> None:
    page.activateWindow()
    page.rows.setFocus()
    first = page.rows.current_key
    assert first in criteria(page)
    QTest.keyClick(page.rows, Qt.Key.Key_Space)
    wait_until(lambda: walked(visit_bridge) == (first,))
    assert page.details.seen.isChecked()
    assert "1" in page.progress.text()
    visit_bridge.undo()
    wait_until(lambda: walked(visit_bridge) == ())
    assert not page.details.seen.isChecked()


def test_a_click_on_the_box_ticks_and_a_click_beside_it_only_chooses(
    page: WalkPage, visit_bridge: VisitBridge
) -> None:
    second = criteria(page)[1]
    rect = page.rows.visualRect(page.model.index_of(second))
    beside = QPoint(rect.center().x(), rect.top() + 14)
    QTest.mouseClick(page.rows.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert page.rows.current_key == second
    assert walked(visit_bridge) == ()
    box = QPoint(rect.left() + 8 + 14 + 9, rect.top() + 15)
    QTest.mouseClick(page.rows.viewport(), Qt.MouseButton.LeftButton, pos=box)
    wait_until(lambda: walked(visit_bridge) == (second,))


def test_the_box_of_the_details_shows_a_tick_only_when_it_is_on_disk(
    page: WalkPage, visit_bridge: VisitBridge
) -> None:
    first = page.rows.current_key
    QTest.mouseClick(page.details.seen, Qt.MouseButton.LeftButton)
    assert not page.details.seen.isChecked()
    wait_until(lambda: walked(visit_bridge) == (first,))
    assert page.details.seen.isChecked()
    QTest.mouseClick(page.details.next, Qt.MouseButton.LeftButton)
    assert page.rows.current_key == criteria(page)[1]


def test_the_details_say_what_to_look_at_and_lead_to_the_criterion(
    page: WalkPage, context: Context, visit_bridge: VisitBridge
) -> None:
    chosen = criteria(page)[3]
    page.show_place(criterion=chosen)
    criterion = visit_bridge.loaded.rubric.criterion_by_id[chosen]
    told = [child.accessibleName() for child in page.details.findChildren(type(page.details.hint))]
    for line in criterion.look_for:
        assert any(line.zh in text for text in told)
    for wanted in criterion.evidence:
        assert any(wanted.text.zh in text for text in told)
    QTest.mouseClick(page.details.go, Qt.MouseButton.LeftButton)
    page.rows.setFocus()
    QTest.keyClick(page.rows, Qt.Key.Key_Return)
    assert isinstance(context.go, Went)
    assert context.go.places == [("evaluation", {"criterion": chosen})] * 2


def test_plan_and_form_are_written_where_the_person_says(
    page: WalkPage, bridge: Bridge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Notice] = []
    bridge.noticed.connect(heard.append)
    bridge.listen()
    for button, name in ((page.paper.plan, "plan.pdf"), (page.paper.form, "form.pdf")):
        target = tmp_path / name
        monkeypatch.setattr(walk_paper, "ask_pdf", lambda *_, target=target: target)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert target.read_bytes().startswith(b"%PDF")
        assert button.isEnabled()
    assert [notice.tone for notice in heard] == ["good", "good"]
    monkeypatch.setattr(walk_paper, "ask_pdf", lambda *_: None)
    QTest.mouseClick(page.paper.plan, Qt.MouseButton.LeftButton)
    monkeypatch.setattr(walk_paper, "ask_pdf", lambda *_: tmp_path)
    QTest.mouseClick(page.paper.plan, Qt.MouseButton.LeftButton)
    assert [notice.tone for notice in heard] == ["good", "good", "bad"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("touch", [False, True])
def test_it_is_usable_by_everyone(
    make_context: MakeContext,
    visit_bridge: VisitBridge,
    qapp: QApplication,
    language: Language,
    touch: bool,
) -> None:
    theme = Theme(sizes=Sizes(touch=touch))
    apply_theme(qapp, theme)
    page = build(make_context(visit_bridge, language, theme))
    shown(page, WIDTH, HEIGHT)
    assert nameless(page) == []
    assert unreached(page) == []
    assert clipped(page) == []
    assert outside(page) == []
    assert wheel_sensitive(page) == []
    if touch:
        assert too_small(page, TOUCH_TARGET) == []
    page.close()
    page.deleteLater()
    apply_theme(qapp, Theme())
