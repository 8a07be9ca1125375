"""Beside the review: the way to the next outcome, and how sure the result is."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import SCREENS, LazyScreen
from assessor.ui.views.review import ReviewPage
from assessor.workspace.demo import build_sample
from tests.ui.accessibility import nameless, outside
from tests.ui.conftest import shown, wait_until


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    return tuple(screen for screen in SCREENS if screen.id in ("evaluation", "review"))


@pytest.fixture
def page(window: MainWindow, tmp_path: Path) -> ReviewPage:
    window.open_visit(build_sample("auto-parts", tmp_path))
    wait_until(lambda: window.visit is not None and window.visit.latest is not None)
    shown(window, 1440, 900)
    window.go("review")
    page = window.shell.page
    assert isinstance(page, ReviewPage)
    return page


def keys(page: ReviewPage) -> list[str]:
    """The rows of the way up that are about a criterion."""
    return [key for key in page.path.model.row_keys() if "|" in key]


def test_the_way_up_lists_improvements_and_leads_to_a_criterion(
    window: MainWindow, page: ReviewPage
) -> None:
    page.show_view("path")
    wait_until(lambda: "投入合计" in page.path.said.accessibleName())
    first = keys(page)[0]
    assert page.path.rows.choose(first)
    assert page.path.go.isEnabled()
    page.path.go.click()
    assert window.shell.current_id == "evaluation"
    assert window.shell.place()[1] == {"criterion": first.rpartition("|")[2]}


def test_a_dear_improvement_is_avoided_or_makes_the_way_dearer(page: ReviewPage) -> None:
    page.show_view("path")
    wait_until(lambda: bool(keys(page)))
    before, first = page.path.said.accessibleName(), keys(page)[0]
    page.path.rows.choose(first)
    QTest.keyClicks(page.path.effort.line, "0")
    assert page.path.effort.value() == Decimal(10)
    wait_until(lambda: not page.path.working)
    QApplication.processEvents()
    main = [key for key in keys(page) if not key.startswith("tie")]
    assert first not in main or page.path.said.accessibleName() != before


def test_the_diagnosis_is_written_as_pdf_and_workbook(page: ReviewPage, tmp_path: Path) -> None:
    page.show_view("path")
    wait_until(lambda: bool(keys(page)))
    page.path.write_report(tmp_path / "诊断.pdf")
    assert not page.path.report.isEnabled()
    wait_until(page.path.report.isEnabled)
    assert (tmp_path / "诊断.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "诊断.xlsx").exists()


def test_how_sure_the_result_is_says_its_assumption(page: ReviewPage) -> None:
    page.show_view("robust")
    wait_until(lambda: "500 次" in page.robust.said.accessibleName())
    assert "不是主管部门的规定" in page.robust.small.accessibleName()
    assert page.robust.model.rowCount() > 0


def test_an_explained_figure_brings_the_explanations_back(
    window: MainWindow, page: ReviewPage
) -> None:
    page.show_view("path")
    window.go("review", explain="total")
    assert page.views.key() == "explain"
    assert page.beside.currentWidget() is page.explained
    assert page.place()["view"] == "explain"


@pytest.mark.parametrize("view", ["path", "robust"])
def test_everything_is_named_and_inside(window: MainWindow, page: ReviewPage, view: str) -> None:
    shown(window, 1024, 768)
    page.show_view(view)
    pane = page.path if view == "path" else page.robust
    wait_until(lambda: not pane.working)
    assert nameless(window) == []
    assert outside(window) == []
