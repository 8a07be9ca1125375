"""What goes with an answer: the note, how sure it is, and the reason when it does not apply."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.assessment import Confidence
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS, M, S
from assessor.ui.views.evaluating import edits
from assessor.ui.views.evaluating.editor import Shown
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.widgets import Button, Card, FilterButton, FlowLabel, NoteEdit, label, named, row

_WIDTH = 48


class Remarks(QWidget):
    """The note and the confidence. Signals: `edit_wanted(object)`."""

    edit_wanted = Signal(object)

    def __init__(self, theme: Theme, say: Sayings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say, self._key = say, ""
        self.note = NoteEdit(theme, say.tr("note"), say.tr("note_hint"))
        self.note.note_edited.connect(self._on_note)
        self.confidence: dict[Confidence, FilterButton] = {}
        buttons = row(theme, label(say.tr("confidence"), "caption"), spacing=XS)
        for level in get_args(Confidence):
            button = FilterButton(theme, say.told(f"ui_eval.confidence_{level}"))
            named(button, say.tr("confidence_named", level=button.text()))
            button.setMinimumWidth(theme.px(_WIDTH))
            button.clicked.connect(lambda ticked, level=level: self._on_rate(level, ticked))
            self.confidence[level] = button
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(S))
        column.addWidget(self.note)
        column.addLayout(buttons)

    def show_answer(self, shown: Shown) -> None:
        """Show what is on record, with an answer or before there is one."""
        if shown.key != self._key:
            self.note.flush()
        self._key = shown.key
        remarks = shown.remarks
        self.note.set_text(remarks.note if remarks else "")
        for level, button in self.confidence.items():
            button.setChecked(remarks is not None and remarks.confidence == level)

    def flush(self) -> None:
        """Hand in what was typed."""
        self.note.flush()

    def _on_note(self, text: str) -> None:
        self.edit_wanted.emit(edits.note(self._key, text))

    def _on_rate(self, level: Confidence, ticked: bool) -> None:
        self.confidence[level].setChecked(not ticked)
        self.edit_wanted.emit(edits.rate(self._key, level if ticked else None))


class Exclusion(Card):
    """Why a criterion does not apply. Signals: `edit_wanted(object)`; `cancelled()`."""

    edit_wanted = Signal(object)
    cancelled = Signal()

    def __init__(self, theme: Theme, say: Sayings, parent: QWidget | None = None) -> None:
        super().__init__(theme, "accent", parent)
        self._say, self._key, self.asked = say, "", False
        self._theme = theme
        self.policy = FlowLabel(theme, "", "muted", size=theme.sizes.table)
        self.reason = NoteEdit(theme, say.tr("reason"), say.tr("reason_hint"), least=2)
        self.reason.note_edited.connect(self._on_reason)
        self.cancel = Button(theme, say.tr("applies_after_all"))
        self.cancel.clicked.connect(self._on_cancel)
        self.body.addWidget(label(say.tr("state_not_applicable"), "title"))
        self.body.addWidget(self.policy)
        self.body.addWidget(self.reason)
        self.body.addLayout(row(theme, self.cancel, spacing=M, stretch=True))
        self.hide()

    def show_answer(self, shown: Shown) -> None:
        """Show the reason on record, or wait for one that was asked for."""
        if shown.key != self._key:
            self.reason.flush()
            self.asked = False
        self._key = shown.key
        answer, licence = shown.answer, shown.criterion.not_applicable
        excluded = answer is not None and bool(answer.na)
        if excluded:
            self.asked = False
        if licence is not None:
            note = self._say.pick(licence.note)
            self.policy.set_text(
                f"{self._say.told(f'ui_eval.policy_{licence.policy}')} {note}".strip()
            )
        self.reason.set_text(answer.reason if answer is not None and excluded else "")
        self.setVisible(excluded or self.asked)

    def ask(self) -> None:
        """Ask for the reason; the criterion counts as left out once there is one."""
        self.asked = True
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def stands(self) -> bool:
        """Whether the criterion is left out or about to be."""
        return not self.isHidden()

    def flush(self) -> None:
        """Hand in what was typed."""
        self.reason.flush()

    def _on_reason(self, text: str) -> None:
        if text.strip():
            self.edit_wanted.emit(edits.leave_out(self._key, text))

    def _on_cancel(self) -> None:
        self.asked = False
        self.cancelled.emit()
