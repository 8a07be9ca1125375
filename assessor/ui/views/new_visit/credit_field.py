"""The unified social credit code, checked as it is typed, with the likely correction to take."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor.credit_code import LENGTH, CreditCodeCheck, check_credit_code
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS
from assessor.ui.widgets import Button, FlowLabel, LineField, State, StateIcon, retone
from assessor.ui.words import Words


class CreditField(QWidget):
    """A field for the code. Signals: `code_edited(str)` at each keystroke, as typed."""

    code_edited = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.line = LineField(theme, words.tr("ui_new.credit_code"), "91330200…")
        self.line.textEdited.connect(self._on_edit)
        self.icon = StateIcon(theme, "unanswered", "")
        self.said = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.correct = Button(theme, "", "pencil")
        self.correct.clicked.connect(lambda *_: self._take_correction())
        self._correction = ""
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(XS))
        beside.addWidget(self.icon)
        beside.addWidget(self.said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(XS))
        column.addWidget(self.line)
        column.addLayout(beside)
        column.addWidget(self.correct, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.line)
        self._show("")

    def set_code(self, code: str) -> None:
        """Show a code."""
        self.line.set_text(code)
        self._show(code)

    def _on_edit(self, text: str) -> None:
        self._show(text)
        self.code_edited.emit(text)

    def _take_correction(self) -> None:
        correction = self._correction
        self.line.setText(correction)
        self._show(correction)
        self.line.setFocus()
        self.code_edited.emit(correction)

    def _show(self, text: str) -> None:
        if not text.strip():
            self._say("info", self._words.tr("ui_new.code_empty"), "muted", "")
            return
        check = check_credit_code(text)
        if check.fault is None:
            self._say("good", self._words.tr("ui_new.code_good"), "good", "")
        elif check.fault == "length":
            self._say_length(text)
        else:
            state: State = "caution" if check.acceptable else "bad"
            said = self._words.tr(f"ui_new.code_{check.fault}")
            self._say(state, said, state, _correction(check, text))

    def _say_length(self, text: str) -> None:
        count = len("".join(text.split()).replace("-", ""))
        if count < LENGTH:
            said = self._words.tr("ui_new.code_short", count=count, left=LENGTH - count)
            self._say("partial", said, "muted", "")
        else:
            said = self._words.tr("ui_new.code_long", count=count - LENGTH)
            self._say("bad", said, "bad", "")

    def _say(self, state: State, text: str, role: str, correction: str) -> None:
        self.icon.set_state(state, text)
        self.said.set_text(text)
        self.said.set_role(role)
        retone(self.line, "invalid", state == "bad")
        self._correction = correction
        self.correct.setVisible(bool(correction))
        self.correct.setText(self._words.tr("ui_new.code_take", code=correction))


def _correction(check: CreditCodeCheck, given: str) -> str:
    """Return the likely right form where it differs from what was given."""
    return check.code if check.code != given else ""
