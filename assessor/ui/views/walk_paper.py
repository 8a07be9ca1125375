"""Plan and blank form as PDF: asked for, written beside the window, shown where they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from assessor.analysis.walk_plan import WalkOrder
from assessor.i18n import message
from assessor.ui.dialogs.files import documents
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import S
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import Button, GhostButton
from assessor.ui.words import Words
from assessor.workspace.walk_form import write_blank_form
from assessor.workspace.walk_plan import PlanSource, write_walk_plan


class WalkPaper(QWidget):
    """Two buttons; `order` is the order the plan is printed in."""

    def __init__(self, context: Context, visit: VisitBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self.order: WalkOrder = "place"
        theme, words = context.theme, context.words
        self.plan = Button(theme, words.tr("ui_walk.print_plan"), "printer")
        self.plan.clicked.connect(lambda *_: self.write_plan())
        self.form = GhostButton(theme, words.tr("ui_walk.print_form"), "checklist")
        self.form.clicked.connect(lambda *_: self.write_form())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(S))
        row.addWidget(self.plan)
        row.addWidget(self.form)

    def write_plan(self) -> None:
        """Ask where to, and write the plan of the visit as it is now."""
        published = self._visit.latest
        words = self._context.words
        path = ask_pdf(self, words, words.tr("ui_walk.plan_name"))
        if published is None or path is None:
            return
        source = PlanSource(self._visit.loaded, published.assessment, published.card)
        order = self.order
        self._write(lambda: write_walk_plan(source, path, words.language, order))

    def write_form(self) -> None:
        """Ask where to, and write the form of the rubric."""
        published = self._visit.latest
        words = self._context.words
        path = ask_pdf(self, words, words.tr("ui_walk.form_name"))
        if published is None or path is None:
            return
        loaded, profile = self._visit.loaded, published.assessment.profile
        self._write(lambda: write_blank_form(loaded, profile, path, words.language))

    def _write(self, work: Callable[[], Path]) -> None:
        self._set_busy(True)
        task = self._context.tasks.start(lambda _: work(), done=self._on_written, owner=self)
        if task.over:
            self._set_busy(False)
        else:
            task.ended.connect(lambda: self._set_busy(False))

    def _set_busy(self, busy: bool) -> None:
        self.plan.setEnabled(not busy)
        self.form.setEnabled(not busy)

    def _on_written(self, path: Path) -> None:
        self._context.bridge.say(
            message("ui_walk.written", file=str(path)),
            "good",
            message("ui_walk.show_folder"),
            lambda: _show_folder(path),
        )


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
