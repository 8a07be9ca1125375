"""An answer on a slow disk: its result is seen at once, saved is said only when it is."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest

from assessor.assessment import Assessment
from assessor.i18n import Message, message
from assessor.storage.errors import DiskFullError
from assessor.ui.main_window import MainWindow
from assessor.ui.navigation import LazyScreen
from assessor.workspace.visits import OpenVisit
from tests.ui.conftest import MakeVisit, wait_until
from tests.ui.evaluation_desk import OURS, Desk, focus_of

PATIENCE = 60


@pytest.fixture
def screens() -> tuple[LazyScreen, ...]:
    return OURS


@pytest.fixture
def desk(window: MainWindow, make_visit: MakeVisit) -> Desk:
    made = Desk(window, make_visit("zj.future_factory"))
    made.open("44")
    return made


class SlowDisk:
    """Holds every commit until it is let go, then makes it or fails."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.failure: Exception | None = None
        self._commit = OpenVisit.commit

    def commit(self, visit: OpenVisit, new: Assessment, what: Message, *sources: object) -> bool:
        assert self.go.wait(PATIENCE)
        if self.failure is not None:
            raise self.failure
        return self._commit(visit, new, what)


@pytest.fixture
def disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowDisk]:
    made = SlowDisk()

    def commit(visit: OpenVisit, new: Assessment, what: Message, *sources: object) -> bool:
        return made.commit(visit, new, what, *sources)

    monkeypatch.setattr(OpenVisit, "commit", commit)
    yield made
    made.go.set()
    desk.settle()


def chosen(desk: Desk) -> list[str]:
    """The options that look chosen."""
    return [card.key for card in desk.page.view.editor.list.cards if card.isChecked()]


def result(desk: Desk) -> str:
    """The result in short, as the page has it at its foot."""
    return desk.page.footer.score.text()


def mark(desk: Desk) -> str:
    """What the mark in the bar says of saving."""
    bar = desk.window.shell.bar
    assert bar is not None
    return bar.saved.text


def test_the_result_is_shown_before_the_disk_is_done(desk: Desk, disk: SlowDisk) -> None:
    before = result(desk)
    QTest.keySequence(focus_of(desk.window), "2")
    wait_until(lambda: result(desk) != before)
    assert chosen(desk) == ["B"]
    assert desk.visit.saving
    assert desk.page.current not in desk.record.answers
    assert mark(desk) == "正在保存…"
    foreseen = result(desk)
    disk.go.set()
    desk.settle()
    assert desk.record.answers[desk.page.current].option == "B"
    assert result(desk) == foreseen
    assert mark(desk).startswith("已保存")


def test_what_the_disk_refuses_is_taken_back(desk: Desk, disk: SlowDisk) -> None:
    before = result(desk)
    disk.failure = DiskFullError(message("storage.disk_full", path="D:"))
    QTest.keySequence(focus_of(desk.window), "2")
    wait_until(lambda: result(desk) != before)
    disk.go.set()
    wait_until(lambda: bool(desk.window.shell.strips.strips))
    desk.settle()
    assert chosen(desk) == []
    assert result(desk) == before
    assert desk.page.current not in desk.record.answers
