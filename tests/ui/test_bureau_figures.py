"""Statistics, re-inspection and bulletin in the window: from figures to visits, and to files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester

from assessor.bureau.register import open_register
from assessor.ui.dialogs import files
from assessor.ui.models.bureau_grid import BureauGridModel
from assessor.ui.views.bureau import inspection
from assessor.ui.views.bureau.bulletin import BulletinTab, periods
from assessor.ui.views.bureau.desk import BureauDesk
from assessor.ui.views.bureau.inspection import InspectionTab
from assessor.ui.views.bureau.statistics import StatisticsTab
from assessor.ui.views.bureau.workbench import Workbench
from assessor.ui.widgets import LinkButton
from assessor.ui.words import Words
from assessor.workspace.bureau_register import make_register
from tests.ui.bureau_city import build_register
from tests.ui.conftest import MakeContext, shown, sweep

SIZE = 40


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_register(tmp_path_factory.mktemp("city") / "city.register", SIZE)


MakeBench = Callable[..., Workbench]


@pytest.fixture
def bench(make_context: MakeContext, city: Path) -> Iterator[MakeBench]:
    """A function that opens a tab of a register."""
    made: list[QWidget] = []

    def make(tab: str, path: Path = city) -> Workbench:
        context = make_context()
        desk = BureauDesk.of(context)
        desk.open(path)
        found = Workbench(context, desk)
        found.show_tab(tab)
        made.append(shown(found, 1200, 900))
        return found

    yield make
    for one in made:
        one.close()
        one.deleteLater()
    sweep()


@pytest.fixture
def statistics(bench: MakeBench) -> StatisticsTab:
    tab = bench("statistics").stack.currentWidget()
    assert isinstance(tab, StatisticsTab)
    return tab


def listed(tab: StatisticsTab) -> set[int]:
    found = (tab.model.row_at(at) for at in range(tab.model.rowCount()))
    return {row.number for row in found if row is not None}


def test_every_figure_of_every_chart_leads_to_its_visits(statistics: StatisticsTab) -> None:
    charts = (
        statistics.heat,
        statistics.criteria,
        statistics.distribution,
        statistics.boxes,
        statistics.plan,
        statistics.severity,
    )
    assert all(chart.spots() for chart in charts)
    for chart in charts:
        for spot in chart.spots():
            chart.chosen.emit(spot.told, frozenset(spot.visits))
            assert listed(statistics) == set(spot.visits)
            assert spot.told in statistics.behind.text


def test_every_part_of_a_card_leads_to_its_visits(statistics: StatisticsTab) -> None:
    links = statistics.cards.findChildren(LinkButton)
    assert len(links) == 3
    for link in links:
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
        assert listed(statistics)
    survey = statistics.survey
    assert survey is not None
    QTest.mouseClick(links[0], Qt.MouseButton.LeftButton)
    assert listed(statistics) == set(survey.overview.review)


def test_the_visits_behind_a_figure_go_to_the_register(bench: MakeBench) -> None:
    made = bench("statistics")
    tab = made.stack.currentWidget()
    assert isinstance(tab, StatisticsTab)
    tab.heat.setFocus()
    QTest.keyClick(tab.heat, Qt.Key.Key_Right)
    QTest.keyClick(tab.heat, Qt.Key.Key_Return)
    behind = listed(tab)
    QTest.mouseClick(tab.to_register, Qt.MouseButton.LeftButton)
    assert made.tab == "register"
    register = made.register_tab()
    assert register.wanted.visits == frozenset(behind)
    assert register.model.rowCount() == len(behind) > 0


def test_a_district_narrows_every_figure(statistics: StatisticsTab) -> None:
    field = statistics.choices["district"]
    field.setCurrentIndex(field.findData("北仑区"))
    field.activated.emit(field.currentIndex())
    survey = statistics.survey
    assert survey is not None
    assert {visit.district for visit in survey.visits.values()} == {"北仑区"}
    assert [row.name for row in statistics.heat.rows] == ["北仑区"]
    counted = sum(len(bar.visits) for bar in statistics.distribution.bars)
    assert counted == len(survey.visits)


def test_groups_of_few_enterprises_show_no_figure(statistics: StatisticsTab) -> None:
    statistics.by.setCurrentIndex(statistics.by.findData("tier"))
    statistics.by.activated.emit(statistics.by.currentIndex())
    survey = statistics.survey
    assert survey is not None
    groups = {one.name: one for one in statistics.boxes.rows}
    assert len(groups) == 4
    for row in groups.values():
        firms = {survey.visits[one].enterprise for one in row.visits}
        assert (row.figures is None) == (len(firms) < 5)


def test_an_empty_register_says_what_to_do(bench: MakeBench, tmp_path: Path) -> None:
    path = tmp_path / "new.register"
    make_register(path)
    tab = bench("statistics", path).stack.currentWidget()
    assert isinstance(tab, StatisticsTab)
    assert tab.empty.isVisible()
    assert not tab.page.isVisible()


# --- re-inspection --------------------------------------------------------------------------------


@pytest.fixture
def drawing(bench: MakeBench) -> InspectionTab:
    tab = bench("inspection").stack.currentWidget()
    assert isinstance(tab, InspectionTab)
    return tab


def drawn(tab: InspectionTab) -> list[str]:
    return [str(tab.model.index(at, 1).data()) for at in range(tab.model.rowCount())]


def test_as_many_are_drawn_as_asked_and_the_same_again(drawing: InspectionTab) -> None:
    drawing.count.line.setFocus()
    drawing.count.line.selectAll()
    QTest.keyClicks(drawing.count.line, "7")
    QTest.mouseClick(drawing.draw, Qt.MouseButton.LeftButton)
    first = drawn(drawing)
    assert len(set(first)) == 7
    QTest.mouseClick(drawing.draw, Qt.MouseButton.LeftButton)
    assert drawn(drawing) == first
    drawing.seed.line.selectAll()
    QTest.keyClicks(drawing.seed.line, "9")
    QTest.mouseClick(drawing.draw, Qt.MouseButton.LeftButton)
    assert drawn(drawing) != first
    assert all(drawing.model.index(at, 6).data() for at in range(7))


def test_a_number_that_is_none_cannot_be_drawn_with(drawing: InspectionTab) -> None:
    drawing.count.line.selectAll()
    QTest.keyClicks(drawing.count.line, "x")
    assert not drawing.draw.isEnabled()
    assert not drawing.export.isEnabled()


def test_the_list_is_written_as_a_workbook(
    drawing: InspectionTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, opened = tmp_path / "list.xlsx", []
    monkeypatch.setattr(files, "ask_workbook", lambda *_: output)
    monkeypatch.setattr(inspection, "show_folder", opened.append)
    drawing.draw_now()
    QTest.mouseClick(drawing.export, Qt.MouseButton.LeftButton)
    assert opened == [output]
    book = load_workbook(output)
    cells = {str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line}
    book.close()
    assert set(drawn(drawing)) <= cells


def test_a_visit_that_was_drawn_is_looked_at(drawing: InspectionTab) -> None:
    asked: list[str] = []
    drawing.visit_asked.connect(asked.append)
    drawing.draw_now()
    drawing.table.selectRow(2)
    QTest.mouseClick(drawing.to_visit, Qt.MouseButton.LeftButton)
    assert len(asked) == 1
    assert asked[0].startswith("visit-")


def test_a_grid_keeps_the_rules_of_models(
    drawing: InspectionTab, qtmodeltester: ModelTester
) -> None:
    drawing.draw_now()
    qtmodeltester.check(drawing.model)
    empty = BureauGridModel(Words(), ("place",))
    qtmodeltester.check(empty)


# --- bulletin -------------------------------------------------------------------------------------


@pytest.fixture
def bulletin(bench: MakeBench) -> BulletinTab:
    tab = bench("bulletin").stack.currentWidget()
    assert isinstance(tab, BulletinTab)
    return tab


def test_periods_are_those_with_visits_the_latest_first() -> None:
    days = ("2025-12-31", "2026-01-01", "2026-07-20", "", "2100-01-01")
    quarters = periods(days, "quarter", "2026-11-20")
    assert quarters == [("2026-Q3", 2026, 3), ("2026-Q1", 2026, 1), ("2025-Q4", 2025, 4)]
    assert [text for text, _, _ in periods(days, "year", "2026-11-20")] == ["2026", "2025"]
    assert [text for text, _, _ in periods(days, "month", "2026-06-30")] == ["2026-01", "2025-12"]


def test_a_bulletin_is_written_and_its_pages_shown(
    bulletin: BulletinTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[tuple[Path, ...]] = []
    bulletin.written.connect(written.append)
    monkeypatch.setattr(files, "ask_folder", lambda *_: tmp_path / "out")
    QTest.mouseClick(bulletin.kind.buttons["year"], Qt.MouseButton.LeftButton)
    assert bulletin.period.key() == "2026"
    QTest.mouseClick(bulletin.write_button, Qt.MouseButton.LeftButton)
    ((pdf, docx),) = written
    assert (pdf.suffix, docx.suffix) == (".pdf", ".docx")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert bulletin.pages.isVisible()
    assert bulletin.pages.count > 1
    names = {link.text() for link in bulletin.results.findChildren(LinkButton)}
    assert names == {pdf.name, docx.name}


def test_a_bulletin_given_out_is_recorded(bulletin: BulletinTab, tmp_path: Path) -> None:
    path = bulletin.desk.path
    assert path is not None

    def recorded() -> int:
        with open_register(path, read_only=True) as register:
            return len(register.published())

    bulletin.write_bulletin(tmp_path / "draft")
    assert recorded() == 0
    bulletin.release.setFocus()
    QTest.keyClick(bulletin.release, Qt.Key.Key_Space)
    bulletin.write_bulletin(tmp_path / "out")
    assert recorded() > 0


def test_only_what_is_ticked_is_exported(bulletin: BulletinTab, tmp_path: Path) -> None:
    written: list[tuple[Path, ...]] = []
    bulletin.written.connect(written.append)
    bulletin.outputs["xlsx"].setChecked(False)
    assert not bulletin.export_button.isEnabled()
    bulletin.outputs["csv"].setFocus()
    QTest.keyClick(bulletin.outputs["csv"], Qt.Key.Key_Space)
    assert bulletin.export_button.isEnabled()
    bulletin.write_export(tmp_path / "out")
    ((*paths,),) = written
    assert {path.suffix for path in paths} == {".csv"}
    assert all(path.is_file() for path in paths)
