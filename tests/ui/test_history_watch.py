"""The window checks the history of a visit in the background and says when it is broken."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessor.i18n import message
from assessor.storage.history import EditNote
from assessor.ui.bridge import Notice
from assessor.ui.history_watch import HistoryWatch
from assessor.ui.main_window import MainWindow
from assessor.workspace import history
from assessor.workspace.history import SlicedCheck
from assessor.workspace.visits import opened
from tests.hostile.test_history_tampering import run as run_behind_the_back
from tests.ui.conftest import MakeVisit, wait_until

BROKEN = "history.broken_here"


@pytest.fixture
def path(make_visit: MakeVisit) -> Path:
    return make_visit()


def test_a_history_changed_with_other_tools_is_told(window: MainWindow, path: Path) -> None:
    run_behind_the_back(path, "UPDATE edit SET author = 'x' WHERE sequence = 1")
    window.open_visit(path)

    def told() -> list[Notice]:
        return [one for one in window.shell.strips.notices if one.message.key == BROKEN]

    wait_until(lambda: bool(told()))
    assert [(one.code, one.subject) for one in told()[0].problems] == [("history.altered", "1")]


def test_slices_go_on_until_all_is_checked(
    window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_behind_the_back(path, "UPDATE edit SET author = 'x' WHERE sequence = 1")
    with opened(path) as visit:
        for revision in (2, 3):
            note = EditNote(message("visit.created"), datetime.now(UTC))
            visit.file.commit(visit.assessment.model_copy(update={"revision": revision}), note)
    window.open_visit(path)
    wait_until(lambda: window.visit is not None and window.visit.latest is not None)
    monkeypatch.setattr(history, "SLICE", 1)
    told: list[Notice] = []
    watch = HistoryWatch(told.append, window)
    assert window.visit is not None
    watch.start(window.visit)
    wait_until(lambda: bool(told))
    assert [one.code for one in told[0].problems] == ["history.altered"]


def test_an_end_that_is_broken_is_told_at_once(path: Path) -> None:
    run_behind_the_back(path, "DELETE FROM head")
    with opened(path, read_only=True) as visit:
        found = SlicedCheck().step(visit)
    assert found is not None
    assert [one.code for one in found] == ["history.no_head"]


def test_a_file_opened_again_is_checked_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "SLICE", 1)
    check = SlicedCheck()
    with opened(path, read_only=True) as visit:
        assert check.step(visit) is None
    with opened(path, read_only=True) as visit:
        assert check.step(visit) is None
        while (found := check.step(visit)) is None:
            pass
    assert found == ()
