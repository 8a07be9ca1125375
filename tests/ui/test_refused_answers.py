"""An answer that cannot be saved: the old one stays chosen, and giving it again works."""

from __future__ import annotations

import pytest

from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import LazyScreen
from assessor.workspace.visits import OpenVisit
from tests.ui.conftest import MakeVisit
from tests.ui.evaluation_desk import OURS, Desk
from tests.ui.test_mishaps import offered, press, strip

MOST = 200
"""Answers after which the last page of the file is full for certain."""


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    return OURS


@pytest.fixture
def desk(window: MainWindow, make_visit: MakeVisit) -> Desk:
    made = Desk(window, make_visit("zj.future_factory"))
    made.open("44")
    return made


def room(desk: Desk, more: int) -> None:
    """Let the disk have room for so many more pages."""

    def limit(visit: OpenVisit) -> None:
        connection = visit.file._connection
        (count,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {count + more}")

    desk.visit.live.run(limit).result()


def shown(desk: Desk) -> list[str]:
    """The options that look chosen."""
    return [card.key for card in desk.page.view.editor.list.cards if card.isChecked()]


def test_a_full_disk_leaves_the_old_answer_chosen_and_trying_again_gives_the_new(
    desk: Desk,
) -> None:
    keys = {"2": "B", "3": "C"}
    desk.press("2")
    room(desk, 0)
    asked = "2"
    for _ in range(MOST):
        asked = "3" if asked == "2" else "2"
        desk.press(asked)
        if desk.window.shell.strips.strips:
            break
    told = strip(desk.window, "磁盘空间不足")
    assert offered(told) == ["重试", "另存到别处…"]
    old = [option for key, option in keys.items() if key != asked]
    assert shown(desk) == old
    assert [desk.record.answers[desk.page.current].option] == old
    room(desk, 100)
    press(told, "重试")
    desk.settle()
    assert shown(desk) == [keys[asked]]
    assert desk.on_disk().answers[desk.page.current].option == keys[asked]
