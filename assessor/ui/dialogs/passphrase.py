"""Asking for a passphrase: one that is known, or a new one typed twice."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.ui.dialogs.flowing import FlowingDialog
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XL, M
from assessor.ui.views.new_visit.forms import under
from assessor.ui.widgets import Button, FlowLabel, PrimaryButton, label, row
from assessor.ui.widgets.secret_field import SecretField

_WIDTH = 440


class PassphrasePair(QWidget):
    """Two lines for a new passphrase, and what is wrong with it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme, words = context.theme, context.words
        self._words = words
        self.first = SecretField(theme, words.tr("ui_trust.passphrase"))
        self.second = SecretField(theme, words.tr("ui_trust.passphrase_again"))
        self.fault = FlowLabel(theme, "", size=theme.sizes.caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(M))
        column.addLayout(under(theme, words.tr("ui_trust.passphrase"), self.first))
        column.addLayout(under(theme, words.tr("ui_trust.passphrase_again"), self.second))
        column.addWidget(self.fault)
        for field in (self.first, self.second):
            field.textChanged.connect(lambda *_: self._show_fault())
        self._show_fault()

    def words(self) -> str | None:
        """Return the passphrase, `None` while it cannot be used."""
        return None if self._fault() else self.first.text()

    def _fault(self) -> str:
        from assessor.exchange.sealing.keys import (  # noqa: PLC0415 (heavy at start)
            SHORTEST_PASSPHRASE,
        )

        if len(self.first.text().strip()) < SHORTEST_PASSPHRASE:
            return self._words.tr("ui_trust.passphrase_short", least=SHORTEST_PASSPHRASE)
        if self.first.text() != self.second.text():
            return self._words.tr("ui_trust.passphrase_differs")
        return ""

    def _show_fault(self) -> None:
        self.fault.set_text(self._fault() or self._words.tr("ui_trust.passphrase_fits"))


class PassphraseDialog(FlowingDialog):
    """Asks for a passphrase that is known."""

    def __init__(self, context: Context, text: str, parent: QWidget | None = None) -> None:
        super().__init__(context.theme.px(_WIDTH), parent)
        theme, words = context.theme, context.words
        self.setWindowTitle(words.tr("ui_trust.passphrase"))
        self.field = SecretField(theme, words.tr("ui_trust.passphrase"))
        self.go_on = PrimaryButton(theme, words.tr("ui_trust.go_on"))
        self.go_on.setEnabled(False)
        self.field.textChanged.connect(lambda typed: self.go_on.setEnabled(bool(typed)))
        self.go_on.clicked.connect(lambda *_: self.accept())
        cancel = Button(theme, words.tr("ui_new.cancel"))
        cancel.clicked.connect(lambda *_: self.reject())
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(XL)] * 4)
        column.setSpacing(theme.px(M))
        column.addWidget(label(words.tr("ui_trust.passphrase"), "title"))
        column.addWidget(FlowLabel(theme, text, "muted"))
        column.addWidget(self.field)
        foot = row(theme, cancel, self.go_on)
        foot.insertStretch(0, 1)
        column.addLayout(foot)

    @classmethod
    def ask(cls, context: Context, text: str, parent: QWidget | None) -> str | None:
        """Return what was typed, `None` when the person thinks better of it."""
        dialog = cls(context, text, parent)
        said = dialog.exec()
        typed = dialog.field.text()
        dialog.deleteLater()
        return typed if said else None
