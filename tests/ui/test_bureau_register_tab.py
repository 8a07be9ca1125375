"""The register's tab: filtered and sorted beside the window, a visit with its revisions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester

from assessor.i18n import DEFAULT_LANGUAGE
from assessor.ui.bridge import Bridge
from assessor.ui.models.bureau_log import BureauLogModel
from assessor.ui.models.bureau_naming import Naming
from assessor.ui.models.bureau_visits import BureauVisitsModel
from assessor.ui.navigation import Context
from assessor.ui.tasks import Tasks
from assessor.ui.theme import Theme
from assessor.ui.views.bureau import intake_file
from assessor.ui.views.bureau.desk import BureauDesk
from assessor.ui.views.bureau.register import RegisterTab
from assessor.ui.words import Words
from assessor.workspace.bureau_register import read_register
from assessor.workspace.bureau_table import COLUMNS, VisitTable, Wanted
from tests.ui.bureau_city import build_register, rows
from tests.ui.conftest import MakeContext, shown, sweep, wait_until

SIZE, MANY = 30, 100_000


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_register(tmp_path_factory.mktemp("city") / "city.register", SIZE)


@pytest.fixture
def context(make_context: MakeContext) -> Context:
    return make_context()


@pytest.fixture
def tab(context: Context, city: Path) -> Iterator[RegisterTab]:
    desk = BureauDesk.of(context)
    desk.open(city)
    made = RegisterTab(context, desk)
    shown(made, 1200, 800)
    yield made
    made.close()
    made.deleteLater()
    sweep()


def column_of(tab: RegisterTab, name: str) -> list[str]:
    at = [str(column) for column in COLUMNS].index(name)
    return [str(tab.model.index(number, at).data() or "") for number in range(tab.model.rowCount())]


def choose(tab: RegisterTab, name: str, key: str) -> None:
    """Choose from a list as a person does."""
    field = next(field for known, field in tab.choices.items() if known == name)
    field.setCurrentIndex(field.findData(key))
    field.activated.emit(field.currentIndex())


def test_every_visit_is_listed_once_by_name(tab: RegisterTab) -> None:
    names = column_of(tab, "name")
    assert len(names) == SIZE
    assert names == sorted(names)
    assert tab.count.text() == tab._context.words.tr("ui_bureau.shown", shown=SIZE, total=SIZE)


def test_what_is_typed_is_looked_for(tab: RegisterTab) -> None:
    QTest.keyClicks(tab.search, "0012x")
    wait_until(lambda: tab.model.rowCount() == 1)
    assert "示例12号" in column_of(tab, "name")[0]
    QTest.keyClick(tab.search, Qt.Key.Key_Escape)
    wait_until(lambda: tab.model.rowCount() == SIZE)


def test_a_choice_narrows_and_holds_beside_others(tab: RegisterTab) -> None:
    choose(tab, "district", "余姚市")
    assert set(column_of(tab, "district")) == {"余姚市"}
    before = tab.model.rowCount()
    choose(tab, "verdict", "warning")
    assert 0 < tab.model.rowCount() < before
    choose(tab, "district", "")
    assert len(set(column_of(tab, "district"))) > 1


def test_a_click_on_a_head_sorts_and_another_turns_it_round(tab: RegisterTab) -> None:
    header = tab.table.horizontalHeader()
    at = COLUMNS.index("score")
    header.setSortIndicator(at, Qt.SortOrder.DescendingOrder)
    scores = [float(text) for text in column_of(tab, "score")]
    assert scores == sorted(scores, reverse=True)
    header.setSortIndicator(at, Qt.SortOrder.AscendingOrder)
    assert [float(text) for text in column_of(tab, "score")] == scores[::-1]


def test_a_visit_that_is_chosen_stays_chosen_in_another_order(tab: RegisterTab) -> None:
    tab.table.selectRow(5)
    before = tab.model.row_at(5)
    assert before is not None
    tab.table.horizontalHeader().setSortIndicator(COLUMNS.index("gap"), Qt.SortOrder.AscendingOrder)
    chosen = tab.model.row_at(tab.table.currentIndex().row())
    assert chosen is not None
    assert chosen.visit_id == before.visit_id


def test_keys_go_from_visit_to_visit(tab: RegisterTab) -> None:
    tab.table.setFocus()
    QTest.keyClick(tab.table, Qt.Key.Key_Down)
    assert tab.visit.row == tab.model.row_at(1)
    assert tab.visit.record is not None
    assert tab.visit.record.visit_id == tab.visit.row.visit_id


def test_a_visit_shows_its_revisions_and_dimensions(tab: RegisterTab) -> None:
    tab.show_visit("visit-8")
    assert tab.visit.row is not None
    assert (tab.visit.row.visit_id, tab.visit.row.revision) == ("visit-8", 2)
    texts = " ".join(
        child.accessibleName() for child in tab.visit.page.findChildren(intake_file.FlowLabel)
    )
    words = tab._context.words
    assert words.tr("ui_bureau.revision_older", revision=1, score="", file="").split()[0] in texts
    assert "008-r2.xlsx" in texts
    assert "008.xlsx" in texts


def test_the_visits_behind_a_figure_are_shown_until_all_are_asked_for(tab: RegisterTab) -> None:
    table = tab.desk.table
    assert table is not None
    numbers = frozenset(row.number for row in table.rows[:4])
    tab.show_behind("鄞州区", numbers)
    assert tab.model.rowCount() == 4
    assert "鄞州区" in tab.strip_text.text
    QTest.mouseClick(tab.show_all, Qt.MouseButton.LeftButton)
    assert tab.model.rowCount() == SIZE
    assert not tab.strip.isVisible()


def test_the_folder_of_a_visits_file_is_opened(
    tab: RegisterTab, monkeypatch: pytest.MonkeyPatch, bridge: Bridge
) -> None:
    notices: list[object] = []
    bridge.noticed.connect(notices.append)
    bridge.listen()
    monkeypatch.setattr(intake_file, "show_folder", lambda path: None)
    tab.visit._reveal()
    # The files of the made-up city do not exist, which is said.
    assert len(notices) == 1


def test_many_rows_are_arranged_by_another_thread(
    context: Context, bridge: Bridge, city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where: set[str] = set()
    real = VisitTable.arranged

    def noted(table: VisitTable, wanted: Wanted) -> list[int]:
        where.add(threading.current_thread().name)
        return real(table, wanted)

    monkeypatch.setattr(VisitTable, "arranged", noted)
    tasks = Tasks(bridge)
    desk = BureauDesk.of(context)
    desk.open(city)
    desk.table = VisitTable(rows(2000) * (MANY // 2000))
    made = RegisterTab(Context(**{**vars(context), "tasks": tasks}), desk)
    shown(made, 1200, 800)
    wait_until(lambda: made.model.rowCount() == MANY)
    made.table.horizontalHeader().setSortIndicator(3, Qt.SortOrder.DescendingOrder)
    made._on_search("示例12")
    wait_until(lambda: 0 < made.model.rowCount() < MANY)
    assert threading.main_thread().name not in where
    assert where
    made.close()
    made.deleteLater()
    sweep()
    tasks.close()


def test_an_answer_that_was_overtaken_is_not_shown(
    tab: RegisterTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Callable[[], None]] = []

    def hold(
        tasks: Tasks, work: Callable[[None], object], done: Callable[..., None], owner: object
    ) -> None:
        answers.append(lambda: done(work(None)))

    monkeypatch.setattr(Tasks, "start", hold)
    tab._on_choice("district", "北仑区")
    tab._on_choice("district", "")
    first, second = answers
    second()
    first()
    monkeypatch.undo()
    assert tab.model.rowCount() == SIZE


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_models_keep_the_rules_of_models(
    language: str, qtmodeltester: ModelTester, city: Path, plain: Theme
) -> None:
    words = Words("en" if language == "en" else DEFAULT_LANGUAGE)
    snapshot = read_register(city)
    visits = BureauVisitsModel(plain, Naming(words, snapshot.rubrics))
    qtmodeltester.check(visits)
    visits.set_order(snapshot.visits, range(len(snapshot.visits)))
    log = BureauLogModel(plain, words)
    qtmodeltester.check(log)
    log.set_lines(snapshot.log[2:])
    log.prepend(snapshot.log[:2])
    assert log.rowCount() == len(snapshot.log)
    log.set_filter("rejected", "退回")
    assert log.rowCount() == 5
    assert "E37" in str(log.index(4, 3).data())
