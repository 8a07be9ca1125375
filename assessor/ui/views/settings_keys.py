"""The keys of the tamper check among the settings: what there is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.i18n import message
from assessor.ui.dialogs import files
from assessor.ui.dialogs.new_keys import NewKeys, NewKeysDialog
from assessor.ui.dialogs.passphrase import PassphraseDialog
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import M
from assessor.ui.widgets import Button, FlowLabel, row

if TYPE_CHECKING:
    from assessor.exchange.key_file import PublicKeys
    from assessor.workspace.enrolment import Enrolled
    from assessor.workspace.identity import Identity

    Found = tuple[Identity | None, bool, int]
    """The identity, whether its secrets are locked, and how many keys are enrolled."""


class KeysField(QWidget):
    """Shows the fingerprint of this installation; makes, unlocks, exports, replaces its keys."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        theme, words = context.theme, context.words
        self.said = FlowLabel(theme, words.tr("ui_trust.looking"), "muted")
        self.others = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.make = self._button("make_keys", self._ask_new)
        self.unlock = self._button("unlock", self._ask_unlock)
        self.export = self._button("export", self._ask_export)
        self.enrol = self._button("enrol", self._ask_enrol)
        self.renew = self._button("replace_keys", self._ask_replace)
        self._identity: Identity | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(M))
        column.addWidget(self.said)
        buttons = (self.make, self.unlock, self.export, self.enrol, self.renew)
        column.addLayout(row(theme, *buttons, stretch=True))
        column.addWidget(self.others)
        self.setFocusProxy(self.enrol)
        self._show(None)
        self.refresh()

    def refresh(self) -> None:
        """Look again at what there is."""
        self._context.tasks.start(lambda _: _found(), self._show, owner=self)

    def _button(self, name: str, clicked: Callable[[], None]) -> Button:
        made = Button(self._context.theme, self._context.words.tr(f"ui_trust.{name}"))
        made.clicked.connect(lambda *_: clicked())
        return made

    def _show(self, found: Found | None) -> None:
        words = self._context.words
        identity, locked, enrolled = found or (None, False, 0)
        self.make.setVisible(found is not None and identity is None)
        self.export.setVisible(identity is not None)
        self.unlock.setVisible(locked)
        self.renew.setVisible(identity is not None and not locked)
        self._identity = identity
        self.others.set_text(words.tr("ui_trust.enrolled_count", count=enrolled))
        if identity is not None:
            kept = words.tr("ui_trust.locked" if locked else f"ui_trust.kept_{identity.kept}")
            key = identity.key_id
            name = identity.keys.name
            self.said.set_text(words.tr("ui_trust.own_key", key=key, name=name, kept=kept))
        elif found is not None:
            self.said.set_text(words.tr("ui_trust.no_key"))

    # --- what can be done -------------------------------------------------------------------------

    def _ask_new(self) -> None:
        chosen = NewKeysDialog.ask(self._context, self)
        if chosen is not None:
            self._context.tasks.start(
                lambda _: _make(chosen), lambda *_: self._said("made"), owner=self
            )

    def _ask_replace(self) -> None:
        chosen = NewKeysDialog.ask(self._context, self, self._identity)
        if chosen is not None:
            self._context.tasks.start(
                lambda _: _replace(chosen), lambda *_: self._said("replaced"), owner=self
            )

    def _ask_unlock(self) -> None:
        text = self._context.words.tr("ui_trust.unlock_text")
        typed = PassphraseDialog.ask(self._context, text, self)
        if typed is not None:
            self._context.tasks.start(
                lambda _: _unlock(typed), lambda *_: self._said("unlocked"), owner=self
            )

    def _ask_export(self) -> None:
        name = self._context.words.tr("ui_trust.export_name")
        path = files.ask_key_target(self, self._context.words, name)
        if path is not None:
            self._context.tasks.start(
                lambda _: _export(path),
                lambda keys: self._said("exported", file=path.name, key=keys.key_id),
                owner=self,
            )

    def _ask_enrol(self) -> None:
        path = files.ask_key(self, self._context.words)
        if path is not None:
            self._context.tasks.start(
                lambda _: _enrol(path),
                lambda done: self._said(
                    "enrolled_instead" if done.replaced else "enrolled",
                    name=done.keys.name,
                    key=done.keys.key_id,
                ),
                owner=self,
            )

    def _said(self, what: str, **values: object) -> None:
        self._context.bridge.say(message(f"ui_trust.{what}", **values), "good")
        self.refresh()


def _found() -> Found:
    from assessor.workspace.enrolment import enrolled  # noqa: PLC0415 (heavy at start)
    from assessor.workspace.identity import own_keys  # noqa: PLC0415 (heavy at start)

    keys = own_keys()
    return keys.identity(), keys.locked(), len(enrolled(keys).keys)


def _make(chosen: NewKeys) -> None:
    from assessor.exchange.sealing import Passphrase  # noqa: PLC0415 (heavy at start)
    from assessor.workspace.identity import keys_to_make  # noqa: PLC0415 (heavy at start)

    passphrase = Passphrase(chosen.passphrase) if chosen.passphrase is not None else None
    keys_to_make().make(chosen.name, sealing=chosen.sealing, passphrase=passphrase)


def _replace(chosen: NewKeys) -> None:
    from assessor.exchange.sealing import Passphrase  # noqa: PLC0415 (heavy at start)
    from assessor.workspace.identity import keys_to_make  # noqa: PLC0415 (heavy at start)

    passphrase = Passphrase(chosen.passphrase) if chosen.passphrase is not None else None
    keys_to_make().replace(chosen.name, sealing=chosen.sealing, passphrase=passphrase)


def _unlock(words: str) -> None:
    from assessor.exchange.sealing import Passphrase  # noqa: PLC0415 (heavy at start)
    from assessor.workspace.identity import own_keys  # noqa: PLC0415 (heavy at start)

    own_keys().secrets(lambda: Passphrase(words))


def _export(path: Path) -> PublicKeys:
    from assessor.workspace.enrolment import export_public  # noqa: PLC0415 (heavy at start)

    return export_public(path)


def _enrol(path: Path) -> Enrolled:
    from assessor.workspace.enrolment import enrol  # noqa: PLC0415 (heavy at start)

    return enrol(path)
