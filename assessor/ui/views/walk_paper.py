"""Plan and blank form as PDF: asked for, written beside the window, shown where they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QToolButton, QWidget

from assessor.analysis.walk_plan import WalkOrder
from assessor.i18n import message
from assessor.ui.dialogs.files import documents
from assessor.ui.navigation import Context
from assessor.ui.printing import print_pdf
from assessor.ui.theme.sizes import S
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import Button, GhostButton, ToolButton
from assessor.ui.words import Words
from assessor.workspace.walk_form import write_blank_form
from assessor.workspace.walk_plan import PlanSource, write_walk_plan

if TYPE_CHECKING:
    from assessor.ui.tasks import Task


class WalkPaper(QWidget):
    """Buttons for plan and form, each as PDF and on paper; `order` is the order of the plan."""

    def __init__(self, context: Context, visit: VisitBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self.order: WalkOrder = "place"
        theme, words = context.theme, context.words
        self.plan = Button(theme, words.tr("ui_walk.print_plan"), "printer")
        self.plan.clicked.connect(lambda *_: self.write_plan())
        self.form = GhostButton(theme, words.tr("ui_walk.print_form"), "checklist")
        self.form.clicked.connect(lambda *_: self.write_form())
        self.paper = ToolButton(theme, "printer", words.tr("ui_walk.paper"))
        menu = QMenu(self)
        menu.addAction(words.tr("ui_walk.paper_plan"), self.print_plan)
        menu.addAction(words.tr("ui_walk.paper_form"), self.print_form)
        self.paper.setMenu(menu)
        self.paper.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(S))
        row.addWidget(self.plan)
        row.addWidget(self.form)
        row.addWidget(self.paper)

    def write_plan(self) -> None:
        """Ask where to, and write the plan of the visit as it is now."""
        write, words = self._plan(), self._context.words
        path = ask_pdf(self, words, words.tr("ui_walk.plan_name"))
        if write is not None and path is not None:
            self._write(partial(write, path))

    def write_form(self) -> None:
        """Ask where to, and write the form of the rubric."""
        write, words = blank_form(self._visit, self._context.words), self._context.words
        path = ask_pdf(self, words, words.tr("ui_walk.form_name"))
        if write is not None and path is not None:
            self._write(partial(write, path))

    def print_plan(self) -> None:
        """Ask for a printer, and print the plan of the visit as it is now."""
        if (write := self._plan()) is not None:
            title = self._context.words.tr("ui_walk.plan_name")
            self._wait_for(print_pdf(self._context, self, title, write))

    def print_form(self) -> None:
        """Ask for a printer, and print the form of the rubric."""
        if (write := blank_form(self._visit, self._context.words)) is not None:
            title = self._context.words.tr("ui_walk.form_name")
            self._wait_for(print_pdf(self._context, self, title, write))

    def _plan(self) -> Callable[[Path], Path] | None:
        published, language, order = self._visit.latest, self._context.words.language, self.order
        if published is None:
            return None
        source = PlanSource(self._visit.loaded, published.assessment, published.card)
        return lambda path: write_walk_plan(source, path, language, order)

    def _write(self, work: Callable[[], Path]) -> None:
        self._wait_for(
            self._context.tasks.start(lambda _: work(), done=self._on_written, owner=self)
        )

    def _wait_for(self, task: Task | None) -> None:
        """Let nothing else be asked for until a task is over."""
        if task is not None and not task.over:
            self._set_busy(True)
            task.ended.connect(lambda: self._set_busy(False))

    def _set_busy(self, busy: bool) -> None:
        self.plan.setEnabled(not busy)
        self.form.setEnabled(not busy)
        self.paper.setEnabled(not busy)

    def _on_written(self, path: Path) -> None:
        self._context.bridge.say(
            message("ui_walk.written", file=str(path)),
            "good",
            message("ui_walk.show_folder"),
            lambda: _show_folder(path),
        )


def blank_form(visit: VisitBridge, words: Words) -> Callable[[Path], Path] | None:
    """Return what writes the blank form for the visit as PDF, `None` before it is open."""
    if visit.latest is None:
        return None
    loaded, profile, language = visit.loaded, visit.latest.assessment.profile, words.language
    return lambda path: write_blank_form(loaded, profile, path, language)


def ask_pdf(parent: QWidget, words: Words, name: str) -> Path | None:
    """Ask where to write a PDF; `None` when the person thinks better of it."""
    kinds = words.tr("ui_walk.pdf_files", pattern="*.pdf")
    start = str(documents() / f"{name}.pdf")
    path, _ = QFileDialog.getSaveFileName(parent, words.tr("ui_walk.title"), start, kinds)
    if not path:
        return None
    chosen = Path(path)
    return chosen if chosen.suffix else chosen.with_suffix(".pdf")


def _show_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
