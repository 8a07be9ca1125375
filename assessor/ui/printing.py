"""Documents onto paper: the printer is asked for in the window, the pages are drawn beside it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.ui.navigation import Context
from assessor.ui.tasks import Monitor

if TYPE_CHECKING:
    from assessor.ui.tasks import Task

SHARPEST = 300
"""Dots per inch a page is drawn with at most; printers offer more than paper shows."""
_POINTS = 72


def ask_printer(parent: QWidget, title: str) -> QPrinter | None:
    """Ask which printer to use; `None` when the person thinks better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    chosen = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if chosen else None


def print_pdf(
    context: Context, parent: QWidget, title: str, write: Callable[[Path], Path]
) -> Task | None:
    """Ask for a printer and print the PDF that `write` makes, beside the window.

    Returns the task, `None` when nobody wants to print.
    """
    printer = ask_printer(parent, title)
    if printer is None:
        return None
    return context.tasks.start(
        lambda monitor: put_on_paper(write, printer, monitor),
        done=lambda pages: context.bridge.say(message("ui_walk.printed", count=pages), "good"),
        owner=parent,
    )


def put_on_paper(write: Callable[[Path], Path], printer: QPrinter, monitor: Monitor) -> int:
    """Print every page of the PDF that `write` makes, as large as the paper; returns how many.

    Raises `AssessorError` when the printer takes nothing.
    """
    from assessor.workspace.pages import page_picture, page_sizes  # noqa: PLC0415 (loads pdfium)

    with tempfile.TemporaryDirectory() as folder:
        data = write(Path(folder) / "paper.pdf").read_bytes()
    sizes = page_sizes(data)
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    painter = QPainter()
    if not painter.begin(printer):
        raise AssessorError(message("ui_walk.printer_refused", printer=printer.printerName()))
    try:
        for number, size in enumerate(sizes):
            monitor.step(number, len(sizes))
            if number:
                printer.newPage()
            dots = min(printer.resolution(), SHARPEST)
            longest = ceil(max(size) / _POINTS * dots)
            page = page_picture(data, number, longest)
            image = QImage(
                page.tobytes(), page.width, page.height, 3 * page.width, QImage.Format.Format_RGB888
            )
            painter.drawImage(_place(printer, image), image)
    finally:
        painter.end()
    return len(sizes)


def _place(printer: QPrinter, image: QImage) -> QRectF:
    """Return where a page stands: as large as the paper lets it be, in the middle."""
    paper = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
    scale = min(paper.width() / image.width(), paper.height() / image.height())
    width, height = image.width() * scale, image.height() * scale
    return QRectF((paper.width() - width) / 2, (paper.height() - height) / 2, width, height)
