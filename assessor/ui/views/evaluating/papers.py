"""What goes out on paper or in a file to be filled in, and what comes back filled in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from assessor.i18n import message
from assessor.ui.dialogs import files
from assessor.ui.navigation import Context
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import GhostButton

if TYPE_CHECKING:
    from assessor.workspace.importing import Arrived


class Papers(GhostButton):
    """A button with a menu: bring answers in from a file, hand out the form as workbook, as PDF or
    on paper."""

    def __init__(self, context: Context, visit: VisitBridge, parent: QWidget | None = None) -> None:
        words = context.words
        super().__init__(context.theme, words.tr("ui_eval.papers"), "import", parent)
        self._context, self._visit = context, visit
        menu = QMenu(self)
        menu.addAction(words.tr("ui_eval.import_answers"), self.import_answers)
        menu.addSeparator()
        menu.addAction(words.tr("ui_eval.save_workbook"), self.save_workbook)
        menu.addAction(words.tr("ui_eval.save_form"), self.save_form)
        menu.addAction(words.tr("ui_eval.print_form"), self.print_form)
        self.setMenu(menu)
        # The words say that there is more; the sign of a menu would stand far off in a corner.
        self.setStyleSheet("QPushButton { text-align: left; } ::menu-indicator { width: 0; }")

    def import_answers(self) -> None:
        """Ask for a file of answers and put them on record, in one step that can be undone."""
        path = files.ask_self_assessment(self, self._context.words)
        published, loaded = self._visit.latest, self._visit.loaded
        if path is None or published is None:
            return
        record = published.assessment

        def read() -> Arrived:
            from assessor.workspace.importing import read_arrived  # noqa: PLC0415 (seldom needed)

            return read_arrived(path, loaded, record)

        self._context.tasks.start(
            lambda _: read(), done=lambda arrived: self._take(path, arrived), owner=self
        )

    def save_workbook(self) -> None:
        """Ask for whom, and write the workbook to be filled in."""
        from assessor.ui.dialogs.blank_form import BlankForm  # noqa: PLC0415 (seldom needed)

        BlankForm.ask(self._context, self, self._visit.loaded)

    def save_form(self) -> None:
        """Ask where to, and write the blank form as PDF."""
        from assessor.ui.views import walk_paper  # noqa: PLC0415 (loads the typesetter)

        words = self._context.words
        write = walk_paper.blank_form(self._visit, words)
        path = walk_paper.ask_pdf(self, words, words.tr("ui_walk.form_name"))
        if write is not None and path is not None:
            self._context.tasks.start(
                lambda _: partial(write, path)(), done=self._on_written, owner=self
            )

    def print_form(self) -> None:
        """Ask for a printer, and print the blank form."""
        from assessor.ui.printing import print_pdf  # noqa: PLC0415 (loads the printing)
        from assessor.ui.views.walk_paper import blank_form  # noqa: PLC0415 (as above)

        words = self._context.words
        if (write := blank_form(self._visit, words)) is not None:
            print_pdf(self._context, self, words.tr("ui_walk.form_name"), write)

    def _take(self, path: Path, arrived: Arrived) -> None:
        self._visit.post(arrived.make_edit)
        said = "ui_eval.own_arrived" if arrived.own else "ui_eval.answers_arrived"
        self._context.bridge.say(message(said, count=arrived.count, file=path.name), "good")

    def _on_written(self, path: Path) -> None:
        self._context.bridge.say(message("ui_walk.written", file=str(path)), "good")
