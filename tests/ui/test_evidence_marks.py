"""Marks over a picture: drawn with mouse or keyboard, undone, kept as data over the original."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from assessor.assessment import Annotation, EvidenceItem
from assessor.canonical import digest_of_bytes
from assessor.ui.bridge import Bridge
from assessor.ui.dialogs.annotate import AnnotateDialog
from assessor.ui.tasks import Tasks
from assessor.ui.views.evidence import EvidencePage, build
from assessor.ui.views.evidence_desk.mark_canvas import TOOLS, MarkCanvas
from assessor.ui.visit_bridge import VisitBridge
from tests.ui.accessibility import nameless
from tests.ui.conftest import PATIENCE, MakeContext, shown, sweep, wait_until
from tests.unit.storage.samples import noise_jpeg

DATA = noise_jpeg(400, 200)


@pytest.fixture
def tasks(bridge: Bridge) -> Iterator[Tasks]:
    """Tasks on worker threads, as in the program."""
    made = Tasks(bridge)
    yield made
    made.close()


@pytest.fixture
def page(
    visit_bridge: VisitBridge, make_context: MakeContext, tmp_path: Path, qtbot: QtBot
) -> Iterator[EvidencePage]:
    """The screen with one picture, chosen."""
    made = build(make_context(visit_bridge))
    assert isinstance(made, EvidencePage)
    shown(made)
    path = tmp_path / "IMG_1.jpg"
    path.write_bytes(DATA)
    made.intake.take_files([path])
    qtbot.waitUntil(lambda: bool(made.grid.chosen()), timeout=PATIENCE)
    yield made
    qtbot.waitUntil(lambda: not visit_bridge.saving, timeout=PATIENCE)
    made.close()
    made.deleteLater()
    sweep()


@pytest.fixture
def dialog(page: EvidencePage, qtbot: QtBot) -> Iterator[AnnotateDialog]:
    made = AnnotateDialog(page.desk, page.chosen()[0], page)
    made.show()
    qtbot.waitUntil(lambda: made.canvas.image() is not None, timeout=PATIENCE)
    yield made
    made.close()
    made.deleteLater()
    sweep()


def drag(canvas: MarkCanvas, qtbot: QtBot, first: tuple[float, float], last: QPointF) -> None:
    start = canvas.to_point(QPointF(*first)).toPoint()
    end = canvas.to_point(last).toPoint()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(canvas, (start + end) / 2)
    qtbot.mouseMove(canvas, end)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)


def near(mark: Annotation, *corners: float) -> bool:
    found = (mark.x1, mark.y1, mark.x2, mark.y2)
    return all(
        abs(value - Decimal(str(wanted))) < Decimal("0.01")
        for value, wanted in zip(found, corners, strict=True)
    )


@pytest.mark.parametrize("tool", ["arrow", "rectangle", "pixelate"])
def test_a_mark_is_dragged_with_the_mouse(dialog: AnnotateDialog, qtbot: QtBot, tool: str) -> None:
    dialog.tools[tool].click()
    drag(dialog.canvas, qtbot, (0.2, 0.3), QPointF(0.6, 0.7))
    (mark,) = dialog.canvas.marks
    assert mark.kind == tool
    assert near(mark, 0.2, 0.3, 0.6, 0.7)


def test_a_mark_dragged_beyond_the_edge_ends_at_the_edge(
    dialog: AnnotateDialog, qtbot: QtBot
) -> None:
    dialog.set_tool("rectangle")
    drag(dialog.canvas, qtbot, (0.5, 0.5), QPointF(1.02, 0.9))
    assert dialog.canvas.marks[0].x2 == 1


def test_a_mere_click_makes_no_mark(dialog: AnnotateDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert dialog.canvas.marks == ()


def test_words_are_typed_where_one_clicked(dialog: AnnotateDialog, qtbot: QtBot) -> None:
    dialog.set_tool("text")
    at = dialog.canvas.to_point(QPointF(0.25, 0.5)).toPoint()
    qtbot.mouseClick(dialog.canvas, Qt.MouseButton.LeftButton, pos=at)
    assert dialog.text.isVisible()
    qtbot.keyClicks(dialog.text, "no 3")
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
    (mark,) = dialog.canvas.marks
    assert mark.text == "no 3"
    assert near(mark, 0.25, 0.5, 0.25, 0.5)
    assert dialog.isVisible()


def test_marks_are_put_moved_and_removed_by_keyboard(dialog: AnnotateDialog, qtbot: QtBot) -> None:
    dialog.set_tool("rectangle")
    dialog.put.click()
    assert near(dialog.canvas.marks[0], 0.4, 0.4, 0.6, 0.6)
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Right)
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Up)
    assert near(dialog.canvas.marks[0], 0.41, 0.39, 0.61, 0.59)
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Delete)
    assert dialog.canvas.marks == ()
    dialog.undo.click()
    dialog.undo.click()
    assert near(dialog.canvas.marks[0], 0.41, 0.4, 0.61, 0.6)
    dialog.redo.click()
    assert near(dialog.canvas.marks[0], 0.41, 0.39, 0.61, 0.59)


def test_a_mark_is_chosen_and_moved_with_the_mouse_and_keeps_its_size(
    dialog: AnnotateDialog, qtbot: QtBot
) -> None:
    dialog.set_tool("rectangle")
    dialog.canvas.add(QPointF(0.1, 0.1), QPointF(0.3, 0.4))
    dialog.set_tool("move")
    drag(dialog.canvas, qtbot, (0.2, 0.2), QPointF(0.4, 0.3))
    assert near(dialog.canvas.marks[0], 0.3, 0.2, 0.5, 0.5)
    drag(dialog.canvas, qtbot, (0.4, 0.3), QPointF(0.99, 0.3))
    assert near(dialog.canvas.marks[0], 0.8, 0.2, 1.0, 0.5)


def test_the_marks_are_drawn_into_the_picture_beside_the_window(
    dialog: AnnotateDialog, qtbot: QtBot
) -> None:
    bare = dialog.canvas.image()
    dialog.set_tool("rectangle")
    dialog.canvas.add(QPointF(0.1, 0.1), QPointF(0.9, 0.9))
    qtbot.waitUntil(
        lambda: (image := dialog.canvas.image()) is not None and image != bare, timeout=PATIENCE
    )


def test_kept_marks_are_one_step_and_the_original_stays(
    page: EvidencePage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = page.desk.visit

    def draw(dialog: AnnotateDialog) -> int:
        dialog.set_tool("pixelate")
        dialog.canvas.add(QPointF(0.1, 0.1), QPointF(0.9, 0.9))
        return int(QDialog.DialogCode.Accepted)

    def item() -> EvidenceItem:
        assert visit.latest is not None
        return visit.latest.assessment.evidence[0]

    monkeypatch.setattr(AnnotateDialog, "exec", draw)
    page.annotate()
    qtbot.waitUntil(lambda: len(item().annotations) == 1, timeout=PATIENCE)
    stored: list[bytes] = []
    visit.run(lambda opened: opened.file.read_blob(item().sha256), done=stored.append)
    qtbot.waitUntil(lambda: stored == [DATA], timeout=PATIENCE)
    assert item().sha256 == digest_of_bytes(DATA)
    visit.undo()
    qtbot.waitUntil(lambda: item().annotations == (), timeout=PATIENCE)


def test_cancelled_marks_are_not_kept(page: EvidencePage, monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(dialog: AnnotateDialog) -> int:
        dialog.set_tool("arrow")
        dialog.canvas.add(QPointF(0.1, 0.1), QPointF(0.9, 0.9))
        return int(QDialog.DialogCode.Rejected)

    monkeypatch.setattr(AnnotateDialog, "exec", draw)
    page.annotate()
    wait_until(lambda: not page.desk.visit.saving)


def test_everything_has_a_name_and_every_tool_its_words(dialog: AnnotateDialog) -> None:
    assert nameless(dialog) == []
    hints: set[str] = set()
    for tool in TOOLS:
        dialog.set_tool(tool)
        hints.add(dialog.hint.text)
    assert len(hints) == len(TOOLS)
