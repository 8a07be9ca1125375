"""The history in the window: steps in words, found by a search, checked while they are read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from assessor.assessment import Answer
from assessor.commands.answers import set_answer
from assessor.storage import schema
from assessor.ui.dialogs import by_name
from assessor.ui.dialogs.history import HistoryDialog
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import LazyScreen
from assessor.workspace.visits import OpenVisit, opened
from tests.ui.accessibility import nameless, outside, unreached
from tests.ui.conftest import MakeVisit, shown, wait_until
from tests.ui.evaluation_desk import OURS, Desk

NOTE = "看了现场，与班长谈过"


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    return OURS


@pytest.fixture
def desk(window: MainWindow, make_visit: MakeVisit) -> Desk:
    path = make_visit("zj.future_factory")
    with opened(path) as visit:
        for option in ("A", "B"):
            answer(visit, option)
    return Desk(window, path)


@pytest.fixture
def dialog(desk: Desk) -> Iterator[HistoryDialog]:
    made = HistoryDialog(desk.window.shell.context, desk.visit, desk.window)
    shown(made, 900, 640)
    wait_until(lambda: made.model.rowCount() == 3)
    yield made
    made.close()
    made.deleteLater()


def answer(visit: OpenVisit, option: str) -> None:
    item = visit.loaded.rubric.criteria[0].id
    edit = set_answer(item, Answer(option=option, note=NOTE if option == "B" else ""))
    assert visit.commit(edit.apply(visit.assessment), edit.description)


def cells(dialog: HistoryDialog, row: int) -> tuple[str, ...]:
    found = dialog.model.row_at(row)
    assert found is not None
    return found.cells


def test_the_last_step_stands_first_with_what_it_changed(dialog: HistoryDialog) -> None:
    number, _, _, what, changes = cells(dialog, 0)
    assert number == "3"
    assert "题" in what
    assert "选项：A → B" in changes
    assert f"备注：– → {NOTE}" in changes
    dialog.table.selectRow(0)
    assert NOTE in dialog.told.toPlainText()


def test_a_search_leaves_what_it_names(dialog: HistoryDialog) -> None:
    dialog.search.setText("班长")
    assert [cells(dialog, row)[0] for row in range(dialog.model.rowCount())] == ["3"]
    dialog.search.setText("没有这样的内容")
    assert dialog.model.rowCount() == 0


def test_a_whole_history_is_said_to_be_whole(dialog: HistoryDialog) -> None:
    wait_until(lambda: "记录完整" in dialog.checked.accessibleName())


def test_everything_is_named_reached_and_inside(dialog: HistoryDialog) -> None:
    assert nameless(dialog) == []
    assert unreached(dialog) == []
    assert outside(dialog) == []


def test_an_altered_step_is_named(window: MainWindow, make_visit: MakeVisit) -> None:
    path = make_visit("zj.future_factory")
    with opened(path) as visit:
        answer(visit, "A")
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.executescript("DROP TRIGGER edit_is_not_changed; DROP TRIGGER edit_is_not_deleted")
        raw.execute("UPDATE edit SET author = 'x' WHERE sequence = 2")
        for statement in schema.APPEND_ONLY:
            raw.execute(statement)
    desk = Desk(window, path)
    dialog = HistoryDialog(desk.window.shell.context, desk.visit, desk.window)
    wait_until(lambda: "第 2 条" in dialog.checked.accessibleName())
    dialog.deleteLater()


def test_the_menu_opens_it_while_a_visit_is_open(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(by_name, "show_history", lambda context, _: asked.append(context.visit))
    desk.press("Ctrl+H")
    assert asked == [desk.visit]
    assert desk.window.actions_by_id["history"].isEnabled()
