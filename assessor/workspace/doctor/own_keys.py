"""The keys of this installation: are they there, can they be used, does nobody else read them."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.workspace.doctor.line import Line, Machine, advised, fine
from assessor.workspace.identity import Keys
from assessor.workspace.key_store import SystemKeyStore


def keys(machine: Machine) -> Iterator[Line]:
    """Look at the keys; those behind a passphrase are not asked for."""
    own = Keys(machine.own / "identity", SystemKeyStore())
    try:
        identity = own.identity()
        if identity is None:
            yield advised("keys", "warning", message("doctor.keys_none"), "keys_none", kept="none")
            return
        if identity.kept != "sealed":
            own.secrets()
    except AssessorError as error:
        yield advised("keys", "problem", error.message, "keys_broken", error=error.message.key)
        return
    if own.exposed() is not None:
        yield advised("keys", "problem", message("doctor.keys_exposed"), "keys_exposed")
    said = message("doctor.keys_fine", key=identity.key_id)
    yield fine("keys", said, kept=identity.kept)
