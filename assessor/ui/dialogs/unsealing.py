"""Opening a sealed file in the window: with this installation's key, or with what is typed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.ui.dialogs import files
from assessor.ui.dialogs.passphrase import PassphraseDialog
from assessor.ui.dialogs.working import WorkDialog, in_parts
from assessor.ui.navigation import Context
from assessor.ui.tasks import Monitor

if TYPE_CHECKING:
    from assessor.exchange.sealing import Key


def ask_unseal(context: Context, parent: QWidget | None) -> None:
    """Ask for a sealed file and open it; its content then stands beside it."""
    path = files.ask_sealed(parent, context.words)
    if path is not None:
        context.tasks.start(
            lambda _: _own_key(path), lambda key: _go_on(context, parent, path, key), owner=parent
        )


def _go_on(context: Context, parent: QWidget | None, path: Path, key: Key | None) -> None:
    typed: str | None = None
    if key is None:
        text = context.words.tr("ui_trust.unseal_text", file=path.name)
        typed = PassphraseDialog.ask(context, text, parent)
        if typed is None:
            return
    name = context.words.tr("ui_trust.unsealing", file=path.name)
    WorkDialog(context, name, parent).run(
        lambda monitor: _unsealed(path, key, typed or "", monitor),
        lambda made: context.bridge.say(message("ui_trust.unsealed", file=made.name), "good"),
    )


def _own_key(path: Path) -> Key | None:
    """Return this installation's key when it opens the file, `None` when something is to be typed.

    Raises `AssessorError` when the file is not a sealed one.
    """
    from assessor.exchange.sealing import WrongKeyError, header_of  # noqa: PLC0415 (when used)
    from assessor.workspace.sealing import own_sealing_key  # noqa: PLC0415 (when used)

    header = header_of(path)
    try:
        return own_sealing_key(header)
    except WrongKeyError:
        if header.recovery_slots():
            return None
        raise


def _unsealed(path: Path, key: Key | None, typed: str, monitor: Monitor) -> Path:
    from assessor.workspace.sealing import unseal  # noqa: PLC0415 (when used)

    return unseal(path, None, key or _typed_key(typed), in_parts(monitor))


def _typed_key(typed: str) -> Key:
    """Return the recovery code that was typed, or else the passphrase."""
    from assessor.exchange.sealing import Passphrase, typed_recovery_code  # noqa: PLC0415

    with suppress(AssessorError):
        return typed_recovery_code(typed)
    return Passphrase(typed)
