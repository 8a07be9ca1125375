"""The start screen: recent visits as they are on disk, what to begin, what a crash left."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget

from assessor.storage.owner import leave_note, note_path
from assessor.ui.dialogs import files
from assessor.ui.dialogs.blank_form import BlankForm
from assessor.ui.main_window import MainWindow
from assessor.ui.models.recent import RecentModel, card_text, day_text
from assessor.ui.navigation import Context
from assessor.ui.views.start import StartPage, build
from assessor.ui.views.start_home import StartHome
from assessor.ui.words import Words
from assessor.workspace.recents import RecentVisit, RecentVisits
from assessor.workspace.visits import opened
from tests.ui.accessibility import nameless, outside, unreached
from tests.ui.conftest import MakeContext, MakeVisit, shown, sweep, wait_until

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the program remembers goes into the test's folder."""
    for name in ("XDG_DATA_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


@pytest.fixture
def asked() -> list[Path]:
    """The files the start screen wanted opened."""
    return []


@pytest.fixture
def context(make_context: MakeContext, asked: list[Path]) -> Context:
    return replace(make_context(), open_visit=asked.append)


MakePage = Callable[[], StartPage]


@pytest.fixture
def make_page(context: Context) -> Iterator[MakePage]:
    made: list[QWidget] = []

    def make() -> StartPage:
        page = build(context)
        made.append(page)
        assert isinstance(page, StartPage)
        shown(page)
        return page

    yield make
    for page in made:
        page.close()
        page.deleteLater()
    sweep()


def recent(context: Context, *paths: Path) -> None:
    context.settings.change(recent=tuple(str(path) for path in paths))


# --- cards ----------------------------------------------------------------------------------------


def test_a_card_says_what_is_in_the_file(
    make_page: MakePage, context: Context, make_visit: MakeVisit
) -> None:
    recent(context, make_visit())
    (card,) = make_page().home.visit_cards
    assert card.text_shown.title == "宁波甬示精密模具有限公司"
    assert card.text_shown.state == "进行中"
    assert card.text_shown.frame.startswith("数字化车间 · 离散型")
    assert card.text_shown.progress == "0 / 33 题"
    assert card.text_shown.changed.startswith("今天")


def test_missing_and_damaged_files_say_so(
    make_page: MakePage, context: Context, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.assessment"
    broken.write_bytes(b"no visit")
    recent(context, broken, tmp_path / "stick" / "gone.assessment")
    damaged, missing = make_page().home.visit_cards
    assert damaged.text_shown.state == "无法读取"
    assert "broken.assessment" in damaged.text_shown.problem
    assert missing.text_shown.state == "文件不在原处"
    assert missing.text_shown.title == "gone"
    assert missing.text_shown.place == str(tmp_path / "stick")


def test_a_click_and_the_enter_key_open_a_visit(
    make_page: MakePage, context: Context, make_visit: MakeVisit, asked: list[Path]
) -> None:
    path = make_visit()
    recent(context, path)
    (card,) = make_page().home.visit_cards
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert asked == [path, path]


def test_a_missing_file_is_located_again(
    make_page: MakePage,
    context: Context,
    make_visit: MakeVisit,
    asked: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    found, gone = make_visit(), tmp_path / "gone.assessment"
    recent(context, gone)
    monkeypatch.setattr(files, "ask_visit", lambda *_: found)
    (card,) = make_page().home.visit_cards
    QTest.mouseClick(card.locate, Qt.MouseButton.LeftButton)
    assert asked == [found]
    assert context.settings.value.recent == (str(found),)


def test_a_card_is_taken_off_the_list_and_the_file_stays(
    make_page: MakePage, context: Context, make_visit: MakeVisit
) -> None:
    one, other = make_visit(name="one"), make_visit(name="other")
    recent(context, one, other)
    home = make_page().home
    QTest.keyClick(home.visit_cards[0], Qt.Key.Key_Delete)
    assert [card.path for card in home.visit_cards] == [other]
    assert context.settings.value.recent == (str(other),)
    assert one.is_file()


def test_the_menu_of_a_card_offers_what_can_be_done(
    make_page: MakePage, context: Context, make_visit: MakeVisit, tmp_path: Path
) -> None:
    recent(context, make_visit(), tmp_path / "gone.assessment")
    there, gone = make_page().home.visit_cards
    said = [action.text() for action in there.menu().actions()]
    assert said == ["打开", "打开所在文件夹", "从备份恢复…", "从列表移除（不删除文件）"]
    assert gone.menu().actions()[0].text() == "重新定位…"


def test_search_leaves_what_matches(
    make_page: MakePage, context: Context, make_visit: MakeVisit
) -> None:
    one, other = make_visit(name="one"), make_visit("zj.future_factory", name="other")
    recent(context, one, other)
    home = make_page().home
    home.search.setText("未来")
    assert [card.path for card in home.visit_cards] == [other]
    home.search.setText("精密 数字化")
    assert [card.path for card in home.visit_cards] == [one]
    home.search.setText("nothing like it")
    assert home.visit_cards == []
    assert home.nothing.isVisible()
    QTest.keyClick(home.search, Qt.Key.Key_Escape)
    assert len(home.visit_cards) == 2


def test_what_was_in_use_is_looked_at_again(
    make_page: MakePage,
    context: Context,
    make_visit: MakeVisit,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = make_visit()
    recent(context, path)
    monkeypatch.setattr("assessor.ui.views.start.READ_AGAIN", 10)
    with opened(path):
        page = make_page()
        assert page.home.visit_cards[0].text_shown.state == "正被使用"
    wait_until(lambda: page.home.visit_cards[0].text_shown.state == "进行中")


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(minutes=5), "今天 14:55"),
        (timedelta(hours=20), "昨天 19:00"),
        (timedelta(days=40), "10 月 11 日"),
        (timedelta(days=400), "2025-10-16"),
    ],
)
def test_when_it_was_is_said_as_people_say_it(before: timedelta, said: str) -> None:
    assert day_text(NOW - before, Words("zh"), NOW) == said


def test_states_of_a_visit_in_words(make_visit: MakeVisit, tmp_path: Path) -> None:
    (visit,) = RecentVisits(tmp_path / "recent.json").read([make_visit()])
    assert visit.summary is not None

    def state(**values: object) -> str:
        summary = visit.summary.model_copy(update=values) if visit.summary else None
        return card_text(replace(visit, summary=summary), Words("zh"), NOW).state

    assert state() == "进行中"
    assert state(own=True) == "企业自评"
    assert state(awaited=True, own=False) == "自评 · 待核"
    assert state(complete=True) == "已答完"
    assert state(signed=True, complete=True) == "已签字"


def test_the_model_keeps_the_rules_of_models(make_visit: MakeVisit, tmp_path: Path) -> None:
    model = RecentModel(Words("zh"))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    visits = RecentVisits(tmp_path / "recent.json").read([make_visit(), tmp_path / "gone"])
    model.set_visits(visits)
    model.set_search("模具")
    assert model.rowCount() == 1
    assert model.index(0).data() == "宁波甬示精密模具有限公司"


# --- beginning something --------------------------------------------------------------------------


def test_the_three_beginnings(
    make_page: MakePage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = make_page()
    tiles = {tile.objectName(): tile for tile in page.home.actions_grid.tiles}
    blank: list[object] = []
    monkeypatch.setattr(BlankForm, "ask", lambda *given: blank.append(given))
    monkeypatch.setattr(files, "ask_self_assessment", lambda *_: None)
    QTest.mouseClick(tiles["blank"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(tiles["import"], Qt.MouseButton.LeftButton)
    assert len(blank) == 1
    assert page.new_visit is None, "nothing was chosen"
    tiles["new"].setFocus()
    QTest.keyClick(tiles["new"], Qt.Key.Key_Space)
    assert page.new_visit is not None


def test_open_asks_for_a_file(
    make_page: MakePage, asked: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = make_page()
    answers = iter([None, tmp_path / "a.assessment"])
    monkeypatch.setattr(files, "ask_visit", lambda *_: next(answers))
    page.handlers()["open"]()
    page.show_place(action="open")
    assert asked == [tmp_path / "a.assessment"]


def test_a_sample_is_offered_by_name_built_and_opened(
    make_page: MakePage, asked: list[Path]
) -> None:
    page = make_page()
    menu = page.home.sample_menu()
    assert any("宁波甬示功能膜有限公司" in action.text() for action in menu.actions())
    page.home.sample_asked.emit("unfinished-visit")
    (path,) = asked
    assert path.name == "unfinished-visit.assessment"
    with opened(path, read_only=True) as visit:
        assert visit.assessment.enterprise.name == "宁波甬示功能膜有限公司"


# --- after a crash --------------------------------------------------------------------------------


def test_what_a_crash_left_is_offered_and_opened(
    make_page: MakePage, context: Context, make_visit: MakeVisit, asked: list[Path]
) -> None:
    path = make_visit()
    leave_note(path)
    recent(context, path)
    home = make_page().home
    (strip,) = strips(home)
    assert "宁波甬示精密模具有限公司" in strip.accessibleName()
    strip_buttons = {button.text(): button for button in strip.findChildren(type(home.browse))}
    QTest.mouseClick(strip_buttons["继续"], Qt.MouseButton.LeftButton)
    assert asked == [path]
    assert not strip.isVisible()


def test_later_leaves_the_note_for_the_next_time(
    make_page: MakePage, context: Context, make_visit: MakeVisit, asked: list[Path]
) -> None:
    path = make_visit()
    leave_note(path)
    recent(context, path)
    home = make_page().home
    (strip,) = strips(home)
    buttons = {button.text(): button for button in strip.findChildren(type(home.browse))}
    QTest.mouseClick(buttons["稍后"], Qt.MouseButton.LeftButton)
    assert asked == []
    assert not strip.isVisible()
    assert note_path(path).is_file()


def test_nothing_is_offered_when_everything_was_closed(
    make_page: MakePage, context: Context, make_visit: MakeVisit
) -> None:
    recent(context, make_visit())
    assert strips(make_page().home) == []


def strips(home: StartHome) -> list[QWidget]:
    return [w for w in home.findChildren(QWidget) if w.property("kind") == "strip"]


# --- the whole window -----------------------------------------------------------------------------


def test_a_language_changed_while_planning_loses_nothing(window: MainWindow) -> None:
    window.run_action("new")
    page = window.shell.page
    assert isinstance(page, StartPage)
    wait_until(lambda: page.new_visit is not None and page.new_visit.next.isEnabled())
    assert page.new_visit is not None
    page.new_visit.show_step(2)
    page.new_visit.enterprise_step.lines["name"].insert("甬示")
    window.run_action("toggle_language")
    again = window.shell.page
    assert isinstance(again, StartPage)
    assert again is not page
    wait_until(lambda: again.new_visit is not None and again.new_visit.next.isEnabled())
    assert again.new_visit is not None
    assert again.new_visit.draft.name == "甬示"
    assert again.new_visit.draft.step == 2
    assert again.new_visit.enterprise_step.lines["name"].text() == "甬示"


def test_files_are_never_read_on_the_windows_thread(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, make_visit: MakeVisit
) -> None:
    import threading  # noqa: PLC0415 (only here)

    main, seen = threading.current_thread(), []
    read = RecentVisits.read

    def watched(self: RecentVisits, paths: tuple[Path, ...]) -> tuple[RecentVisit, ...]:
        seen.append(threading.current_thread())
        return read(self, paths)

    monkeypatch.setattr(RecentVisits, "read", watched)
    page = window.shell.page
    assert isinstance(page, StartPage)
    page.refresh()
    wait_until(lambda: bool(seen))
    assert main not in seen


@pytest.mark.parametrize("width", [776, 1216])
def test_everything_is_named_reached_and_inside(
    make_page: MakePage, context: Context, make_visit: MakeVisit, tmp_path: Path, width: int
) -> None:
    recent(context, make_visit(), tmp_path / "gone.assessment")
    page = make_page()
    shown(page, width, 700)
    assert nameless(page) == []
    assert unreached(page) == []
    assert outside(page) == []


def test_what_is_remembered_is_the_persons_own(
    make_page: MakePage, context: Context, make_visit: MakeVisit, tmp_path: Path
) -> None:
    path = make_visit()
    recent(context, path)
    make_page()
    (kept,) = (tmp_path / "home").rglob("recent.json")
    assert str(path) in json.loads(kept.read_text(encoding="utf-8"))["entries"]
