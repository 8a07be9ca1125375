"""Bad luck with the file of a visit: what the window says, what it offers, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from assessor.assessment import Answer, Assessment
from assessor.commands.answers import set_answer
from assessor.commands.edit import Edit
from assessor.i18n import Language
from assessor.storage import connection as connections
from assessor.ui.dialogs import files
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import LazyScreen
from assessor.ui.preferences import Preferences
from assessor.ui.widgets import Button, Strip
from assessor.workspace.visits import opened
from tests.ui.conftest import MakeVisit, wait_until
from tests.ui.probes import PROBE_SCREENS

ROOT = Path(__file__).resolve().parents[2]
ITEM = "a5-monitoring-visualisation"


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    """Light screens: it is the window that is asked here."""
    return PROBE_SCREENS


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def path(make_visit: MakeVisit, stick: Path) -> Path:
    return make_visit().rename(stick / "visit.assessment")


@pytest.fixture
def visiting(window: MainWindow, path: Path) -> MainWindow:
    return show(window, path)


def show(window: MainWindow, path: Path) -> MainWindow:
    window.open_visit(path)
    wait_until(lambda: window.visit is not None and window.visit.latest is not None)
    return window


def choose(option: str) -> Callable[[Assessment], Edit]:
    return lambda _: set_answer(ITEM, Answer(option=option))


def post(window: MainWindow, option: str) -> None:
    """Give an answer and wait until it is known what became of it."""
    assert window.visit is not None
    window.visit.post(choose(option))
    wait_until(lambda: window.visit is not None and not window.visit.saving)


def shown_answer(window: MainWindow) -> str | None:
    assert window.visit is not None
    assert window.visit.latest is not None
    answer = window.visit.latest.assessment.answers.get(ITEM)
    return answer.option if answer else None


def chosen(path: Path) -> str | None:
    with opened(path, read_only=True) as visit:
        answer = visit.assessment.answers.get(ITEM)
        return answer.option if answer else None


def strip(window: MainWindow, words: str) -> Strip:
    """The strip that says something, waited for."""

    def found() -> list[Strip]:
        return [one for one in window.shell.strips.strips if words in one.label.text]

    wait_until(lambda: bool(found()))
    return found()[-1]


def press(one: Strip, text: str) -> None:
    (button,) = [b for b in one.findChildren(Button) if b.text() == text]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def offered(one: Strip) -> list[str]:
    return [button.text() for button in one.findChildren(Button)]


def close(window: MainWindow) -> None:
    window.go("start")
    wait_until(lambda: not window._visits)


# --- in use ---------------------------------------------------------------------------------------

OTHER_WINDOW = f"""
import sys
from pathlib import Path
from assessor.assessment import Answer
from assessor.commands.answers import set_answer
from assessor.workspace.visits import opened

with opened(Path(sys.argv[1])) as visit:
    visit.do(set_answer("{ITEM}", Answer(option="L2")))
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def elsewhere(path: Path) -> Iterator[Callable[[], None]]:
    """The visit is open in another process, until what this gives is called."""
    command = [sys.executable, "-c", OTHER_WINDOW, str(path)]
    child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout is not None
    try:
        assert child.stdout.readline().strip() == b"open"
        yield lambda: (child.communicate(), None)[1]
    finally:
        child.communicate()


def test_a_visit_open_elsewhere_says_who_and_can_be_looked_at(
    window: MainWindow, path: Path, elsewhere: Callable[[], None]
) -> None:
    window.open_visit(path)
    told = strip(window, "正被其他程序打开")
    assert "始于" in told.label.text
    assert offered(told) == ["重试", "只读查看副本"]
    press(told, "只读查看副本")
    wait_until(lambda: window.visit is not None and window.visit.latest is not None)
    assert shown_answer(window) == "L2"
    assert "只读副本" in strip(window, "正在别处使用").label.text
    post(window, "L3")
    assert "另存到别处…" in offered(strip(window, "未作保存"))
    assert shown_answer(window) == "L2"
    close(window)
    elsewhere()
    assert chosen(path) == "L2"


def test_a_visit_that_is_free_again_is_opened_by_trying_again(
    window: MainWindow, path: Path, elsewhere: Callable[[], None]
) -> None:
    window.open_visit(path)
    told = strip(window, "正被其他程序打开")
    elsewhere()
    press(told, "重试")
    wait_until(lambda: window.visit is not None and window.visit.latest is not None)
    post(window, "L3")
    assert shown_answer(window) == "L3"


def test_opening_the_visit_that_is_open_shows_it(visiting: MainWindow, path: Path) -> None:
    visit = visiting.visit
    visiting.go("evidence")
    visiting.open_visit(path)
    assert (visiting.visit, visiting.shell.current_id) == (visit, "evaluation")
    assert [one for one in visiting.shell.strips.strips if offered(one)] == []


# --- read-only ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "told"), [("zh", "只读方式打开"), ("en", "for reading only")])
def test_a_read_only_visit_is_opened_for_looking_and_can_be_saved_elsewhere(
    window: MainWindow,
    path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: Language,
    told: str,
) -> None:
    window._preferences.change(language=language)
    with monkeypatch.context() as patch:
        usual = connections._open
        patch.setattr(connections, "_open", lambda path, _: usual(path, "ro"))
        show(window, path)
        said = strip(window, told)
        post(window, "L3")
        assert shown_answer(window) is None
    copy = tmp_path / "copy.assessment"
    monkeypatch.setattr(files, "ask_copy", lambda *_: copy)
    press(said, offered(said)[0])
    saved = strip(window, str(copy))
    press(saved, offered(saved)[0])
    wait_until(lambda: window.visit is not None and window.visit.path == copy)
    wait_until(lambda: window.visit is not None and window.visit.latest is not None)
    post(window, "L4")
    assert shown_answer(window) == "L4"
    close(window)
    assert (chosen(path), chosen(copy)) == (None, "L4")


def test_a_file_that_cannot_even_be_looked_at_is_told_once(
    window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(file: Path, mode: str) -> object:
        raise PermissionError(13, "Permission denied")

    def opening(file: Path, mode: str) -> object:
        with connections.translated(file), closing(refused(file, mode)):
            return None

    monkeypatch.setattr(connections, "_open", opening)
    window.open_visit(path)
    assert offered(strip(window, "没有读写")) == []
    wait_until(lambda: not window._visits)
    assert len(window.shell.strips.strips) == 1
    assert window.visit is None


# --- away -----------------------------------------------------------------------------------------


def test_a_stick_pulled_out_refuses_edits_and_work_goes_on_when_it_is_back(
    visiting: MainWindow, stick: Path, path: Path
) -> None:
    post(visiting, "L2")
    away = stick.rename(stick.with_name("away"))
    post(visiting, "L3")
    told = strip(visiting, "现在无法访问")
    assert offered(told) == ["重试", "另存到别处…"]
    assert shown_answer(visiting) == "L2"
    away.rename(stick)
    press(told, "重试")
    wait_until(lambda: shown_answer(visiting) == "L3")
    assert strip(visiting, "又可以访问")
    assert not [s for s in visiting.shell.strips.strips if "现在无法访问" in s.label.text]
    close(visiting)
    assert chosen(path) == "L3"


def test_the_window_notices_by_itself_that_the_file_is_gone_and_back(
    visiting: MainWindow, stick: Path, path: Path
) -> None:
    visiting.care._timer.setInterval(20)
    away = stick.rename(stick.with_name("away"))
    strip(visiting, "现在无法访问")
    away.rename(stick)
    strip(visiting, "又可以访问")
    post(visiting, "L3")
    assert shown_answer(visiting) == "L3"


def test_what_is_here_is_saved_elsewhere_while_the_file_is_deleted(
    visiting: MainWindow, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(visiting, "L2")
    path.unlink()
    post(visiting, "L3")
    copy = tmp_path / "rescued.assessment"
    monkeypatch.setattr(files, "ask_copy", lambda *_: copy)
    press(strip(visiting, "现在无法访问"), "另存到别处…")
    press(strip(visiting, "已另存并核对"), "在副本中继续")
    wait_until(lambda: visiting.visit is not None and visiting.visit.path == copy)
    wait_until(lambda: visiting.visit is not None and visiting.visit.latest is not None)
    assert shown_answer(visiting) == "L2"
    assert [one for one in visiting.shell.strips.strips if offered(one)] == []


def test_another_file_in_its_place_is_never_written_to(
    visiting: MainWindow, path: Path, stick: Path
) -> None:
    before = path.read_bytes()
    post(visiting, "L2")
    stick.rename(stick.with_name("away"))
    post(visiting, "L3")
    stick.mkdir()
    path.write_bytes(before)
    press(strip(visiting, "现在无法访问"), "重试")
    assert "另存到别处…" in offered(strip(visiting, "另一份内容不同"))
    close(visiting)
    assert path.read_bytes() == before


def test_the_window_closes_with_its_file_away(visiting: MainWindow, stick: Path) -> None:
    post(visiting, "L2")
    stick.rename(stick.with_name("away"))
    visiting.close()
    assert visiting._visits == []


# --- a full disk ----------------------------------------------------------------------------------


def pages(window: MainWindow, more: int) -> None:
    """Let the disk have room for so many more pages."""

    def limit(visit: object) -> None:
        connection = visit.file._connection
        (count,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {count + more}")

    assert window.visit is not None
    window.visit.live.run(limit).result()


def test_a_full_disk_refuses_the_answer_and_trying_again_gives_it(
    visiting: MainWindow, path: Path
) -> None:
    post(visiting, "L2")
    pages(visiting, 0)
    assert visiting.visit is not None
    long = "很长的说明" * 4000
    edit = set_answer(ITEM, Answer(option="L3", note=long))
    visiting.visit.post(lambda _: edit)
    told = strip(visiting, "磁盘空间不足")
    assert offered(told) == ["重试", "另存到别处…"]
    assert shown_answer(visiting) == "L2"
    press(told, "重试")
    told = strip(visiting, "磁盘空间不足")
    pages(visiting, 10_000)
    press(told, "重试")
    wait_until(lambda: shown_answer(visiting) == "L3")
    close(visiting)
    assert chosen(path) == "L3"


# --- who did it -----------------------------------------------------------------------------------


def test_the_name_of_the_settings_stands_beside_each_step(
    visiting: MainWindow, preferences: Preferences, path: Path
) -> None:
    preferences.change(author=" 沈评安 ")
    post(visiting, "L2")
    preferences.change(author="林工")
    post(visiting, "L3")
    close(visiting)
    with opened(path, read_only=True) as visit:
        assert [step.author for step in visit.file.history()][1:] == ["沈评安", "林工"]
