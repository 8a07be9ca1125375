"""Where secrets of this installation lie: the key store of the system, or files of the owner."""

from __future__ import annotations

import os
import secrets
import subprocess
from pathlib import Path
from typing import Final, Protocol

from assessor.storage.atomic import aside, put_in_place
from assessor.storage.errors import translated

SERVICE: Final = "assessor"
_OWNER_RIGHTS: Final = "*S-1-3-4:F"
"""Windows' name for whoever owns a file, the same in every language, with full control."""


class KeyStore(Protocol):
    """Keeps short texts by name, out of sight of other users."""

    def read(self, name: str) -> str | None:
        """Return a text, None where there is none or it is not handed out."""

    def write(self, name: str, secret: str) -> None:
        """Keep a text under a name; raises `OSError` when that is not possible."""

    def remove(self, name: str) -> None:
        """Forget a text, if there is one."""


class SystemKeyStore:
    """The key store of the system: Windows' credentials, the wallet of a Linux desktop."""

    def read(self, name: str) -> str | None:
        """Return a text; a store that is locked or gone hands out nothing."""
        import keyring  # noqa: PLC0415 (looks for stores when it is loaded)
        from keyring.errors import KeyringError  # noqa: PLC0415

        try:
            return keyring.get_password(SERVICE, name)
        except (KeyringError, OSError, RuntimeError):
            return None

    def write(self, name: str, secret: str) -> None:
        """Keep a text."""
        import keyring  # noqa: PLC0415 (looks for stores when it is loaded)
        from keyring.errors import KeyringError  # noqa: PLC0415

        try:
            keyring.set_password(SERVICE, name, secret)
        except (KeyringError, RuntimeError) as error:
            raise OSError(str(error)) from error

    def remove(self, name: str) -> None:
        """Forget a text, if there is one."""
        import keyring  # noqa: PLC0415 (looks for stores when it is loaded)
        from keyring.errors import KeyringError  # noqa: PLC0415

        try:
            keyring.delete_password(SERVICE, name)
        except (KeyringError, OSError, RuntimeError):
            return


def system_key_store() -> KeyStore | None:
    """Return the system's key store, None where none keeps what it is given."""
    store = SystemKeyStore()
    name, probe = f"probe-{secrets.token_hex(4)}", secrets.token_hex(8)
    try:
        store.write(name, probe)
    except OSError:
        return None
    found = store.read(name)
    store.remove(name)
    return store if found == probe else None


def write_private(path: Path, data: bytes) -> None:
    """Write a file only its owner may read, complete or not at all; raises `AssessorError`."""
    with translated(path):
        make_private_folder(path.parent)
        with aside(path) as draft:
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            _only_the_owner(draft)
            put_in_place(draft, path)


def make_private_folder(folder: Path) -> None:
    """Make a folder only its owner may look into, unless it is there."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.name != "nt":
        folder.chmod(0o700)


def is_private(path: Path) -> bool:
    """Whether nobody but its owner may read a file; Windows' permissions are not looked at."""
    return os.name == "nt" or path.stat().st_mode & 0o077 == 0


def _only_the_owner(path: Path) -> None:
    """Take other users' rights away where the mode at creation does not do so."""
    if os.name != "nt":
        return
    icacls = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "icacls.exe")
    command = [str(icacls), str(path), "/inheritance:r", "/grant:r", _OWNER_RIGHTS]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 (no shell)
    if done.returncode:
        raise PermissionError(str(path))
