"""A form in the window: a city is asked for what it has, figures stand against targets, nothing is
scored, and several lists are filled in on one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from assessor.commands.answers import set_table
from assessor.ui.bridge import Bridge
from assessor.ui.dialogs import files
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import LazyScreen
from assessor.ui.views.evaluating.measuring import Quantity
from assessor.ui.views.ledger import build as build_ledger
from assessor.ui.views.ledger_tabs import LedgerTabs
from assessor.ui.views.new_visit.draft import Draft
from assessor.ui.views.new_visit.page import NewVisitPage
from assessor.ui.views.overview import OverviewPage
from assessor.ui.views.review import ReviewPage
from assessor.ui.views.sign_off import SignOffPage
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace.live import LiveVisit
from assessor.workspace.rubric_library import rubric_called
from assessor.workspace.visits import opened
from tests.ui.accessibility import nameless, outside, unreached
from tests.ui.conftest import MakeContext, MakeVisit, shown, sweep, wait_until
from tests.ui.evaluation_desk import OURS, Desk

CITY, PROJECT = "nb.industrial_internet_city", "zj.smart_manufacturing_project"
STATIONS, TOWNS = "1.1", "1.8"


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    return OURS


# --- a new one ------------------------------------------------------------------------------------


@pytest.fixture
def page(
    make_context: MakeContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[NewVisitPage]:
    monkeypatch.setattr(files, "documents", lambda: tmp_path / "documents")
    made = NewVisitPage(make_context(), Draft())
    shown(made)
    yield made
    made.close()
    made.deleteLater()
    sweep()


def choose(page: NewVisitPage, rubric: str) -> None:
    page.rubric_step.rubrics.option_chosen.emit(rubric_called(rubric).digest)


def texts(widget: QWidget) -> set[str]:
    return {one.text() for one in widget.findChildren(QLabel) if one.isVisible()}


def test_a_city_is_not_asked_for_a_code_or_an_industry(page: NewVisitPage, tmp_path: Path) -> None:
    choose(page, CITY)
    assert not page.rubric_step.target.isVisible()
    assert "填报范围" in texts(page.rubric_step)
    page.show_step(2)
    step = page.enterprise_step
    assert "填报单位" in page.bar.buttons[2].text()
    assert "城市或区、县（市）名称（必填）" in texts(step)
    assert not step.credit.isVisible()
    assert not step.industry.isVisible()
    assert step.district.isVisible()
    page.go_on()
    assert page.fault.text == "请填写填报单位的名称。"
    step.lines["name"].insert("宁波市北仑区")
    page.go_on()
    assert not page.visit_step.project.isVisible()
    assert page.visit_step.kind.buttons["self"].text() == "单位自报"
    page.visit_step.statement.click()
    assert "企业" not in page.draft.recusal
    made: list[Path] = []
    page.created.connect(made.append)
    page.go_on()
    with opened(made[0], read_only=True) as visit:
        assert visit.assessment.enterprise.name == "宁波市北仑区"
        assert visit.loaded.rubric.id == CITY


def test_an_enterprise_is_asked_as_before_after_a_city_was_chosen(page: NewVisitPage) -> None:
    choose(page, CITY)
    page.show_step(2)
    page.show_step(0)
    choose(page, "nb.digital_workshop")
    assert page.rubric_step.target.isVisible()
    page.show_step(2)
    assert page.enterprise_step.credit.isVisible()
    assert "企业名称（必填）" in texts(page.enterprise_step)
    assert "企业" in page.bar.buttons[2].text()


# --- figures and targets --------------------------------------------------------------------------


@pytest.fixture
def city(window: MainWindow, make_visit: MakeVisit) -> Desk:
    return Desk(window, make_visit(CITY))


def test_a_figure_is_held_against_its_targets_as_it_is_typed(city: Desk) -> None:
    city.open(STATIONS)
    view = city.page.view
    assert [line.text for line in view.targets.lines] == [
        "2025 年：超过 40000 个 —— 待填",
        "2026 年：45000 个 —— 待填",
    ]
    assert isinstance(view.editor, Quantity)
    field = view.editor.form.fields["figure"].line
    field.setFocus()
    city.type("41200")
    wait_until(lambda: city.latest.card.done == 1)
    assert [line.text for line in view.targets.lines] == [
        "2025 年：超过 40000 个 —— 已达到，超出 1200 个，完成 104.12 %",
        "2026 年：45000 个 —— 还差 3800 个，完成 88.87 %",
    ]
    assert view.editor.curve is None
    assert not view.editor.points.isVisible()
    panel = city.page.result
    assert panel.verdict.text == "只采集、不评分"
    assert (panel.score.text(), panel.maximum.text()) == ("1", "/ 55 项")
    assert panel.outcomes == []
    assert city.on_disk().answers["5g-base-stations"].inputs == {"figure": Decimal(41200)}


def test_a_yes_has_no_points_and_reaches_its_target(city: Desk) -> None:
    city.open(TOWNS)
    city.press("1")
    view = city.page.view
    assert view.targets.lines[0].text == "2025 年：实现 —— 已实现"
    assert nameless(city.page) == []


OpenVisit = Callable[[str], VisitBridge]


@pytest.fixture
def open_visit(make_visit: MakeVisit, bridge: Bridge) -> Iterator[OpenVisit]:
    """A function that opens a new visit under a rubric."""
    made: list[VisitBridge] = []

    def opening(rubric: str) -> VisitBridge:
        visit = VisitBridge(bridge)
        made.append(visit)
        visit.attach(LiveVisit(make_visit(rubric), visit.hear))
        wait_until(lambda: visit.latest is not None)
        return visit

    yield opening
    for visit in made:
        visit.close()
    sweep()


def test_overview_review_and_sign_off_say_what_is_collected(
    make_context: MakeContext, open_visit: OpenVisit
) -> None:
    visit = open_visit(CITY)
    context = make_context(visit)
    overview, review = OverviewPage(context, visit), ReviewPage(context, visit)
    signing = SignOffPage(context, visit)
    for page in (overview, review, signing):
        shown(page)
    assert overview.answered.text() == "已采集 0/55 项"
    assert overview.score.text() == "只采集、不评分"
    assert review.outcomes == {}
    people = {signing.form.person.itemText(at) for at in range(signing.form.person.count())}
    assert "填报单位代表" in people
    assert "企业" not in signing.form.recusal_text.text
    for page in (overview, review, signing):
        assert nameless(page) == []
        page.close()
        page.deleteLater()
    sweep()


# --- several lists --------------------------------------------------------------------------------


def test_each_list_has_its_own_table(make_context: MakeContext, open_visit: OpenVisit) -> None:
    visit = open_visit(PROJECT)
    page = build_ledger(make_context(visit))
    assert isinstance(page, LedgerTabs)
    shown(page)
    page.show_place(criterion="contract_amount")
    assert page.place()["table"] == "partners"
    visit.post(lambda _: set_table("partners", ({"name": "甬软", "amount": "620"},)))
    wait_until(lambda: bool(visit.latest and visit.latest.assessment.tables.get("partners")))
    page.show_table("scenes")
    assert page.stack.currentWidget() is page.pages["scenes"]
    assert not page.page.model.rows
    assert nameless(page) == []
    assert outside(page) == []
    assert unreached(page) == []
    page.leave()
    page.close()
    page.deleteLater()
    sweep()
