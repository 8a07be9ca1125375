"""Pages are made ready beside the window as soon as a visit is open."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import pytest

from assessor import i18n
from assessor.ui import main_window
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import LazyScreen
from assessor.ui.readiness import get_ready
from tests.ui.conftest import MakeVisit, wait_until

SELDOM = "colorsys"
"""A module that nothing here uses."""


def test_modules_are_imported_and_words_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, SELDOM, raising=False)
    i18n.domain.cache_clear()
    get_ready([LazyScreen("walk", "visit", "walk", SELDOM)])
    assert SELDOM in sys.modules
    assert i18n.domain.cache_info().currsize == len(i18n.domains())


def test_opening_a_visit_makes_its_pages_ready_and_no_others(
    window: MainWindow, make_visit: MakeVisit, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def note(screens: Iterable[LazyScreen]) -> None:
        asked.extend(screen.id for screen in screens)

    monkeypatch.setattr(main_window, "get_ready", note)
    window.open_visit(make_visit("zj.future_factory"))
    wait_until(lambda: "report" in asked)
    assert "bureau" not in asked
