"""Sealing and opening in the window: how far it is, ended half-way, and never on its own thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, get_ident

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from assessor.exchange.sealing import Passphrase, Work, seal_bytes
from assessor.ui.bridge import Bridge
from assessor.ui.dialogs import files
from assessor.ui.dialogs.passphrase import PassphraseDialog
from assessor.ui.dialogs.sealing import SealDialog
from assessor.ui.dialogs.unsealing import ask_unseal
from assessor.ui.dialogs.working import WorkDialog
from assessor.ui.navigation import Context
from assessor.ui.tasks import Tasks
from tests.ui.accessibility import nameless
from tests.ui.conftest import MakeContext, shown, sweep, wait_until

WORDS = "correct horse battery"


@pytest.fixture
def tasks(bridge: Bridge) -> Iterator[Tasks]:
    """Tasks on worker threads, as in the program."""
    made = Tasks(bridge)
    yield made
    made.close()


@pytest.fixture
def context(make_context: MakeContext) -> Context:
    return make_context()


@pytest.fixture
def keep() -> Iterator[Callable[[QWidget], QWidget]]:
    """A function that shows a widget till the test is over."""
    made: list[QWidget] = []

    def show(widget: QWidget) -> QWidget:
        made.append(widget)
        return shown(widget, 760, 600)

    yield show
    for widget in made:
        widget.close()
        widget.deleteLater()
    sweep()


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


class Held:
    """Stands for work on a large file, that stops half-way until it may go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        self.threads: list[int] = []
        self.go_on = Event()
        monkeypatch.setattr(f"assessor.workspace.sealing.{name}", self._work)

    def _work(self, *given: Callable[[int, int], None]) -> None:
        step = given[-1]
        self.threads.append(get_ident())
        step(5_000_000_000, 10_000_000_000)
        assert self.go_on.wait(60)
        step(9_000_000_000, 10_000_000_000)


def test_sealing_shows_how_far_it_is_and_can_be_ended(
    context: Context,
    keep: Callable[[QWidget], QWidget],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "a").write_bytes(b"content")
    monkeypatch.setattr(files, "ask_any", lambda *_: tmp_path / "a")
    held = Held(monkeypatch, "seal_file")
    dialog = SealDialog(context)
    keep(dialog)
    click(dialog.choose_file)
    dialog.protect.click()
    for field in (dialog.pair.first, dialog.pair.second):
        QTest.keyClicks(field, WORDS)
    click(dialog.seal)
    wait_until(lambda: "50 %" in dialog.progress.text.text)
    assert dialog.progress.isVisible()
    assert "50 %" in dialog.progress.bar.accessibleName()
    assert not dialog.seal.isEnabled()
    assert held.threads != [get_ident()]
    click(dialog.cancel)
    assert dialog.isVisible()
    held.go_on.set()
    wait_until(dialog.seal.isEnabled)
    assert "已取消" in dialog.said.text
    assert not dialog.progress.isVisible()
    assert [path.name for path in tmp_path.glob("*a*") if path.is_file()] == ["a"]
    click(dialog.cancel)
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_opening_a_sealed_file_shows_how_far_it_is_and_can_be_ended(
    context: Context,
    keep: Callable[[QWidget], QWidget],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sealed = tmp_path / "a.sealed"
    sealed.write_bytes(seal_bytes(b"content", [Passphrase(WORDS)], Work(8, 1, 1)))
    monkeypatch.setattr(files, "ask_sealed", lambda *_: sealed)
    monkeypatch.setattr(PassphraseDialog, "ask", lambda *_: WORDS)
    held = Held(monkeypatch, "unseal_file")
    parent = keep(QWidget())
    ask_unseal(context, parent)
    wait_until(lambda: bool(parent.findChildren(WorkDialog)))
    (dialog,) = parent.findChildren(WorkDialog)
    wait_until(lambda: "50 %" in dialog.bar.text.text)
    assert nameless(dialog) == []
    assert held.threads != [get_ident()]
    click(dialog.cancel)
    held.go_on.set()
    wait_until(lambda: not context.tasks.busy)
    sweep()
    assert parent.findChildren(WorkDialog) == []
