"""Says how many rows are not on record and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import L, M, S
from assessor.ui.widgets import Button, FlowLabel, GhostButton, StateIcon, marked


class WaitingBar(QFrame):
    """Shown while rows wait. Signals: `next_asked()`, `retry_asked()`, `drop_asked()`."""

    next_asked = Signal()
    retry_asked = Signal()
    drop_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        marked(self, "strip", "caution")
        theme, self._words = context.theme, context.words
        self.text = FlowLabel(theme)
        self.next = Button(theme, self._words.tr("ui_ledger.next_fault"), "arrow-right")
        self.retry = Button(theme, self._words.tr("ui_ledger.retry"), "refresh")
        self.drop = GhostButton(theme, self._words.tr("ui_ledger.drop_waiting"), "trash")
        self.next.clicked.connect(lambda *_: self.next_asked.emit())
        self.retry.clicked.connect(lambda *_: self.retry_asked.emit())
        self.drop.clicked.connect(lambda *_: self.drop_asked.emit())
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.px(L), theme.px(S), theme.px(S), theme.px(S))
        across.setSpacing(theme.px(M))
        across.addWidget(StateIcon(theme, "caution", self._words.tr("ui.tone_caution")))
        across.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        for button in (self.next, self.retry, self.drop):
            across.addWidget(button)
        self.hide()

    def show_waiting(self, faulty: int, unwritten: int) -> None:
        """Show how many rows have faults, and how many fit and could not be written."""
        key = "ui_ledger.waiting" if faulty else "ui_ledger.unwritten"
        self.text.set_text(self._words.tr(key, count=faulty or unwritten))
        self.next.setVisible(bool(faulty))
        self.retry.setVisible(not faulty)
        self.setVisible(bool(faulty or unwritten))
