"""Making the keys of this installation: under which name, with or without a passphrase."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from assessor.ui.dialogs.passphrase import PassphrasePair
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XL, M
from assessor.ui.views.new_visit.forms import under
from assessor.ui.widgets import Button, CheckField, FlowLabel, LineField, PrimaryButton, label, row

_WIDTH = 480


@dataclass(frozen=True, slots=True)
class NewKeys:
    """What the person chose; `passphrase` is `None` for keys without one."""

    name: str
    sealing: bool
    passphrase: str | None = field(repr=False)


class NewKeysDialog(QDialog):
    """Asks for everything that new keys need."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        theme, words = context.theme, context.words
        self.setWindowTitle(words.tr("ui_trust.make_title"))
        self.setMinimumWidth(theme.px(_WIDTH))
        self.name = LineField(theme, words.tr("ui_trust.key_name"))
        self.name.setMaxLength(120)
        self.name.set_text(context.settings.value.author)
        self.sealing = CheckField(theme, words.tr("ui_trust.with_sealing"))
        self.protect = CheckField(theme, words.tr("ui_trust.with_passphrase"))
        self.pair = PassphrasePair(context)
        self.make = PrimaryButton(theme, words.tr("ui_trust.make"))
        self.make.clicked.connect(lambda *_: self.accept())
        self._build()
        self.protect.toggled.connect(lambda *_: self._refresh())
        for line in (self.name, self.pair.first, self.pair.second):
            line.textChanged.connect(lambda *_: self._refresh())
        self._refresh()

    @classmethod
    def ask(cls, context: Context, parent: QWidget | None) -> NewKeys | None:
        """Return what was chosen, `None` when the person thinks better of it."""
        dialog = cls(context, parent)
        said = dialog.exec()
        chosen = dialog.chosen()
        dialog.deleteLater()
        return chosen if said else None

    def chosen(self) -> NewKeys | None:
        """Return what is chosen now, `None` while something is missing."""
        name = self.name.text().strip()
        passphrase = self.pair.words() if self.protect.isChecked() else None
        if not name or (self.protect.isChecked() and passphrase is None):
            return None
        return NewKeys(name, self.sealing.isChecked(), passphrase)

    def _build(self) -> None:
        theme, words = self._context.theme, self._context.words
        cancel = Button(theme, words.tr("ui_new.cancel"))
        cancel.clicked.connect(lambda *_: self.reject())
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(XL)] * 4)
        column.setSpacing(theme.px(M))
        column.addWidget(label(words.tr("ui_trust.make_title"), "title"))
        column.addWidget(FlowLabel(theme, words.tr("ui_trust.make_text"), "muted"))
        hint = words.tr("ui_trust.key_name_hint")
        column.addLayout(under(theme, words.tr("ui_trust.key_name"), self.name, hint=hint))
        column.addWidget(self.sealing)
        column.addWidget(self.protect)
        column.addWidget(self.pair)
        foot = row(theme, cancel, self.make)
        foot.insertStretch(0, 1)
        column.addLayout(foot)

    def _refresh(self) -> None:
        self.pair.setVisible(self.protect.isChecked())
        self.make.setEnabled(self.chosen() is not None)
