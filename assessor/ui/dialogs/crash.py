"""What is shown when the program itself failed."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from assessor.ui.bridge import CrashReport
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XL, M, S
from assessor.ui.widgets import Button, FlowLabel, PrimaryButton, StateIcon, label, named
from assessor.ui.words import Words


class CrashDialog(QDialog):
    """Says that something failed, that nothing saved is lost, and lets the report be copied."""

    def __init__(
        self, report: CrashReport, theme: Theme, words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._report, self._words = report, words
        title = words.tr("ui.crash_title")
        self.setWindowTitle(title)
        self.resize(theme.px(560), theme.px(420))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(XL)] * 4)
        column.setSpacing(theme.px(M))
        head = QHBoxLayout()
        head.setSpacing(theme.px(S))
        head.addWidget(StateIcon(theme, "bad", words.tr("ui.tone_bad"), theme.px(22)))
        head.addWidget(label(title, "title"), 1)
        column.addLayout(head)
        column.addWidget(FlowLabel(theme, words.tr("ui.crash_text")))
        column.addWidget(FlowLabel(theme, words.tr("ui.crash_hint"), "muted"))
        text = named(QPlainTextEdit(report.text), words.tr("ui.crash_report"))
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        column.addWidget(text, 1)
        self.copy_button = Button(theme, words.tr("ui.copy_report"), "copy")
        self.copy_button.clicked.connect(self._copy)
        close = PrimaryButton(theme, words.tr("ui.close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.copy_button)
        foot.addStretch(1)
        foot.addWidget(close)
        column.addLayout(foot)

    @classmethod
    def ask(cls, report: CrashReport, theme: Theme, words: Words, parent: QWidget | None) -> None:
        """Show the dialog until it is closed."""
        dialog = cls(report, theme, words, parent)
        dialog.exec()
        dialog.deleteLater()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.text)
        self.copy_button.setText(self._words.tr("ui.copied"))
