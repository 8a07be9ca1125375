"""The bureau's screen: registers chosen and remembered, tabs, what a change of look keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from assessor.ui.bridge import Bridge, Notice
from assessor.ui.dialogs import bureau_files
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import SCREENS, LazyScreen
from assessor.ui.preferences import Preferences
from assessor.ui.views.bureau.chooser import RegisterTile
from assessor.ui.views.bureau.page import BureauPage, build
from assessor.ui.views.bureau.workbench import TABS
from tests.ui import accessibility
from tests.ui.bureau_city import build_register
from tests.ui.conftest import MakeContext, shown, sweep, wait_until

SIZE = 14


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_register(tmp_path_factory.mktemp("city") / "city.register", SIZE)


@pytest.fixture
def page(make_context: MakeContext) -> Iterator[BureauPage]:
    made = build(make_context())
    assert isinstance(made, BureauPage)
    shown(made)
    yield made
    made.close()
    made.deleteLater()
    sweep()


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    return tuple(screen for screen in SCREENS if screen.id in ("start", "bureau", "settings"))


def heard(bridge: Bridge) -> list[Notice]:
    notices: list[Notice] = []
    bridge.noticed.connect(notices.append)
    bridge.listen()
    return notices


def test_a_register_is_made_and_remembered(
    page: BureauPage, preferences: Preferences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "全市.register"
    monkeypatch.setattr(bureau_files, "ask_new_register", lambda *_: path)
    QTest.mouseClick(page.chooser.make, Qt.MouseButton.LeftButton)
    assert path.is_file()
    assert page.workbench is not None
    assert preferences.value.registers == (str(path),)
    assert page.desk.snapshot is not None
    assert page.desk.snapshot.info.visits == 0


def test_a_known_register_is_opened_from_its_tile_or_forgotten(
    page: BureauPage, preferences: Preferences, city: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.register"
    preferences.change(registers=(str(city), str(gone)))
    page.chooser.refresh()
    missing = page.chooser.grid.tiles[1]
    assert isinstance(missing, RegisterTile)
    QTest.mouseClick(missing.remove, Qt.MouseButton.LeftButton)
    assert preferences.value.registers == (str(city),)
    known = page.chooser.grid.tiles[0]
    known.setFocus()
    QTest.keyClick(known, Qt.Key.Key_Return)
    assert page.desk.path == city


def test_what_is_no_register_is_said_and_nothing_is_opened(
    page: BureauPage, bridge: Bridge, tmp_path: Path
) -> None:
    notices = heard(bridge)
    wrong = tmp_path / "wrong.register"
    wrong.write_bytes(b"no database")
    page.desk.open(wrong)
    page.desk.open(tmp_path / "missing.register")
    assert len(notices) == 2
    assert page.workbench is None
    assert page.desk.path is None


def test_tabs_are_reached_by_keys_and_by_place(page: BureauPage, city: Path) -> None:
    page.show_place(register=str(city), tab="statistics")
    assert page.workbench is not None
    assert page.place() == {"tab": "statistics"}
    page.workbench.tabs.setFocus()
    QTest.keyClick(page.workbench.tabs, Qt.Key.Key_Right)
    assert page.workbench.tab == "inspection"
    page.handlers()["search"]()
    assert page.workbench.tab == "register"


def test_a_register_can_be_left_again(page: BureauPage, city: Path) -> None:
    page.desk.open(city)
    assert page.workbench is not None
    page.desk.close()
    assert page.workbench is None
    assert page.stack.currentWidget() is page.chooser
    assert page.chooser.isEnabled()


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_is_named_and_reached(tab: str, page: BureauPage, city: Path) -> None:
    page.show_place(register=str(city), tab=tab)
    assert page.workbench is not None
    sweep()
    assert accessibility.nameless(page) == []
    assert accessibility.unreached(page) == []
    assert accessibility.wheel_sensitive(page) == []


Ask = Callable[..., Path | None]


@pytest.mark.parametrize("what", ["menu_open", "menu_make", "menu_merge"])
def test_thinking_better_of_a_question_changes_nothing(
    what: str, page: BureauPage, city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ask_register", "ask_new_register", "ask_table"):
        monkeypatch.setattr(bureau_files, name, lambda *_: None)
    page.desk.open(city)
    assert page.workbench is not None
    menu = page._menu(page.workbench)
    texts = {action.text(): action for action in menu.actions()}
    texts[page._context.words.tr(f"ui_bureau.{what}")].trigger()
    assert page.desk.path == city


def test_another_register_is_merged(
    page: BureauPage, bridge: Bridge, city: Path, tmp_path: Path
) -> None:
    notices = heard(bridge)
    page.desk.make(tmp_path / "all.register")
    page.desk.enter("merge", city)
    assert page.desk.snapshot is not None
    assert page.desk.snapshot.info.visits == SIZE
    assert [notice.tone for notice in notices] == ["good"]


def test_the_window_leads_there_and_a_change_of_look_keeps_the_register(
    window: MainWindow, city: Path, preferences: Preferences
) -> None:
    window.run_action("bureau")
    assert window.shell.current_id == "bureau"
    window.go("bureau", register=str(city), tab="register")
    page = window.shell.page
    assert isinstance(page, BureauPage)
    wait_until(lambda: page.workbench is not None)
    preferences.change(language="en", theme="dark")
    again = window.shell.page
    assert isinstance(again, BureauPage)
    assert again is not page
    assert again.workbench is not None
    assert again.workbench.tab == "register"
    assert again.desk.path == city
    wait_until(lambda: not window._tasks.busy)
