"""Making the keys of this installation, or others in their place: name, sealing, passphrase."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.ui.dialogs.flowing import FlowingDialog
from assessor.ui.dialogs.passphrase import PassphrasePair
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XL, M
from assessor.ui.views.new_visit.forms import under
from assessor.ui.widgets import Button, CheckField, FlowLabel, LineField, PrimaryButton, label, row

if TYPE_CHECKING:
    from assessor.workspace.identity import Identity

_WIDTH = 480


@dataclass(frozen=True, slots=True)
class NewKeys:
    """What the person chose; `passphrase` is `None` for keys without one."""

    name: str
    sealing: bool
    passphrase: str | None = field(repr=False)


class NewKeysDialog(FlowingDialog):
    """Asks for everything that new keys need; `present` are those they take the place of."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, present: Identity | None = None
    ) -> None:
        super().__init__(context.theme.px(_WIDTH), parent)
        self._context = context
        self._what = "make" if present is None else "replace"
        theme, words = context.theme, context.words
        self.setWindowTitle(words.tr(f"ui_trust.{self._what}_title"))
        self.name = LineField(theme, words.tr("ui_trust.key_name"))
        self.name.setMaxLength(120)
        self.name.set_text(context.settings.value.author)
        self.sealing = CheckField(theme, words.tr("ui_trust.with_sealing"))
        self.protect = CheckField(theme, words.tr("ui_trust.with_passphrase"))
        self.pair = PassphrasePair(context)
        self.make = PrimaryButton(theme, words.tr(f"ui_trust.{self._what}"))
        self.make.clicked.connect(lambda *_: self.accept())
        if present is not None:
            self._begin_with(present)
        self._build()
        self.protect.toggled.connect(lambda *_: self._refresh())
        for line in (self.name, self.pair.first, self.pair.second):
            line.textChanged.connect(lambda *_: self._refresh())
        self._refresh()

    @classmethod
    def ask(
        cls, context: Context, parent: QWidget | None, present: Identity | None = None
    ) -> NewKeys | None:
        """Return what was chosen, `None` when the person thinks better of it."""
        dialog = cls(context, parent, present)
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

    def _begin_with(self, present: Identity) -> None:
        """Begin with what the present keys have; a key for sealing is never lost on the way."""
        self.name.set_text(present.keys.name)
        self.sealing.setChecked(bool(present.keys.sealing))
        self.sealing.setEnabled(not present.keys.sealing)
        self.protect.setChecked(present.kept == "sealed")

    def _build(self) -> None:
        theme, words = self._context.theme, self._context.words
        cancel = Button(theme, words.tr("ui_new.cancel"))
        cancel.clicked.connect(lambda *_: self.reject())
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(XL)] * 4)
        column.setSpacing(theme.px(M))
        column.addWidget(label(words.tr(f"ui_trust.{self._what}_title"), "title"))
        column.addWidget(FlowLabel(theme, words.tr(f"ui_trust.{self._what}_text"), "muted"))
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
