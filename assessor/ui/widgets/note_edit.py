"""Fields for text that save by themselves a moment after typing."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import S
from assessor.ui.widgets.marking import named
from assessor.ui.widgets.typed import Echoes, is_undo

PAUSE = 400
"""Milliseconds without typing after which a text is handed in."""
LONGEST_NOTE = 20_000
_LINE_HEIGHT = 1.45


class NoteEdit(QPlainTextEdit):
    """A note that grows with its lines, from `least` to `most`.

    Signals: `note_edited(str)` a pause after typing, and at once when the field is left or hidden.
    """

    note_edited = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        placeholder: str = "",
        least: int = 1,
        most: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._least, self._most = least, most
        self._echoes: Echoes[str] = Echoes()
        self._handed = ""
        named(self, name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(theme.px(S) - 4)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.flush)
        self.textChanged.connect(self._on_change)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._telling = False

    def text(self) -> str:
        """Return what stands in the field."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show what is on record; an echo of older typing does not disturb newer typing."""
        if self._pause.isActive() or not self._echoes.hear(text):
            return
        self._handed = text
        if text != self.toPlainText():
            self._telling = True
            self.setPlainText(text)
            self._telling = False

    def flush(self) -> None:
        """Hand in what was typed and not yet handed in."""
        self._pause.stop()
        text = self.toPlainText()[:LONGEST_NOTE]
        if text != self._handed:
            self._handed = text
            self._echoes.send(text)
            self.note_edited.emit(text)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as its lines."""
        lines = min(max(self._lines(), self._least), self._most)
        step = self._theme.sizes.text * _LINE_HEIGHT
        return QSize(
            self._theme.px(240),
            max(ceil(lines * step) + self._theme.px(S + 4), self._theme.sizes.control),
        )

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """No narrower than a few words."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        if is_undo(event):
            self.flush()
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Hand in at once."""
        super().focusOutEvent(event)
        self.flush()
        self._echoes.forget()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Hand in at once."""
        super().hideEvent(event)
        self.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """Take the height the lines need; a bar only where there are more than `most`."""
        policy = Qt.ScrollBarPolicy
        fits = self._lines() <= self._most
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded
        )
        self.updateGeometry()

    def _on_change(self) -> None:
        if not self._telling:
            self._pause.start()

    def _lines(self) -> int:
        block, lay_out = self.document().firstBlock(), self.document().documentLayout()
        lines = 0
        while block.isValid():
            # Asking for its place breaks a block into lines.
            lay_out.blockBoundingRect(block)
            lines += max(block.layout().lineCount(), 1)
            block = block.next()
        return lines


class LineField(QLineEdit):
    """One line of text that is handed in like a note.

    Signals: `text_handed(str)` a pause after typing, on Enter, when the field is left or hidden.
    """

    text_handed = Signal(str)

    def __init__(
        self, theme: Theme, name: str, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._echoes: Echoes[str] = Echoes()
        self._handed = ""
        named(self, name)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(500)
        self.setMinimumHeight(theme.sizes.control)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.flush)
        self.textEdited.connect(lambda *_: self._pause.start())
        self.returnPressed.connect(self.flush)

    def set_text(self, text: str) -> None:
        """Show what is on record; an echo of older typing does not disturb newer typing."""
        if self._pause.isActive() or not self._echoes.hear(text):
            return
        self._handed = text
        if text != self.text():
            self.setText(text)

    def flush(self) -> None:
        """Hand in what was typed and not yet handed in."""
        self._pause.stop()
        if self.text() != self._handed:
            self._handed = self.text()
            self._echoes.send(self._handed)
            self.text_handed.emit(self._handed)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        if is_undo(event):
            self.flush()
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Hand in at once."""
        super().focusOutEvent(event)
        self.flush()
        self._echoes.forget()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Hand in at once."""
        super().hideEvent(event)
        self.flush()
