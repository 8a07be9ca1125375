"""The comparison screen: what is compared with, filters, the way to an item, and the files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester

from assessor.analysis.panel import levels_of
from assessor.assessment import Answer, Enterprise, SelfAssessment, Visit
from assessor.commands.answers import set_answers, set_self_assessment
from assessor.commands.record import set_fields
from assessor.i18n import LANGUAGES
from assessor.ui.bridge import Bridge, Notice
from assessor.ui.dialogs import files as file_dialogs
from assessor.ui.navigation import Context
from assessor.ui.tasks import Tasks
from assessor.ui.views.compare import ComparePage, build
from assessor.ui.views.compare_side import OWN
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace.visits import new_visit, opened
from tests.strategies.visits import shipped
from tests.ui.accessibility import clipped, nameless, outside, unreached, wheel_sensitive
from tests.ui.conftest import MakeContext, shown, wait_until


@pytest.fixture
def tasks(bridge: Bridge) -> Iterator[Tasks]:
    """Tasks on worker threads, as in the program."""
    made = Tasks(bridge)
    yield made
    made.close()


@pytest.fixture
def notices(bridge: Bridge) -> list[Notice]:
    found: list[Notice] = []
    bridge.noticed.connect(found.append)
    bridge.listen()
    return found


@pytest.fixture
def items(visit_bridge: VisitBridge) -> list[str]:
    """Criteria with levels, two of them answered."""
    rubric = visit_bridge.loaded.rubric
    found = [one.id for one in rubric.criteria if one.rule.kind == "levels"]
    steps = levels_of(rubric.criterion_by_id[found[0]])
    answers = {found[0]: Answer(option=steps[1]), found[1]: Answer(option=steps[1])}
    visit_bridge.post(lambda _: set_answers(answers))
    own = {found[0]: Answer(option=steps[3]), found[1]: Answer(option=steps[1])}
    visit_bridge.post(lambda _: set_self_assessment(SelfAssessment(answers=own)))
    wait_until(lambda: not visit_bridge.saving)
    return found


@pytest.fixture
def context(make_context: MakeContext, visit_bridge: VisitBridge) -> Context:
    return make_context(visit_bridge)


@pytest.fixture
def page(context: Context, tasks: Tasks, items: list[str]) -> Iterator[ComparePage]:
    made = build(context)
    assert isinstance(made, ComparePage)
    shown(made)
    yield made
    made.close()
    tasks.close()
    made.deleteLater()


@pytest.fixture
def other(visit_bridge: VisitBridge, items: list[str], tmp_path: Path) -> Path:
    """Another enterprise that differs in both answers."""
    path = tmp_path / "other.assessment"
    shutil.copy(visit_bridge.path, path)
    steps = levels_of(visit_bridge.loaded.rubric.criterion_by_id[items[0]])
    with opened(path) as made:
        made.do(set_fields("enterprise", name="乙厂", credit_code=""))
        made.do(set_answers({item: Answer(option=steps[4]) for item in items[:2]}))
    return path


def click(widget: Any) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_the_own_answers_are_compared_with_by_themselves(
    page: ComparePage, items: list[str]
) -> None:
    wait_until(lambda: page.found is not None)
    assert page.side.basis.key() == OWN
    assert page.found is not None
    assert page.found.kind == "own"
    row = page.model.row_at(0)
    assert row is not None
    assert row.key == items[0]
    assert page.model.rowCount() == 1
    click(page.filters["all"])
    assert page.model.rowCount() == len(page.found.items)
    click(page.filters["lower"])
    assert page.model.rowCount() == 1


def test_another_file_is_compared_with_and_the_filters_follow(
    page: ComparePage, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialogs, "ask_compared", lambda *_: other)
    click(page.side.file)
    wait_until(lambda: page.found is not None and page.found.kind == "enterprises")
    assert page.place() == {"basis": str(other)}
    assert page.model.rowCount() == 2
    assert "乙厂" in page.sides.text
    assert "2" in page.filters["higher"].text()


def test_a_file_of_another_rubric_is_refused_in_words(
    page: ComparePage, tmp_path: Path, notices: list[Notice]
) -> None:
    wait_until(lambda: page.found is not None)
    wrong = tmp_path / "wrong.assessment"
    new_visit(wrong, shipped("future_factory"), Enterprise(name="甲厂"), Visit())
    page.compare_with(str(wrong))
    wait_until(lambda: bool(notices))
    assert "不能相互比较" in notices[0].message.pick("zh")
    wait_until(lambda: page.found is not None and page.found.kind == "own")


def test_an_item_is_opened_in_the_evaluation(
    page: ComparePage, items: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_until(lambda: page.model.rowCount() == 1)
    seen: list[tuple[str, dict[str, str]]] = []
    object.__setattr__(page._context, "go", lambda screen, **where: seen.append((screen, where)))
    assert not page.go.isEnabled()
    page.table.selectRow(0)
    click(page.go)
    assert seen == [("evaluation", {"criterion": items[0]})]


def test_it_is_written_where_the_person_says(
    page: ComparePage, tmp_path: Path, notices: list[Notice], monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_until(lambda: page.found is not None)
    target = tmp_path / "compared.xlsx"
    monkeypatch.setattr(file_dialogs, "ask_comparison_target", lambda *_: target)
    click(page.side.write)
    wait_until(lambda: bool(notices))
    assert notices[0].tone == "good"
    assert target.exists()


def test_an_answer_given_meanwhile_is_compared(
    page: ComparePage, items: list[str], visit_bridge: VisitBridge
) -> None:
    wait_until(lambda: page.model.rowCount() == 1)
    steps = levels_of(visit_bridge.loaded.rubric.criterion_by_id[items[0]])
    visit_bridge.post(lambda _: set_answers({items[0]: Answer(option=steps[3])}))
    wait_until(lambda: page.model.rowCount() == 0)


def test_the_model_keeps_to_the_rules(qtmodeltester: ModelTester, page: ComparePage) -> None:
    wait_until(lambda: page.model.rowCount() == 1)
    qtmodeltester.check(page.model)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_named_reached_and_in_sight(
    page: ComparePage, make_context: MakeContext, visit_bridge: VisitBridge, language: Any
) -> None:
    made = build(make_context(visit_bridge, language))
    assert isinstance(made, ComparePage)
    shown(made, 930, 700)
    wait_until(lambda: made.found is not None)
    for check in (nameless, unreached, clipped, outside, wheel_sensitive):
        # What has only just arrived is laid out by events still to come.
        wait_until(lambda check=check: check(made) == [])
    made.close()
    made.deleteLater()
