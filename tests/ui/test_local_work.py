"""A visit in a synchronised folder: said once, worked on as a local copy, copied back verified."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.ui.bridge import Bridge
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import LazyScreen
from assessor.ui.preferences import Preferences
from assessor.ui.tasks import Tasks
from assessor.workspace import synced_folders
from assessor.workspace.visits import opened
from tests.ui.conftest import MakeVisit, sweep, wait_until
from tests.ui.probes import PROBE_SCREENS
from tests.ui.test_mishaps import choose, chosen, close, offered, post, press, show, strip


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    """Light screens: it is the window that is asked here."""
    return PROBE_SCREENS


@pytest.fixture
def cloud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that a service synchronises."""
    monkeypatch.setattr(synced_folders, "MOUNTS", tmp_path / "mounts")
    folder = tmp_path / "我的坚果云"
    folder.mkdir()
    return folder


@pytest.fixture
def path(make_visit: MakeVisit, cloud: Path) -> Path:
    return make_visit().rename(cloud / "visit.assessment")


def opened_here(window: MainWindow, path: Path) -> bool:
    return window.visit is not None and window.visit.attached and window.visit.path == path


def said(window: MainWindow) -> list[str]:
    return [one.label.text for one in window.shell.strips.strips]


def idle(window: MainWindow) -> None:
    wait_until(lambda: not window._tasks.busy)


def test_it_is_said_once_a_folder(
    window: MainWindow, path: Path, cloud: Path, preferences: Preferences
) -> None:
    show(window, path)
    told = strip(window, "坚果云")
    assert offered(told) == ["在本机副本上工作", "仍在此处工作"]
    press(told, "仍在此处工作")
    assert preferences.value.stay_folders == (str(cloud),)
    close(window)
    show(window, path.rename(cloud / "other.assessment"))
    idle(window)
    assert said(window) == []


def test_an_ordinary_folder_is_not_spoken_of(
    window: MainWindow, make_visit: MakeVisit, cloud: Path
) -> None:
    show(window, make_visit())
    idle(window)
    assert said(window) == []


@pytest.fixture
def local(window: MainWindow, path: Path, cloud: Path, preferences: Preferences) -> Path:
    """The copy that is open after the offer was taken, with an answer in it."""
    show(window, path)
    press(strip(window, "坚果云"), "在本机副本上工作")
    wait_until(lambda: window.visit is not None and not opened_here(window, path))
    wait_until(lambda: window.visit is not None and window.visit.latest is not None)
    assert window.visit is not None
    assert str(path) in strip(window, "正在本机副本上工作").label.text
    assert preferences.value.local_folders == (str(cloud),)
    assert preferences.value.stay_folders == ()
    post(window, "L3")
    return window.visit.path


def test_the_copy_is_given_back_when_the_visit_is_closed(
    window: MainWindow, path: Path, local: Path, preferences: Preferences
) -> None:
    assert chosen(path) is None
    close(window)
    told = strip(window, "尚未复制回去")
    press(told, "核对并复制回去")
    strip(window, "已复制回去并核对")
    assert chosen(path) == "L3"
    assert not local.exists()
    assert preferences.value.recent[0] == str(path)
    assert str(local) not in preferences.value.recent


def test_the_visit_is_gone_on_with_in_the_copy(window: MainWindow, path: Path, local: Path) -> None:
    close(window)
    press(strip(window, "尚未复制回去"), "以后再说")
    window.open_visit(path)
    wait_until(lambda: opened_here(window, local))
    wait_until(lambda: window.visit is not None and window.visit.latest is not None)
    post(window, "L4")
    close(window)
    assert (chosen(path), chosen(local)) == (None, "L4")


def test_a_change_in_the_folder_meanwhile_is_kept_and_the_copy_put_beside(
    window: MainWindow, path: Path, local: Path
) -> None:
    with opened(path) as visit:
        visit.do(choose("L1")(visit.assessment))
    close(window)
    press(strip(window, "尚未复制回去"), "核对并复制回去")
    press(strip(window, "未作覆盖"), "放在旁边")
    strip(window, "已复制回去并核对")
    assert chosen(path) == "L1"
    assert chosen(path.with_name("visit-2.assessment")) == "L3"


def test_a_copy_left_behind_is_offered_at_the_next_start(
    window: MainWindow, path: Path, local: Path, preferences: Preferences
) -> None:
    window.close()
    bridge = Bridge()
    again = MainWindow(preferences, bridge, Tasks(bridge), screens=PROBE_SCREENS)
    again.show()
    press(strip(again, "尚未复制回去"), "核对并复制回去")
    strip(again, "已复制回去并核对")
    again.close()
    again.deleteLater()
    sweep()
    assert chosen(path) == "L3"


def test_an_untouched_copy_goes_by_itself(
    window: MainWindow, path: Path, preferences: Preferences, cloud: Path
) -> None:
    preferences.replace(preferences.value.with_folder(cloud, local=True))
    window.open_visit(path)
    wait_until(lambda: window.visit is not None and window.visit.latest is not None)
    assert not opened_here(window, path)
    close(window)
    wait_until(lambda: preferences.value.recent == (str(path),))
    idle(window)
    assert said(window) == []
