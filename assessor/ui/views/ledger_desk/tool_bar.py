"""The ways in and out of the table."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import S
from assessor.ui.views.evaluating.flow_row import FlowLayout
from assessor.ui.widgets import Button, GhostButton, PrimaryButton, SearchField, label

_SEARCH = 260


class ToolBar(QWidget):
    """Signals: `add_asked()`, `remove_asked()`, `paste_asked()`, `import_asked()`."""

    add_asked = Signal()
    remove_asked = Signal()
    paste_asked = Signal()
    import_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme, words = context.theme, context.words
        self.import_button = PrimaryButton(theme, words.tr("ui_ledger.import"), "import")
        self.paste = Button(theme, words.tr("ui_ledger.paste"), "paperclip")
        self.add = Button(theme, words.tr("ui_ledger.add_row"), "plus")
        self.remove = GhostButton(theme, words.tr("ui_ledger.remove_rows"), "trash")
        self.search = SearchField(theme, words.tr("ui_ledger.search"), "Ctrl+F")
        self.busy = label("", "caption")
        self.busy.hide()
        for button, signal in (
            (self.import_button, self.import_asked),
            (self.paste, self.paste_asked),
            (self.add, self.add_asked),
            (self.remove, self.remove_asked),
        ):
            button.clicked.connect(lambda *_, signal=signal: signal.emit())
        self.search.setFixedWidth(theme.px(_SEARCH))
        across = FlowLayout(theme.px(S), self)
        for widget in (self.import_button, self.paste, self.add, self.remove):
            across.addWidget(widget)
        across.addWidget(self.search)
        across.addWidget(self.busy)

    def show_busy(self, text: str) -> None:
        """Say what is under way, nothing for an empty text."""
        self.busy.setText(text)
        self.busy.setVisible(bool(text))
        self.import_button.setEnabled(not text)
