"""A word on the overview when the visit's rubric has a newer version, and the way to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.rubrics.loader import LoadedRubric
from assessor.ui.dialogs.carrying import CarryDialog
from assessor.ui.navigation import Context
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import Button, FlowLabel, row


class NewerRubric(QWidget):
    """Empty until a newer version was found, which is looked for once beside the window."""

    def __init__(self, context: Context, visit: VisitBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._asked = False
        self.found: LoadedRubric | None = None
        theme, words = context.theme, context.words
        self.text = FlowLabel(theme, "", "caution", size=theme.sizes.table)
        self.open = Button(theme, words.tr("ui_carry.open"), "refresh")
        self.open.clicked.connect(lambda *_: self._open())
        for part in (self.text, self.open):
            part.hide()
        line = row(theme, self.text)
        line.setStretch(0, 1)
        line.addWidget(self.open, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Look for a newer version, once."""
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            loaded = self._visit.loaded
            self._context.tasks.start(lambda _: _newer(loaded), done=self._tell, owner=self)

    def _tell(self, found: LoadedRubric | None) -> None:
        self.found = found
        if found is not None:
            versions = {
                "present": self._visit.loaded.rubric.version,
                "newer": found.rubric.version,
            }
            self.text.set_text(self._context.words.tr("ui_carry.newer", **versions))
            self.text.show()
            self.open.show()

    def _open(self) -> None:
        if self.found is not None:
            CarryDialog.ask(self._context, self._visit, self.found, self)


def _newer(loaded: LoadedRubric) -> LoadedRubric | None:
    from assessor.workspace.carrying import newer_version  # noqa: PLC0415 (heavy at start)

    return newer_version(loaded)
