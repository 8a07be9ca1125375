"""The window around the screens: visits, actions, languages and looks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assessor.commands.edit import Edit
from assessor.commands.record import set_field
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.ui.bridge import (
    Bridge,
    CrashReport,
    Notice,
)
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import LazyScreen
from assessor.ui.preferences import Preferences
from assessor.ui.visit_bridge import VisitBridge
from tests.ui.accessibility import CONTROL, TOUCH_TARGET, nameless, outside, unreached
from tests.ui.conftest import MakeVisit, shown, sweep, wait_until
from tests.ui.probes import PROBE_SCREENS


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    """Screens of the tests' own stand in for the program's."""
    return PROBE_SCREENS


@pytest.fixture
def visiting(window: MainWindow, make_visit: MakeVisit) -> MainWindow:
    """The window with an open visit whose first record has arrived."""
    window.open_visit(make_visit())
    wait_until(lambda: window.visit is not None and window.visit.latest is not None)
    return window


def rename(name: str) -> Callable[[object], Edit]:
    """An edit of the enterprise's name."""

    return lambda assessment: set_field("enterprise", "name", name)


# --- screens --------------------------------------------------------------------------------------


def test_it_begins_with_the_first_screen(window: MainWindow) -> None:
    assert window.shell.current_id == "start"
    assert list(window.shell.rail.entries) == ["start", "settings"]
    assert window.windowTitle() == "智造评估"


def test_a_screen_without_module_is_not_offered(visiting: MainWindow) -> None:
    assert list(visiting.shell.rail.entries) == ["evaluation", "evidence", "ledger"]
    visiting.go("panel")
    assert visiting.shell.current_id == "evaluation"


def test_a_faulty_screen_leaves_the_others_usable(
    visiting: MainWindow, crashes: list[CrashReport]
) -> None:
    visiting.go("ledger")
    assert visiting.shell.current_id == "evaluation"
    assert [report.text.splitlines()[3] for report in crashes] == ["builtins.ZeroDivisionError"]
    crashes.clear()
    visiting.go("ledger")
    visiting.go("evidence")
    assert (visiting.shell.current_id, crashes) == ("evidence", [])


def test_screens_are_built_when_they_are_opened(visiting: MainWindow) -> None:
    assert visiting.shell.stack.count() == 1
    first = visiting.shell.page
    visiting.go("evidence")
    visiting.go("evaluation")
    assert (visiting.shell.stack.count(), visiting.shell.page) == (2, first)
    assert first.left == 1


def test_the_rail_opens_screens(visiting: MainWindow) -> None:
    entry = visiting.shell.rail.entries["evidence"]
    QTest.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert visiting.shell.current_id == "evidence"
    assert entry.isChecked()
    assert not visiting.shell.rail.entries["evaluation"].isChecked()


@pytest.mark.parametrize("size", [(1024, 768), (1280, 820)])
def test_the_shell_is_accessible(visiting: MainWindow, size: tuple[int, int]) -> None:
    shown(visiting, *size)
    assert nameless(visiting) == []
    assert unreached(visiting) == []
    assert outside(visiting) == []
    assert visiting.width() == size[0]


# --- a visit --------------------------------------------------------------------------------------


def test_the_bar_says_whose_visit_it_is(visiting: MainWindow) -> None:
    bar = visiting.shell.bar
    assert bar.title.text() == "宁波甬示精密模具有限公司"
    assert bar.chips[0].text().startswith("数字化车间")
    assert visiting.windowTitle() == "宁波甬示精密模具有限公司 - 智造评估"
    assert bar.saved.text == "已打开"


def test_where_the_bar_is_narrow_the_name_stays_longest(visiting: MainWindow) -> None:
    bar, name = visiting.shell.bar, "宁波甬示精密模具有限公司"
    shown(visiting, 1440, 900)
    wait_until(lambda: bar.width() > 1400 and bar.title.text() == name)
    assert not any(button.isHidden() for button in bar.spare)
    assert bar.title.accessibleName() == name
    for width in range(1400, 250, -50):
        bar.setFixedWidth(width)
        QApplication.processEvents()
        cut = bar.title.text() != name
        hidden = [button.isHidden() for button in bar.spare]
        assert not cut or (all(hidden) and bar.title.text().endswith("…"))
        assert not any(hidden) or all(chip.isHidden() for chip in bar.chips)
        assert bar.title.fontMetrics().horizontalAdvance(bar.title.text()) <= bar.title.width()
    assert cut


def test_the_saved_mark_comes_after_the_commit(visiting: MainWindow) -> None:
    visit, bar = visiting.visit, visiting.shell.bar
    assert visit.saved_at is None
    visit.post(rename("宁波示例"))
    assert bar.saved.text == "正在保存…"
    wait_until(lambda: not visit.saving)
    assert bar.saved.text.startswith("已保存 ")
    assert bar.title.text() == "宁波示例"


def test_undo_and_redo_name_their_step(visiting: MainWindow) -> None:
    undo, redo = (visiting.actions_by_id[name] for name in ("undo", "redo"))
    assert not undo.isEnabled()
    visiting.visit.post(rename("宁波示例"))
    wait_until(undo.isEnabled)
    assert undo.text().startswith("撤销：")
    assert len(undo.text()) > len("撤销：")
    QTest.keyClick(visiting, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_until(redo.isEnabled)
    assert visiting.shell.bar.title.text() == "宁波甬示精密模具有限公司"
    redo.trigger()
    wait_until(undo.isEnabled)
    assert visiting.shell.bar.title.text() == "宁波示例"


@pytest.mark.parametrize("field", ["line", "note"])
def test_undo_works_while_typing(visiting: MainWindow, field: str) -> None:
    visiting.visit.post(rename("宁波示例"))
    wait_until(visiting.actions_by_id["undo"].isEnabled)
    visiting.activateWindow()
    QTest.qWaitForWindowActive(visiting)
    widget = getattr(visiting.shell.page, field)
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_until(visiting.actions_by_id["redo"].isEnabled)
    assert visiting.shell.bar.title.text() == "宁波甬示精密模具有限公司"


def test_a_refused_edit_says_why(visiting: MainWindow) -> None:
    def misfit(assessment: object) -> Edit:
        raise AssessorError(message("visit.edit_refused"))

    visiting.visit.post(misfit)
    wait_until(lambda: bool(visiting.shell.strips.strips))
    assert "未作修改" in visiting.shell.strips.strips[0].label.text
    visit = visiting.visit
    wait_until(lambda: not visit.saving)


def test_a_file_that_cannot_be_opened_says_why(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "no.assessment"
    path.write_bytes(b"not an assessment")
    window.open_visit(path)
    wait_until(lambda: bool(window.shell.strips.strips))
    assert window.visit is None
    assert "no.assessment" in window.shell.strips.strips[0].label.text


def test_a_visit_is_closed_and_can_be_opened_again(
    visiting: MainWindow, preferences: Preferences
) -> None:
    path = visiting.visit.path
    visiting.run_action("close_visit")
    assert (visiting.visit, visiting.shell.current_id) == (None, "start")
    wait_until(lambda: not visiting._tasks.busy)
    assert preferences.value.recent == (str(path),)
    visiting.open_visit(path)
    wait_until(lambda: visiting.visit is not None)
    assert visiting.shell.current_id == "evaluation"


def test_another_visit_takes_the_place_of_the_first(
    visiting: MainWindow, make_visit: MakeVisit
) -> None:
    first = visiting.visit
    visiting.open_visit(make_visit("zj.future_factory", "second"))
    wait_until(lambda: visiting.visit is not first and not visiting._tasks.busy)
    wait_until(lambda: visiting.visit.latest is not None)
    assert visiting.shell.bar.chips[0].text().startswith("未来工厂")


def test_edits_are_on_disk_when_the_window_is_closed(visiting: MainWindow) -> None:
    path = visiting.visit.path
    for number in range(20):
        visiting.visit.post(rename(f"宁波示例 {number}"))
    visiting.close()
    from assessor.workspace.visits import opened  # noqa: PLC0415

    with opened(path, read_only=True) as visit:
        assert visit.assessment.enterprise.name == "宁波示例 19"


def test_reading_work_comes_back_to_the_window(
    visit_bridge: VisitBridge, bridge: Bridge, qapp: QApplication
) -> None:
    heard: list[object] = []
    visit_bridge.run(
        lambda visit: (visit.assessment.cycle, threading.current_thread()),
        lambda result: heard.append((*result, QThread.currentThread())),
    )
    wait_until(lambda: bool(heard))
    cycle, thread, back = heard[0]
    assert cycle == visit_bridge.latest.assessment.cycle
    assert thread is not threading.main_thread()
    assert back is qapp.thread()


def test_failed_reading_is_told(visit_bridge: VisitBridge, bridge: Bridge) -> None:
    notices: list[Notice] = []
    bridge.noticed.connect(notices.append)
    bridge.listen()

    def fail(visit: object) -> None:
        raise AssessorError(message("visit.edit_refused"))

    visit_bridge.run(fail, lambda result: None)
    wait_until(lambda: bool(notices))
    assert notices[0].message.key == "visit.edit_refused"


# --- actions and the look -------------------------------------------------------------------------


def test_actions_follow_the_screen(visiting: MainWindow) -> None:
    flag = visiting.actions_by_id["flag"]
    assert flag.isEnabled()
    assert not visiting.actions_by_id["explain"].isEnabled()
    visiting.go("evidence")
    assert not flag.isEnabled()


def test_keys_reach_the_page(visiting: MainWindow) -> None:
    visiting.activateWindow()
    QTest.qWaitForWindowActive(visiting)
    page = visiting.shell.page
    visiting.setFocus()
    QTest.keyClick(visiting, Qt.Key.Key_3)
    QTest.keyClick(visiting, Qt.Key.Key_F)
    assert page.done == ["option_3", "flag"]


def test_letters_typed_in_a_field_are_letters(visiting: MainWindow) -> None:
    visiting.activateWindow()
    QTest.qWaitForWindowActive(visiting)
    page = visiting.shell.page
    for field in (page.line, page.note):
        field.setFocus()
        QTest.keyClicks(field, "f3/n")
        assert field.text() == "f3/n"
    assert page.done == []


@pytest.mark.parametrize("action", ["toggle_language", "toggle_theme"])
def test_another_language_or_look_loses_nothing(visiting: MainWindow, action: str) -> None:
    visiting.go("evaluation", criterion="c-44")
    old = visiting.shell.page
    visiting.shell.strips.show_notice(Notice(message("ui.no_screens"), "caution"))
    visiting.run_action(action)
    new = visiting.shell.page
    assert new is not old
    assert old.left == 1
    assert new.shown == {"criterion": "c-44"}
    assert visiting.shell.bar.title.text() == "宁波甬示精密模具有限公司"
    texts = [strip.label.text for strip in visiting.shell.strips.strips]
    assert texts == [visiting.shell.context.words.tr("ui.no_screens")]
    sweep()


def test_the_language_is_kept(visiting: MainWindow, preferences: Preferences) -> None:
    visiting.run_action("toggle_language")
    assert preferences.value.language == "en"
    assert visiting.shell.rail.entries["evaluation"].text() == "Evaluate"
    assert visiting.windowTitle().endswith("Factory Assessor")
    visiting.run_action("toggle_language")
    assert visiting.shell.rail.entries["evaluation"].text() == "评价"
    sweep()


def test_old_content_is_gone_after_a_change(visiting: MainWindow) -> None:
    gone: list[bool] = []
    visiting.shell.destroyed.connect(lambda: gone.append(True))
    visiting.run_action("toggle_theme")
    sweep()
    assert gone == [True]


@pytest.mark.parametrize("touch", [False, True])
def test_the_navigation_is_large_enough(
    window: MainWindow, preferences: Preferences, touch: bool
) -> None:
    preferences.change(touch=touch)
    shown(window)
    least = TOUCH_TARGET if touch else CONTROL
    entries = window.shell.rail.entries.values()
    assert [entry.height() for entry in entries if entry.height() < least] == []
    assert min(entry.width() for entry in entries) > 190
    sweep()
