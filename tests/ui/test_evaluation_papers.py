"""Bringing answers in from a file while a visit is open, by the button of the evaluation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assessor.ui.dialogs import files
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import LazyScreen
from tests.ui.conftest import MakeVisit, wait_until
from tests.ui.evaluation_desk import OURS, Desk

pytestmark = pytest.mark.qt

ITEM = "a5-monitoring-visualisation"


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    return OURS


@pytest.fixture
def workshop(window: MainWindow, make_visit: MakeVisit) -> Desk:
    return Desk(window, make_visit("nb.digital_workshop"))


def answer_with(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    monkeypatch.setattr(files, "ask_self_assessment", lambda *_: path)


def test_a_json_self_assessment_comes_in_and_can_be_undone(
    workshop: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.json"
    path.write_text(json.dumps({"answers": {"A5": {"option": "L2"}}}), encoding="utf-8")
    answer_with(monkeypatch, path)
    workshop.open("A5")
    workshop.press("Ctrl+I")
    wait_until(lambda: workshop.record.self_assessment is not None)
    assert not workshop.record.answers
    cards = workshop.page.view.editor.list.cards
    assert [card.key for card in cards if "自评" in card.accessibleName()] == ["L2"]
    assert workshop.on_disk().self_assessment == workshop.record.self_assessment
    workshop.press("Ctrl+Z")
    assert workshop.record.self_assessment is None


def test_a_wrong_file_changes_nothing_and_is_told(
    workshop: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.json"
    path.write_text(json.dumps({"answers": {"A5": {"option": "Z"}}}), encoding="utf-8")
    answer_with(monkeypatch, path)
    before = workshop.record
    workshop.page.papers.import_answers()
    strips = workshop.window.shell.strips
    wait_until(lambda: bool(strips.strips))
    workshop.settle()
    assert workshop.record is before
    answer_with(monkeypatch, None)
    workshop.page.papers.import_answers()
    workshop.settle()
    assert workshop.record is before


def test_the_menu_offers_every_way_out_and_in(workshop: Desk) -> None:
    menu = workshop.page.papers.menu()
    assert menu is not None
    texts = [action.text() for action in menu.actions() if action.text()]
    assert len(texts) == 4
    assert any("JSON" in text for text in texts)
