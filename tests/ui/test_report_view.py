"""The report screen: previewed and written beside the window, by keyboard and by mouse."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assessor.assessment import Answer
from assessor.commands.answers import set_answer
from assessor.i18n import LANGUAGES
from assessor.ui.bridge import Bridge, Notice
from assessor.ui.navigation import Context
from assessor.ui.tasks import Monitor, Tasks
from assessor.ui.theme import Theme
from assessor.ui.views import report_files
from assessor.ui.views.report import ReportPage, build
from assessor.ui.views.report_pages import FIT, LONGEST, PageView
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.words import Words
from assessor.workspace import pages as page_reader
from assessor.workspace.preview import Preview
from assessor.workspace.report_files import ReportFiles
from assessor.workspace.report_process import ReportMaker
from tests.ui.accessibility import clipped, nameless, outside, unreached, wheel_sensitive
from tests.ui.conftest import MakeContext, shown, wait_until

A4 = (595.3, 841.9)
ITEM = "a5-monitoring-visualisation"


@pytest.fixture
def tasks(bridge: Bridge) -> Iterator[Tasks]:
    """Tasks on worker threads, as in the program."""
    made = Tasks(bridge)
    yield made
    made.close()


@pytest.fixture
def notices(bridge: Bridge) -> list[Notice]:
    found: list[Notice] = []
    bridge.noticed.connect(found.append)
    bridge.listen()
    return found


@pytest.fixture
def context(make_context: MakeContext, visit_bridge: VisitBridge) -> Context:
    return make_context(visit_bridge)


@pytest.fixture
def page(context: Context, tasks: Tasks) -> Iterator[ReportPage]:
    made = build(context)
    assert isinstance(made, ReportPage)
    shown(made)
    yield made
    made.close()
    tasks.close()
    made.deleteLater()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """Previews of two empty pages, without any typesetting; remembers what was asked for."""
    asked: list[tuple[str, bool]] = []

    def make(*args: Any, **_: object) -> Preview:
        language, photos = args[2:4]
        asked.append((language, photos))
        return Preview(b"", (A4, A4))

    def draw(data: bytes, number: int, longest: int) -> object:
        return Image.new("RGB", (round(longest * A4[0] / A4[1]), longest), "white")

    monkeypatch.setattr(ReportMaker, "preview", make)
    monkeypatch.setattr(page_reader, "page_picture", draw)
    return asked


def click(widget: Any) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose(page: ReportPage, folder: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer the question for a folder."""
    monkeypatch.setattr(report_files, "ask_folder", lambda *_: folder)
    click(page.files.write_button)


# --- the preview ----------------------------------------------------------------------------------


def test_pages_are_set_and_drawn_beside_the_window(
    page: ReportPage, monkeypatch: pytest.MonkeyPatch, visit_bridge: VisitBridge
) -> None:
    window, seen = threading.get_ident(), set[tuple[str, int]]()

    def watched(module: Any, name: str) -> None:
        true: Callable[..., object] = getattr(module, name)

        def spy(*args: object, **kwargs: object) -> object:
            seen.add((name, threading.get_ident()))
            return true(*args, **kwargs)

        monkeypatch.setattr(module, name, spy)

    watched(ReportMaker, "preview")
    watched(ReportMaker, "warm")
    watched(page_reader, "page_picture")
    page.desk.attend()
    page.desk.refresh(again=True)
    wait_until(lambda: page.desk.preview is not None and not page.desk.making, 60_000)
    wait_until(lambda: {name for name, _ in seen} == {"preview", "warm", "page_picture"})
    assert window not in {thread for _, thread in seen}
    assert page.stack.currentWidget() is page.pages
    assert page.pages.count > 5


def test_the_pages_are_those_of_the_report(page: ReportPage) -> None:
    """What is seen on the screen is ink on paper: not white, and not the same on every page."""
    drawn: dict[int, QImage] = {}
    page.desk.page_drawn.connect(drawn.setdefault)
    wait_until(lambda: {0, 1} <= drawn.keys())
    first, second = drawn[0], drawn[1]
    assert abs(max(first.width(), first.height()) - expected_longest(page.pages)) <= 1
    assert first != second
    colours = {first.pixel(x, y) for x in range(0, first.width(), 7) for y in range(0, 900, 7)}
    assert len(colours) > 3


def expected_longest(pages: PageView) -> int:
    return ceil(A4[1] * pages.scale * pages.devicePixelRatioF())


def test_another_language_or_no_photographs_make_another_preview(
    quick: list[tuple[str, bool]], page: ReportPage
) -> None:
    wait_until(lambda: len(quick) == 1)
    page.photos.setFocus()
    QTest.keyClick(page.photos, Qt.Key.Key_Space)
    wait_until(lambda: len(quick) == 2)
    page.language.setFocus()
    QTest.keyClick(page.language, Qt.Key.Key_Down)
    wait_until(lambda: len(quick) == 3)
    assert quick == [("zh", True), ("zh", False), ("en", False)]
    wait_until(lambda: not page.desk.making)


def test_an_edit_makes_the_preview_anew_when_it_is_looked_at(
    quick: list[tuple[str, bool]], page: ReportPage, visit_bridge: VisitBridge
) -> None:
    wait_until(lambda: len(quick) == 1 and not page.desk.making)
    page.hide()
    visit_bridge.post(lambda _: set_answer(ITEM, Answer(option="L2")))
    wait_until(lambda: not visit_bridge.saving)
    assert len(quick) == 1
    page.show()
    wait_until(lambda: len(quick) == 2)
    wait_until(lambda: not page.desk.making)


def test_another_language_of_the_window_keeps_the_preview_and_the_choices(
    quick: list[tuple[str, bool]],
    page: ReportPage,
    make_context: MakeContext,
    visit_bridge: VisitBridge,
) -> None:
    wait_until(lambda: page.desk.preview is not None and not page.desk.making)
    click(page.photos)
    wait_until(lambda: len(quick) == 2 and not page.desk.making)
    other = build(make_context(visit_bridge, "en"))
    assert isinstance(other, ReportPage)
    shown(other)
    assert other.desk is page.desk
    assert other.language.key() == "zh"
    assert not other.photos.isChecked()
    assert other.stack.currentWidget() is other.pages
    assert len(quick) == 2
    other.close()
    other.deleteLater()


# --- the files ------------------------------------------------------------------------------------


def test_files_are_written_verified_and_shown(
    quick: list[tuple[str, bool]],
    page: ReportPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window, seen, opened = threading.get_ident(), set[int](), list[QUrl]()
    true = ReportMaker.write

    def write(*args: Any, **named: Any) -> ReportFiles:
        seen.add(threading.get_ident())
        return true(*args, **named)

    monkeypatch.setattr(ReportMaker, "write", write)
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    folder = tmp_path / "out"
    choose(page, folder, monkeypatch)
    assert page.files.progress.isVisible()
    assert not page.files.write_button.isEnabled()
    wait_until(lambda: page.desk.written is not None, 60_000)
    assert seen
    assert window not in seen
    assert page.files.result.isVisible()
    names = page.files.result.names.text.splitlines()
    assert sorted(names) == sorted(path.name for path in folder.iterdir())
    assert not page.files.progress.isVisible()
    click(page.files.result.open_folder)
    click(page.files.result.open_pdf)
    assert [Path(url.toLocalFile()) for url in opened] == [folder, folder / names[0]]


def test_a_cancel_works_in_the_middle_of_a_file_and_leaves_nothing(
    quick: list[tuple[str, bool]],
    page: ReportPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "out"
    reached = threading.Event()

    def step(monitor: Monitor, done: int, total: int) -> None:
        """The writing of the first file is under way, and is not heard of any more."""
        if done == 1:
            reached.set()

    monkeypatch.setattr(Monitor, "step", step)
    choose(page, folder, monkeypatch)
    wait_until(reached.is_set, 60_000)
    page.files.progress.cancel.setFocus()
    QTest.keyClick(page.files.progress.cancel, Qt.Key.Key_Space)
    assert page.desk.cancelling
    assert not page.files.progress.cancel.isEnabled()
    wait_until(lambda: not page.desk.writing)
    assert page.desk.cancelled
    assert page.files.cancelled.isVisible()
    assert not page.files.result.isVisible()
    assert list(folder.iterdir()) == []


def test_a_process_that_dies_is_said_in_a_strip(
    quick: list[tuple[str, bool]],
    page: ReportPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    notices: list[Notice],
) -> None:
    monkeypatch.setattr(
        "assessor.workspace.report_process.own_command",
        lambda _: [sys.executable, "-c", "raise SystemExit(3)"],
    )
    page.desk.rest()
    choose(page, tmp_path / "out", monkeypatch)
    wait_until(lambda: bool(notices))
    assert notices[0].message.key == "report.process_ended"
    wait_until(lambda: not page.desk.writing)
    assert list((tmp_path / "out").iterdir()) == []
    assert page.files.write_button.isEnabled()


def test_a_cancel_that_comes_too_late_still_shows_the_files(
    quick: list[tuple[str, bool]],
    page: ReportPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done, go_on = threading.Event(), threading.Event()
    made = ReportFiles(tmp_path / "a.pdf", tmp_path / "a.xlsx", "0" * 64)

    def written(*_: object, **__: object) -> ReportFiles:
        done.set()
        assert go_on.wait(30)
        return made

    monkeypatch.setattr(ReportMaker, "write", written)
    choose(page, tmp_path / "out", monkeypatch)
    wait_until(done.is_set)
    page.desk.cancel()
    go_on.set()
    wait_until(lambda: not page.desk.writing)
    assert page.desk.written is made
    assert not page.desk.cancelled


def test_reports_in_the_way_are_asked_about(
    quick: list[tuple[str, bool]],
    page: ReportPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: list[Path] = []
    made = ReportFiles(tmp_path / "a.pdf", tmp_path / "a.xlsx", "0" * 64)

    def write(*args: Any, **_: object) -> ReportFiles:
        written.append(args[2])
        return made

    monkeypatch.setattr(ReportMaker, "write", write)
    older = tmp_path / "宁波甬示精密模具有限公司-数字化车间-r1.pdf"
    older.write_bytes(b"older")
    choose(page, tmp_path, monkeypatch)
    wait_until(lambda: bool(page.desk.in_the_way))
    assert older.name in page.files.question.text.text
    click(page.files.question.keep)
    assert not page.files.question.isVisible()
    assert written == []
    choose(page, tmp_path, monkeypatch)
    wait_until(lambda: bool(page.desk.in_the_way))
    click(page.files.question.replace)
    wait_until(lambda: page.desk.written is made)
    assert written == [tmp_path]


def test_a_folder_that_cannot_be_used_is_said_in_a_strip(
    quick: list[tuple[str, bool]],
    page: ReportPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    notices: list[Notice],
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    choose(page, blocked, monkeypatch)
    wait_until(lambda: bool(notices))
    assert notices[0].message.key == "visit.not_a_folder"
    wait_until(lambda: not page.desk.writing)
    assert page.files.write_button.isEnabled()
    assert not page.files.result.isVisible()


def test_thinking_better_of_it_writes_nothing(
    quick: list[tuple[str, bool]], page: ReportPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(page, None, monkeypatch)
    assert not page.desk.writing


# --- the page view --------------------------------------------------------------------------------


@pytest.fixture
def pages(qapp: QApplication) -> Iterator[PageView]:
    """Twenty pages whose pictures nobody brings."""
    made = PageView(Theme(), Words("zh"))
    shown(made, 700, 600)
    made.set_pages([A4] * 20)
    yield made
    made.close()
    made.deleteLater()


def asked(pages: PageView, answers: int = 30) -> list[tuple[int, int]]:
    """What is asked for until everything in sight is there."""
    found: list[tuple[int, int]] = []

    def bring(number: int, longest: int) -> None:
        found.append((number, longest))
        size = (ceil(longest * A4[0] / A4[1]), longest)
        if len(found) < answers:
            pages.set_picture(number, QImage(*size, QImage.Format.Format_RGB888))

    pages.page_wanted.connect(bring)
    pages.set_pages([A4] * pages.count)
    return found


def test_only_pages_in_sight_and_their_neighbours_are_drawn(pages: PageView) -> None:
    assert [number for number, _ in asked(pages)] == [0, 1]


def test_every_zoom_asks_for_its_own_pixels(pages: PageView) -> None:
    found = asked(pages)
    pages.set_zoom(2.0)
    ratio = pages.devicePixelRatioF()
    wait_until(lambda: found[-1][1] == ceil(A4[1] * 2 * 96 / 72 * ratio))
    before = len(found)
    pages.set_zoom(4.0)
    wait_until(lambda: len(found) > before)
    assert found[-1][1] <= LONGEST


def test_keys_turn_pages_and_zoom(pages: PageView) -> None:
    pages.setFocus()
    QTest.keyClick(pages, Qt.Key.Key_PageDown)
    QTest.keyClick(pages, Qt.Key.Key_PageDown)
    assert pages.page == 2
    QTest.keyClick(pages, Qt.Key.Key_PageUp)
    assert pages.page == 1
    QTest.keyClick(pages, Qt.Key.Key_End)
    assert pages.page == 19
    QTest.keyClick(pages, Qt.Key.Key_Home)
    assert pages.page == 0
    before = pages.percent
    QTest.keyClick(pages, Qt.Key.Key_Plus)
    assert pages.percent > before
    QTest.keyClick(pages, Qt.Key.Key_Minus)
    QTest.keyClick(pages, Qt.Key.Key_Minus)
    assert pages.percent < before
    QTest.keyClick(pages, Qt.Key.Key_0)
    assert pages.zoom == FIT


def test_zooming_keeps_the_page(pages: PageView) -> None:
    pages.go_to(7)
    pages.set_zoom(2.0)
    assert pages.page == 7
    pages.set_zoom(0.5)
    assert pages.page in {6, 7, 8}


def test_a_page_of_a_replaced_document_is_not_shown(pages: PageView) -> None:
    found = asked(pages, answers=1)
    assert found == [found[0]]
    pages.set_pages([A4] * 3)
    pages.set_picture(-1, QImage(10, 10, QImage.Format.Format_RGB888))
    assert [number for number, _ in found] == [0, 0, 0]


def test_the_wheel_scrolls(pages: PageView) -> None:
    point = pages.viewport().rect().center()
    event = QWheelEvent(
        QPointF(point),
        QPointF(pages.mapToGlobal(point)),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pages.viewport(), event)
    assert pages.verticalScrollBar().value() > 0


# --- for everybody --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_named_reached_and_in_sight(
    quick: list[tuple[str, bool]],
    make_context: MakeContext,
    visit_bridge: VisitBridge,
    tasks: Tasks,
    language: Any,
) -> None:
    made = build(make_context(visit_bridge, language))
    assert isinstance(made, ReportPage)
    shown(made, 900, 600)
    wait_until(lambda: made.desk.preview is not None and not made.desk.making)
    wait_until(lambda: clipped(made) == [])  # room is given when what was written has been seen
    for check in (nameless, unreached, clipped, outside, wheel_sensitive):
        assert check(made) == [], check.__name__
    made.close()
    tasks.close()
    made.deleteLater()
