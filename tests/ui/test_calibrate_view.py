"""The calibration screen: answered blind, compared when everything is answered, kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.modeltest import ModelTester

from assessor.i18n import LANGUAGES
from assessor.ui.bridge import Bridge
from assessor.ui.dialogs import files as file_dialogs
from assessor.ui.navigation import Context
from assessor.ui.tasks import Tasks
from assessor.ui.views.calibrate import CalibratePage, build
from assessor.ui.views.calibrate_question import NONE
from assessor.ui.widgets import FlowLabel
from assessor.workspace.calibration import bundled_sets, kept_results
from tests.ui.accessibility import clipped, nameless, outside, unreached, wheel_sensitive
from tests.ui.conftest import MakeContext, shown, wait_until


@pytest.fixture
def tasks(bridge: Bridge) -> Iterator[Tasks]:
    """Tasks on worker threads, as in the program."""
    made = Tasks(bridge)
    yield made
    made.close()


@pytest.fixture
def context(make_context: MakeContext) -> Context:
    return make_context(None)


@pytest.fixture
def page(
    context: Context, tasks: Tasks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CalibratePage]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "user"))
    made = build(context)
    assert isinstance(made, CalibratePage)
    shown(made)
    wait_until(lambda: made.found is not None)
    yield made
    made.close()
    tasks.close()
    made.deleteLater()


def click(widget: Any) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose(page: CalibratePage, key: str) -> None:
    assert page.question.choices is not None
    page.question.choices.option_chosen.emit(key)


def answer_all(page: CalibratePage, differing: int) -> None:
    """Answer as the experts did, the first levels one step off."""
    assert page.found is not None
    for _, item in page.found.gold.questions:
        option = item.answer.option
        if option is None:
            for key in item.answer.options or ():
                choose(page, key)
        elif differing and option.startswith("L"):
            choose(page, "L1" if option != "L1" else "L2")
            differing -= 1
        else:
            choose(page, option)
        page.step(1)


def told(page: CalibratePage) -> str:
    labels = [one.text() for one in page.findChildren(QLabel)]
    return "\n".join([*labels, *(one.text for one in page.findChildren(FlowLabel))])


def test_questions_are_answered_blind_and_compared_when_none_is_open(page: CalibratePage) -> None:
    assert page.found is not None
    reasons = [item.reason.zh for _, item in page.found.gold.questions]
    assert not page.side.compare.isEnabled()
    answer_all(page, differing=3)
    assert not any(reason in told(page) for reason in reasons)
    assert page.side.compare.isEnabled()
    QTest.keyClicks(page.side.who, "Zhang Wei")
    click(page.side.compare)
    wait_until(lambda: page.over)
    assert page.stack.currentWidget() is page.result
    assert page.result.model.rowCount() == 12
    assert "75.0 %" in page.result.figure.text
    assert page.result.reason.text in reasons
    (kept,) = kept_results()
    assert (kept.name, kept.alike, kept.percent) == ("Zhang Wei", 9, Decimal("75.0"))
    assert "Zhang Wei" in page.side.results.text


def test_an_answer_is_shown_again_and_taken_back(page: CalibratePage) -> None:
    assert page.found is not None
    assert not page.back.isEnabled()
    choose(page, "L2")
    click(page.next)
    click(page.back)
    assert page.question.choices is not None
    checked = [card.key for card in page.question.choices.cards if card.isChecked()]
    assert checked == ["L2"]
    lists = [at for at, (_, i) in enumerate(page.found.gold.questions) if i.answer.options]
    page.step(lists[0])
    choose(page, "1")
    choose(page, "2")
    choose(page, "1")
    case, item = list(page.found.gold.questions)[lists[0]]
    assert page.given[case.id][item.criterion].options == ("2",)
    choose(page, NONE)
    assert page.given[case.id][item.criterion].none
    choose(page, NONE)
    assert item.criterion not in page.given[case.id]


def test_figures_are_answered_in_fields(
    page: CalibratePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold = json.loads(bundled_sets()[0].read_text(encoding="utf-8"))
    first = gold["cases"][0]["items"][0]
    first["criterion"] = "a1-key-equipment-nc-rate"
    assert page.found is not None
    rule = page.found.loaded.rubric.criterion_by_id[first["criterion"]].rule
    assert rule.kind == "quantity"
    names = [entry.id for entry in rule.measure.inputs]
    first["answer"] = {"inputs": dict.fromkeys(names, "10")}
    path = tmp_path / "figures.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    monkeypatch.setattr(file_dialogs, "ask_gold", lambda *_: path)
    click(page.side.file)
    wait_until(lambda: bool(page.question.fields))
    case, item = next(page.found.gold.questions)
    for at, field in enumerate(page.question.fields.values()):
        assert item.criterion not in page.given.get(case.id, {})
        QTest.keyClicks(field.line, str(8 + at))
    inputs = page.given[case.id][item.criterion].inputs
    assert inputs == {name: Decimal(8 + at) for at, name in enumerate(names)}


def test_another_language_goes_on_where_the_page_was(
    page: CalibratePage, make_context: MakeContext
) -> None:
    choose(page, "L2")
    page.step(4)
    other = build(make_context(None, "en"))
    assert isinstance(other, CalibratePage)
    other.show_place(**page.place())
    wait_until(lambda: other.found is not None and other.at == 4)
    assert other.given == page.given
    other.deleteLater()


def test_the_model_keeps_to_the_rules(qtmodeltester: ModelTester, page: CalibratePage) -> None:
    answer_all(page, differing=1)
    page.side.who.setText("x")
    click(page.side.compare)
    wait_until(lambda: page.over)
    qtmodeltester.check(page.result.model)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_named_reached_and_in_sight(
    page: CalibratePage, make_context: MakeContext, language: Any
) -> None:
    made = build(make_context(None, language))
    assert isinstance(made, CalibratePage)
    shown(made, 930, 700)
    wait_until(lambda: made.found is not None)
    for check in (nameless, unreached, clipped, outside, wheel_sensitive):
        assert check(made) == [], check.__name__
    made.close()
    made.deleteLater()
