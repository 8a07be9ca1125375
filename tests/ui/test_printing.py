"""Onto paper: every page of a form comes out of the printer, as large as the paper."""

from __future__ import annotations

from pathlib import Path
from threading import get_ident

import pytest
from PySide6.QtPrintSupport import QPrinter

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.ui import printing
from assessor.ui.bridge import Bridge, Notice
from assessor.ui.tasks import Tasks
from assessor.ui.views.walk_paper import WalkPaper, blank_form
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace.pages import page_count, page_picture, page_sizes
from tests.ui.conftest import MakeContext, wait_until

pytestmark = pytest.mark.qt


def pdf_printer(path: Path) -> QPrinter:
    """A printer that prints into a file."""
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def ink(data: bytes, page: int) -> float:
    """The part of a page that is not white."""
    picture = page_picture(data, page, 400).convert("L")
    dark = sum(count for count, shade in picture.getcolors(256) or [] if shade < 200)
    return dark / (picture.width * picture.height)


def test_every_page_of_the_blank_form_is_printed(
    make_context: MakeContext,
    visit_bridge: VisitBridge,
    bridge: Bridge,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[Notice] = []
    bridge.noticed.connect(heard.append)
    bridge.listen()
    context = make_context(visit_bridge)
    target = tmp_path / "printed.pdf"
    monkeypatch.setattr(printing, "ask_printer", lambda *_: pdf_printer(target))
    paper = WalkPaper(context, visit_bridge)
    paper.print_form()
    write = blank_form(visit_bridge, context.words)
    assert write is not None
    wanted, printed = write(tmp_path / "form.pdf").read_bytes(), target.read_bytes()
    assert page_count(printed) == page_count(wanted) > 1
    for page in (0, page_count(wanted) - 1):
        assert ink(printed, page) == pytest.approx(ink(wanted, page), rel=0.35)
        assert page_sizes(printed)[page] == pytest.approx(page_sizes(wanted)[page], abs=2)
    assert [notice.tone for notice in heard] == ["good"]
    paper.deleteLater()


def test_thinking_better_of_it_prints_nothing(
    make_context: MakeContext, visit_bridge: VisitBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "ask_printer", lambda *_: None)
    paper = WalkPaper(make_context(visit_bridge), visit_bridge)
    paper.print_plan()
    assert paper.plan.isEnabled()
    paper.deleteLater()


def test_pages_are_drawn_beside_the_window_and_what_fails_is_told(
    bridge: Bridge, tmp_path: Path
) -> None:
    heard: list[Notice] = []
    bridge.noticed.connect(heard.append)
    bridge.listen()
    threads: list[int] = []

    def write(_: Path) -> Path:
        threads.append(get_ident())
        raise AssessorError(message("visit.is_folder", path="x"))

    tasks = Tasks(bridge)
    printer = pdf_printer(tmp_path / "never.pdf")
    tasks.start(lambda monitor: printing.put_on_paper(write, printer, monitor))
    wait_until(lambda: bool(heard))
    assert threads
    assert get_ident() not in threads
    assert heard[0].tone == "bad"
    assert not (tmp_path / "never.pdf").exists()
    tasks.close()
