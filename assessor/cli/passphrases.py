"""Passphrases from whoever sits there, or from the environment; never from the arguments.

`ASSESSOR_PASSPHRASE_FILE` names a file whose first line is the passphrase, `ASSESSOR_PASSPHRASE`
holds it. Without either it is typed, unseen.
"""

from __future__ import annotations

import os
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from assessor.errors import AssessorError
from assessor.i18n import Language, message, text

if TYPE_CHECKING:
    from assessor.exchange.sealing import Passphrase

VARIABLE = "ASSESSOR_PASSPHRASE"
FILE_VARIABLE = "ASSESSOR_PASSPHRASE_FILE"
LONGEST = 4096


def known_passphrase(language: Language) -> Passphrase:
    """Return the passphrase something was closed with; raises `AssessorError` without one."""
    from assessor.exchange.sealing import Passphrase

    given = _prepared()
    return Passphrase(given if given is not None else _typed("cli.passphrase", language))


def unlock(language: Language) -> None:
    """Ask for the passphrase of this installation's private key, where it has one."""
    from assessor.workspace.identity import own_keys

    keys = own_keys()
    identity = keys.identity()
    if identity is not None and identity.kept == "sealed":
        keys.secrets(lambda: known_passphrase(language))


def new_passphrase(language: Language) -> Passphrase:
    """Return a passphrase to close something with, typed twice.

    Raises `AssessorError` when it is too short or the two are different.
    """
    from assessor.exchange.sealing import chosen_passphrase

    given = _prepared()
    if given is None:
        given = _typed("cli.passphrase_new", language)
        if given != _typed("cli.passphrase_again", language):
            raise AssessorError(message("cli.passphrase_differs"))
    return chosen_passphrase(given)


def typed_line(key: str, language: Language) -> str:
    """Return something secret that is typed or comes through a pipe."""
    if sys.stdin.isatty():
        return getpass(text(key, language) + " ")
    return sys.stdin.readline(LONGEST).rstrip("\r\n")


def _prepared() -> str | None:
    file = os.environ.get(FILE_VARIABLE)
    if file is None:
        return os.environ.get(VARIABLE)
    try:
        with Path(file).open(encoding="utf-8-sig") as lines:
            return lines.readline(LONGEST).rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise AssessorError(message("cli.passphrase_file", variable=FILE_VARIABLE)) from None


def _typed(key: str, language: Language) -> str:
    if not sys.stdin.isatty():
        raise AssessorError(message("cli.passphrase_needed", variable=FILE_VARIABLE))
    return getpass(text(key, language) + " ")
